import AQICore
import Testing

@testable import Warnings

/// Boundaries that no other timeline stands on.
@Suite("Warnings: midnight, forecasts of PM2.5 alone, and spells far ahead") struct BoundaryTests {
    @Test func `a spell is measured over any 24 hours: midnight is an hour like any other`() {
        var logs: Set<[String]> = []
        for shift in 0..<24 as Range<Int32> {
            var city = Timeline(.langfang2019)
            city.air(20, Int(24 + shift))
            city.air(250, 80)
            city.air(20, 70)
            logs.insert(city.events.map { "\($0.hour - Timeline.hour(shift)) \($0.kind) \($0.level)" })
        }
        #expect(logs.count == 1 && logs.first?.count == 3, "\(logs)")
    }

    private func forecast(pm25 index: Int32, _ hours: Int, after now: Int32) -> Forecast {
        var row = HourRow()
        row[.pm25] = Concentration(thousandths: Timeline.pm25(index))
        return Forecast(
            issued: Timeline.hour(now).endingLabel, first: Timeline.hour(now + 1),
            rows: [HourRow](repeating: row, count: hours))
    }

    @Test func `a forecast that knows PM2_5 alone is known where it is heavy: it issues`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.engine.take(forecast(pm25: 260, 60, after: 24))
        city.air(20, 1)
        #expect(city.log == ["25 issued yellow"])
    }

    @Test func `and unknown where it is clean: it lifts nothing, the air that was measured does`() {
        var city = Timeline(.langfang2019)
        city.air(250, 44)
        city.engine.take(forecast(pm25: 20, 100, after: 44))
        // The mean of 200 and 14 µg/m³ is above 150 for six hours more; 37 clean ones follow.
        city.air(20, 42)
        #expect(city.log == ["44 issued yellow"])
        city.air(20, 1)
        #expect(city.log == ["44 issued yellow", "87 lifted yellow"])
        // The same with PM10 in it lifts at once.
        var other = Timeline(.langfang2019)
        other.exactly([(250, 44)])
        other.hour(20, foreseeing: [(20, 40)])
        #expect(other.log.last == "45 lifted yellow")
    }

    @Test func `red 90 hours ahead upgrades nothing while the spell that has begun wants yellow`() {
        var city = Timeline(.langfang2019)
        city.exactly([(250, 44)])
        #expect(city.log == ["44 issued yellow"])
        // Ten more heavy hours, 80 clean ones, and from the 91st on four days of which two are above 300.
        city.hour(250, foreseeing: [(250, 9), (20, 80), (350, 110)])
        #expect(city.log == ["44 issued yellow"])
        #expect(city.engine.latestWanted == .red)
        // Not before the yellow spell is over, and then as a warning of its own.
        city.comeTrue(12)
        #expect(city.log == ["44 issued yellow", "55 lifted yellow", "56 issued red"])
    }

    @Test func `the plan's own numbers decide: a lift after 12 hours, no emergency, a window of 24 hours`() {
        let plan = WarningPlan(
            name: "own", title: "own", heavyAbove: .init(200, "1"), issueAhead: .init(24, "2"), lift: .init(12, "3"),
            emergency: nil, rules: [.init(level: .yellow, conditions: [.days(above: 200, atLeast: 1)], clause: "4")])
        var city = Timeline(plan)
        city.exactly([(20, 24)])
        city.hour(20, foreseeing: [(20, 47), (250, 30)])
        #expect(city.log.isEmpty)
        city.comeTrue(1)
        #expect(city.log == ["26 issued yellow"])
        city.comeTrue(76)
        city.exactly([(20, 12)])
        #expect(city.log.count == 1)
        city.exactly([(20, 1)])
        #expect(city.log.count == 2 && city.log.last?.hasSuffix("lifted yellow") == true, "\(city.log)")
    }
}
