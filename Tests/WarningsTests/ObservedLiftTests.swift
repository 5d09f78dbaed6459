import AQICore
import Testing

@testable import Warnings

/// The fallback of ours where the forecast does not reach 36 hours ahead.
@Suite("Warnings: lifting by observation") struct ObservedLiftTests {
    private func yellow() -> Timeline {
        var city = Timeline(.langfang2019)
        city.exactly([(201, 44)])
        return city
    }

    @Test func `37 known clean hours lift, 36 do not`() {
        var city = yellow()
        city.air(20, 36)
        #expect(city.log == ["44 issued yellow"])
        city.air(20, 1)
        #expect(city.log == ["44 issued yellow", "81 lifted yellow"])
        #expect(city.events.last?.basis == .observed)
    }

    @Test func `a forecast that does not reach 36 hours changes nothing, unless it is heavy`() {
        for (ahead, isLifted) in [(200, true), (201, false)] as [(Int32, Bool)] {
            for place in [0, 5, 34] {
                var city = yellow()
                city.air(20, 36)
                city.hour(20, foreseeing: [(20, place), (ahead, 1)])
                #expect((city.log.last == "81 lifted yellow") == isLifted, "\(ahead) \(place + 1) hours ahead")
            }
        }
    }

    @Test func `a forecast that reaches further but leaves an hour unknown falls back, too`() {
        var city = yellow()
        city.air(20, 36)
        city.hour(20, foreseeing: [(20, 5), (nil, 5), (20, 60)])
        #expect(city.log.last == "81 lifted yellow" && city.events.last?.basis == .observed)
        // Far ahead, beyond the 36 hours and beyond the unknown ones: still no lift.
        var heavy = yellow()
        heavy.air(20, 36)
        heavy.hour(20, foreseeing: [(20, 5), (nil, 5), (20, 60), (201, 1)])
        #expect(heavy.log == ["44 issued yellow"])
    }

    @Test func `a heavy hour that the forecast knows holds the warning, whatever was observed`() {
        var city = yellow()
        city.air(20, 40)
        #expect(city.log.last == "81 lifted yellow")
        var held = yellow()
        held.air(20, 30)
        held.hour(20, foreseeing: [(20, 36), (201, 1)])
        #expect(held.log.last == "75 lifted yellow", "36 clean hours ahead are enough")
        var within = yellow()
        within.air(20, 30)
        within.hour(20, foreseeing: [(20, 20), (201, 1)])
        within.comeTrue(20)
        #expect(within.log == ["44 issued yellow"])
    }

    @Test func `an hour above 300 among the 37 holds the warning, one of 300 does not`() {
        for (no2, lifted) in [(2_340_000, 81), (2_341_000, 97)] as [(Int32, Int)] {
            var city = yellow()
            city.air(20, 15)
            city.observe(Timeline.row(pm25: Timeline.pm25(20), no2: no2))
            #expect(city.engine.latestIndexHour.index == (lifted == 81 ? 300 : 301))
            city.air(20, 60)
            // 60 is the earliest of the 37 hours up to 96.
            #expect(city.log == ["44 issued yellow", "\(lifted) lifted yellow"])
        }
    }

    @Test func `unknown hours are passed over within 120 hours, not beyond`() {
        // Clean windows 45...59, then some unknown, then clean again.
        func city(silent: Int) -> Timeline {
            var city = yellow()
            city.air(20, 11)
            city.observe(Timeline.row(pm25: nil), silent)
            city.air(20, 60)
            return city
        }
        // 83 unknown hours: 15 + 22 known ones within the 120 hours 45...164.
        #expect(city(silent: 68).log == ["44 issued yellow", "164 lifted yellow"])
        // 84: 45...165 are 121 hours; not before 37 known hours in a row.
        #expect(city(silent: 69).log == ["44 issued yellow", "180 lifted yellow"])
    }

    @Test func `an hour above 300 counts also where its A is unknown`() {
        var city = yellow()
        city.air(20, 11)
        city.observe(Timeline.row(pm25: nil), 20)
        // Hour 76: PM2.5 silent, NO2 severe.
        city.observe(Timeline.row(pm25: nil, no2: 2_341_000))
        #expect(city.engine.latestIndex24.index == nil && city.engine.latestIndexHour.index == 301)
        city.air(20, 60)
        // Known again from 96; the 37 newest known hours must all come after 76.
        #expect(city.log == ["44 issued yellow", "132 lifted yellow"])
    }

    @Test func `nothing is lifted by observation in an hour whose A is unknown`() {
        var city = yellow()
        let clean = Timeline.pm25(20)
        city.air(20, 19)
        city.observe(Timeline.row(pm25: nil))
        city.air(20, 16)
        // By 81 there are 37 clean hours; the hours' own index holds the warning, then PM2.5 is silent.
        city.observe(Timeline.row(pm25: clean, no2: 1_201_000), 2)
        city.observe(Timeline.row(pm25: nil), 4)
        // Hour 87 is measured, but the silent hours 64 and 83...86 leave 19 for its mean; 88 has 20.
        city.air(20, 1)
        #expect(city.engine.latestIndex24.index == nil && city.engine.latestIndexHour.index == 20)
        #expect(city.log == ["44 issued yellow"])
        city.air(20, 1)
        #expect(city.log == ["44 issued yellow", "88 lifted yellow"])
    }

    @Test func `silence lifts nothing, however long`() {
        var city = yellow()
        city.observe(HourRow(), 400)
        #expect(city.log == ["44 issued yellow"])
        // Nor do gases that are clean.
        city.observe(Timeline.row(pm25: nil), 400)
        #expect(city.log == ["44 issued yellow"] && city.engine.state.inForce?.level == .yellow)
    }
}
