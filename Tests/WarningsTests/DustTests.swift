import AQICore
import Testing

@testable import Warnings

/// Plan 一(三): pollution by dust is outside the plan; in dust hours PM10 and PM2.5 are missing, observed or forecast.
@Suite("Warnings: dust") struct DustTests {
    /// Air whose PM10 is 500, index 400, and which is clean otherwise.
    private static let dusty: HourRow = {
        var row = Timeline.row(pm25: Timeline.pm25(20))
        row[.pm10] = Concentration(thousandths: 500_000)
        return row
    }()

    @Test func `dust hours start no warning`() {
        var haze = Timeline(.langfang2019)
        haze.observe(DustTests.dusty, 60)
        #expect(haze.log == ["44 issued yellow"])
        var dust = Timeline(.langfang2019)
        dust.engine.setDust(Timeline.hour(1)...Timeline.hour(60))
        dust.observe(DustTests.dusty, 60)
        #expect(dust.log == [])
        #expect(dust.engine.latestIndex24.index == nil && dust.engine.latestIndexHour.index == nil)
    }

    @Test func `both ends of the dust hours belong to them`() {
        var city = Timeline(.langfang2019)
        city.engine.setDust(Timeline.hour(5)...Timeline.hour(7))
        let isKnown = (1...9).map { _ in
            city.observe(DustTests.dusty)
            return city.engine.latestIndexHour.index != nil
        }
        #expect(isKnown == [true, true, true, true, false, false, false, true, true])
    }

    @Test func `dust hours set later change the hours that are past`() {
        for set: Int32 in [1, 20, 30, 43, 60] {
            var before = Timeline(.langfang2019)
            var after = Timeline(.langfang2019)
            let dust = Timeline.hour(10)...Timeline.hour(40)
            before.engine.setDust(dust)
            for number: Int32 in 1...90 {
                if number == set { after.engine.setDust(dust) }
                before.observe(DustTests.dusty)
                after.observe(DustTests.dusty)
                guard number >= set else { continue }
                #expect(after.engine.latestIndex24 == before.engine.latestIndex24, "hour \(number), set at \(set)")
                #expect(after.engine.latestIndexHour == before.engine.latestIndexHour)
                #expect(after.engine.latestWanted == before.engine.latestWanted)
            }
            if set < 44 { #expect(after.log == before.log) }
        }
    }

    @Test func `a spell that turns out to be dust is not wanted any more, but unknown hours lift nothing`() {
        var city = Timeline(.langfang2019)
        city.observe(DustTests.dusty, 60)
        #expect(city.log == ["44 issued yellow"])
        city.engine.setDust(Timeline.hour(1)...Timeline.hour(60))
        let clean = Timeline.row(pm25: Timeline.pm25(20))
        city.observe(clean)
        #expect(city.engine.latestWanted == nil)
        // 20 clean hours make an hour known, 37 known ones lift.
        city.observe(clean, 60)
        #expect(city.log == ["44 issued yellow", "116 lifted yellow"])
    }

    @Test func `dust ahead takes the particulates out of the forecast`() {
        for isDust in [false, true] {
            var city = Timeline(.langfang2019)
            city.exactly([(20, 24)])
            if isDust { city.engine.setDust(Timeline.hour(26)...Timeline.hour(120)) }
            city.observe(
                Timeline.row(pm25: Timeline.pm25(20)), foreseeing: Array(repeating: DustTests.dusty, count: 95))
            #expect(city.log.isEmpty == isDust)
        }
    }

    @Test func `dust takes no gas out`() {
        var city = Timeline(.langfang2019)
        city.engine.setDust(Timeline.hour(1)...Timeline.hour(100))
        // NO2 283 is 201 by its daily row.
        city.observe(Timeline.row(pm25: Timeline.pm25(20), no2: 283_000), 60)
        #expect(city.log == ["44 issued yellow"])
        #expect(city.events[0].primary.names == ["no2"])
    }

    @Test func `several stretches of dust add up`() {
        var one = Timeline(.langfang2019)
        one.engine.setDust(Timeline.hour(3)...Timeline.hour(9))
        var several = Timeline(.langfang2019)
        several.engine.setDust(Timeline.hour(3)...Timeline.hour(5))
        several.engine.setDust(Timeline.hour(5)...Timeline.hour(8))
        for number: Int32 in 1...40 {
            if number == 20 { several.engine.setDust(Timeline.hour(9)...Timeline.hour(9)) }
            one.observe(DustTests.dusty)
            several.observe(DustTests.dusty)
        }
        #expect(several.engine.latestIndex24 == one.engine.latestIndex24)
        #expect(one.engine.latestIndex24.index == 400)
    }
}
