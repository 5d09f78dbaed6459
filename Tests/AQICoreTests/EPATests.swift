import AQICore
import TestSupport
import Testing

@Suite("AQICore: US EPA 2024") struct EPATests {
    private func check(_ table: EPATable, sum: Int, count: Int, _ comment: String = "") throws {
        let tested = try #require(table.tested)
        let said = Edition.usEPA2024.rules.evaluate(Mean(sum: Int64(sum), count: Int32(count)), by: tested)
        let wanted = table.oracle(Rational(sum, over: count))
        if said != wanted {
            Issue.record("\(table): \(sum)/\(count) thousandths give \(said), not \(wanted) \(comment)")
        }
    }

    @Test(arguments: EPATable.all)
    func `every digit of the table, from 0 to far past its end, has the index of the exact formula`(table: EPATable)
        throws
    {
        for digits in -20...table.last * 3 / 2 {
            for rest in [0, 1, table.digit / 2, table.digit - 1] {
                try check(table, sum: digits * table.digit + rest, count: 1)
            }
        }
        for far in [1_000_000_000, 2_000_000_000] { try check(table, sum: far, count: 1) }
    }

    @Test(arguments: EPATable.all)
    func `a mean of hours is cut, not rounded`(table: EPATable) throws {
        for seed: UInt64 in 1...3 {
            var random = SeededRandom(seed: seed)
            for _ in 0..<2000 {
                let count = random.integer(1...24)
                let near = random.integer(0...table.last * 2) * table.digit * count
                let sum =
                    random.chance(50)
                    ? near + random.integer(-2...2) : random.integer(0...table.last * table.digit * count)
                try check(table, sum: sum, count: count, "seed \(seed)")
            }
        }
    }

    @Test(arguments: EPATable.all)
    func `both ends of every band have the indices that are printed`(table: EPATable) throws {
        let tested = try #require(table.tested)
        for (concentrations, indices) in table.bands {
            #expect(
                tested.subIndex(of: Mean(Int32(concentrations.lowerBound * table.digit))) == Int32(indices.lowerBound))
            #expect(
                tested.subIndex(of: Mean(Int32(concentrations.upperBound * table.digit))) == Int32(indices.upperBound))
        }
    }

    @Test(arguments: EPATable.all)
    func `a higher concentration never has a lower index`(table: EPATable) throws {
        let tested = try #require(table.tested)
        var before: Int32 = 0
        let end = if case .hour = table.end { table.last } else { table.last * 3 / 2 }
        for thousandths in stride(from: table.first * table.digit, through: end * table.digit, by: table.digit / 4) {
            let result = Edition.usEPA2024.rules.evaluate(Mean(Int32(thousandths)), by: tested)
            let index = result.subIndex ?? -1
            if index < before { Issue.record("\(table): \(thousandths) thousandths: \(index) after \(before)") }
            before = index
        }
    }

    @Test(
        arguments: [
            // The examples of the document: 0.07853333 ppm, 35.9 µg/m³, 8.4 ppm.
            (.o3EightHours, 78_533, 126), (.pm25, 35_900, 102), (.co, 8400, 90),
            // The fourth, 0.162 ppm, is handed down as 148; by the equation it is 101 + 49 * 37 / 39 = 147.49, to the nearest 147.
            (.o3, 162_000, 147),
            // The ends of the scale, and one digit beyond it.
            (.pm25, 325_400, 500), (.pm25, 325_499, 500), (.pm25, 330_000, 509), (.pm10, 604_000, 500),
            (.pm10, 605_000, 501),
            (.co, 50_400, 500), (.no2, 2_049_000, 500), (.o3, 604_999, 500), (.o3, 605_000, 501), (.pm25, -3000, 0),
            (.so2, 304_999, 200), (.so2, 305_000, 200), (.so2, 2_000_000, 200),
        ] as [(Indicator, Int32, Int32)])
    func `published examples`(indicator: Indicator, thousandths: Int32, index: Int32) throws {
        let rules = Edition.usEPA2024.rules
        let table = try #require(rules.table(of: indicator, in: .daily))
        #expect(rules.evaluate(Mean(thousandths), by: table).subIndex == index)
    }

    @Test func `above its table the 8 h mean of ozone is judged by the hour, the hour of SO2 by the day`() throws {
        let rules = Edition.usEPA2024.rules
        func index(_ indicator: Indicator, _ mean: Int32, above other: Int32?) throws -> Int32? {
            let table = try #require(rules.table(of: indicator, in: .daily))
            return rules.evaluate(
                Mean(mean), by: table, above: other.map { Mean($0) }, by: rules.substitute(for: indicator)
            ).subIndex
        }
        #expect(try index(.o3EightHours, 200_999, above: 300_000) == 300, "cut to 0.200 it is in the table")
        #expect(try index(.o3EightHours, 201_000, above: 404_000) == 300)
        #expect(try index(.o3EightHours, 201_000, above: 405_000) == 301)
        #expect(try index(.o3EightHours, 201_000, above: 124_999) == nil)
        #expect(try index(.o3EightHours, 201_000, above: nil) == nil)
        #expect(try index(.so2, 304_999, above: 900_000) == 200)
        #expect(try index(.so2, 305_000, above: 304_999) == 200)
        #expect(try index(.so2, 305_000, above: -1000) == 200)
        #expect(try index(.so2, 305_000, above: 305_000) == 201)
        #expect(try index(.so2, 305_000, above: 1_004_000) == 500)
        #expect(try index(.so2, 305_000, above: nil) == 200)
    }

    @Test func `an hour of ozone below 0.125 ppm has no index, and the index is the larger of the two`() {
        let rules = Edition.usEPA2024.rules
        for thousandths: Int32 in [-5000, 0, 100_000, 124_999] {
            #expect(rules.evaluate(Mean(thousandths), by: rules.hour[Pollutant.o3.index]).subIndex == nil)
        }
        var results = InlineArray<7, IndicatorResult>(repeating: .notMonitored)
        results[Indicator.o3.index] = rules.evaluate(Mean(162_000), by: rules.hour[Pollutant.o3.index])
        results[Indicator.o3EightHours.index] = rules.evaluate(Mean(78_533), by: rules.day[Pollutant.o3.index])
        let report = IndexReport(kind: .daily, edition: .usEPA2024, results: results)
        #expect(report.index == 147 && report.primary.names == ["o3"] && report.level == .light)
    }
}

@Suite("AQICore: the list of editions") struct EditionListTests {
    @Test func `every edition is found by its name, and stands where its number says`() {
        #expect(Edition.all.map(\.name) == ["hj633-2012", "hj633-2026", "us-epa-2024"])
        #expect(Edition.all == [.hj633Of2012, .hj633Of2026, .usEPA2024])
        for edition in Edition.all { #expect(Edition(name: edition.name) == edition) }
        #expect(Edition(name: "auto") == nil && Edition(name: "") == nil)
    }

    @Test func `only editions in what the station stores are ever chosen by date, the newest last`() {
        let byDate = Edition.all.filter { $0.rules.isChosenByDate }
        #expect(byDate == [.hj633Of2012, .hj633Of2026] && byDate.allSatisfy { $0.rules.isByMass })
        #expect(byDate.map { $0.rules.inForceFrom } == byDate.map { $0.rules.inForceFrom }.sorted())
        for seconds in stride(from: Int64(-1_000_000_000), through: 5_000_000_000, by: 10_000_000) {
            #expect(byDate.contains(Edition(forPeriodEndingAt: Instant(seconds: seconds))))
        }
    }

    @Test func `no table has a concentration that its steps cannot reach and no band`() {
        for edition in Edition.all {
            let rules = edition.rules
            for place in 0..<6 {
                for table in [rules.day[place], rules.hour[place]] {
                    for band in 1..<table.count {
                        let gap = table.band(band).low - table.band(band - 1).high
                        #expect(gap == 0 || (gap == table.step && rules.preparation == .truncated), "\(edition.name)")
                    }
                }
            }
        }
    }
}
