import AQICore
import HJ212
import Ingest
import ServiceLifecycle
import Synchronization
import Terminal
import Texts

/// Listens to stations and hands on what they bring. A packet is acknowledged when its values are in the store; while the store
/// takes none, none is, and stations send again what they have.
struct ReceiveService: Service {
    let receiver: Configuration.Receiver
    let desk: StationDesk
    let pipeline: Pipeline
    let journal: Journal
    let words: any Words

    func run() async throws {
        let told = Told()
        let server = try await HJ212Server(
            address: receiver.address, port: receiver.port, rules: receiver.rules, clock: { WallClock.now },
            tell: { event in
                let (text, isWarning) = words.text(event)
                let now = WallClock.now
                if told.isNew(text, at: now) { journal.add("\(receiver.name): \(text)", at: now, isWarning: isWarning) }
            })
        desk.open(server, of: receiver)
        defer { desk.close(server) }
        do {
            try await cancelWhenGracefulShutdown {
                async let notes: Void = note(server)
                try await server.run { delivery in
                    var report = BusReport()
                    (report.readings, report.means) = (delivery.readings, delivery.means)
                    return try await pipeline.takeAndStore(report, at: WallClock.now)
                }
                await notes
            }
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }
}

extension ReceiveService {
    /// Lets screens know how stations send, every other second.
    private func note(_ server: HJ212Server) async {
        while !Task.isCancelled {
            let senders = zip(receiver.rules.stations, server.tallies).map {
                Snapshot.Sender($1, mn: $0.mn, of: receiver.name)
            }
            await pipeline.note(senders, of: receiver.name)
            try? await Task.sleep(for: .seconds(2))
        }
    }
}

extension Snapshot.Sender {
    fileprivate init(_ tally: StationTally, mn: String, of receiver: String) {
        self.init(receiver: receiver, name: mn)
        isConnected = tally.isConnected
        packets = UInt64(tally.packets)
        refused = UInt64(tally.refused)
        heard = tally.heard
        clockOffset = tally.clockOffset
        sins = tally.sins.mapValues { UInt64($0) }
    }
}

/// What was said lately: stations repeat what they do wrong with every packet, the log shall not.
private final class Told: Sendable {
    private let times = Mutex<[String: Instant]>([:])
    /// Seconds after which something is told again.
    private static let quiet: Int64 = 600
    private static let most = 10_000

    func isNew(_ text: String, at now: Instant) -> Bool {
        times.withLock { times in
            if let last = times[text], now - last < Told.quiet, now >= last { return false }
            if times.count >= Told.most { times.removeAll() }
            times[text] = now
            return true
        }
    }
}

extension Words {
    /// What a station sent of the past.
    func text(_ history: StationHistory, of mn: String) -> String {
        guard let times = history.times else { return stationHasNothing(mn) }
        return historyCame(
            mn, records: history.records, values: history.values,
            from: Instant(seconds: times.lowerBound).dateAndClock,
            through: Instant(seconds: times.upperBound).dateAndClock)
    }

    /// What a station made itself, beside what is made here.
    func text(_ difference: StationDifference, station: String) -> String {
        func number(_ value: Int32) -> String { DecimalWriting.shortest(thousandths: value) }
        return stationDiffers(
            station: station, isDay: difference.interval == .day, time: difference.time.dateAndClock,
            difference.values.map { ($0.pollutant, here: number($0.here), there: number($0.there)) })
    }

    /// What happened on a connection, and whether somebody should look at it.
    func text(_ event: CentreEvent) -> (String, isWarning: Bool) {
        switch event {
        case .arrived(let mn): (stationSpeaks(mn), false)
        case .unknownStation(let mn): (stationUnknown(mn), true)
        case .wrongPassword(let mn): (stationWrongPassword(mn), true)
        case .refused(let mn, let problems): (packetRefused(mn, problems.joined(separator: ", ")), true)
        case .notAllowed(let mn, let command): (commandNotAllowed(mn, command: command), true)
        case .clockIsOff(let mn, let seconds): (clockIsOff(mn, seconds: seconds), true)
        case .clockIsRight(let mn): (clockIsRight(mn), false)
        case .answered(let mn, _, 1, _, let history?): (text(history, of: mn), false)
        case .answered(let mn, let request, let result, _, _):
            (requestAnswered(mn, command: request.number, result: result), result != 1)
        case .unanswered(let mn, let request): (requestUnanswered(mn, command: request.number), true)
        case .closed(let reason): (connectionClosed(reason.rawValue), true)
        }
    }
}
