import AQICore
import Ingest
import Store
import TestSupport
import Testing
import Texts
import Warnings

@testable import aqi_monitor

/// Marks on their way through the monitor: with the hour, told once, the same after a restart, and without any consequence.
@Suite("Monitor: suspect values") struct QualityMonitorTests {
    private let start = Hour(start: 498_544)

    private func monitor(_ quality: QualityThresholds = .standard) -> Monitor {
        Monitor(stations: [.init(key: "A", name: "A")], plan: .usual, settle: 0, quality: quality)
    }

    /// Plays an hour minute by minute and closes it.
    private func play(
        _ row: HourRow, nox: Concentration? = nil, at hour: Hour, through monitor: inout Monitor
    ) -> [Effect] {
        var effects: [Effect] = []
        for minute in 0..<60 as Range<Int64> {
            let time = hour.beginning + minute * 60
            var readings = Pollutant.allSix.map { pollutant in
                Reading(
                    channel: Channel(station: 0, parameter: Parameter(rawValue: pollutant.rawValue) ?? .pm25),
                    time: time,
                    value: row[pollutant])
            }
            if let nox {
                readings.append(Reading(channel: Channel(station: 0, parameter: .nox), time: time, value: nox))
            }
            effects += monitor.step(readings, at: time)
        }
        return effects + monitor.step([], at: hour.endingLabel)
    }

    private func hours(_ effects: [Effect]) -> [HourlyRecord] {
        effects.compactMap { if case .hour(let record) = $0 { record } else { nil } }
    }

    private func suspects(_ effects: [Effect]) -> [SuspectValue] {
        effects.compactMap { if case .suspect(let value) = $0 { value } else { nil } }
    }

    /// Rows with lines, spikes and holes.
    private func rows(_ count: Int, seed: UInt64) -> [HourRow] {
        var random = SeededRandom(seed: seed)
        var row = HourRow()
        return (0..<count).map { _ in
            for pollutant in Pollutant.allSix {
                let scale = pollutant == .co ? 10 : 1000
                if random.chance(20) {
                    row[pollutant] = Concentration(thousandths: Int32(random.integer(-8...400) * scale))
                }
                if random.chance(5) { row[pollutant] = .missing(.calibration) }
            }
            return row
        }
    }

    @Test func `the hour carries the marks, and a mark is told when it begins`() {
        var monitor = monitor()
        var told: [(Int32, SuspectMarks)] = []
        var stored: [String] = []
        // A line from the sixth hour on, two hours without a value, the line again, its end, and another.
        let values: [Int32?] = [9, 9, 9, 9, 9, 9, 9, nil, nil, 9, 30, 30, 30, 30, 30, 30]
        for (place, value) in values.enumerated() {
            var row = HourRow(missing: .fault)
            if let value { row[.pm25] = Concentration(thousandths: value * 1000) }
            let effects = play(row, at: start + Int32(place), through: &monitor)
            told += suspects(effects).map { ($0.hour - start, $0.marks) }
            stored += hours(effects).map { $0.mark(.pm25) }
        }
        let flat = "Qflat"
        #expect(stored == ["", "", "", "", "", flat, flat, "D", "D", flat, "", "", "", "", "", flat])
        #expect(told.map(\.0) == [5, 15])
        #expect(told.allSatisfy { $0.1.rules == [.flatLine] })
    }

    @Test func `NO2 is checked against NOx where that is measured, and rests where it is not`() {
        var row = HourRow(missing: .fault)
        row[.no2] = Concentration(thousandths: 60_000)
        for (nox, marked) in [(nil, false), (54_000, true), (55_000, false), (90_000, false)] as [(Int32?, Bool)] {
            var monitor = monitor()
            let effects = play(row, nox: nox.map(Concentration.init(thousandths:)), at: start, through: &monitor)
            #expect(hours(effects).first?.marks[.no2].contains(.no2AboveNOx) == marked)
            #expect(hours(effects).first?.row == row)
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `marks change neither a value nor an average nor an index nor a warning`(seed: UInt64) {
        var (checked, unchecked) = (monitor(), monitor(QualityThresholds()))
        var marks = 0
        for (place, row) in rows(24 * 8, seed: seed).enumerated() {
            let one = play(row, at: start + Int32(place), through: &checked)
            let other = play(row, at: start + Int32(place), through: &unchecked)
            marks += hours(one).count { !$0.marks.isEmpty }
            #expect(hours(one).map(\.row) == hours(other).map(\.row), "seed \(seed), hour \(place)")
            #expect(hours(other).allSatisfy { $0.marks.isEmpty })
            #expect(indices(one) == indices(other), "seed \(seed), hour \(place)")
            #expect(warnings(one) == warnings(other), "seed \(seed), hour \(place)")
        }
        #expect(marks > 50, "seed \(seed)")
    }

    private func indices(_ effects: [Effect]) -> [IndexRecord] {
        effects.compactMap { if case .index(let record) = $0 { record } else { nil } }
    }

    private func warnings(_ effects: [Effect]) -> [String] {
        effects.compactMap { if case .warning(let event) = $0 { event.json.line } else { nil } }
    }

    @Test(arguments: [11, 12, 13, 14] as [UInt64])
    func `after a restart the marks, and what is told of them, are as without`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let rows = rows(150, seed: seed)
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        var (whole, parts) = (monitor(), monitor())
        var marks = 0
        for (place, row) in rows.enumerated() {
            if random.chance(10) {
                parts = monitor()
                var history: [HourlyRecord] = []
                try store.read { try $0.forEachHour { history.append($0) } }
                parts.restore(history, warnings: nil)
            }
            let nox = Concentration(thousandths: Int32(random.integer(0...400_000)))
            let one = play(row, nox: nox, at: start + Int32(place), through: &whole)
            let other = play(row, nox: nox, at: start + Int32(place), through: &parts)
            #expect(hours(one) == hours(other), "seed \(seed), hour \(place)")
            #expect(suspects(one) == suspects(other), "seed \(seed), hour \(place)")
            marks += suspects(one).count
            var batch = StoreBatch()
            batch.hours = hours(other)
            try store.write(batch)
        }
        #expect(marks > 20, "seed \(seed)")
    }
}
