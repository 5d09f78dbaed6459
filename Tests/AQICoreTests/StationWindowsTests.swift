import AQICore
import TestSupport
import Testing

/// The windows worked out from the whole history each time.
private struct NaiveWindows {
    /// Thousandths by hour and pollutant; what is not there is missing.
    var values: [Int: [Int?]] = [:]
    var last = 0

    private func present(_ pollutant: Int, _ hours: ClosedRange<Int>) -> [Int] {
        hours.compactMap { values[$0]?[pollutant] }
    }

    /// Sum and count of the 24 hours that end with the last one.
    func mean24(_ pollutant: Int) -> Mean {
        let present = present(pollutant, last - 23...last)
        return Mean(sum: Int64(present.reduce(0, +)), count: Int32(present.count))
    }

    /// The 8 h means with at least 6 hours (GB 3095 table 4) that end within the newest hours.
    func ozone8(among windows: Int) -> (largest: Rational?, validCount: Int32) {
        let means = (0..<windows).compactMap { age -> Rational? in
            let hours = present(5, last - age - 7...last - age)
            return hours.count >= 6 ? Rational.mean(ofThousandths: hours) : nil
        }
        return (means.max(), Int32(means.count))
    }

    var ozoneHours: [Int] { present(5, last - 23...last) }
}

@Suite("AQICore: running windows") struct StationWindowsTests {
    private func row(_ values: [Int?]) -> HourRow {
        var row = HourRow()
        for pollutant in Pollutant.allSix {
            if let value = values[pollutant.index] { row[pollutant] = Concentration(thousandths: Int32(value)) }
        }
        return row
    }

    private func check(_ windows: StationWindows, _ naive: NaiveWindows, _ comment: String) {
        for pollutant in Pollutant.allSix where windows.mean24(pollutant) != naive.mean24(pollutant.index) {
            Issue.record("\(pollutant): \(windows.mean24(pollutant)), not \(naive.mean24(pollutant.index)) \(comment)")
        }
        for among in [17, 24] {
            let (mean, validCount) = windows.largestOzone8(among: among)
            let (largest, wanted) = naive.ozone8(among: among)
            let said = mean.count == 0 ? nil : Rational(Int(mean.sum), over: 1000 * Int(mean.count))
            if validCount != wanted || said != largest { Issue.record("8 h among \(among) \(comment)") }
        }
        let (largest, validCount) = windows.largestOzoneHour()
        let hours = naive.ozoneHours
        if Int(validCount) != hours.count || (hours.max().map { Int32($0) != largest } ?? false) {
            Issue.record("largest hour \(largest) of \(validCount), not of \(hours) \(comment)")
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `the windows of any history are those of a fresh recomputation, every hour`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let missingPercent = [0, 5, 20, 60, 95].randomElement(using: &random) ?? 0
        let range = [0...300_000, -10_000...5000, 0...2_000_000_000].randomElement(using: &random) ?? 0...1
        var windows = StationWindows()
        var naive = NaiveWindows()
        // Also before 1970.
        var hour = random.integer(-100...100)
        for _ in 0..<120 {
            let values = (0..<6).map { _ in random.chance(missingPercent) ? nil : random.integer(range) }
            try windows.advance(to: Hour(start: Int32(hour)), row(values))
            naive.values[hour] = values
            naive.last = hour
            #expect(windows.last == Hour(start: Int32(hour)))
            check(windows, naive, "seed \(seed), hour \(hour)")
            hour += random.chance(94) ? 1 : random.integer(2...40)
        }
    }

    @Test func `after a gap of any length only the hours within reach count`() throws {
        for gap in 0...80 {
            var windows = StationWindows()
            var naive = NaiveWindows()
            for hour in 0..<40 {
                let values: [Int?] = Array(repeating: 1000 * hour + 1, count: 6)
                try windows.advance(to: Hour(start: Int32(hour)), row(values))
                naive.values[hour] = values
            }
            for hour in (40 + gap)..<(40 + gap + 9) {
                let values: [Int?] = Array(repeating: 7, count: 6)
                try windows.advance(to: Hour(start: Int32(hour)), row(values))
                naive.values[hour] = values
                naive.last = hour
                check(windows, naive, "gap of \(gap)")
            }
        }
    }

    @Test func `a gap of many years is passed at once`() throws {
        var windows = StationWindows()
        try windows.advance(to: Hour(start: -1_000_000_000), row(Array(repeating: 5, count: 6)))
        try windows.advance(to: Hour(start: 1_000_000_000), row(Array(repeating: 9, count: 6)))
        #expect(windows.mean24(.o3) == Mean(sum: 9, count: 1))
        #expect(windows.largestOzone8(among: 24).validCount == 0)
    }

    @Test func `an hour that is not later is refused and changes nothing`() throws {
        var windows = StationWindows()
        for hour: Int32 in 100..<130 { try windows.advance(to: Hour(start: hour), row([1, 2, 3, 4, 5, Int(hour)])) }
        let before = windows.report(.running24, edition: .hj633Of2012)
        let ozone = windows.largestOzone8(among: 24)
        for wrong: Int32 in [129, 128, 105, 0, -5] {
            #expect(throws: WindowError.notLater(last: Hour(start: 129), given: Hour(start: wrong))) {
                try windows.advance(to: Hour(start: wrong), row(Array(repeating: 900_000, count: 6)))
            }
        }
        #expect(windows.last == Hour(start: 129))
        #expect(windows.report(.running24, edition: .hj633Of2012) == before)
        #expect(windows.largestOzone8(among: 24).mean == ozone.mean)
        #expect(windows.latest == row([1, 2, 3, 4, 5, 129]))
        for age in 0..<24 { #expect(windows.row(hoursAgo: age)[.o3].thousandths == Int32(129 - age)) }
    }

    @Test func `after ten years the sums are those of the last day`() throws {
        var random = SeededRandom(seed: 2026)
        var windows = StationWindows()
        var naive = NaiveWindows()
        let end = 10 * 365 * 24
        for hour in 0..<end {
            let values: [Int?] = (0..<6).map { _ in
                let bits = random.next()
                return bits & 15 == 0 ? nil : Int(bits >> 33) % 2_000_010_001 - 10_000
            }
            try windows.advance(to: Hour(start: Int32(hour)), row(values))
            naive.values[hour] = values
            naive.values[hour - 40] = nil
            naive.last = hour
            if hour % 2003 == 0 || hour >= end - 5 { check(windows, naive, "hour \(hour), seed 2026") }
        }
    }
}
