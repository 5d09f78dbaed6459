import AQICore
import Foundation
import Testing

@testable import Warnings

/// Two red alerts as they were, against the events that the contract pins.
@Suite("Warnings: Beijing, December 2016 and January 2017") struct BeijingTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let plan: WarningPlan
        let forecast: Bool
        var testDescription: String { "\(plan.name).\(forecast ? "forecast" : "no-forecast")" }
        static let all = WarningPlan.shipped.flatMap { plan in [true, false].map { Case(plan: plan, forecast: $0) } }
    }

    @Test(arguments: Case.all) func `the pinned events come out, to the hour`(replay: Case) throws {
        guard let city = try Beijing.load(), let expected = try Beijing.expected(replay.testDescription) else { return }
        var engine = WarningEngine(plan: replay.plan)
        let events = city.replay(&engine, forecast: replay.forecast)
        #expect(events.map(Beijing.Expected.init) == expected)
        #expect(expected.count >= 15, "the file is whole")
        for event in events {
            #expect(event.primary.names == ["pm25"] && event.spell != nil)
            if !replay.forecast, event.kind != .downgraded { #expect(event.basis == .observed) }
            if event.kind != .downgraded, event.kind != .lifted { #expect(event.signedBy == event.level.signer) }
        }
    }

    @Test(arguments: Case.all) func `the same hours give equal events`(replay: Case) throws {
        guard let city = try Beijing.load() else { return }
        var one = WarningEngine(plan: replay.plan)
        var other = WarningEngine(plan: replay.plan)
        let last = 24 * 32
        let events = city.replay(&one, forecast: replay.forecast, through: last)
        #expect(city.replay(&other, forecast: replay.forecast, through: last) == events)
        #expect(!events.isEmpty)
    }

    @Test(arguments: Case.all)
    func `a restart in the middle of a spell changes nothing that comes after`(replay: Case) throws {
        guard let city = try Beijing.load() else { return }
        // 2016-12-20 12:00, red in force.
        let stop = 24 * 19 + 12
        var before = WarningEngine(plan: replay.plan)
        _ = city.replay(&before, forecast: replay.forecast, through: stop - 1)
        #expect(before.state.inForce != nil)

        // What the store keeps: the state and the hours.
        var after = WarningEngine(plan: replay.plan)
        after.restore(
            try JSONDecoder().decode(WarningEngine.State.self, from: JSONEncoder().encode(before.state)))
        for offset in 0..<stop { after.observe(city.rows[offset], at: city.first + Int32(offset)) }
        if replay.forecast {
            let known = city.forecasts.last { $0.issued <= (city.first + Int32(stop - 1)).endingLabel }
            after.take(try #require(known))
        }
        let through = stop + 24 * 12
        let events = city.replay(&after, forecast: replay.forecast, from: stop, through: through)
        #expect(events == city.replay(&before, forecast: replay.forecast, from: stop, through: through))
        #expect(events.contains { $0.kind == .lifted } && after.state == before.state)
    }

    @Test(arguments: Case.all) func `hours that are not stepped are as good as missing ones`(replay: Case) throws {
        guard let city = try Beijing.load() else { return }
        var gap = WarningEngine(plan: replay.plan)
        var missing = WarningEngine(plan: replay.plan)
        let silent = 24 * 10..<24 * 10 + 7
        _ = city.replay(&gap, forecast: replay.forecast, through: silent.lowerBound - 1)
        _ = city.replay(&missing, forecast: replay.forecast, through: silent.lowerBound - 1)
        for offset in silent { missing.observe(HourRow(), at: city.first + Int32(offset)) }
        let later = silent.upperBound + 24 * 7
        let events = city.replay(&gap, forecast: replay.forecast, from: silent.upperBound, through: later)
        #expect(city.replay(&missing, forecast: replay.forecast, from: silent.upperBound, through: later) == events)
        #expect(gap.latestIndex24 == missing.latestIndex24)
    }
}

@Suite("Warnings: Beijing with silent stations") struct BeijingOutageTests {
    private enum Outage: CaseIterable {
        case everything
        case particulates

        func of(_ row: HourRow) -> HourRow {
            guard self == .particulates else { return HourRow(missing: .communication) }
            var row = row
            row[.pm25] = .missing(.fault)
            row[.pm10] = .missing(.fault)
            return row
        }
    }

    /// "So missing data neither lifts nor lowers."
    @Test(arguments: BeijingTests.Case.all)
    func `two silent days in the red spell lift and lower nothing`(replay: BeijingTests.Case) throws {
        guard let city = try Beijing.load() else { return }
        var engine = WarningEngine(plan: replay.plan)
        // 2016-12-21 06:00, by when all four have red in force, ... 12-22 12:00, an hour before the first of them lowers it.
        var offset = 24 * 20 + 6
        _ = city.replay(&engine, forecast: replay.forecast, through: offset)
        while offset < 24 * 21 + 12 {
            #expect(engine.state.inForce?.level == .red)
            for outage in Outage.allCases {
                var silent = engine
                let events = city.replay(
                    &silent, forecast: replay.forecast, from: offset + 1, through: offset + 48
                ) { outage.of($0) }
                // Up to four missing hours leave the 24 h mean valid; what then lowers the level is no missing datum.
                let fallen = events.filter { $0.hour > city.first + Int32(offset + 4) }
                    .filter { $0.kind == .lifted || $0.kind == .downgraded }
                #expect(fallen.isEmpty, "\(outage) from \(offset + 1): \(fallen.map(Beijing.Expected.init))")
                #expect(silent.latestIndexHour.index == nil && silent.state.inForce != nil)
            }
            _ = city.replay(&engine, forecast: replay.forecast, from: offset + 1, through: offset + 6)
            offset += 6
        }
    }

    @Test func `a silent start of the second red spell is not clean air`() throws {
        guard let city = try Beijing.load() else { return }
        // Particulates silent from 2016-12-31 00:00 for ten days, without a forecast: nothing may be issued or lifted by it.
        var engine = WarningEngine(plan: .langfang2019)
        let start = 24 * 30
        _ = city.replay(&engine, forecast: false, through: start - 1)
        let events = city.replay(&engine, forecast: false, from: start, through: start + 240) {
            Outage.particulates.of($0)
        }
        #expect(events.isEmpty)
    }
}
