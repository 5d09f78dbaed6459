import AQICore
import Testing

@testable import Warnings

/// Plan 四(四): who signs; and what is only proposed.
@Suite("Warnings: signatures") struct SigningTests {
    @Test func `without signatures only proposals come, one whenever action or level changes`() {
        var city = Timeline(.langfang2019, signing: .none)
        city.exactly([(301, 120)])
        #expect(
            city.log == ["44 proposed issued yellow", "68 proposed issued orange", "92 proposed issued red"])
        for event in city.events { #expect(event.kind == .proposed && event.signedBy == nil) }
        #expect(city.engine.state.inForce == nil && city.engine.state.number == 0)
        #expect(city.engine.latestWanted == .red)
    }

    @Test func `a proposal that was dropped comes again when it is wanted again`() {
        var city = Timeline(.langfang2019, signing: .none)
        city.exactly([(20, 24)])
        let spell: Timeline.Runs = [(20, 40), (201, 30), (20, 40)]
        city.hour(20, foreseeing: spell)
        city.hour(20, foreseeing: spell)
        city.hour(20, foreseeing: [(20, 100)])
        city.hour(20, foreseeing: spell)
        #expect(city.log == ["25 proposed issued yellow", "28 proposed issued yellow"])
    }

    @Test func `a proposal that changes its level and back is told each time`() {
        var city = Timeline(.langfang2019, signing: .none)
        city.exactly([(20, 24)])
        city.hour(20, foreseeing: [(20, 40), (201, 30), (20, 40)])
        city.hour(20, foreseeing: [(20, 40), (201, 60), (20, 40)])
        city.hour(20, foreseeing: [(20, 40), (201, 30), (20, 40)])
        #expect(
            city.log == ["25 proposed issued yellow", "26 proposed issued orange", "27 proposed issued yellow"])
    }

    @Test func `with a warning in force, upgrades, downgrades and lifts are proposed as well`() {
        // A warning signed by hand is taken up from the state.
        var signed = Timeline(.langfang2019)
        signed.exactly([(201, 44)])
        var city = Timeline(.langfang2019, signing: .none)
        city.exactly([(201, 43)])
        city.engine.restore(signed.engine.state)
        city.exactly([(201, 30)])
        #expect(city.log == ["68 proposed upgraded orange"])
        city.hour(20, foreseeing: [(20, 40)])
        city.comeTrue(1)
        #expect(city.log.last == "74 proposed lifted yellow")
        #expect(city.engine.state == signed.engine.state)
    }

    @Test func `red is signed by the commander, and so is what takes red back`() {
        var city = Timeline(.langfang2019)
        city.exactly([(301, 92)])
        city.hour(250, foreseeing: [(250, 37), (20, 40)])
        city.comeTrue(37)
        city.hour(20, foreseeing: [(20, 40)])
        #expect(
            city.log == [
                "44 issued yellow", "68 upgraded orange", "92 upgraded red", "93 downgraded orange",
                "131 lifted orange",
            ])
        #expect(
            city.events.map(\.signedBy) == [
                .deputyCommander, .deputyCommander, .commander, .commander, .deputyCommander,
            ])
    }

    @Test func `one action an hour, however much happens at once`() {
        // A red order, a spell and a severe hour in the same hour: one issue.
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.engine.order(.red, from: "province")
        city.hour(20, no2: 2_341_000, foreseeing: [(201, 60)])
        #expect(city.log == ["25 issued red"])
        // The next hour it ends, the severe hour is over, and another spell is in sight: one downgrade.
        city.engine.order(nil, from: "province")
        city.hour(20, foreseeing: [(20, 40), (201, 49), (20, 40)])
        #expect(city.log == ["25 issued red", "26 downgraded orange"])
        // A clean forecast: one lift, although an order comes back in the same hour's inputs and goes again.
        city.engine.order(.red, from: "province")
        city.engine.order(nil, from: "province")
        city.hour(20, foreseeing: [(20, 40)])
        #expect(city.log == ["25 issued red", "26 downgraded orange", "27 lifted orange"])
    }
}
