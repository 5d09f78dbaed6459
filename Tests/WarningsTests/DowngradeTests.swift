import AQICore
import Testing

@testable import Warnings

/// "What each hour decides", 5 and 7: `cautious`, and what a downgrade needs.
@Suite("Warnings: downgrades") struct DowngradeTests {
    /// Red in force since hour 92, in air of 301.
    private func red() -> Timeline {
        var city = Timeline(.langfang2019)
        city.exactly([(301, 92)])
        return city
    }

    @Test func `a lower level needs a forecast that reaches 36 hours`() {
        for (hours, isLowered) in [(35, false), (36, true)] {
            var city = red()
            city.hour(250, foreseeing: [(250, hours)])
            #expect((city.log.last == "93 downgraded orange") == isLowered)
            guard isLowered else { continue }
            let event = city.events.last
            #expect(event?.basis == .forecast && event?.signedBy == .commander && event?.number == 1)
            #expect(event?.spell == Spell(first: Timeline.hour(20), last: Timeline.hour(129)))
        }
    }

    @Test func `a lower level needs every hour up to then`() {
        var city = red()
        // Silent at 104...108: the windows 108...127 are unknown.
        city.hour(250, foreseeing: [(250, 10), (nil, 5), (250, 60)])
        city.comeTrue(34)
        #expect(city.log.last == "92 upgraded red")
        city.comeTrue(1)
        #expect(city.log.last == "128 downgraded orange")
    }

    @Test func `a lower level needs the present hour`() {
        var city = red()
        // As in LiftTests: the windows of 116 and 117 lack five hours each, that of 118 four.
        city.exactly([(250, 1), (nil, 1), (250, 18), (nil, 4)])
        city.hour(250, foreseeing: [(250, 60)])
        #expect(city.engine.latestIndex24.index == nil)
        #expect(city.log.last == "92 upgraded red")
        city.comeTrue(1)
        #expect(city.log.last == "118 downgraded orange")
    }

    @Test func `while hours above 300 are still to come red stays`() {
        var city = red()
        city.hour(250, foreseeing: [(250, 20), (301, 1), (250, 60)])
        city.comeTrue(20)
        #expect(city.log.last == "92 upgraded red")
        // Hour 114 is the one above 300 itself.
        city.comeTrue(1)
        #expect(city.log.last == "92 upgraded red")
        city.comeTrue(1)
        #expect(city.log.last == "115 downgraded orange")
    }

    /// A red order that ends with hour 74, in the middle of a spell.
    private func ordered(_ runs: Timeline.Runs) -> Timeline {
        var city = Timeline(.langfang2019)
        city.engine.order(.red, from: "province")
        city.exactly(runs)
        city.engine.order(nil, from: "province")
        city.hour(201, foreseeing: [(201, 20), (20, 60)])
        return city
    }

    @Test func `unknown hours of a spell count as heavy before anything is lowered`() {
        // 15 silent hours make the windows 44...73 unknown. Known: days at 20 and 74. Cautious: at 20, 44, 68 and 92.
        let unknown = ordered([(201, 39), (nil, 15), (201, 20)])
        #expect(unknown.log == ["1 issued red", "75 downgraded orange"])
        #expect(unknown.engine.latestWanted == .yellow, "what is wanted does not count them")
        // The same hours known to be clean: yellow.
        let clean = ordered([(201, 43), (20, 30), (201, 1)])
        #expect(clean.log == ["1 issued red", "75 downgraded yellow"])
    }

    @Test func `unknown hours outside the spell count for nothing`() {
        // The silence comes before the first heavy hour, in the first day.
        var city = Timeline(.langfang2019)
        city.engine.order(.red, from: "province")
        city.exactly([(20, 24), (nil, 40), (20, 40), (201, 25)])
        city.engine.order(nil, from: "province")
        city.hour(201, foreseeing: [(201, 1), (20, 60)])
        #expect(city.log == ["1 issued red", "130 downgraded yellow"])
    }

    @Test func `unknown hours to come count for nothing, but they hold the level`() {
        var city = Timeline(.langfang2019)
        city.engine.order(.red, from: "province")
        city.exactly([(201, 44)])
        city.engine.order(nil, from: "province")
        // Two known days; the windows 80...99 beyond the 36 hours are unknown, then one heavy hour ends the spell.
        city.hour(201, foreseeing: [(201, 10), (20, 20), (nil, 5), (20, 30), (201, 1), (20, 20)])
        #expect(city.log == ["1 issued red"], "unknown from 79 on, within 36 hours of 45")
    }

    @Test func `a spell that goes on at its level is not lowered`() {
        var city = red()
        city.hour(301, foreseeing: [(301, 60)])
        city.comeTrue(60)
        #expect(city.log == ["44 issued yellow", "68 upgraded orange", "92 upgraded red"])
    }

    @Test func `a lift comes before a downgrade`() {
        // Nothing is wanted any more but an order has just ended: red falls at once, not by steps.
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.engine.order(.red, from: "province")
        city.hour(20)
        city.engine.order(nil, from: "province")
        city.hour(20, foreseeing: [(20, 36)])
        #expect(city.log == ["25 issued red", "26 lifted red"])
    }
}
