import AQICore
import Foundation
import Ingest
import Logging
import Store
import TestSupport
import Testing
import Texts

@testable import aqi_monitor

/// A pipeline with a store, on a time of its own.
private struct Bench {
    static let start = Instant(seconds: 498_544 * 3600)
    let pipeline: Pipeline
    let journal = Journal(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

    init(_ path: String, commitSeconds: Int = 0) throws {
        var configuration = Configuration()
        configuration.stations = [.init(key: "A", name: "A"), .init(key: "B", name: "B")]
        configuration.storePolicy.commitSeconds = commitSeconds
        configuration.quality = QualityThresholds()
        var store: Result<MonitorStore, StoreError>?
        // A child that another test just starts may hold a copy of the lock for a moment.
        for _ in 0..<300 {
            store = Result { () throws(StoreError) in try MonitorStore(path: path) }
            if case .success = store { break }
            usleep(10_000)
        }
        let keeper = StoreKeeper(
            try #require(store), path: path, stations: ["A", "B"], policy: configuration.storePolicy)
        pipeline = try Pipeline(configuration, store: keeper, journal: journal, words: English())
    }

    /// A round of both stations at a second.
    func poll(_ second: Int64, late: Bool = false) async throws {
        var report = BusReport()
        for station in 0..<2 as Range<Int32> {
            for parameter in [Parameter.pm25, .o3, .temperature] {
                report.readings.append(
                    Reading(
                        channel: Channel(station: station, parameter: parameter), time: Bench.start + second,
                        value: second / 60 % 31 == 3
                            ? .missing(.calibration) : Concentration(thousandths: 20_000 + Int32(second % 1000) * 7)))
            }
        }
        try await pipeline.take(report, at: Bench.start + (late ? 9000 : second))
    }
}

@Suite("run: restarts") struct RestartTests {
    private func hours(_ path: String) throws -> [HourlyRecord] {
        var hours: [HourlyRecord] = []
        try StoreReader(path: path).read { try $0.forEachHour { hours.append($0) } }
        return hours
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `hours are the same however often the program was restarted in them`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let folder = try TemporaryFolder()
        let (whole, parts) = (folder.file("whole.db"), folder.file("parts.db"))
        for path in [whole, parts] {
            var bench = try Bench(path)
            for second in stride(from: Int64(0), through: 2 * 3600 + 60, by: 60) {
                if path == parts, random.chance(5) { bench = try Bench(path) }
                try await bench.poll(second)
            }
            try await bench.pipeline.close()
        }
        #expect(try hours(whole).count == 4)
        #expect(try hours(whole).allSatisfy { !$0.row[.pm25].isMissing })
        #expect(try hours(whole) == hours(parts), "seed \(seed)")
    }

    @Test func `an hour of the run before still takes late readings, when every sample of it is kept`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        do {
            let bench = try Bench(path)
            for second in stride(from: Int64(0), to: 7500, by: 60) where !(1800..<3000).contains(second) {
                try await bench.poll(second)
            }
        }
        #expect(
            try hours(path).filter { $0.hour == Hour(containing: Bench.start) }.allSatisfy { $0.row[.o3].isMissing })
        do {
            let bench = try Bench(path)
            for second in stride(from: Int64(1800), to: 3000, by: 60) { try await bench.poll(second, late: true) }
        }
        let first = try hours(path).filter { $0.hour == Hour(containing: Bench.start) }
        #expect(first.count == 2 && first.allSatisfy { !$0.row[.o3].isMissing }, "\(first)")
    }

    @Test(arguments: [-3600, 3600] as [Int64])
    func `a clock that is set leaves every second and every hour once`(jump: Int64) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        var bench = try Bench(path)
        for second in stride(from: Int64(0), to: 9000, by: 60) { try await bench.poll(second) }
        for second in stride(from: Int64(9000), to: 14_000, by: 60) { try await bench.poll(second + jump) }
        bench = try Bench(path)
        for second in stride(from: Int64(14_000), to: 22_000, by: 60) { try await bench.poll(second) }
        try await bench.pipeline.close()
        let hours = try hours(path)
        #expect(Set(hours.map { "\($0.station) \($0.hour.start)" }).count == hours.count)
        var seconds: Set<String> = []
        try StoreReader(path: path).read { queries in
            try queries.forEachMinute { minute in
                for column in minute.columns {
                    for second in column.seconds {
                        #expect(
                            seconds.insert("\(minute.station) \(minute.minute) \(column.parameter) \(second)").inserted)
                    }
                }
            }
        }
        #expect(seconds.count > 1500)
    }

    @Test func `hours of a demo and of a real monitor do not get into one store`() throws {
        let folder = try TemporaryFolder()
        let (simulated, real) = (folder.file("demo.db"), folder.file("real.db"))
        func demo(_ store: String) throws -> Program.Result {
            try Program.run("demo", "--headless", "--speed", "max", "--hours", "2", "--store", store)
        }
        #expect(try demo(simulated).status == 0)
        // A demo goes on with what a demo left.
        #expect(try demo(simulated).status == 0)
        let file = try folder.write(
            "real.toml",
            """
            [monitor]
            store = "\(simulated)"
            [[station]]
            key = "A"
            \(RunningOffice.silentBus)
            """)
        let run = try Program.run("run", "--config", file)
        #expect(run.status == 78 && run.errors.contains("is the store of a demo"), "\(run)")
        let table = try folder.write("air.csv", "station,time,pm25\nA,2026-11-16T01:00:00+08:00,12\n")
        #expect(try Program.run("import", table, "--store", real).status == 0)
        let refused = try demo(real)
        #expect(refused.status == 78 && refused.errors.contains("has real hours"), "\(refused)")
        #expect(try Program.run("export", "hourly", "--store", real).output.split(separator: "\n").count == 2)
    }
}
