import AQICore
import Foundation
import HJ212
import Ingest
import Logging
import Store
import Synchronization

/// A city on sockets: another process has thousands of stations, each a connection and a packet a second; here every value goes
/// through the pipeline with a store before it is acknowledged.
struct HJ212ServerStage {
    var stationCount = 5000
    /// Longer than a minute, with what is to be done at the end of one.
    var seconds = 70

    static let stage = Stage(
        name: "hj212.server", unit: "packets", size: 5000, sizeUnit: "stations", clock: .processor
    ) { size, surroundings in
        let server = HJ212ServerStage(stationCount: size, seconds: 2 * surroundings.seconds)
        var outcome = Trial.Outcome()
        return Trial(units: 0) {
            outcome = try await server.run()
        } outcome: {
            outcome
        }
    }

    private func run() async throws -> Trial.Outcome {
        raiseOpenFileLimit()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aqi-bench-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var configuration = Configuration()
        configuration.stations = (0..<stationCount).map { .init(key: HJ212City.mn($0), name: HJ212City.mn($0)) }
        let path = folder.appendingPathComponent("air.db").path
        let store = StoreKeeper(
            .success(try MonitorStore(path: path)), path: path, stations: configuration.stations.map(\.key))
        let pipeline = try Pipeline(
            configuration, store: store,
            journal: Journal(logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }),
            words: Session.words)
        var rules = CentreRules(stations: stations)
        rules.connectionsPerAddress = stationCount
        let server = try await HJ212Server(
            address: "127.0.0.1", port: 0, rules: rules, clock: { WallClock.now }, tell: { _ in })
        let count = Mutex(0)
        let running = Task {
            try await server.run { delivery in
                var report = BusReport()
                report.readings = delivery.readings
                count.withLock { $0 += delivery.readings.count }
                return try await pipeline.takeAndStore(report, at: WallClock.now)
            }
        }
        let began = ProcessUse.now
        let city = try await city(port: server.port, output: folder.appendingPathComponent("city.json"))
        let processor = ProcessUse.now.processorSeconds - began.processorSeconds
        await server.stop()
        try await running.value
        try await pipeline.close()
        let values = count.withLock { $0 }
        let acknowledged = Int(city["acknowledged"] ?? 0)
        return .init(
            details: [
                ("stations", Int64(stationCount)), ("sent", Int64(city["sent"] ?? 0)),
                ("acknowledged", Int64(acknowledged)), ("values", Int64(values)),
                ("p50Microseconds", Int64((city["p50Ms"] ?? 0) * 1000)),
                ("p99Microseconds", Int64((city["p99Ms"] ?? 0) * 1000)), ("peakKiB", ProcessUse.now.peakKiB),
            ],
            processorSeconds: processor, units: acknowledged)
    }

    private var stations: [WireStation] {
        let factors = Pollutant.allSix.map { pollutant in
            let parameter = pollutant.parameter
            return WireChannel(
                factor: Code(Dialect.hj212Of2017.code(of: parameter) ?? ""), parameter: parameter,
                unit: MeasuringUnit.all(for: parameter)[0])
        }
        return (0..<stationCount).map {
            WireStation(mn: HJ212City.mn($0), password: "123456", number: Int32($0), channels: factors)
        }
    }

    /// The stations, in a process of their own, and what they counted.
    private func city(port: Int, output: URL) async throws -> [String: Double] {
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "simulate", "hj212", "--port", "\(port)", "--stations", "\(stationCount)", "--for", "\(seconds)s", "--json",
        ]
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
        let counts = try JSONSerialization.jsonObject(with: Data(contentsOf: output)) as? [String: NSNumber]
        return counts?.mapValues(\.doubleValue) ?? [:]
    }
}
