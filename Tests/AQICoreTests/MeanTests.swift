import AQICore
import Testing

@Suite("AQICore: exact means") struct MeanTests {
    /// The definition of GB/T 8170-2008 3.2, which fixes the result: a multiple of the step, no further than half a step from
    /// the mean, and of two such multiples the even one.
    private func isRoundedHalfToEven(_ result: Int, sum: Int, count: Int, step: Int) -> Bool {
        guard result % step == 0 else { return false }
        let twiceAway = 2 * abs(sum - result * count)
        return twiceAway < step * count || (twiceAway == step * count && (result / step) % 2 == 0)
    }

    private func check(sum: Int, count: Int, step: Int) {
        let result = Int(Mean(sum: Int64(sum), count: Int32(count)).rounded(toStep: Int32(step)))
        if !isRoundedHalfToEven(result, sum: sum, count: count, step: step) {
            Issue.record("\(sum) / \(count) to a step of \(step) gives \(result)")
        }
    }

    @Test(arguments: 1...24) func `every small sum is rounded half to even`(count: Int) {
        for sum in -600...600 {
            for step in [1, 100, 1000] { check(sum: sum, count: count, step: step) }
        }
    }

    @Test(arguments: 1...24) func `the sums beside every tie go to the right side`(count: Int) {
        for step in [1, 100, 1000] {
            for halves in -41...41 {
                // Half a step times the count, where that is an integer; otherwise the integers around it.
                let tie = halves * step * count / 2
                for sum in (tie - 2)...(tie + 2) { check(sum: sum, count: count, step: step) }
            }
        }
    }

    @Test func `a day of the largest legal values is rounded without overflow`() {
        for step in [1, 100, 1000] {
            check(sum: 24 * 2_000_000_000, count: 24, step: step)
            check(sum: 24 * 2_000_000_000 - 12, count: 24, step: step)
            check(sum: -24 * 10_000, count: 24, step: step)
        }
        #expect(Mean(sum: 48_000_000_000, count: 24).rounded(toStep: 1000) == 2_000_000_000)
    }

    @Test func `halves as people know them`() {
        // 0.5 -> 0, 1.5 -> 2, 2.5 -> 2, -0.5 -> 0, -1.5 -> -2; 60.5 -> 60 decides level 2 or 3 under HJ 633-2026.
        let known: [(Int64, Int32)] = [
            (500, 0), (1500, 2000), (2500, 2000), (-500, 0), (-1500, -2000), (60_500, 60_000), (60_501, 61_000),
            (-2500, -2000), (-2501, -3000),
        ]
        for (sum, rounded) in known { #expect(Mean(sum: sum, count: 1).rounded(toStep: 1000) == rounded) }
        #expect(Mean(sum: 2250, count: 1).rounded(toStep: 100) == 2200, "CO 2.25 -> 2.2")
        #expect(Mean(sum: 2350, count: 1).rounded(toStep: 100) == 2400, "CO 2.35 -> 2.4")
    }

    @Test func `means are compared exactly`() {
        // 840 is divided by 1...8, so sum * 840 / count is exact.
        for leftCount in 1...8 {
            for rightCount in 1...8 {
                for left in -12...12 {
                    for right in -12...12 {
                        let isLarger = left * (840 / leftCount) > right * (840 / rightCount)
                        let comparison =
                            Mean(sum: Int64(left), count: Int32(leftCount))
                            > Mean(sum: Int64(right), count: Int32(rightCount))
                        if comparison != isLarger { Issue.record("\(left)/\(leftCount) > \(right)/\(rightCount)") }
                    }
                }
            }
        }
        let full = Mean(sum: 48_000_000_000, count: 24)
        #expect(full > Mean(sum: 47_999_999_999, count: 24))
        #expect(full > Mean(sum: 45_999_999_999, count: 23))
        #expect(!(full > Mean(2_000_000_000)))
    }

    @Test func `a missing value changes a mean neither when added nor when taken away`() {
        var mean = Mean(sum: 7000, count: 3)
        mean.add(.missing(.calibration))
        mean.remove(.missing(.absent))
        #expect(mean == Mean(sum: 7000, count: 3))
        mean.add(Concentration(thousandths: -250))
        #expect(mean == Mean(sum: 6750, count: 4))
        mean.remove(Concentration(thousandths: -250))
        #expect(mean == Mean(sum: 7000, count: 3))
    }
}
