import AQICore
import TestSupport
import Testing

@Suite("AQICore: NowCast") struct NowCastTests {
    /// Thousandths, the oldest first, nil where an hour is missing.
    private typealias Hours = [Int?]

    private func nowCast(_ hours: Hours) -> NowCast? {
        var twelve = InlineArray<12, Concentration>(repeating: .missing(.absent))
        for (place, value) in zip(12 - hours.count..<12, hours) {
            if let value { twelve[place] = Concentration(thousandths: Int32(value)) }
        }
        return NowCast(of: twelve)
    }

    /// Both sums of the definition times the power of the weight's denominator, term by term; of hours that are not negative.
    private func sums(_ hours: Hours) -> (values: BigNatural, weights: BigNatural, one: BigNatural) {
        let present = hours.compactMap(\.self)
        guard let smallest = present.min(), let largest = present.max() else { fatalError("no hours") }
        // w = max(smallest / largest, 1/2).
        let (top, bottom) = largest > 0 && 2 * smallest > largest ? (smallest, largest) : (1, 2)
        var (values, weights) = (BigNatural(0), BigNatural(0))
        for (ago, value) in hours.reversed().enumerated() {
            guard let value else { continue }
            let weight = BigNatural.power(top, ago) * .power(bottom, 11 - ago)
            weights = weights + weight
            values = values + weight * BigNatural(value)
        }
        return (values, weights, .power(bottom, 11))
    }

    private func isQuotient(_ quotient: Int, of top: BigNatural, by bottom: BigNatural) -> Bool {
        BigNatural(quotient) * bottom <= top && top < BigNatural(quotient + 1) * bottom
    }

    private func check(_ hours: Hours, _ comment: String) throws {
        let result = try #require(nowCast(hours))
        let (values, weights, one) = sums(hours)
        if !isQuotient(Int(result.thousandths), of: values, by: weights)
            || !isQuotient(Int(result.weightedSum), of: values, by: one)
            || !isQuotient(Int(result.sumOfWeights), of: weights * BigNatural(1_000_000), by: one)
        {
            Issue.record("\(hours): \(result) \(comment)")
        }
    }

    @Test func `the published vector`() throws {
        let hours: Hours = [
            34_900, 43_000, 50_000, 64_900, 69_200, 66_200, 53_700, 48_600, 49_200, 35_000, nil, 21_000,
        ]
        let result = try #require(nowCast(hours))
        #expect(result.isHalf && result.smallest == 21_000 && result.largest == 69_200)
        #expect(result.thousandths == 28_409, "28.4098")
        #expect(Mean(result.thousandths).truncated(toStep: 100) == 28_400)
        #expect(Mean(result.thousandths).truncated(toStep: 1000) == 28_000)
        try check(hours, "")
    }

    @Test func `seeded hours have the mean of exact arithmetic`() throws {
        for seed: UInt64 in 1...20 {
            var random = SeededRandom(seed: seed)
            for _ in 0..<60 {
                let largest = [50, 5000, 90_000, 1_000_000, 2_000_000_000][random.integer(0...4)]
                let smallest =
                    random.chance(30) ? 0 : random.chance(50) ? largest / 2 : largest * random.integer(50...100) / 100
                var hours: Hours = (0..<12).map { _ in
                    random.chance(20) ? nil : random.integer(smallest...largest)
                }
                if hours.suffix(3).compactMap(\.self).count < 2 {
                    #expect(nowCast(hours) == nil)
                    hours[11] = largest
                    hours[10] = smallest
                }
                try check(hours, "seed \(seed)")
            }
        }
    }

    @Test func `means on and a hair beside a step of 0.1 are cut right`() throws {
        var (below, onOrAbove) = (0, 0)
        for seed: UInt64 in 1...4 {
            var random = SeededRandom(seed: seed)
            for _ in 0..<25 {
                // The newest hour is the smallest one with which the mean reaches a multiple of the step.
                let base = random.integer(200...3000) * 100
                var hours: Hours = (0..<12).map { _ in random.integer(base...base * 19 / 10) }
                (hours[0], hours[1]) = (base, base * 19 / 10)
                let target = base + random.integer(2...7) * base / 1000 * 100
                func reaches(_ newest: Int) -> Bool {
                    hours[11] = newest
                    let (values, weights, _) = sums(hours)
                    return BigNatural(target) * weights <= values
                }
                var (low, high) = (base, base * 19 / 10)
                while low < high {
                    let middle = (low + high) / 2
                    if reaches(middle) { high = middle } else { low = middle + 1 }
                }
                for newest in [low - 1, low, low + 1] where newest >= base && newest <= base * 19 / 10 {
                    let isReached = reaches(newest)
                    try check(hours, "seed \(seed)")
                    let said = try #require(nowCast(hours)).thousandths
                    #expect((said >= target) == isReached, "seed \(seed): \(hours)")
                    if isReached { onOrAbove += 1 } else { below += 1 }
                }
            }
        }
        #expect(below > 50 && onOrAbove > 50, "\(below), \(onOrAbove)")
        // Hours that are all the same have that mean, whatever is missing.
        for value in [1, 35_500, 35_499, 2_000_000_000] {
            #expect(nowCast(Array(repeating: value, count: 12))?.thousandths == Int32(value))
            #expect(nowCast([value, nil, nil, value, nil, value, value, nil])?.thousandths == Int32(value))
        }
    }

    @Test func `two of the newest three hours are needed, and enough`() {
        for newest in 0..<8 {
            let three: Hours = (0..<3).map { newest & 1 << $0 != 0 ? 5000 : nil }
            let have = three.compactMap(\.self).count
            #expect((nowCast(Array(repeating: 5000, count: 9) + three) != nil) == (have >= 2))
            #expect((nowCast(three) != nil) == (have >= 2), "no older hour is needed")
        }
        #expect(nowCast([]) == nil)
    }

    @Test func `hours that are not above 0 weigh by halves and never divide by 0`() throws {
        #expect(nowCast(Array(repeating: 0, count: 12))?.thousandths == 0)
        #expect(nowCast([0, 0]).map { $0.isHalf && $0.sumOfWeights == 1_500_000 } == true)
        // (-2000 * 1/2 - 1000) / (3/2) = -1333.3, cut towards 0.
        #expect(nowCast([-2000, -1000])?.thousandths == -1333)
        // (10000 * 1/2 - 3000) / (3/2) = 1333.3.
        #expect(nowCast([10_000, -3000])?.thousandths == 1333)
        #expect(nowCast([-5000, 0])?.thousandths == -1666)
        let lowest = Int(Int32.min) + 64
        #expect(nowCast(Array(repeating: lowest, count: 12))?.thousandths == Int32(lowest))
        #expect(nowCast(Array(repeating: Int(Int32.max), count: 12))?.thousandths == .max)
    }
}
