import AQICore
import Testing

/// Numbers that others worked out, and rules that the tables only name in footnotes.
@Suite("AQICore: published sub-indices") struct SubIndexVectorTests {
    private func hour(_ pollutant: Pollutant, _ thousandths: Int32, _ edition: Edition) -> Int32? {
        IndicatorCase(pollutant: pollutant, isHour: true, edition: edition).evaluate(Mean(thousandths)).subIndex
    }

    private func day(_ pollutant: Pollutant, _ thousandths: Int32, _ edition: Edition) -> Int32? {
        IndicatorCase(pollutant: pollutant, isHour: false, edition: edition).evaluate(Mean(thousandths)).subIndex
    }

    @Test(
        arguments: [
            (35_000, 50), (45_000, 70), (59_000, 98), (60_000, 100), (60_500, 100), (60_600, 101), (75_000, 114),
        ] as [(Int32, Int32)])
    func `PM2.5 of HJ 633-2026, with 60.5 rounded to the even 60`(thousandths: Int32, index: Int32) {
        #expect(day(.pm25, thousandths, .hj633Of2026) == index)
        #expect(hour(.pm25, thousandths, .hj633Of2026) == index, "hours of particulates use the daily row")
    }

    @Test func `the other vectors of HJ 633-2026 and HJ 633-2012`() {
        #expect(day(.pm10, 120_000, .hj633Of2026) == 100)
        #expect(day(.pm10, 150_000, .hj633Of2026) == 112)
        #expect(hour(.so2, 801_000, .hj633Of2026) == 200)
        #expect(day(.o3, 900_000, .hj633Of2026) == 300)
        #expect(hour(.o3, 160_000, .hj633Of2026) == 50)
        #expect(hour(.no2, 350_000, .hj633Of2026) == 115)
        #expect(day(.pm25, 75_000, .hj633Of2012) == 100)
        #expect(day(.pm10, 150_000, .hj633Of2012) == 100)
    }

    /// Where `ceil` of a binary quotient is one too high: CO, in tenths of mg/m³.
    @Test(arguments: [Edition.hj633Of2012, .hj633Of2026])
    func `carbon monoxide does not fall into the trap of binary fractions`(edition: Edition) {
        #expect(day(.co, 2200, edition) == 55)
        let hours: [(Int32, Int32)] = [
            (65_400, 218), (66_900, 223), (68_400, 228), (69_900, 233), (71_400, 238), (72_900, 243), (1100, 11),
            (2200, 22), (4400, 44), (4900, 49),
        ]
        for (thousandths, index) in hours { #expect(hour(.co, thousandths, edition) == index, "\(thousandths)") }
    }

    @Test func `HJ 633-2012 does not round first, so a hair above a limit counts`() {
        #expect(day(.pm25, 75_001, .hj633Of2012) == 101)
        #expect(day(.pm25, 60_499, .hj633Of2026) == 100)
        #expect(day(.pm25, 60_499, .hj633Of2012) == 82, "81.87 rounded up")
        // 24 hours that add up to one thousandth more than 24 * 75.
        let mean = Mean(sum: 24 * 75_000 + 1, count: 24)
        let rules = Edition.hj633Of2012.rules
        #expect(rules.evaluate(mean, by: rules.day[0]) == .value(concentration: 75_000, subIndex: 101))
    }

    @Test func `above 800 an hour of SO2 is 200 in 2026 and has no index of its own in 2012`() {
        for thousandths: Int32 in [800_501, 801_000, 1_600_000, 2_000_000_000] {
            #expect(hour(.so2, thousandths, .hj633Of2026) == 200)
            #expect(hour(.so2, thousandths, .hj633Of2012) == nil)
        }
        #expect(hour(.so2, 800_000, .hj633Of2012) == 200)
        #expect(hour(.so2, 800_001, .hj633Of2012) == nil, "not rounded first")
        #expect(hour(.so2, 800_500, .hj633Of2026) == 200, "rounded to 800")
    }

    @Test func `above 800 an 8 h mean of ozone is 300 in 2026 and has no index of its own in 2012`() {
        for thousandths: Int32 in [800_501, 900_000, 2_000_000_000] {
            #expect(day(.o3, thousandths, .hj633Of2026) == 300)
            #expect(day(.o3, thousandths, .hj633Of2012) == nil)
        }
        #expect(day(.o3, 800_000, .hj633Of2012) == 300)
        #expect(day(.o3, 800_001, .hj633Of2012) == nil)
    }

    @Test(arguments: [Edition.hj633Of2012, .hj633Of2026])
    func `beyond the end of the table the index stays at 500`(edition: Edition) {
        let ends: [(Pollutant, Bool, Int32)] = [
            (.pm25, false, 500), (.pm10, false, 600), (.so2, false, 2620), (.no2, false, 940), (.co, false, 60),
            (.no2, true, 3840), (.co, true, 150), (.o3, true, 1200),
        ]
        for (pollutant, isHour, end) in ends {
            let row = IndicatorCase(pollutant: pollutant, isHour: isHour, edition: edition)
            #expect(row.evaluate(Mean(end * 1000)).subIndex == 500)
            #expect(row.evaluate(Mean(end * 980)).subIndex.map { $0 < 500 } == true, "2 % below")
            #expect(row.evaluate(Mean(end * 1000 + 1000)).subIndex == 500)
            #expect(row.evaluate(Mean(2_000_000_000)).subIndex == 500)
        }
    }

    @Test(
        arguments: [
            (0, 1), (1, 1), (50, 1), (51, 2), (100, 2), (101, 3), (150, 3), (151, 4), (200, 4), (201, 5), (300, 5),
            (301, 6), (500, 6),
        ] as [(Int32, UInt8)])
    func `levels begin where the standard says`(index: Int32, level: UInt8) {
        #expect(AirQualityLevel(index: index).rawValue == level)
    }

    @Test func `no level is higher for a lower index`() {
        for index: Int32 in 1...500 {
            #expect(!(AirQualityLevel(index: index) < AirQualityLevel(index: index - 1)))
        }
    }
}
