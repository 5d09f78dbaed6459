import AQICore
import Foundation
import Glibc
import HJ212
import Ingest
import Logging
import Store
import TestSupport
import Testing
import Texts

@testable import aqi_monitor

/// A station's own hour that came before ours was closed, over restarts.
@Suite("A station's own hour, acknowledged before it is closed here") struct AwaitedMeansTests {
    /// 2026-11-15T23:00+08:00: the hour and the day end together.
    private static let hour = Hour(start: 498_544 / 24 * 24 + 16 + 23)

    private static func pipeline(_ path: String) throws -> Pipeline {
        var configuration = Configuration()
        configuration.stations = [.init(key: "A", name: "A"), .init(key: "B", name: "B")]
        // Another test's child may hold a copy of the lock for a moment.
        var store = Result { () throws(StoreError) in try MonitorStore(path: path) }
        for _ in 0..<300 {
            guard case .failure = store else { break }
            usleep(10_000)
            store = Result { () throws(StoreError) in try MonitorStore(path: path) }
        }
        let keeper = StoreKeeper(.success(try store.get()), path: path, stations: ["A", "B"])
        return try Pipeline(
            configuration, store: keeper,
            journal: Journal(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }),
            words: English())
    }

    private static func mean(_ thousandths: Int32, of start: Hour, _ interval: StationMean.Interval = .hour)
        -> StationMean
    {
        StationMean(
            station: 1, interval: interval, start: start.beginning,
            values: [.init(pollutant: .pm25, thousandths: thousandths, step: 1)])
    }

    private func hours(_ path: String) throws -> [HourlyRecord] {
        var hours: [HourlyRecord] = []
        try StoreReader(path: path).read { try $0.forEachHour { hours.append($0) } }
        return hours
    }

    @Test(arguments: 0...4) func `whenever the monitor is restarted, the hour is the station's`(restart: Int)
        async throws
    {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        var pipeline: Pipeline? = try Self.pipeline(path)
        func step(_ place: Int, _ means: [StationMean] = [], at second: Int64) async throws {
            if place == restart {
                // As a kill: nothing is closed, and the lock is free.
                pipeline = nil
                pipeline = try Self.pipeline(path)
            }
            var report = BusReport()
            report.means = means
            #expect(try await pipeline?.takeAndStore(report, at: Self.hour.endingLabel + second) == true)
        }
        // The hour before is closed, so that the station's has one to follow.
        try await step(0, at: -7000)
        try await step(1, at: -3000)
        try await step(2, [Self.mean(35_500, of: Self.hour)], at: 1)
        try await step(3, [Self.mean(36_500, of: Self.hour)], at: 3)
        try await step(4, at: 6)
        try await pipeline?.close()
        let found = try #require(hours(path).last { $0.station == "B" && $0.hour == Self.hour })
        #expect(found.row[.pm25] == Concentration(thousandths: 36_500) && found.mark(.pm25) == "Re")
        #expect(try hours(path).filter { $0.station == "A" }.allSatisfy { $0.row.isEmpty })
    }

    @Test func `an hour that was closed with it is not judged again after a restart, a day that waits is`() async throws
    {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        var pipeline: Pipeline? = try Self.pipeline(path)
        func step(_ means: [StationMean], at second: Int64) async throws {
            var report = BusReport()
            report.means = means
            _ = try await pipeline?.takeAndStore(report, at: Self.hour.endingLabel + second)
        }
        func restart() throws {
            pipeline = nil
            pipeline = try Self.pipeline(path)
        }
        try await step([], at: -7000)
        try await step([Self.mean(35_500, of: Self.hour), Self.mean(30_000, of: Self.hour + -23, .day)], at: 1)
        try restart()
        #expect(await pipeline?.monitor.stations[1].awaited.count == 2)
        try await step([], at: 6)
        #expect(await pipeline?.monitor.stations[1].awaited.isEmpty == true)
        #expect(await pipeline?.monitor.stations[1].stationMeans.used == 1)
        try restart()
        #expect(await pipeline?.monitor.stations[1].awaited.isEmpty == true)
    }

    @Test func `a monitor that is killed as soon as it has acknowledged one has it in its store`() async throws {
        let folder = try TemporaryFolder(onDisk: true)
        let (path, port) = (folder.file("air.db"), freePort())
        let file = try folder.write(
            "c.toml",
            """
            [monitor]
            store = "\(path)"
            [[station]]
            key = "A"
            [[station]]
            key = "B"
            [[receive]]
            type = "hj212"
            port = \(port)
            password = "123456"
            units = { a34004 = "ug/m3" }
            [[receive.station]]
            mn = "M"
            station = "B"
            """)
        let run = try Program.start(["run", "--config", file], output: folder.file("out"), errors: folder.file("err"))
        defer { if run.isRunning { kill(run.processIdentifier, SIGKILL) } }
        var connection: Int32 = -1
        for _ in 0..<200 where connection < 0 {
            connection = connectToLoopback(port: port)
            if connection < 0 { usleep(50_000) }
        }
        defer { close(connection) }
        let hour = Hour(containing: WallClock.now)
        let time = WireTime.text(hour.beginning)
        let frame = Message(
            qn: WireTime.qn(WallClock.now, milliseconds: 1), st: 22, cn: Command.hours, pw: "123456", mn: "M", flag: 5,
            cp: "DataTime=\(time);a34004-Avg=35.5,a34004-Flag=N"
        ).frame
        // Invariant: write(2) and read(2) stay within the buffers that they are given.
        #expect(unsafe frame.withUnsafeBytes { unsafe write(connection, $0.baseAddress, $0.count) } == frame.count)
        var answer = ""
        while !answer.contains("CN=9014") {
            var buffer = [UInt8](repeating: 0, count: 1024)
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(connection, $0.baseAddress, $0.count) }
            try #require(count > 0, "\(answer)")
            answer += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
        kill(run.processIdentifier, SIGKILL)
        run.waitUntilExit()
        // The next run, at the end of the hour.
        let pipeline = try Self.pipeline(path)
        try await pipeline.take(BusReport(), at: hour.endingLabel + -1)
        try await pipeline.take(BusReport(), at: hour.endingLabel + 6)
        try await pipeline.close()
        let found = try #require(hours(path).last { $0.station == "B" && $0.hour == hour })
        #expect(found.row[.pm25] == Concentration(thousandths: 35_500) && found.mark(.pm25) == "Re")
    }
}
