import AQICore
import Testing

@testable import Warnings

/// "What each hour decides", 6; Plan 四(二), the observed route: monitoring shows more than 300, and no clear improvement is forecast
/// for the next 24 hours.
@Suite("Warnings: emergencies") struct EmergencyTests {
    /// NO2 of one hour that makes its own index 301, and 300.
    private static let severe: Int32 = 2_341_000
    private static let heavy: Int32 = 2_340_000

    /// A clean day, then one hour with this NO2 and a forecast; one heavy hour alone is no two days, so that nothing else is wanted.
    private func city(no2: Int32 = severe, foreseeing runs: Timeline.Runs) -> Timeline {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.hour(20, no2: no2, foreseeing: runs)
        return city
    }

    @Test func `a severe hour is warned of where the day up to 24 hours ahead is heavy`() throws {
        let city = city(foreseeing: [(20, 23), (201, 1)])
        #expect(city.log == ["25 issued yellow"])
        let event = try #require(city.events.first)
        #expect(event.basis == .observed && event.isEmergency && event.number == 1)
        #expect(event.signedBy == .deputyCommander && event.evidence.indexHour == 301)
    }

    @Test func `not where that day is at the base`() {
        #expect(city(foreseeing: [(20, 23), (200, 1)]).log == [])
    }

    @Test func `not where the forecast does not reach so far: that is for a consultation`() {
        // Heavy as it may be before.
        #expect(city(foreseeing: [(20, 22), (201, 1)]).log == [])
        #expect(city(foreseeing: []).log == [])
        // Nor where it leaves just that hour unknown.
        #expect(city(foreseeing: [(20, 17), (nil, 5), (20, 1), (201, 1), (20, 5)]).log == [])
    }

    @Test func `not where the hour is at 300`() {
        #expect(city(no2: EmergencyTests.heavy, foreseeing: [(20, 23), (201, 1)]).log == [])
    }

    @Test func `not where the hour is unknown`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.hour(nil, foreseeing: [(20, 23), (201, 1)])
        #expect(city.log == [])
    }

    @Test func `an hour without PM2.5 that is severe by another pollutant is known to be severe`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.hour(nil, no2: EmergencyTests.severe, foreseeing: [(20, 23), (201, 1)])
        #expect(city.log == ["25 issued yellow"] && city.events[0].isEmergency)
    }

    @Test func `where more is wanted, that is issued and no emergency`() {
        // A second heavy day.
        let longer = city(foreseeing: [(20, 23), (201, 25)])
        #expect(longer.log == ["25 issued yellow"] && !longer.events[0].isEmergency)
        #expect(longer.events[0].basis == .forecast)
        // An order.
        var ordered = Timeline(.langfang2019)
        ordered.exactly([(20, 24)])
        ordered.engine.order(.orange, from: "province")
        ordered.hour(20, no2: EmergencyTests.severe, foreseeing: [(20, 23), (201, 1)])
        #expect(ordered.log == ["25 issued orange"] && ordered.events[0].basis == .order)
    }

    @Test func `a warning in force is enough`() {
        var city = city(foreseeing: [(20, 23), (201, 1)])
        city.hour(20, no2: EmergencyTests.severe, foreseeing: [(20, 23), (201, 1)])
        #expect(city.log == ["25 issued yellow"])
    }

    @Test func `an emergency has arrived with its issue, and is lifted like any warning`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        let clean = Timeline.row(pm25: Timeline.pm25(20))
        // The heavy hour of the forecast does not come: the next forecast is clean.
        city.hour(20, no2: EmergencyTests.severe, foreseeing: [(20, 23), (201, 1)])
        city.observe(clean, foreseeing: Array(repeating: clean, count: 35))
        #expect(city.log == ["25 issued yellow"])
        city.observe(clean, foreseeing: Array(repeating: clean, count: 36))
        #expect(city.log == ["25 issued yellow", "27 lifted yellow"])
    }

    @Test func `any heavy hour from its issue on lets an emergency go, though a later spell is wanted`() {
        // Foreseen was hour 49; hour 27 is heavy instead, and 40 hours later comes a spell of two days.
        var city = city(foreseeing: [(20, 23), (201, 1)])
        city.hour(20, foreseeing: [(201, 1), (20, 40), (201, 30), (20, 40)])
        city.comeTrue(3)
        #expect(city.log == ["25 issued yellow", "28 lifted yellow", "29 issued yellow"])
        #expect(city.events.map(\.isEmergency) == [true, false, false])
    }

    @Test func `dust is no emergency`() {
        // PM10 2,000 for one hour; the plan leaves dust out (一(三)).
        for isDust in [false, true] {
            var city = Timeline(.langfang2019)
            city.exactly([(20, 24)])
            var row = Timeline.row(pm25: Timeline.pm25(20))
            row[.pm10] = Concentration(thousandths: 2_000_000)
            if isDust { city.engine.setDust(Timeline.hour(25)...Timeline.hour(25)) }
            // Exactly one heavy window, 24 hours on: NO2 283 lifts its mean above 280 only when all 24 hours have it.
            let ahead = Timeline.row(pm25: Timeline.pm25(20), no2: 283_000)
            city.observe(row, foreseeing: Array(repeating: ahead, count: 24))
            #expect(city.log == (isDust ? [] : ["25 issued yellow"]))
        }
    }

    @Test func `the national plan needs no emergency: a day above 200 is already yellow`() {
        var city = Timeline(.national2024)
        city.exactly([(20, 24)])
        city.hour(20, no2: EmergencyTests.severe, foreseeing: [(20, 23), (201, 1)])
        #expect(city.log == ["25 issued yellow"])
        #expect(city.events[0].basis == .forecast && !city.events[0].isEmergency)
    }
}
