import AQICore
import Foundation
import Ingest
import Logging
import Store
import Terminal
import TestSupport
import Testing
import Texts

@testable import aqi_monitor

/// What is no pollutant: nitrogen oxides and the weather, from the wire to the trend.
@Suite("channels beside the pollutants") struct ChannelHoursTests {
    /// 2026-03-02T00:00+08:00.
    private static let start = Instant(seconds: 1_772_380_800)

    private static func reading(_ parameter: Parameter, _ thousandths: Int32, at second: Int64) -> Reading {
        Reading(
            channel: Channel(station: 0, parameter: parameter), time: start + second,
            value: Concentration(thousandths: thousandths))
    }

    private static func pipeline(_ path: String?) throws -> Pipeline {
        var configuration = Configuration()
        configuration.settleSeconds = 0
        configuration.stations = [.init(key: "A", name: "A")]
        return try Pipeline(
            configuration,
            store: path.map { StoreKeeper(.success(try MonitorStore(path: $0)), path: $0, stations: ["A"]) },
            journal: Journal(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }), words: English())
    }

    /// Three hours of a value a minute: temperatures around -10, 0, 10 °C, and a wind from 350 or 10 degrees.
    private static func play(_ pipeline: Pipeline) async throws {
        for minute in 0...180 as ClosedRange<Int64> {
            var report = BusReport()
            let hour = Int32(minute / 60)
            report.readings = [
                reading(.pm25, 35_000, at: minute * 60),
                reading(.temperature, (hour - 1) * 10_000 + Int32(minute % 2 == 0 ? 250 : -250), at: minute * 60),
                reading(.windDirection, minute % 2 == 0 ? 350_000 : 10_000, at: minute * 60),
            ]
            // Of the second hour only 44 minutes.
            if hour != 1 || minute % 60 < 44 { report.readings.append(reading(.nox, 80_000, at: minute * 60)) }
            try await pipeline.take(report, at: start + minute * 60)
        }
    }

    @Test func `their hours are made of stored samples, and of what is left of purged ones`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("air.db")
        let pipeline = try Self.pipeline(path)
        try await Self.play(pipeline)
        func hours(_ parameter: Parameter) async throws -> [Concentration] {
            let history = try #require(await pipeline.history(of: "A", with: parameter, through: nil))
            #expect(history.has(parameter) && history.rows.count == 3)
            return try #require(history.others[parameter])
        }
        let expected: [Parameter: [Concentration]] = [
            .temperature: [-10_000, 0, 10_000].map(Concentration.init(thousandths:)),
            .windDirection: [0, 0, 0].map(Concentration.init(thousandths:)),
            .nox: [
                Concentration(thousandths: 80_000), .missing(.insufficient), Concentration(thousandths: 80_000),
            ],
            .humidity: [Concentration](repeating: .missing(.absent), count: 3),
        ]
        for (parameter, values) in expected { #expect(try await hours(parameter) == values, "\(parameter)") }
        try await pipeline.close()
        // The first hour and a half become means of minutes.
        let store = try MonitorStore(path: path)
        var retention = Retention()
        retention[.samples] = .init(days: 1)
        while try store.purge(retention, at: Self.start + 86_400 + 5400) > 0 {}
        try store.close()
        let reader = HistoryReader(path: path)
        let first = Hour(containing: Self.start)
        for (parameter, values) in expected {
            #expect(
                await reader.hours(of: parameter, at: "A", from: first, through: first + 2) == values, "\(parameter)")
        }
    }

    @Test func `without a store they are shown, and their hours are told to be absent`() async throws {
        let pipeline = try Self.pipeline(nil)
        try await Self.play(pipeline)
        let history = try #require(await pipeline.history(of: "A", with: .temperature, through: nil))
        #expect(history.others[.temperature] == [Concentration](repeating: .missing(.absent), count: 3))
        let station = try #require(await pipeline.snapshot(after: nil)?.snapshot.stations.first)
        #expect(station.others.map(\.parameter) == [.nox, .temperature, .windDirection])
        #expect(station.others.map(\.latest.thousandths) == [80_000, 20_250, 350_000])
        #expect(station.channels.count == 9)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a direction is that of the sum of its unit vectors, however the wind turns through north`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<1000 {
            // Symmetric about a middle: that is the mean, wherever north lies.
            let middle = Int32(random.integer(0...359))
            var mean = DirectionMean()
            for _ in 0..<random.integer(1...30) {
                let away = Int32(random.integer(0...80))
                for side in [away, -away] {
                    mean.add(Concentration(thousandths: (middle + side + 360) % 360 * 1000))
                }
                mean.add(.missing(.communication))
            }
            #expect(mean.result == Concentration(thousandths: middle * 1000), "seed \(seed)")
        }
        var calm = DirectionMean()
        #expect(calm.result == .missing(.insufficient))
        for degrees: Int32 in [0, 180] { calm.add(Concentration(thousandths: degrees * 1000)) }
        #expect(calm.result == .missing(.insufficient))
    }
}
