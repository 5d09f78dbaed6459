import AQICore
import Testing

@testable import Warnings

/// Plan 四(二): two spells whose gap does not meet the lift condition are one.
@Suite("Warnings: spells") struct SpellTests {
    /// A clean day, and a forecast.
    private func city(_ plan: WarningPlan = .langfang2019, foreseeing runs: Timeline.Runs) -> Timeline {
        var city = Timeline(plan)
        city.exactly([(20, 24)])
        city.hour(20, foreseeing: runs)
        return city
    }

    @Test func `36 clean hours do not part two heavy ones, 37 do`() {
        #expect(city(foreseeing: [(201, 1), (20, 36), (201, 1), (20, 40)]).log == ["25 issued yellow"])
        #expect(city(foreseeing: [(201, 1), (20, 37), (201, 1), (20, 40)]).log == [])
    }

    @Test func `the same with hours that were observed`() {
        for (gap, log) in [(36, ["57 issued yellow"]), (37, [])] as [(Int, [String])] {
            var city = Timeline(.langfang2019)
            city.exactly([(201, 20), (20, gap), (201, 1), (20, 40)])
            #expect(city.log == log, "\(gap) hours")
        }
    }

    @Test func `unknown hours in a gap neither count nor part`() {
        // Five silent hours make 20 windows unknown, so that of 56 hours 36 are known, and of 57 hours 37.
        #expect(
            city(foreseeing: [(201, 1), (20, 10), (nil, 5), (20, 41), (201, 1), (20, 40)]).log == ["25 issued yellow"])
        #expect(city(foreseeing: [(201, 1), (20, 10), (nil, 5), (20, 42), (201, 1), (20, 40)]).log == [])
        for (clean, log) in [(41, ["77 issued yellow"]), (42, [])] as [(Int, [String])] {
            var observed = Timeline(.langfang2019)
            observed.exactly([(201, 20), (20, 10), (nil, 5), (20, clean), (201, 1), (20, 40)])
            #expect(observed.log == log)
        }
    }

    @Test func `a gap of nothing but unknown hours does not part`() {
        var city = Timeline(.langfang2019)
        city.exactly([(201, 20), (nil, 100), (201, 30)])
        // Heavy again as soon as 20 hours are there; with hour 20 that makes two days.
        #expect(city.log == ["140 issued yellow"])
        #expect(city.events.first?.spell == Spell(first: Timeline.hour(20), last: Timeline.hour(140)))
    }

    @Test func `the gap is measured at the plan's own base`() {
        // 180 is clean in Langfang and heavy in the national plan.
        let runs: Timeline.Runs = [(201, 1), (180, 37), (201, 1), (20, 40)]
        #expect(city(foreseeing: runs).log == [])
        // One spell of 39 heavy hours: two days above 150, two above 200.
        #expect(city(.national2024, foreseeing: runs).log == ["25 issued orange"])
    }

    @Test func `days of different spells are not added up`() {
        let spell: Timeline.Runs = [(201, 24), (20, 37)]
        #expect(city(foreseeing: spell + spell + [(20, 40)]).log == [])
        // National: each of them alone is yellow.
        let national = city(.national2024, foreseeing: spell + spell + [(20, 40)])
        #expect(national.log == ["25 issued yellow"])
    }

    @Test func `of several spells the highest is warned of, and the event names it`() throws {
        // Yellow from hour 26, orange from hour 26 + 25 + 40.
        let city = city(foreseeing: [(201, 25), (20, 40), (201, 49), (20, 40)])
        #expect(city.log == ["25 issued orange"])
        let event = try #require(city.events.first)
        #expect(event.spell == Spell(first: Timeline.hour(91), last: Timeline.hour(139)))
        // The day that ends with the first heavy hour begins 23 labels earlier.
        #expect(event.spell?.starts == Timeline.hour(68))
        #expect(event.basis == .forecast && event.number == 1 && event.primary.names == ["pm25"])
    }

    @Test func `of equal spells the earliest is named`() {
        let city = city(foreseeing: [(201, 25), (20, 40), (201, 25), (20, 40)])
        #expect(city.log == ["25 issued yellow"])
        #expect(city.events.first?.spell == Spell(first: Timeline.hour(26), last: Timeline.hour(50)))
    }

    @Test func `an issue looks ahead over all spells, an upgrade does not`() {
        // Yellow in force in a begun spell up to hour 50; behind it one that will be red.
        func city(gap: Int) -> Timeline {
            var city = Timeline(.langfang2019)
            city.exactly([(201, 44)])
            city.hour(201, foreseeing: [(201, 5), (20, gap), (500, 20), (20, 80)])
            city.comeTrue(10)
            return city
        }
        // 37 clean hours between: the first warning ends, and the next hour brings the second its own.
        let apart = city(gap: 37)
        #expect(apart.log == ["44 issued yellow", "51 lifted yellow", "52 issued red"])
        #expect(apart.events.map(\.number) == [1, 1, 2])
        // 36: one spell, and red at once.
        let one = city(gap: 36)
        #expect(one.log == ["44 issued yellow", "45 upgraded red"])
        #expect(one.events.map(\.number) == [1, 1])
    }

    @Test func `where no active spell has begun, an upgrade looks at those to come`() {
        var city = Timeline(.langfang2019)
        city.exactly([(201, 44)])
        city.hour(201, foreseeing: [(201, 5), (20, 37), (500, 20), (20, 80)])
        city.comeTrue(5)
        #expect(city.log == ["44 issued yellow"], "the spell of the warning is still there")
        // The first clean hour would lift, but its own index is above the base; the spell of the warning is over.
        city.hour(20, no2: 1_201_000)
        #expect(city.log == ["44 issued yellow", "51 upgraded red"])
    }

    @Test func `the warnings are numbered by their issues`() {
        var city = Timeline(.langfang2019)
        for _ in 0..<3 {
            city.exactly([(201, 49)])
            city.hour(20, foreseeing: [(20, 48)])
            city.comeTrue(48)
        }
        #expect(city.log.count { $0.hasSuffix("issued yellow") } == 3)
        #expect(city.events.count { $0.kind == .lifted } == 3)
        #expect(city.events.filter { $0.kind == .issued }.map(\.number) == [1, 2, 3])
        for (event, before) in zip(city.events.dropFirst(), city.events) where event.kind != .issued {
            #expect(event.number == before.number)
        }
    }
}
