import AQICore
import TestSupport
import Testing

/// The hour worked out from all its samples at once.
private struct NaiveHour {
    struct Sample {
        var second: Int
        /// Thousandths, or nil with a mark.
        var value: Int?
        var flag: DataFlag
    }

    var samples: [Sample] = []

    /// The samples that count: of several with one time the first.
    private var used: [Sample] {
        var seconds: Set<Int> = []
        return samples.filter { seconds.insert($0.second).inserted }
    }

    /// What the hour may be: its mean, or any of the marks that explain why there is none.
    var results: Set<Concentration> {
        let used = used
        if used.isEmpty { return [.missing(.absent)] }
        var minuteMeans: [Int] = []
        var spoiltMinutes = 0
        var marks: Set<Concentration> = []
        for minute in 0..<60 {
            let ofMinute = used.filter { $0.second / 60 == minute }
            guard !ofMinute.isEmpty else { continue }
            let values = ofMinute.compactMap(\.value)
            if !values.isEmpty, !(Rational(values.count, over: ofMinute.count) < Rational(3, over: 4)) {
                minuteMeans.append(Rational(values.reduce(0, +), over: values.count).halfToEven)
            } else {
                spoiltMinutes += 1
                for sample in ofMinute where sample.value == nil { marks.insert(.missing(sample.flag)) }
            }
        }
        if minuteMeans.count >= 45 {
            let mean = Rational(minuteMeans.reduce(0, +), over: minuteMeans.count).halfToEven
            return [Concentration(thousandths: Int32(mean))]
        }
        // More than 15 spoilt minutes are enough to spoil the hour whatever else came.
        return spoiltMinutes > 15 ? marks : [.missing(.insufficient)]
    }
}

@Suite("AQICore: the hour against a naive one") struct HourAccumulatorOracleTests {
    /// A stream of samples with silence, marked stretches, duplicates and late ones.
    private func stream(_ random: inout SeededRandom) -> NaiveHour {
        var hour = NaiveHour()
        let interval = [1, 5, 10, 15, 20, 30, 60].randomElement(using: &random) ?? 5
        let badPercent = [0, 5, 24, 30, 90].randomElement(using: &random) ?? 0
        let silentPercent = [0, 0, 10, 25, 40].randomElement(using: &random) ?? 0
        let flags: [DataFlag] = [.calibration, .maintenance, .fault, .communication]
        let range = [0...200_000, -10_000...10_000, 0...2_000_000_000].randomElement(using: &random) ?? 0...1
        var isSilent = false
        var isBad = false
        var second = random.integer(0...90)
        while second < 3600 {
            if random.chance(10) { isSilent = random.chance(silentPercent) }
            if random.chance(20) { isBad = random.chance(badPercent) }
            if !isSilent {
                let isValid = !(isBad && random.chance(90))
                let sample = NaiveHour.Sample(
                    second: second, value: isValid ? random.integer(range) : nil,
                    flag: isValid ? .normal : flags.randomElement(using: &random) ?? .fault)
                hour.samples.append(sample)
                if random.chance(4) { hour.samples.append(NaiveHour.Sample(second: second, value: 7, flag: .normal)) }
                if random.chance(4), second >= 60 {
                    let late = random.integer(0...(second / 60 * 60 - 1))
                    hour.samples.append(NaiveHour.Sample(second: late, value: 9_999_999, flag: .normal))
                }
            }
            second += interval + (random.chance(10) ? random.integer(0...3) : 0)
        }
        return hour
    }

    @Test(arguments: 1...250 as ClosedRange<UInt64>)
    func `a stream of samples gives the mean that all of them together give`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let naive = stream(&random)
        var accumulator = HourAccumulator()
        for sample in naive.samples {
            let value = sample.value.map { Concentration(thousandths: Int32($0)) } ?? .missing(sample.flag)
            accumulator.add(value, atSecond: Int32(sample.second))
        }
        let results = naive.results
        #expect(results.contains(accumulator.close()), "seed \(seed): not in \(results)")
    }

    @Test func `the streams cover valid, spoilt and insufficient hours`() {
        var kinds: [DataFlag: Int] = [:]
        for seed: UInt64 in 1...250 {
            var random = SeededRandom(seed: seed)
            for result in stream(&random).results { kinds[result.reason, default: 0] += 1 }
        }
        #expect((kinds[.normal] ?? 0) > 50 && (kinds[.insufficient] ?? 0) > 20, "\(kinds)")
        #expect((kinds[.calibration] ?? 0) > 10 && (kinds[.fault] ?? 0) > 10, "\(kinds)")
    }
}
