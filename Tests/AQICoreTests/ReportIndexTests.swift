import AQICore
import Testing

@Suite("AQICore: the index of a report") struct ReportIndexTests {
    private static let of2026: [ReportCase] = ReportCase.all.filter { $0.edition == .hj633Of2026 }
    private static let of2012: [ReportCase] = ReportCase.all.filter { $0.edition == .hj633Of2012 }

    @Test(arguments: of2026)
    func `a missing pollutant withholds an index of 100 or less, not a higher one`(report: ReportCase) throws {
        // 5.3.1. Nitrogen dioxide and PM2.5 carry the index, so that each of the six can be the missing one.
        for missing in Pollutant.allSix {
            let carrier: Pollutant = missing == .pm10 ? .pm25 : .pm10
            let atLimit: Int32 = carrier == .pm10 ? 120_000 : 60_000
            let good = StationDay.clean.with(carrier, atLimit).without(missing)
            let withheld = try good.report(report.kind, report.edition)
            #expect(withheld.index == nil && withheld.level == nil && withheld.primary.isEmpty)
            #expect(withheld.largestSubIndex == 100 && withheld.isIncomplete)
            #expect(withheld[Indicator.allSeven[carrier.index]].subIndex == 100, "the sub-indices are published")

            let polluted = StationDay.clean.with(carrier, atLimit + 3000).without(missing)
            let published = try polluted.report(report.kind, report.edition)
            #expect(published.index.map { $0 > 100 } == true)
            #expect(published.primary.names == [carrier.name])
        }
    }

    @Test(arguments: of2012)
    func `under 2012 the index is that of what is there`(report: ReportCase) throws {
        for missing in Pollutant.allSix {
            let result = try StationDay.clean.without(missing).report(report.kind, report.edition)
            #expect(result.index == result.largestSubIndex && result.index != nil)
        }
    }

    @Test(arguments: ReportCase.all) func `without anything there is no index`(report: ReportCase) throws {
        let result = try StationDay().report(report.kind, report.edition)
        #expect(result.index == nil && result.level == nil && result.primary.isEmpty && result.isIncomplete)
    }

    @Test(arguments: of2026)
    func `a pollutant outside the plan does not block the index`(report: ReportCase) throws {
        for missing in Pollutant.allSix {
            let day = StationDay.clean.without(missing)
            let result = try day.report(report.kind, report.edition, notMonitored: [missing])
            #expect(result.index != nil && result[Indicator.allSeven[missing.index]] == .notMonitored)
            if missing == .o3 { #expect(result[.o3EightHours] == .notMonitored) }
            // The plan is about the site: another pollutant that is missing still blocks.
            let other: Pollutant = missing == .co ? .no2 : .co
            let blocked = try day.without(other).report(report.kind, report.edition, notMonitored: [missing])
            #expect(blocked.index == nil)
        }
        let nothing = try StationDay.clean.report(report.kind, report.edition, notMonitored: Pollutant.allSix)
        #expect(nothing.index == nil && nothing.primary.isEmpty)
    }

    @Test(arguments: ReportCase.all)
    func `a pollutant outside the plan does not count even where it has values`(report: ReportCase) throws {
        let day = StationDay.clean.with(.co, 100_000)
        #expect(try day.report(report.kind, report.edition).primary.names == ["co"])
        let result = try day.report(report.kind, report.edition, notMonitored: [.co])
        #expect(result.index.map { $0 <= 50 } == true)
    }

    @Test(arguments: ReportCase.all)
    func `without ozone five pollutants are complete, and no ozone counts`(report: ReportCase) throws {
        let silent = try StationDay.clean.without(.o3).report(report.kind, report.edition, ozone: false)
        #expect(silent.index != nil && !silent.isIncomplete)
        let loud = try StationDay.clean.with(.o3, 700_000).report(report.kind, report.edition, ozone: false)
        #expect(loud == silent)
    }

    @Test(arguments: ReportCase.all) func `an index of 0 is an index`(report: ReportCase) throws {
        var day = StationDay()
        for pollutant in Pollutant.allSix { day = day.with(pollutant, 0) }
        let result = try day.report(report.kind, report.edition)
        #expect(result.index == 0 && result.level == .excellent && result.primary.isEmpty)
        #expect(try day.with(.pm25, -3000).report(report.kind, report.edition).index == 0)
    }

    @Test(arguments: ReportCase.all) func `an index of 50 has no primary pollutant, one of 51 has`(report: ReportCase)
        throws
    {
        let fifty = try StationDay.clean.with(.pm10, 50_000).report(report.kind, report.edition)
        #expect(fifty.index == 50 && fifty.primary.isEmpty && fifty.level == .excellent)
        let more = try StationDay.clean.with(.pm10, 51_000).report(report.kind, report.edition)
        #expect(more.index == 51 && more.primary.names == ["pm10"] && more.level == .good)
    }

    @Test(arguments: ReportCase.all)
    func `pollutants with the same rounded index are primary together`(report: ReportCase) throws {
        // PM10 350 and PM2.5 150 are both 200 by the tables; NO2 is brought there by its own row.
        let no2: Int32 = report.kind == .realtime ? 1_200_000 : 280_000
        let day = StationDay.clean.with(.pm25, 150_000).with(.pm10, 350_000).with(.no2, no2)
        let result = try day.report(report.kind, report.edition)
        #expect(result.index == 200 && result.primary.names == ["pm25", "pm10", "no2"])
        // PM2.5 150.3 gives 200.3, PM10 350.6 gives 200.86: unequal before rounding up, one index after it (2012). Rounded
        // first (2026), they are 200 and 202.
        let nearly = try StationDay.clean.with(.pm25, 150_300).with(.pm10, 350_600).report(report.kind, report.edition)
        #expect(nearly.primary.names == (report.edition == .hj633Of2012 ? ["pm25", "pm10"] : ["pm10"]))
        #expect(nearly.index == (report.edition == .hj633Of2012 ? 201 : 202))
    }

    @Test func `the edges of the levels come out of concentrations`() throws {
        // PM10 of HJ 633-2012, one hour: the concentration at which each level ends, and a little more.
        let edges: [(Int32, Int32, UInt8)] = [
            (50_000, 50, 1), (51_000, 51, 2), (150_000, 100, 2), (151_000, 101, 3), (250_000, 150, 3),
            (251_000, 151, 4),
            (350_000, 200, 4), (350_500, 201, 5), (420_000, 300, 5), (420_500, 301, 6), (600_000, 500, 6),
            (2_000_000_000, 500, 6),
        ]
        for (thousandths, index, level) in edges {
            let result = try StationDay.clean.with(.pm10, thousandths).report(.realtime, .hj633Of2012)
            #expect(result.index == index && result.level?.rawValue == level, "PM10 \(thousandths)")
        }
    }
}

/// HJ 633-2012 table 1, notes (2) and (3): another mean stands in.
@Suite("AQICore: means that stand in under HJ 633-2012") struct SubstituteTests {
    @Test func `an hour of SO2 above 800 is judged by the 24 h mean`() throws {
        let day = StationDay.clean.with(.so2, 60_000).with(.so2, 801_000, hours: [24])
        // (23 * 60 + 801) / 24 = 90.875: 50 + 40.875 / 2 = 70.4, rounded up.
        #expect(try day.report(.realtime, .hj633Of2012)[.so2] == .value(concentration: 801_000, subIndex: 71))
        #expect(try day.report(.realtime, .hj633Of2026)[.so2] == .value(concentration: 801_000, subIndex: 200))
    }

    @Test func `where that mean is not valid the hour has no index, and 2012 publishes the rest`() throws {
        var day = StationDay.clean.without(.so2).with(.so2, 900_000, hours: 6...24)
        let short = try day.report(.realtime, .hj633Of2012)
        #expect(short[.so2] == .value(concentration: 900_000, subIndex: nil))
        #expect(short.isIncomplete && short.index.map { $0 <= 50 } == true && short.primary.isEmpty)
        day = day.with(.so2, 900_000, hours: [5])
        #expect(try day.report(.realtime, .hj633Of2012)[.so2].subIndex == 213, "20 hours: 200 + 100 / 8, rounded up")
    }

    @Test func `an 8 h mean of ozone above 800 is judged by the largest hour of the period`() throws {
        let day = StationDay.clean.with(.o3, 801_000, hours: 9...16).with(.o3, 1_000_000, hours: [12])
        for kind in [ReportKind.daily, .running24] {
            // (7 * 801 + 1000) / 8 = 825.875.
            let result = try day.report(kind, .hj633Of2012)
            #expect(result[.o3EightHours] == .value(concentration: 826_000, subIndex: 400))
            #expect(result.index == 400)
            #expect(try day.report(kind, .hj633Of2026)[.o3EightHours] == .value(concentration: 826_000, subIndex: 300))
        }
    }
}
