import AQICore
import Foundation
import Ingest
import Logging
import Store
import Terminal
import TestSupport
import Testing
import Texts
import Warnings

@testable import aqi_monitor

/// What the pipeline makes alarms of, and the hours that screens ask it for, on a time of its own.
@Suite("pipeline: alarms and hours") struct AlarmDeskTests {
    private static let start = Instant(seconds: 498_544 * 3600)

    private func pipeline(_ path: String? = nil) throws -> Pipeline {
        var configuration = Configuration()
        configuration.settleSeconds = 0
        configuration.stations = [.init(key: "A", name: "A"), .init(key: "B", name: "B")]
        let keeper = try path.map {
            StoreKeeper(.success(try MonitorStore(path: $0)), path: $0, stations: ["A", "B"])
        }
        return try Pipeline(
            configuration, store: keeper,
            journal: Journal(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }),
            words: English())
    }

    /// A round in which the stations of these places say something.
    private func take(
        _ pipeline: Pipeline, _ second: Int64, stations: [Int32] = [0, 1], events: [BusEvent] = []
    ) async throws {
        var report = BusReport()
        report.events = events
        for station in stations {
            for pollutant in Pollutant.allSix {
                report.readings.append(
                    Reading(
                        channel: Channel(station: station, parameter: pollutant.parameter), time: Self.start + second,
                        value: Concentration(thousandths: 20_000 + Int32(second / 3600) * 100 + Int32(pollutant.index)))
                )
            }
        }
        try await pipeline.take(report, at: Self.start + second)
    }

    private func kinds(_ pipeline: Pipeline) async -> [String] {
        await pipeline.snapshot(after: nil)?.snapshot.alarms.map {
            "\($0.condition.kind.rawValue) \($0.condition.subject) \($0.state.rawValue)"
        } ?? []
    }

    @Test func `a station of which nothing is fresh calls after five minutes, and again is over`() async throws {
        let pipeline = try pipeline()
        for second in stride(from: Int64(0), through: 300, by: 10) {
            try await take(pipeline, second, stations: [0])
            #expect(await kinds(pipeline) == [])
        }
        try await take(pipeline, 301, stations: [0])
        #expect(await kinds(pipeline) == ["stationStale B unacknowledged"])
        try await take(pipeline, 310)
        #expect(await kinds(pipeline) == ["stationStale B returned"])
        try await pipeline.follow(.acknowledge(1), by: "Li", user: "root", at: Self.start + 311)
        #expect(await kinds(pipeline) == [])
        let log = await pipeline.snapshot(after: nil)?.snapshot.log.map(\.text) ?? []
        #expect(
            log.contains { $0.hasPrefix("alarm: 1 B") } && log.contains { $0.contains("acknowledged by Li") }, "\(log)")
    }

    @Test func `a device that is lost, and a sender whose clock is off, call until they are well`() async throws {
        let pipeline = try pipeline()
        try await take(pipeline, 0)
        try await take(pipeline, 200, events: [.deviceLost(bus: "rack", device: "SO2\u{1B}", .timeout)])
        try await take(pipeline, 201, events: [.devicePaused(bus: "rack", device: "SO2\u{1B}")])
        #expect(await kinds(pipeline) == ["deviceSilent rack: SO2? unacknowledged"])
        try await take(pipeline, 202, events: [.deviceBack(bus: "rack", device: "SO2\u{1B}")])
        #expect(await kinds(pipeline) == ["deviceSilent rack: SO2? returned"])
        var sender = Snapshot.Sender(receiver: "city", name: "M1")
        for (second, offset) in [(203, 30), (204, -31), (205, 29)] as [(Int64, Int64)] {
            sender.clockOffset = offset
            await pipeline.note([sender], of: "city")
            try await take(pipeline, second)
            let clock = await kinds(pipeline).dropFirst()
            #expect(
                clock
                    == (second == 203
                        ? []
                        : second == 204 ? ["senderClock city: M1 unacknowledged"] : ["senderClock city: M1 returned"]))
        }
    }

    @Test func `what cannot be is refused, and nothing changes`() async throws {
        let pipeline = try pipeline()
        try await take(pipeline, 0, events: [.deviceLost(bus: "rack", device: "SO2", .timeout)])
        let before = await kinds(pipeline)
        await #expect(throws: AlarmBoard.Refusal.noSuchAlarm(9)) {
            try await pipeline.follow(.acknowledge(9), by: "Li", user: "root", at: Self.start)
        }
        for seconds in [Int64.min, 0, 59, 604_801, .max] {
            await #expect(throws: AlarmBoard.Refusal.badTime) {
                try await pipeline.follow(
                    .shelve(1, seconds: seconds, reason: "x"), by: "Li", user: "root", at: Self.start)
            }
        }
        await #expect(throws: AlarmBoard.Refusal.nameless) {
            try await pipeline.follow(.unshelve(1), by: "\n", user: "root", at: Self.start)
        }
        #expect(await kinds(pipeline) == before)
    }

    @Test(arguments: [true, false])
    func `the hours of a station are those that were measured, from the store or from memory`(
        hasStore: Bool
    ) async throws {
        let folder = try TemporaryFolder()
        let hours: Int64 = hasStore ? 800 : 60
        if hasStore { try writeHours(hours, to: folder.file("air.db")) }
        let pipeline = try pipeline(hasStore ? folder.file("air.db") : nil)
        if !hasStore {
            #expect(await pipeline.history(of: "A", with: nil, through: nil) == nil)
            for minute in 0...hours * 60 { try await take(pipeline, minute * 60, stations: [0]) }
        }
        let history = try #require(await pipeline.history(of: "A", with: nil, through: nil))
        // 30 days of a store, a week of memory and no more than there is.
        #expect(history.rows.count == Int(min(hours, 720)))
        #expect(history.last == Hour(containing: Self.start) + Int32(hours - 1))
        for place in history.rows.indices {
            let hour = hours - Int64(history.rows.count) + Int64(place)
            #expect(history.rows[place][.no2] == Concentration(thousandths: 20_003 + Int32(hour) * 100), "hour \(hour)")
        }
        #expect(await pipeline.history(of: "C", with: nil, through: nil) == nil)
        if hasStore { try await pipeline.close() }
    }

    private func writeHours(_ count: Int64, to path: String) throws {
        let store = try MonitorStore(path: path)
        var batch = StoreBatch()
        for hour in 0..<Int32(count) {
            var row = HourRow()
            for pollutant in Pollutant.allSix {
                row[pollutant] = Concentration(thousandths: 20_000 + hour * 100 + Int32(pollutant.index))
            }
            batch.hours.append(
                HourlyRecord(station: "A", hour: Hour(containing: Self.start) + hour, row: row, marks: HourMarks()))
        }
        try store.write(batch)
        try store.close()
    }
}
