import AQICore
import Ingest
import Store
import TestSupport
import Testing
import Warnings

@testable import aqi_monitor

@Suite("Monitor: readings that come late") struct LateReadingsTests {
    private static let start = Instant(seconds: 498_544 * 3600)

    /// What is left of a run: the newest record of every hour and index, as a store keeps them.
    private struct Kept: Equatable {
        var hours: [String: HourlyRecord] = [:]
        var indices: [String: IndexReport] = [:]
        var late = 0
        var revised = 0

        mutating func take(_ effects: [Effect]) {
            for effect in effects {
                switch effect {
                case .hour(let record): hours["\(record.station) \(record.hour.start)"] = record
                case .index(let record), .correctedIndex(let record):
                    indices["\(record.station) \(record.report.kind) \(record.period.start)"] = record.report
                case .late(let count): late += count
                case .revised: revised += 1
                case .warning, .ledger, .calibration, .suspect, .notStored, .clockJumped: break
                case .stationDiffers, .stationHour, .awaiting, .judged, .airChanged: break
                }
            }
        }
    }

    private func monitor() -> Monitor {
        // Marks look back from when an hour first closed; here all that is compared is values and indices.
        Monitor(
            stations: [.init(key: "A", name: "A"), .init(key: "B", name: "B")], plan: .usual, settle: 5,
            quality: QualityThresholds())
    }

    /// Two days of two stations, a reading a minute of each pollutant, with outages.
    private func readings(_ random: inout SeededRandom) -> [Reading] {
        var readings: [Reading] = []
        var silentUntil = [Int](repeating: 0, count: 12)
        for minute in 0..<40 * 60 {
            for channel in 0..<12 {
                if random.chance(1) { silentUntil[channel] = minute + random.integer(0...50) }
                guard minute >= silentUntil[channel] else { continue }
                let level = 20_000 + (minute / 60 % 24) * 3000
                readings.append(
                    Reading(
                        channel: Channel(
                            station: Int32(channel / 6), parameter: Parameter(rawValue: UInt8(channel % 6)) ?? .pm25),
                        time: LateReadingsTests.start + Int64(minute * 60),
                        value: random.chance(3)
                            ? .missing(.calibration)
                            : Concentration(thousandths: Int32(level + random.integer(0...9000)))))
            }
        }
        return readings
    }

    /// Steps a minute at a time; `delay` says how many minutes after its time a reading comes.
    private func run(_ readings: [Reading], twice: Bool = false, delay: (Int) -> Int) -> Kept {
        var monitor = monitor()
        var kept = Kept()
        var arrivals: [Int: [Reading]] = [:]
        for (place, reading) in readings.enumerated() {
            let minute = Int(reading.time - LateReadingsTests.start) / 60
            arrivals[minute + delay(place), default: []].append(reading)
            if twice { arrivals[minute + delay(place) + 7, default: []].append(reading) }
        }
        for minute in 0...44 * 60 {
            let now = LateReadingsTests.start + Int64(minute * 60 + 10)
            kept.take(monitor.step(arrivals[minute] ?? [], at: now))
        }
        return kept
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `hours and indices are the same whether readings come in time or up to three hours late, once or twice`(
        seed: UInt64
    ) {
        var random = SeededRandom(seed: seed)
        let readings = readings(&random)
        let inTime = run(readings) { _ in 0 }
        // Whole stretches come late, as after an outage of a line.
        let delays = (0..<readings.count / 500 + 1).map { _ in random.chance(40) ? random.integer(1...170) : 0 }
        let late = run(readings, twice: true) { delays[$0 / 500] }
        #expect(late.revised > 0 && inTime.revised == 0)
        #expect(late.late == 0)
        #expect(late.hours == inTime.hours, "seed \(seed)")
        #expect(late.indices == inTime.indices, "seed \(seed)")
    }

    @Test func `a reading that comes four hours late is counted and changes nothing`() {
        var random = SeededRandom(seed: 9)
        let readings = readings(&random)
        let inTime = run(readings.filter { $0.time != LateReadingsTests.start + 600 }) { _ in 0 }
        let late = run(readings) { readings[$0].time == LateReadingsTests.start + 600 ? 245 : 0 }
        #expect(late.late > 0 && late.hours == inTime.hours && late.indices == inTime.indices)
    }

    @Test func `hours of an earlier run are not made anew from the few readings that still come`() {
        var first = monitor()
        var kept = Kept()
        func reading(_ minute: Int) -> Reading {
            Reading(
                channel: Channel(station: 0, parameter: .pm25), time: LateReadingsTests.start + Int64(minute * 60),
                value: Concentration(thousandths: 10_000))
        }
        for minute in 0...60 { kept.take(first.step([reading(minute)], at: reading(minute).time + 10)) }
        var second = monitor()
        second.restore(kept.hours.values.sorted { $0.station < $1.station }, warnings: first.engine.state)
        let effects = second.step([reading(30)], at: reading(65).time)
        #expect(effects.contains { if case .late(1) = $0 { true } else { false } })
        var after = Kept()
        after.take(effects)
        #expect(after.hours.isEmpty)
    }

    @Test func `the next decision of a warning stands on the revised hours`() {
        var random = SeededRandom(seed: 3)
        var inTime = WarningEngine(plan: .usual)
        var corrected = WarningEngine(plan: .usual)
        var rows: [HourRow] = []
        let first = Hour(start: 411_000)
        for offset in 0..<120 as Range<Int32> {
            var row = HourRow()
            row[.pm25] = Concentration(thousandths: Int32(random.integer(200_000...400_000)))
            row[.pm10] = Concentration(thousandths: Int32(random.integer(200_000...400_000)))
            rows.append(row)
            inTime.observe(row, at: first + offset)
            // Every ninth hour comes four hours late.
            corrected.observe(offset % 9 == 4 ? HourRow() : row, at: first + offset)
            if offset % 9 == 8 { corrected.revise(rows[Int(offset) - 4], at: first + (offset - 4)) }
        }
        #expect(corrected.latestIndex24 == inTime.latestIndex24)
        let next = inTime.step(rows[0], at: first + 120)
        #expect(!next.isEmpty)
        #expect(corrected.step(rows[0], at: first + 120) == next)
    }
}

@Suite("Monitor: hours under a clock that stands elsewhere") struct WrongClockTests {
    private let start = Instant(seconds: 498_544 * 3600)

    private func monitor() -> Monitor {
        Monitor(stations: [.init(key: "A", name: "A")], plan: .usual, settle: 5)
    }

    private func reading(_ value: Int32, at second: Int64, of parameter: Parameter = .pm25) -> Reading {
        Reading(
            channel: Channel(station: 0, parameter: parameter), time: start + second,
            value: Concentration(thousandths: value))
    }

    private func hours(_ effects: [Effect]) -> [HourlyRecord] {
        effects.compactMap { if case .hour(let record) = $0 { record } else { nil } }
    }

    private func count(_ effects: [Effect], _ isWanted: (Effect) -> Bool) -> Int { effects.count(where: isWanted) }

    @Test
    func `a restart with the clock behind the store overwrites no stored hour, and tells of each that is not kept`() {
        var history: [HourlyRecord] = []
        var row = HourRow()
        row[.pm25] = Concentration(thousandths: 42_000)
        for offset in 0..<30 as Range<Int32> {
            history.append(
                HourlyRecord(station: "A", hour: Hour(containing: start) + offset, row: row, marks: HourMarks()))
        }
        var monitor = monitor()
        monitor.restore(history, warnings: nil)
        // 30 hours are stored; the clock stands two and a half hours before their end.
        var effects: [Effect] = []
        let from = Int64(27 * 60 + 30)
        for minute in from...from + 240 {
            // Every poll began seven seconds before.
            effects += monitor.step([reading(10_000, at: minute * 60 - 7)], at: start + minute * 60)
        }
        let written = hours(effects)
        #expect(written.allSatisfy { $0.hour >= Hour(containing: start) + 30 })
        #expect(written.first?.row[.pm25] == Concentration(thousandths: 10_000), "the first hour after the stored ones")
        #expect(count(effects) { if case .notStored = $0 { true } else { false } } == 3)
        #expect(count(effects) { if case .revised = $0 { true } else { false } } == 0)
        #expect(
            monitor.stations[0].hours.row(at: Hour(containing: start) + 29)[.pm25] == Concentration(thousandths: 42_000)
        )
    }

    @Test func `the live value goes on after a clock that was ahead is set right`() {
        var monitor = monitor()
        let year: Int64 = 365 * 86_400
        for minute in 0..<20 as Range<Int64> {
            _ = monitor.step([reading(10_000, at: year + minute * 60)], at: start + year + minute * 60)
        }
        _ = monitor.step([reading(50_000, at: 0)], at: start)
        #expect(monitor.stations[0].latest[0]?.value == Concentration(thousandths: 50_000))
        #expect(monitor.stations[0].lastValid[0] == start)
        // A step back of ten minutes, too.
        _ = monitor.step([reading(60_000, at: 1800)], at: start + 1800)
        _ = monitor.step([reading(70_000, at: 1200)], at: start + 1200)
        #expect(monitor.stations[0].latest[0]?.value == Concentration(thousandths: 70_000))
    }

    @Test func `a clock set back by minutes into a closed hour leaves the hour alone`() {
        var monitor = monitor()
        for minute in 0...61 as ClosedRange<Int64> {
            _ = monitor.step([reading(10_000, at: minute * 60)], at: start + minute * 60)
        }
        let before = monitor.stations[0].hours.row(at: Hour(containing: start))
        var effects: [Effect] = []
        for poll in 0..<120 as Range<Int64> {
            let now = start + 52 * 60 + poll * 5 + 2
            effects += monitor.step([reading(90_000, at: now - start)], at: now)
        }
        #expect(effects.isEmpty)
        #expect(monitor.stations[0].hours.row(at: Hour(containing: start)) == before)
    }

    @Test func `nitrogen oxides that come late still mark the NO2 of their hour`() {
        var monitor = monitor()
        var effects: [Effect] = []
        for minute in 0...60 as ClosedRange<Int64> {
            effects += monitor.step([reading(80_000, at: minute * 60, of: .no2)], at: start + minute * 60 + 5)
        }
        #expect(hours(effects).first?.marks[.no2].isEmpty == true)
        let late = (0..<60 as Range<Int64>).map { reading(10_000, at: $0 * 60, of: .nox) }
        let effectsOfLate = monitor.step(late, at: start + 4000)
        #expect(hours(effectsOfLate).first?.marks[.no2].rules == [.no2AboveNOx])
        #expect(count(effectsOfLate) { if case .suspect = $0 { true } else { false } } == 1)
        #expect(count(effectsOfLate) { if case .revised = $0 { true } else { false } } == 0, "no value changed")
    }
}
