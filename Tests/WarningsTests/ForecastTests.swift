import AQICore
import Testing

@testable import Warnings

/// "What each hour decides", 1 and 2: what a forecast says, and what it never says.
@Suite("Warnings: hourly forecasts") struct HourlyForecastTests {
    @Test func `the newest forecast replaces all earlier ones, also where it is shorter`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.hour(20, foreseeing: [(20, 95), (201, 24)])
        #expect(city.log == [])
        // The older one would have made it two days from here on.
        city.hour(20, foreseeing: [(20, 10)])
        city.comeTrue(10)
        city.exactly([(20, 40)])
        #expect(city.log == [])
        #expect(city.engine.latestWanted == nil)
    }

    @Test func `hours up to now are never filled from a forecast`() {
        // 40 heavy hours are foreseen and nothing is measured.
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.hour(20, foreseeing: [(201, 24)])
        city.observe(HourRow(), 24)
        #expect(city.engine.latestIndex24.index == nil)
        #expect(city.log == [])
        // The same hours measured would have been heavy.
        var measured = Timeline(.langfang2019)
        measured.exactly([(20, 24)])
        measured.hour(20, foreseeing: [(201, 24)])
        measured.comeTrue(24)
        #expect(measured.engine.latestIndex24.index == 201)
    }

    @Test func `windows ahead join what was measured with what is foreseen`() {
        // 12 measured hours of 500 and 12 foreseen ones of 0 are a day of 250 µg/m³, index 300; then it falls.
        let high = Timeline.row(pm25: 500_000)
        let none = Timeline.row(pm25: 0)
        var city = Timeline(.langfang2019)
        city.observe(none, 24)
        city.observe(high, 11)
        city.observe(high, foreseeing: Array(repeating: none, count: 60))
        // A(36) ... A(47) are 300, then they fall; one day above 200 only.
        #expect(city.log == [])
        #expect(city.engine.latestIndex24.index == 300)
        // As foreseen hours of 300 they would be a second day.
        var worse = Timeline(.langfang2019)
        worse.observe(none, 24)
        worse.observe(high, 11)
        let still = Timeline.row(pm25: 250_000)
        worse.observe(high, foreseeing: Array(repeating: still, count: 24))
        #expect(worse.log == ["36 issued yellow"])
    }

    @Test func `hours between now and the start of a forecast are unknown`() {
        // A forecast that begins 30 hours ahead needs 20 hours before it says anything.
        for (count, log) in [(43, []), (44, ["25 issued yellow"])] as [(Int, [String])] {
            var city = Timeline(.langfang2019)
            city.exactly([(20, 24)])
            city.engine.take(
                Forecast(
                    issued: Timeline.hour(25).endingLabel, first: Timeline.hour(56),
                    rows: Array(repeating: Timeline.row(pm25: Timeline.pm25(201)), count: count)))
            city.hour(20)
            #expect(city.log == log)
        }
    }

    @Test func `a forecast of hours that are over says nothing`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.engine.take(
            Forecast(
                issued: Timeline.hour(1).endingLabel, first: Timeline.hour(1),
                rows: Array(repeating: Timeline.row(pm25: Timeline.pm25(500)), count: 25)))
        city.hour(20)
        #expect(city.log == [] && city.engine.latestIndex24.index == 20)
    }
}

@Suite("Warnings: daily forecasts") struct DailyForecastTests {
    /// A clean first day; day 1 is the second.
    private func city(_ days: [(Int32?, Int32)]) -> Timeline {
        var city = Timeline(.langfang2019)
        city.air(20, 24)
        for (index, day) in days { city.foresee(index, day: day) }
        city.air(20, 1)
        return city
    }

    @Test func `a day's value is that of its hours 01 to 24`() throws {
        #expect(city([(201, 2)]).log == [], "one day")
        let two = city([(201, 2), (201, 3)])
        #expect(two.log == ["25 issued yellow"])
        // Hours 49 ... 96 are the labels 01:00 of day 2 ... 24:00 of day 3.
        #expect(two.events[0].spell == Spell(first: Timeline.hour(49), last: Timeline.hour(96)))
        #expect(two.events[0].primary.isEmpty, "a forecast index names no pollutant")
        #expect(city([(201, 2), (201, 3), (201, 4)]).log == ["25 issued orange"])
        #expect(city([(200, 2), (200, 3), (200, 4)]).log == [])
        #expect(city([(499, 2), (20, 3)]).log == [])
        #expect(city([(500, 2)]).log == ["25 issued red"])
    }

    @Test func `today's value counts for the hours to come only`() {
        let today = city([(201, 1), (201, 2)])
        #expect(today.log == ["25 issued yellow"])
        #expect(today.events[0].spell == Spell(first: Timeline.hour(26), last: Timeline.hour(72)))
        #expect(today.engine.latestIndex24.index == 20, "the hour itself is measured")
    }

    @Test func `the newest value of each date holds`() {
        #expect(city([(201, 2), (201, 3), (20, 3)]).log == [])
        #expect(city([(20, 2), (20, 3), (201, 2), (201, 3)]).log == ["25 issued yellow"])
        // A value of another date replaces nothing.
        var later = city([(201, 2), (201, 3)])
        later.foresee(20, day: 5)
        later.air(20, 1)
        #expect(later.log == ["25 issued yellow"] && later.engine.latestWanted == .yellow)
    }

    @Test func `an empty value makes the date unknown`() {
        #expect(city([(201, 2), (201, 3), (nil, 3)]).log == [])
        // Two clean days part the heavy ones, two unknown days do not.
        #expect(city([(201, 2), (20, 3), (20, 4), (201, 5)]).log == [])
        #expect(city([(201, 2), (nil, 3), (nil, 4), (201, 5)]).log == ["25 issued yellow"])
        #expect(city([(201, 2), (20, 3), (20, 4), (nil, 4), (201, 5)]).log == ["25 issued yellow"], "24 known hours")
    }

    @Test func `an unknown date holds a warning`() {
        for (value, isLifted) in [(20, true), (nil, false)] as [(Int32?, Bool)] {
            var city = city([(201, 1), (201, 2), (20, 3), (20, 4)])
            city.air(201, 47)
            #expect(city.log == ["25 issued yellow"])
            // Hour 73, the first of day 3; the 36 hours ahead reach into day 4, to hour 109.
            city.foresee(value, day: 4)
            city.air(20, 1)
            #expect(city.log == ["25 issued yellow"] + (isLifted ? ["73 lifted yellow"] : []))
        }
    }

    @Test func `daily forecasts reach to the end of the last date that has a value`() {
        // 36 hours ahead of hour 84 is the last hour of day 4.
        var city = city([(201, 1), (201, 2), (20, 3), (20, 4), (nil, 5)])
        city.air(201, 47)
        // The hour's own index holds the warning until 85: from there the forecast ends an hour too early.
        city.air(201, 12)
        #expect(city.now == 84 && city.log == ["25 issued yellow"])
        var next = city
        next.air(20, 1)
        #expect(next.log == ["25 issued yellow"])
        next.foresee(20, day: 5)
        next.air(20, 1)
        #expect(next.log == ["25 issued yellow", "86 lifted yellow"])
    }
}
