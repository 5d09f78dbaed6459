import AQICore
import HJ212
import Ingest
import ServiceLifecycle
import Store
import Texts
import Uplink

/// Uploads the store's hours to one platform; a platform that is away delays nobody else.
struct UplinkService: Service {
    let destination: Destination
    /// What can be calibrated.
    let instruments: [Configuration.Instrument]
    let store: String
    let pipeline: Pipeline
    let journal: Journal
    let words: any Words

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    return try await upload()
                } catch let error as StoreError {
                    // The platform waits for the disk; measuring does not.
                    let text = "\(destination.name): \(words.problem(error))"
                    journal.add(text, at: WallClock.now, isWarning: true)
                    try? await Task.sleep(for: .seconds(60))
                }
            }
        }
    }

    private func upload() async throws {
        let name = destination.name
        let uplink = Uplink(
            destination, store: try StoreReader(path: store), wall: { WallClock.now },
            tell: { event in
                switch event {
                case .connected: journal.add(words.platformConnected(name), at: WallClock.now)
                case .lost: journal.add(words.platformLost(name), at: WallClock.now, isWarning: true)
                }
            },
            edges: .init(
                moveCursor: { try await pipeline.moveCursor(of: destination.cursorName($0), to: $1) },
                samples: { await pipeline.newestSamples() }, calibrate: { await calibrate($0) }))
        try await uplink.run()
    }

    /// Has the instruments of a platform's order calibrated: they read air again, and count, some minutes later. What switches
    /// their valves is not ours.
    private func calibrate(_ order: CalibrationOrder) async -> Bool {
        var begun: [Configuration.Instrument] = []
        for instrument in instruments where instrument.measures(order.pollutant, at: order.station) {
            if await follow(.calibration, instrument, order) { begun.append(instrument) }
        }
        guard !begun.isEmpty else { return false }
        Task {
            try? await Task.sleep(for: .seconds(destination.calibrationMinutes * 60))
            for instrument in begun { _ = await follow(nil, instrument, order) }
        }
        return true
    }

    private func follow(
        _ kind: CalibrationKind?, _ instrument: Configuration.Instrument, _ order: CalibrationOrder
    ) async -> Bool {
        let request = CalibrationRequest(
            bus: instrument.bus, device: instrument.device, kind: kind,
            reason: "HJ 212 CN=\(Command.calibrate) QN=\(order.qn)")
        do {
            try await pipeline.follow(request, by: destination.name, user: "hj212", at: WallClock.now)
            return true
        } catch {
            return false
        }
    }
}
