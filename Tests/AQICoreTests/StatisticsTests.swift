import TestSupport
import Testing

@testable import AQICore

@Suite("AQICore: statistics of HJ 663") struct StatisticsTests {
    @Test func `a percentile is that of the slow rational definition, for every count and percent`() {
        var random = SeededRandom(seed: 663)
        for count in 1...120 {
            let sorted = (0..<count).map { _ in Int32.random(in: -500...900_000, using: &random) }.sorted()
            for percent in 0...100 as ClosedRange<Int32> {
                let mean = Percentile.of(percent, in: sorted.span)
                // k - 1 = (n - 1) p, in hundredths; the weight of the neighbour is its fraction.
                let position = (count - 1) * Int(percent)
                let (whole, part) = (position / 100, position % 100)
                let next = whole + 1 < count ? whole + 1 : whole
                let wanted = Int64(sorted[whole]) * Int64(100 - part) + Int64(sorted[next]) * Int64(part)
                #expect(mean == Mean(sum: wanted, count: 100), "\(sorted) \(percent)")
            }
        }
        #expect(Percentile.of(50, in: [Int32]().span) == nil)
        #expect(Percentile.of(101, in: [1 as Int32].span) == nil)
    }

    private func year(_ missing: Set<Int> = [], length: Int = 365) -> [Int32] {
        (0..<length).map { missing.contains($0) ? Concentration.missing(.absent).packed : Int32($0) * 1000 }
    }

    @Test func `a month needs 27 days, February 25`() {
        // January: days 0...30; February of 2026: 31...58.
        #expect(PeriodMean(.month(1), of: 2026, days: year([0, 1, 2, 3]).span).gap == nil)
        #expect(
            PeriodMean(.month(1), of: 2026, days: year([0, 1, 2, 3, 4]).span).gap == .month(1, have: 26, need: 27))
        #expect(PeriodMean(.month(2), of: 2026, days: year([31, 32, 33]).span).gap == nil)
        #expect(
            PeriodMean(.month(2), of: 2026, days: year([31, 32, 33, 34]).span).gap == .month(2, have: 24, need: 25))
        #expect(PeriodMean(.month(2), of: 2028, days: year([31, 32, 33, 34], length: 366).span).gap == nil)
        // 31 days from 0 to 30.
        #expect(PeriodMean(.month(1), of: 2026, days: year().span).mean == Mean(sum: 465_000, count: 31))
    }

    @Test func `a year needs 324 days, and every month its own`() {
        // Three days of each month missing leave 329; four of the long ones 322 or so.
        let firsts = (1...12).map { Int((CivilDate(year: 2026, month: $0, day: 1)?.daysSince1970 ?? 0) - 20_454) }
        #expect(firsts.first == 0)
        var missing: Set<Int> = []
        for first in firsts { missing.formUnion(first..<first + 3) }
        #expect(PeriodMean(.year, of: 2026, days: year(missing).span).gap == nil)
        for (place, first) in firsts.enumerated() where [1, 3, 5, 7, 8, 10, 12].contains(place + 1) {
            missing.insert(first + 3)
        }
        #expect(PeriodMean(.year, of: 2026, days: year(missing).span).gap == .year(have: 322, need: 324))
        // Enough in the year, too few in April.
        #expect(
            PeriodMean(.year, of: 2026, days: year(Set(90..<94)).span).gap == .month(4, have: 26, need: 27))
    }

    @Test func `a season is made of its months, winter of those of one year`() {
        let winter = PeriodMean(.season(.winter), of: 2026, days: year().span)
        let months = [Int32(1), 2, 12].map { PeriodMean(.month($0), of: 2026, days: year().span).mean }
        #expect(winter.mean.sum == months.reduce(0) { $0 + $1.sum } && winter.mean.count == 90)
        #expect(PeriodMean(.season(.spring), of: 2026, days: year().span).mean.count == 92)
        // A year that has only begun.
        #expect(PeriodMean(.year, of: 2026, days: year(length: 40).span).gap == .month(2, have: 9, need: 25))
    }

    @Test func `limits follow the date of the data`() throws {
        let days = try [(2026, 2, 28), (2026, 3, 1), (2030, 12, 31), (2031, 1, 1)].map {
            NaturalDay(try #require(CivilDate(year: $0.0, month: $0.1, day: $0.2)))
        }
        #expect(
            days.map(LimitStage.init(on:)) == [.of2012, .transitionOf2026, .transitionOf2026, .finalOf2026])
        let wanted: [Int32] = [75_000, 60_000, 60_000, 50_000]
        #expect(days.map { LimitStage(on: $0).limit(of: .pm25, .day, .two) } == wanted)
        #expect(LimitStage.of2012.limit(of: .pm25, .hour, .two) == nil)
        #expect(LimitStage.finalOf2026.limit(of: .co, .day, .one) == 4000)
    }

    @Test func `the sub-index is 100 at the daily limit of class 2`() {
        // HJ 633-2026 table 3 follows the transition limits, HJ 633-2012 those of 2012.
        for (stage, edition) in [(LimitStage.of2012, Edition.hj633Of2012), (.transitionOf2026, .hj633Of2026)] {
            for place in 0..<6 {
                guard let pollutant = Pollutant(rawValue: UInt8(place)),
                    let limit = stage.limit(of: pollutant, .day, .two)
                else { continue }
                #expect(edition.rules.day[place].subIndex(of: Mean(limit)) == 100, "\(pollutant)")
            }
        }
    }

    @Test func `an exceedance has two decimals, rounded half to even`() {
        let stage = LimitStage.of2012
        #expect(stage.exceedance(of: 75_000, limit: 75_000) == nil)
        #expect(stage.exceedance(of: 150_000, limit: 75_000) == 100)
        // (200.5 - 200) / 200 = 0.0025, (201.5 - 200) / 200 = 0.0075.
        #expect(stage.exceedance(of: 201_000, limit: 200_000) == 0)
        #expect(stage.exceedance(of: 203_000, limit: 200_000) == 2)
    }
}
