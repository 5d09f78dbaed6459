import AQICore
import Testing

@testable import Warnings

/// "A silent particulate monitor must never read as clean air", nor as heavy.
@Suite("Warnings: hours that are not known") struct UnknownHourTests {
    private func row(_ values: [Pollutant: Int32]) -> HourRow {
        var row = HourRow()
        for (pollutant, value) in values { row[pollutant] = Concentration(thousandths: value) }
        return row
    }

    /// What an engine makes of 24 hours of the same air.
    private func after(_ row: HourRow, _ plan: WarningPlan, first: Hour = Timeline.hour(1)) -> (Int32?, Int32?) {
        var engine = WarningEngine(plan: plan)
        for offset: Int32 in 0..<24 { engine.observe(row, at: first + offset) }
        return (engine.latestIndex24.index, engine.latestIndexHour.index)
    }

    @Test(arguments: WarningPlan.shipped)
    func `without PM2.5 or PM10 an hour is unknown`(plan: WarningPlan) {
        let clean: [Pollutant: Int32] = [.pm25: 14_000, .pm10: 20_000, .so2: 10_000, .no2: 20_000, .co: 500]
        #expect(after(row(clean), plan) == (25, 20), "NO2 20 is 25 by its daily row; PM2.5 14 is 20")
        for silent in [Pollutant.pm25, .pm10] {
            #expect(after(row(clean.filter { $0.key != silent }), plan) == (nil, nil))
        }
        #expect(after(row([.so2: 10_000, .no2: 20_000, .co: 500]), plan) == (nil, nil))
        #expect(after(HourRow(), plan) == (nil, nil))
    }

    @Test(arguments: WarningPlan.shipped)
    func `unless what is there is above the plan's base`(plan: WarningPlan) {
        // PM10 alone: 350 is 200, 250 is 150 under HJ 633-2012.
        let limit: Int32 = plan.base == 200 ? 350_000 : 250_000
        #expect(after(row([.pm10: limit]), plan) == (nil, nil))
        #expect(after(row([.pm10: limit + 1]), plan) == (plan.base + 1, plan.base + 1))
        // CO alone, daily row 24 and 14, hourly row 60 and 35.
        let daily: Int32 = plan.base == 200 ? 24_000 : 14_000
        #expect(after(row([.co: daily + 1]), plan).0 == plan.base + 1)
        #expect(after(row([.co: daily]), plan).0 == nil)
    }

    @Test(arguments: WarningPlan.shipped)
    func `a missing gas changes nothing, under both editions`(plan: WarningPlan) {
        // HJ 633-2026 5.3.1 would give NA here; the warning measure goes without it.
        for first in [Timeline.hour(1), Hour(start: 1_772_294_400 / 3600 + 100)] {
            #expect(after(row([.pm25: 35_000, .pm10: 20_000]), plan, first: first) == (50, 50))
            #expect(after(row([.pm25: 35_000, .pm10: 20_000, .no2: 30_000]), plan, first: first) == (50, 50))
        }
    }

    @Test func `the edition follows the hour, also between observation and forecast`() {
        // PM2.5 60 is 82 until the hour that ends at 2026-03-01T00:00+08:00, and 100 from the next on.
        let last = Hour(start: 1_772_294_400 / 3600 - 1)
        var engine = WarningEngine(plan: .langfang2019)
        for offset: Int32 in -30...0 { engine.observe(row([.pm25: 60_000, .pm10: 20_000]), at: last + offset) }
        #expect(engine.latestIndex24.index == 82 && engine.latestIndexHour.index == 82)
        engine.observe(row([.pm25: 60_000, .pm10: 20_000]), at: last + 1)
        #expect(engine.latestIndex24.index == 100 && engine.latestIndexHour.index == 100)
    }

    @Test func `ozone is outside the plan`() {
        var ozone = row([.pm25: 14_000, .pm10: 20_000])
        ozone[.o3] = Concentration(thousandths: 1_200_000)
        #expect(after(ozone, .langfang2019) == (20, 20))
    }

    @Test func `the primary pollutants are those with the largest index, none up to 50`() {
        var engine = WarningEngine(plan: .langfang2019)
        for offset: Int32 in 0..<24 {
            // PM2.5 150 and PM10 350 are both 200.
            engine.observe(row([.pm25: 150_000, .pm10: 350_000, .so2: 800_000]), at: Timeline.hour(1) + offset)
        }
        #expect(engine.latestIndex24.index == 200)
        #expect(engine.latestIndex24.primary.names == ["pm25", "pm10", "so2"])
        engine = WarningEngine(plan: .langfang2019)
        for offset: Int32 in 0..<24 {
            engine.observe(row([.pm25: 35_000, .pm10: 50_000]), at: Timeline.hour(1) + offset)
        }
        #expect(engine.latestIndex24.index == 50 && engine.latestIndex24.primary.isEmpty)
    }

    @Test(arguments: WarningPlan.shipped)
    func `nothing is issued for a silent particulate monitor`(plan: WarningPlan) {
        // The air is as heavy as can be, and both monitors fall silent before the first warning.
        var city = Timeline(plan)
        city.exactly([(plan.base == 200 ? 201 : 151, 30)])
        for silent in [HourRow(), Timeline.row(pm25: nil)] { city.observe(silent, 200) }
        #expect(city.log == [])
    }

    @Test func `a day with 19 hours of PM2.5 is unknown, one with 20 is heavy`() {
        for (silent, log) in [(4, ["24 issued red"]), (5, [])] as [(Int, [String])] {
            var city = Timeline(.langfang2019)
            city.observe(Timeline.row(pm25: nil), silent)
            city.exactly([(500, 24 - silent)])
            #expect(city.log == log)
        }
    }
}
