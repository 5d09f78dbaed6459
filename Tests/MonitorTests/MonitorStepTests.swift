import AQICore
import Ingest
import Store
import Testing
import Warnings

@testable import aqi_monitor

/// The deterministic core: readings and time in, effects out.
@Suite("Monitor: steps") struct MonitorStepTests {
    private let start = Instant(seconds: 498_544 * 3600)

    private func monitor(settle: Int64) -> Monitor {
        Monitor(stations: [.init(key: "A", name: "A")], plan: .usual, settle: settle)
    }

    private func reading(_ value: Int32, at second: Int64) -> Reading {
        Reading(
            channel: Channel(station: 0, parameter: .pm25), time: start + second,
            value: Concentration(thousandths: value))
    }

    private func hours(_ effects: [Effect]) -> [HourlyRecord] {
        effects.compactMap { if case .hour(let record) = $0 { record } else { nil } }
    }

    @Test func `an hour is closed when it has settled, with what came for it meanwhile`() {
        var monitor = monitor(settle: 5)
        var closed: [HourlyRecord] = []
        for minute in 0..<60 as Range<Int64> {
            closed += hours(monitor.step([reading(10_000, at: minute * 60)], at: start + minute * 60))
        }
        closed += hours(monitor.step([reading(50_000, at: 3600)], at: start + 3600))
        // A slow bus brings the last minute's value after the full hour.
        closed += hours(monitor.step([reading(70_000, at: 3599)], at: start + 3603))
        #expect(closed.isEmpty)
        closed += hours(monitor.step([], at: start + 3605))
        #expect(closed.map(\.hour) == [Hour(containing: start)])
        // 59 minutes of 10, and one of 10 and 70: (59 * 10 + 40) / 60 = 10.5.
        #expect(closed.first?.row[.pm25] == Concentration(thousandths: 10_500))
        // The value of 3600 belongs to the hour under way.
        for minute in 61..<120 as Range<Int64> {
            _ = monitor.step([reading(50_000, at: minute * 60)], at: start + minute * 60)
        }
        #expect(hours(monitor.step([], at: start + 7205)).first?.row[.pm25] == Concentration(thousandths: 50_000))
    }

    @Test func `a reading of a closed hour makes the hour anew`() {
        var monitor = monitor(settle: 0)
        for minute in 0..<44 as Range<Int64> {
            _ = monitor.step([reading(10_000, at: minute * 60)], at: start + minute * 60)
        }
        let closed = hours(monitor.step([], at: start + 3600))
        #expect(closed.first?.row[.pm25] == .missing(.insufficient))
        let effects = monitor.step([reading(10_000, at: 3540)], at: start + 3700)
        #expect(hours(effects).map(\.row[.pm25]) == [Concentration(thousandths: 10_000)])
        #expect(effects.contains { if case .revised = $0 { true } else { false } })
        // The same again is nothing new.
        #expect(monitor.step([reading(10_000, at: 3540)], at: start + 3701).isEmpty)
    }

    @Test func `after a pause of the program every hour in between is closed as missing`() {
        var monitor = monitor(settle: 0)
        _ = monitor.step([reading(10_000, at: 0)], at: start)
        let effects = monitor.step([reading(20_000, at: 5 * 3600)], at: start + 5 * 3600)
        #expect(hours(effects).count == 5)
        #expect(hours(effects).allSatisfy { $0.row[.pm25].isMissing })
        #expect(hours(effects).first?.row[.pm25].reason == .insufficient)
        #expect(hours(effects).last?.row[.pm25].reason == .absent)
    }

    @Test func `a day ends with its daily index`() {
        var monitor = monitor(settle: 0)
        var daily: [IndexRecord] = []
        for minute in 0...24 * 60 as ClosedRange<Int64> {
            for effect in monitor.step([reading(35_000, at: minute * 60)], at: start + minute * 60) {
                if case .index(let record) = effect, record.report.kind == .daily { daily.append(record) }
            }
        }
        #expect(daily.count == 1)
        #expect(daily.first?.period.numberInDay == 24)
        #expect(daily.first?.report[.pm25] == .value(concentration: 35_000, subIndex: 50))
    }

    @Test func `what was restored is not reported again`() {
        var first = monitor(settle: 0)
        var history: [HourlyRecord] = []
        for minute in 0...30 * 60 as ClosedRange<Int64> {
            history += hours(first.step([reading(Int32(minute) * 10, at: minute * 60)], at: start + minute * 60))
        }
        var second = monitor(settle: 0)
        second.restore(history, warnings: first.engine.state)
        #expect(second.hour == first.hour)
        #expect(second.stations[0].windows.mean24(.pm25) == first.stations[0].windows.mean24(.pm25))
        #expect(second.stations[0].running24 == first.stations[0].running24)
    }
}

@Suite("Monitor: clocks that are set") struct ClockTests {
    private let start = Instant(seconds: 498_544 * 3600)

    private func hours(_ effects: [Effect]) -> Int {
        effects.count { if case .hour = $0 { true } else { false } }
    }

    private func jumps(_ effects: [Effect]) -> Int {
        effects.count { if case .clockJumped = $0 { true } else { false } }
    }

    @Test(arguments: [365, 20_440] as [Int64])
    func `a clock that jumps ahead by years and comes back leaves no hour of the wrong time, and the next is kept`(
        days: Int64
    ) {
        var monitor = Monitor(stations: [.init(key: "A", name: "A")], plan: .usual, settle: 0)
        _ = monitor.step([], at: start)
        let ahead = monitor.step([], at: start + days * 86_400)
        let back = monitor.step([], at: start + 600)
        #expect(jumps(ahead) == 1 && jumps(back) == 1)
        #expect(hours(ahead) == 0 && hours(back) == 0)
        // From here on everything is measured as ever.
        var kept: [HourlyRecord] = []
        for minute in 60...120 as ClosedRange<Int64> {
            let reading = Reading(
                channel: Channel(station: 0, parameter: .pm25), time: start + minute * 60,
                value: Concentration(thousandths: 1000))
            for effect in monitor.step([reading], at: start + minute * 60) {
                if case .hour(let record) = effect { kept.append(record) }
            }
        }
        #expect(kept.map(\.hour) == [Hour(containing: start), Hour(containing: start) + 1])
        #expect(kept.last?.row[.pm25] == Concentration(thousandths: 1000))
    }

    @Test func `a month without the program is filled with missing hours`() {
        var monitor = Monitor(stations: [.init(key: "A", name: "A")], plan: .usual, settle: 0)
        _ = monitor.step([], at: start)
        let effects = monitor.step([], at: start + 30 * 86_400)
        #expect(hours(effects) == 30 * 24 && jumps(effects) == 0)
    }

    @Test func `only a demo signs for people`() {
        let monitor = Monitor(stations: [], plan: .usual, settle: 0)
        #expect(monitor.engine.signing == .none)
    }
}
