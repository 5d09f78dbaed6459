import AQICore
import TestSupport
import Testing

/// One indicator under one edition, as the tests name it.
struct IndicatorCase: CustomTestStringConvertible, Sendable {
    let pollutant: Pollutant
    let isHour: Bool
    let edition: Edition

    var row: PublishedTables.Row { PublishedTables.row(pollutant, isHour: isHour) }
    var testDescription: String { "\(row) \(edition.name)" }

    static let all: [IndicatorCase] = [Edition.hj633Of2012, .hj633Of2026].flatMap { edition in
        Pollutant.allSix.flatMap { pollutant in
            [false, true].map { IndicatorCase(pollutant: pollutant, isHour: $0, edition: edition) }
        }
    }

    /// What the code says of a mean.
    func evaluate(_ mean: Mean) -> IndicatorResult {
        let rules = edition.rules
        return rules.evaluate(
            mean, by: isHour ? rules.hour[pollutant.index] : rules.day[pollutant.index])
    }

    /// What the standard says of it: 2026 rounds the concentration first (4.2.3), 2012 has no such clause.
    func oracle(sum: Int, count: Int) -> IndicatorResult {
        let exact = Rational(sum, over: 1000 * count)
        let shown = exact.rounded(toStep: PublishedTables.step(pollutant))
        let index = PublishedTables.subIndex(edition == .hj633Of2026 ? shown : exact, row, edition)
        let thousandths = shown * Rational(1000)
        return .value(concentration: Int32(thousandths.top), subIndex: index.map(Int32.init))
    }

    func check(sum: Int, count: Int, _ comment: @autoclosure () -> String = "") {
        let said = evaluate(Mean(sum: Int64(sum), count: Int32(count)))
        let wanted = oracle(sum: sum, count: count)
        if said != wanted {
            Issue.record("\(testDescription): \(sum)/\(count) thousandths give \(said), not \(wanted) \(comment())")
        }
    }
}

@Suite("AQICore: sub-indices") struct SubIndexTests {
    @Test(arguments: IndicatorCase.all)
    func `every concentration that can be published has the index of the exact formula`(indicator: IndicatorCase) {
        let end = PublishedTables.end(indicator.row, indicator.edition)
        // Every whole µg/m³, every 0.1 mg/m³ of CO, to beyond the table's end.
        let step = indicator.pollutant == .co ? 100 : 1000
        for thousandths in stride(from: -10_000, through: (end + 60) * 1000, by: step) {
            indicator.check(sum: thousandths, count: 1)
        }
        for far in [5_000_000, 999_999_000, 2_000_000_000] { indicator.check(sum: far, count: 1) }
    }

    @Test(arguments: IndicatorCase.all)
    func `every limit of the tables, and the thousandths beside it`(indicator: IndicatorCase) throws {
        let limits = PublishedTables.limits(indicator.row, indicator.edition)
        for (place, limit) in limits.enumerated() {
            guard let limit else { continue }
            for away in [-1000, -501, -500, -499, -100, -51, -50, -49, -1, 0, 1, 49, 50, 51, 100, 499, 500, 501, 1000] {
                indicator.check(sum: limit * 1000 + away, count: 1)
                indicator.check(sum: (limit * 1000) * 24 + away, count: 24)
            }
            let atLimit = try #require(indicator.evaluate(Mean(Int32(limit) * 1000)).subIndex)
            #expect(Int(atLimit) == PublishedTables.indices[place])
        }
    }

    @Test(arguments: IndicatorCase.all)
    func `the mean of any number of hours has the index of the exact quotient`(indicator: IndicatorCase) {
        let end = PublishedTables.end(indicator.row, indicator.edition)
        for seed: UInt64 in 1...3 {
            var random = SeededRandom(seed: seed)
            for _ in 0..<400 {
                let count = random.integer(1...24)
                let highest = random.chance(80) ? end * 1000 * count * 11 / 10 : 2_000_000_000 * count
                indicator.check(sum: random.integer(-10_000 * count...highest), count: count, "seed \(seed)")
            }
        }
    }

    @Test(arguments: IndicatorCase.all)
    func `a higher concentration never has a lower index`(indicator: IndicatorCase) {
        var before: Int32 = 0
        let end = Int32(PublishedTables.end(indicator.row, indicator.edition)) * 1000
        for thousandths in stride(from: Int32(0), through: end, by: 250) {
            let index = indicator.evaluate(Mean(thousandths)).subIndex ?? -1
            if index < before { Issue.record("\(thousandths) thousandths: \(index) after \(before)") }
            before = index
        }
    }

    @Test(arguments: IndicatorCase.all)
    func `a mean below zero has index 0, and keeps its negative concentration`(indicator: IndicatorCase) {
        for count in [1, 20, 24] {
            for sum in [-1, -499, -500, -501, -1000 * count, -10_000 * count] {
                let result = indicator.evaluate(Mean(sum: Int64(sum), count: Int32(count)))
                #expect(result.subIndex == 0)
                #expect((result.concentration ?? 1) <= 0)
            }
        }
    }
}
