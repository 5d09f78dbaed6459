import AQICore
import Testing

/// GB 3095 table 4 and HJ 663 6.1.2: how much must be there.
@Suite("AQICore: how many hours a report needs") struct ReportValidityTests {
    private static let means: [ReportCase] = ReportCase.all.filter { $0.kind != .realtime }

    @Test(arguments: means) func `a day with 20 hours has a mean, one with 19 has none`(report: ReportCase) throws {
        for pollutant in Pollutant.allSix where pollutant != .o3 {
            let indicator = Indicator.allSeven[pollutant.index]
            let enough = try StationDay().with(pollutant, 3000, hours: 5...24).report(report.kind, report.edition)
            #expect(enough[indicator].concentration == 3000)
            let short = try StationDay().with(pollutant, 3000, hours: 6...24).report(report.kind, report.edition)
            #expect(short[indicator] == .missing(.tooFewHours(have: 19, need: 20)))
            #expect(short.index == nil)
        }
    }

    @Test(arguments: [Edition.hj633Of2012, .hj633Of2026])
    func `the day's ozone needs 14 of its 17 windows`(edition: Edition) throws {
        // Hours 1...n make the windows that end at 08:00 ... n + 2 valid, n - 5 of them.
        let enough = try StationDay().with(.o3, 90_000, hours: 1...19).report(.daily, edition)
        #expect(enough[.o3EightHours].concentration == 90_000)
        let short = try StationDay().with(.o3, 90_000, hours: 1...18).report(.daily, edition)
        #expect(short[.o3EightHours] == .missing(.tooFewWindows(have: 13, need: 14)))
    }

    @Test(arguments: [Edition.hj633Of2012, .hj633Of2026])
    func `the ozone of 24 running hours needs 14 of 24 windows`(edition: Edition) throws {
        // Here the windows that end at 06:00 ... n + 2 count as well, n - 3 of them.
        let enough = try StationDay().with(.o3, 90_000, hours: 1...17).report(.running24, edition)
        #expect(enough[.o3EightHours].concentration == 90_000)
        let short = try StationDay().with(.o3, 90_000, hours: 1...16).report(.running24, edition)
        #expect(short[.o3EightHours] == .missing(.tooFewWindows(have: 13, need: 14)))
    }

    @Test(arguments: means)
    func `above 160, rounded, one valid window is enough`(report: ReportCase) throws {
        func ozone(_ thousandths: Int32) throws -> IndicatorResult {
            // Six hours around noon: windows ending at 14:00, 15:00 and 16:00.
            try StationDay().with(.o3, thousandths, hours: 9...14).report(report.kind, report.edition)[.o3EightHours]
        }
        #expect(try ozone(160_000) == .missing(.tooFewWindows(have: 3, need: 14)))
        // Half to even: 160.5 is 160.
        #expect(try ozone(160_500) == .missing(.tooFewWindows(have: 3, need: 14)))
        #expect(try ozone(160_501).concentration == 161_000)
        #expect(try ozone(161_000).concentration == 161_000)
        #expect(try ozone(300_000).subIndex.map { $0 > 200 } == true)
    }

    @Test(arguments: means) func `with no valid window there is no ozone, however high`(report: ReportCase) throws {
        let result = try StationDay().with(.o3, 400_000, hours: 10...14).report(report.kind, report.edition)
        #expect(result[.o3EightHours] == .missing(.tooFewWindows(have: 0, need: 14)))
    }

    @Test(arguments: [Edition.hj633Of2012, .hj633Of2026])
    func `the day leaves out windows that begin the day before, the running report does not`(edition: Edition) throws {
        let day = StationDay().with(.o3, 500_000, hours: -7...0).with(.o3, 50_000)
        #expect(try day.report(.daily, edition)[.o3EightHours].concentration == 50_000)
        // Seven hours of the evening before and the first of the day: (7 * 500 + 50) / 8 = 443.75.
        #expect(try day.report(.running24, edition)[.o3EightHours].concentration == 444_000)
    }

    @Test func `under 2012 the day's largest hour of ozone needs 20 hours`() throws {
        let enough = StationDay().with(.o3, 90_000, hours: 1...20).with(.o3, 170_000, hours: [3])
        #expect(try enough.report(.daily, .hj633Of2012)[.o3].concentration == 170_000)
        let short = try StationDay().with(.o3, 90_000, hours: 1...19).report(.daily, .hj633Of2012)
        #expect(short[.o3] == .missing(.tooFewHours(have: 19, need: 20)))
        #expect(short[.o3EightHours].concentration == 90_000, "14 windows are enough for the 8 h mean")
    }

    @Test func `the day does not take an hour of the day before for its largest`() throws {
        let day = StationDay().with(.o3, 900_000, hours: [0]).with(.o3, 90_000)
        #expect(try day.report(.daily, .hj633Of2012)[.o3].concentration == 90_000)
    }

    @Test(arguments: [Edition.hj633Of2012, .hj633Of2026])
    func `the real-time report takes the hour alone and says why it is missing`(edition: Edition) throws {
        var day = StationDay.clean.with(.pm25, 80_000, hours: [24])
        day.rows[24]?[.so2] = .missing(.calibration)
        day.rows[24]?[.o3] = .missing(.zeroCheck)
        let report = try day.report(.realtime, edition)
        #expect(report[.pm25].concentration == 80_000)
        #expect(report[.so2] == .missing(.flagged(.calibration)))
        #expect(report[.o3] == .missing(.flagged(.zeroCheck)))
    }

    @Test(arguments: ReportCase.all) func `each report has the indicators of its edition`(report: ReportCase) throws {
        let result = try StationDay.clean.report(report.kind, report.edition)
        let hasHour = report.kind == .realtime || (report.kind == .daily && report.edition == .hj633Of2012)
        let hasEight = report.kind != .realtime
        #expect((result[.o3] != .notReported) == hasHour)
        #expect((result[.o3EightHours] != .notReported) == hasEight)
        let without = try StationDay.clean.report(report.kind, report.edition, ozone: false)
        #expect(without[.o3] == .notReported && without[.o3EightHours] == .notReported)
        for indicator in Indicator.allSeven.prefix(5) {
            #expect(result[indicator].subIndex != nil && without[indicator] == result[indicator])
        }
    }
}
