import AQICore
import Testing

@testable import Warnings

/// "What each hour decides", 7, lift; Plan 四(二), 四(五)1: improved, and forecast to stay so for 36 hours and more.
@Suite("Warnings: lifting by the forecast") struct LiftTests {
    /// A yellow warning, in force since hour 44, whose spell ends with hour 44.
    private func yellow(_ plan: WarningPlan = .langfang2019) -> Timeline {
        var city = Timeline(plan)
        city.exactly([(plan.base + 1, 44)])
        return city
    }

    @Test(arguments: WarningPlan.shipped)
    func `a forecast that is clean up to 36 hours ahead lifts, one that ends an hour earlier does not`(
        plan: WarningPlan
    ) {
        var far = yellow(plan)
        far.hour(20, foreseeing: [(20, 36)])
        #expect(far.log == ["44 issued yellow", "45 lifted yellow"])
        #expect(far.events.last?.basis == .forecast)
        #expect(far.engine.state.inForce == nil)
        var short = yellow(plan)
        short.hour(20, foreseeing: [(20, 35)])
        short.comeTrue(35)
        #expect(short.log == ["44 issued yellow"])
    }

    @Test(arguments: WarningPlan.shipped)
    func `clean is the base itself, heavy is one more`(plan: WarningPlan) {
        var clean = yellow(plan)
        clean.hour(plan.base, foreseeing: [(plan.base, 36)])
        #expect(clean.log.last == "45 lifted yellow")
        for place: Int in [0, 10, 35] {
            var heavy = yellow(plan)
            heavy.hour(20, foreseeing: [(20, place), (plan.base + 1, 1), (20, 60)])
            #expect(!heavy.log.contains("45 lifted yellow"), "heavy \(place + 1) hours ahead")
        }
    }

    @Test func `a heavy hour 37 hours ahead does not hold the warning, one 36 hours ahead does`() {
        var later = yellow()
        later.hour(20, foreseeing: [(20, 36), (201, 1), (20, 40)])
        #expect(later.log.last == "45 lifted yellow")
        var within = yellow()
        within.hour(20, foreseeing: [(20, 35), (201, 1), (20, 40)])
        #expect(within.log.last == "45 upgraded orange", "one spell, and its third day")
    }

    @Test func `an unknown hour within the 36 holds the warning until it has passed`() {
        var city = yellow()
        // Silent at 55...59, so that the windows of 59...78 are unknown.
        city.hour(20, foreseeing: [(20, 9), (nil, 5), (20, 60)])
        city.comeTrue(33)
        #expect(city.log == ["44 issued yellow"])
        city.comeTrue(1)
        #expect(city.log == ["44 issued yellow", "79 lifted yellow"])
        #expect(city.events.last?.basis == .forecast)
    }

    @Test func `nothing is lifted in an hour whose A is unknown`() {
        var city = yellow()
        // Silent at 46 and 65...68: five of the 24 hours up to 69, four of those up to 70.
        city.exactly([(20, 1), (nil, 1), (20, 18), (nil, 4)])
        city.hour(20, foreseeing: [(20, 60)])
        #expect(city.engine.latestIndex24.index == nil && city.engine.latestIndexHour.index != nil)
        #expect(city.log == ["44 issued yellow"])
        city.comeTrue(1)
        #expect(city.log == ["44 issued yellow", "70 lifted yellow"])
    }

    @Test func `nothing is lifted in an hour whose own index is unknown`() {
        var city = yellow()
        city.hour(nil, foreseeing: [(20, 60)])
        #expect(city.log == ["44 issued yellow"])
        var next = city
        next.comeTrue(2)
        // Hour 45 left the mean of 23 heavy hours; 46 is the first clean one.
        #expect(next.log == ["44 issued yellow", "46 lifted yellow"])
    }

    @Test func `nothing is lifted in an hour whose own index is above the base`() {
        for (no2, isLifted) in [(1_200_000, true), (1_201_000, false)] as [(Int32, Bool)] {
            var city = yellow()
            let clean = Timeline.row(pm25: Timeline.pm25(20))
            city.observe(
                Timeline.row(pm25: Timeline.pm25(20), no2: no2), foreseeing: Array(repeating: clean, count: 40))
            #expect(city.engine.latestIndexHour.index == (isLifted ? 200 : 201))
            #expect((city.log.last == "45 lifted yellow") == isLifted)
            city.comeTrue(1)
            #expect(city.log.last == (isLifted ? "45 lifted yellow" : "46 lifted yellow"))
        }
    }

    @Test func `a warning issued ahead is not lifted before its spell has come`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.hour(20, foreseeing: [(20, 60), (201, 48), (20, 80)])
        // For 24 hours nothing within the next 36 is heavy.
        city.comeTrue(107)
        #expect(city.log == ["25 issued yellow"])
        city.comeTrue(1)
        #expect(city.log == ["25 issued yellow"], "hour 133, the last heavy one")
        city.comeTrue(1)
        #expect(city.log == ["25 issued yellow", "134 lifted yellow"])
    }

    @Test func `heavy hours before a warning's own spell do not let it go`() {
        var city = Timeline(.langfang2019)
        // One heavy day that was nobody's warning, 37 clean hours, and a spell to come.
        city.exactly([(201, 30), (20, 20)])
        city.hour(20, foreseeing: [(20, 60), (201, 48), (20, 80)])
        city.comeTrue(24)
        #expect(city.log == ["51 issued yellow"])
    }

    @Test func `heavy hours between the issue and the warning's own spell do not let it go either`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.hour(20, foreseeing: [(20, 70), (201, 48), (20, 40)])
        // One heavy hour that nobody foresaw; the spell of the warning is still to come.
        city.hour(201, foreseeing: [(20, 69), (201, 48), (20, 40)])
        city.comeTrue(30)
        #expect(city.log == ["25 issued yellow"])
    }

    @Test func `a false alarm is lifted as soon as the forecast withdraws it`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.hour(20, foreseeing: [(20, 60), (201, 48), (20, 80)])
        city.hour(20, foreseeing: [(20, 35)])
        #expect(city.log == ["25 issued yellow"])
        city.hour(20, foreseeing: [(20, 36)])
        #expect(city.log == ["25 issued yellow", "27 lifted yellow"])
    }

    @Test func `after the warning's spell the next one gets its own warning, from the next hour on`() {
        var city = yellow()
        city.hour(20, foreseeing: [(20, 50), (201, 48), (20, 40)])
        city.comeTrue(3)
        #expect(city.log == ["44 issued yellow", "45 lifted yellow", "46 issued yellow"])
        #expect(city.events.last?.number == 2)
    }

    @Test func `a red warning is lifted straight away where nothing is wanted any more`() {
        var city = Timeline(.langfang2019)
        city.exactly([(301, 92)])
        city.hour(20, foreseeing: [(20, 36)])
        #expect(city.log.last == "93 lifted red")
        #expect(city.events.last?.signedBy == .commander, "the signer of the level departed from")
        #expect(city.events.last?.spell == Spell(first: Timeline.hour(20), last: Timeline.hour(92)))
        #expect(city.events.last?.primary.names == ["pm25"])
    }
}
