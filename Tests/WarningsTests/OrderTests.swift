import AQICore
import Testing

@testable import Warnings

/// "What each hour decides", 8; Plan 四(二): an order of the province or the ministry is carried out at once, and its lift follows
/// theirs.
@Suite("Warnings: orders") struct OrderTests {
    /// Clean air for a day, then a forecast of clean air for the next days.
    private func clean() -> Timeline {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        return city
    }

    private func foreseeClean(_ city: inout Timeline) { city.hour(20, foreseeing: [(20, 120)]) }

    @Test(arguments: WarningLevel.allCases) func `an order is issued at once, in the cleanest air`(level: WarningLevel)
    {
        var city = clean()
        city.engine.order(level, from: "province")
        city.air(20, 1)
        #expect(city.log == ["25 issued \(level)"])
        let event = city.events.last
        #expect(event?.basis == .order && event?.spell == nil && event?.primary.isEmpty == true)
        #expect(event?.signedBy == level.signer && event?.number == 1)
    }

    @Test func `while an order stands nothing is lifted, and when it ends the air decides`() {
        var city = clean()
        city.engine.order(.orange, from: "province")
        foreseeClean(&city)
        city.comeTrue(60)
        #expect(city.log == ["25 issued orange"])
        city.engine.order(nil, from: "province")
        city.comeTrue(1)
        #expect(city.log == ["25 issued orange", "86 lifted orange"])
    }

    @Test func `an order is a floor, not a ceiling`() {
        var city = Timeline(.langfang2019)
        city.engine.order(.yellow, from: "province")
        city.exactly([(201, 68)])
        #expect(city.log == ["1 issued yellow", "68 upgraded orange"])
        #expect(city.events.map(\.basis) == [.order, .observed])
    }

    @Test func `an order above what the air wants upgrades, and names no spell`() {
        var city = Timeline(.langfang2019)
        city.exactly([(201, 44)])
        city.engine.order(.red, from: "ministry")
        city.exactly([(201, 1)])
        #expect(city.log == ["44 issued yellow", "45 upgraded red"])
        #expect(city.events.last?.basis == .order && city.events.last?.signedBy == .commander)
    }

    @Test func `a newer order of the same authority replaces the older`() {
        var city = clean()
        city.engine.order(.yellow, from: "province")
        foreseeClean(&city)
        city.engine.order(.red, from: "province")
        city.comeTrue(1)
        city.engine.order(.orange, from: "province")
        city.comeTrue(1)
        #expect(city.log == ["25 issued yellow", "26 upgraded red", "27 downgraded orange"])
        #expect(city.events.last?.signedBy == .commander, "the signer of the level departed from")
    }

    @Test func `a lower order lowers nothing where the forecast does not reach 36 hours`() {
        for (hours, isLowered) in [(35, false), (36, true)] {
            var city = clean()
            city.engine.order(.red, from: "province")
            city.hour(20)
            city.engine.order(.yellow, from: "province")
            city.hour(20, foreseeing: [(20, hours)])
            #expect((city.log.last == "26 downgraded yellow") == isLowered)
        }
    }

    @Test func `a consent lowers the floor of its authority`() {
        var city = clean()
        city.engine.order(.red, from: "province")
        foreseeClean(&city)
        city.engine.consent(to: .yellow, from: "province")
        city.comeTrue(1)
        #expect(city.log == ["25 issued red", "26 downgraded yellow"])
        // The order still stands: no lift.
        city.comeTrue(50)
        #expect(city.log.count == 2)
    }

    @Test func `a consent without an order does nothing, also to an order that comes later`() {
        var city = clean()
        city.engine.consent(to: .yellow, from: "province")
        foreseeClean(&city)
        #expect(city.log == [])
        city.engine.order(.red, from: "province")
        city.comeTrue(3)
        #expect(city.log == ["26 issued red"])
    }

    @Test func `a newer order is carried out whatever was consented to the older`() {
        var city = clean()
        city.engine.order(.orange, from: "province")
        city.engine.consent(to: .yellow, from: "province")
        foreseeClean(&city)
        city.engine.order(.red, from: "province")
        city.comeTrue(1)
        #expect(city.log == ["25 issued yellow", "26 upgraded red"])
    }

    @Test func `a consent raises nothing`() {
        var city = clean()
        city.engine.order(.yellow, from: "province")
        city.engine.consent(to: .red, from: "province")
        foreseeClean(&city)
        #expect(city.log == ["25 issued yellow"])
    }

    @Test func `of two authorities the higher order holds, and each ends or consents for itself`() {
        var city = clean()
        city.engine.order(.yellow, from: "province")
        city.engine.order(.red, from: "ministry")
        foreseeClean(&city)
        city.engine.consent(to: .yellow, from: "province")
        city.comeTrue(1)
        #expect(city.log == ["25 issued red"], "the consent is not the ministry's")
        city.engine.order(nil, from: "ministry")
        city.comeTrue(1)
        #expect(city.log == ["25 issued red", "27 downgraded yellow"])
        city.engine.order(nil, from: "province")
        city.comeTrue(1)
        #expect(city.log.last == "28 lifted yellow")
    }

    @Test func `an order that outlives its spell holds its level, not the spell's`() {
        var city = Timeline(.langfang2019)
        city.exactly([(301, 92)])
        city.engine.order(.yellow, from: "province")
        city.hour(20, foreseeing: [(20, 100)])
        #expect(city.log == ["44 issued yellow", "68 upgraded orange", "92 upgraded red", "93 downgraded yellow"])
        city.comeTrue(50)
        #expect(city.log.count == 4)
        city.engine.order(nil, from: "province")
        // In a forecast made exact the hours of the spell come back; the air of this one is clean.
        city.observe(Timeline.row(pm25: 0), foreseeing: Array(repeating: Timeline.row(pm25: 0), count: 40))
        #expect(city.log.last == "144 lifted yellow")
    }

    @Test func `the end of an order where the air wants a lower level lowers to it`() {
        var city = Timeline(.langfang2019)
        city.engine.order(.red, from: "province")
        city.exactly([(201, 44)])
        city.engine.order(nil, from: "province")
        city.hour(201, foreseeing: [(201, 10), (20, 60)])
        #expect(city.log == ["1 issued red", "45 downgraded yellow"])
        #expect(city.events.last?.spell == Spell(first: Timeline.hour(20), last: Timeline.hour(55)))
    }

    @Test func `the end of an order lowers nothing while hours are unknown`() {
        var city = clean()
        city.engine.order(.red, from: "province")
        city.air(20, 1)
        city.engine.order(nil, from: "province")
        city.observe(HourRow(), 200)
        #expect(city.log == ["25 issued red"])
        // And is not issued again when it is lifted.
        city.air(20, 80)
        // Known again from hour 245 on.
        #expect(city.log == ["25 issued red", "281 lifted red"])
    }

    @Test func `an order keeps its level over an outage`() {
        var city = clean()
        city.engine.order(.orange, from: "province")
        city.observe(HourRow(), 200)
        #expect(city.log == ["25 issued orange"], "an order needs no measurements")
    }
}
