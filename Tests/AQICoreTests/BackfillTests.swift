import AQICore
import TestSupport
import Testing

@Suite("AQICore: minutes that the instrument recorded") struct BackfillTests {
    /// What came of a minute, and what the instrument recorded of it.
    private struct Minute {
        var samples: [Concentration] = []
        var record: Int?

        /// Its mean, and whether that is the record; by the rule as docs/devices.md has it.
        var mean: (value: Int, isRecord: Bool)? {
            let values = samples.compactMap { $0.thousandths.map(Int.init) }
            if !values.isEmpty, 4 * values.count >= 3 * samples.count {
                return (Rational(values.reduce(0, +), over: values.count).halfToEven, false)
            }
            let isUnfit = samples.contains { $0.isMissing && $0.reason != .communication }
            return isUnfit ? nil : record.map { ($0, true) }
        }
    }

    private func minutes(_ random: inout SeededRandom) -> [Minute] {
        let recordPercent = [0, 50, 95, 100].randomElement(using: &random) ?? 100
        let silentPercent = [5, 30, 90].randomElement(using: &random) ?? 30
        return (0..<60).map { _ in
            var minute = Minute()
            let isSilent = random.chance(silentPercent)
            for _ in 0..<random.integer(0...6) {
                let flag: DataFlag = random.chance(3) ? .zeroCheck : .communication
                let isMissing = random.chance(isSilent ? 70 : 5)
                minute.samples.append(
                    isMissing ? .missing(flag) : Concentration(thousandths: Int32(random.integer(-5000...400_000))))
            }
            if random.chance(recordPercent) { minute.record = random.integer(-5000...400_000) }
            return minute
        }
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `in any order, a record is the mean of a minute that lacks one for want of communication alone`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let minutes = minutes(&random)
        var steps: [(second: Int32, value: Concentration, isRecord: Bool)] = []
        for (place, minute) in minutes.enumerated() {
            for (second, value) in minute.samples.enumerated() {
                steps.append((Int32(60 * place + 9 * second), value, false))
            }
            if let record = minute.record {
                steps.append((Int32(60 * place), Concentration(thousandths: Int32(record)), true))
            }
        }
        var hour = HourAccumulator()
        for step in steps.shuffled(using: &random) {
            let isTaken =
                step.isRecord
                ? hour.fill(step.value, minute: step.second / 60) : hour.add(step.value, atSecond: step.second)
            #expect(isTaken)
            // The first record of a minute stays.
            let isTakenAgain = step.isRecord && hour.fill(Concentration(thousandths: 7), minute: step.second / 60)
            #expect(!isTakenAgain)
        }
        let means = minutes.compactMap(\.mean)
        if means.count >= 45 {
            let mean = Rational(means.reduce(0) { $0 + $1.value }, over: means.count).halfToEven
            #expect(hour.result == Concentration(thousandths: Int32(mean)), "seed \(seed)")
            #expect(hour.isBackfilled == means.contains(where: \.isRecord), "seed \(seed)")
        } else {
            #expect(hour.result.isMissing && !hour.isBackfilled, "seed \(seed)")
        }
    }

    @Test func `the cases cover hours that only records complete, and hours that they cannot`() {
        var (filled, own, missing) = (0, 0, 0)
        for seed: UInt64 in 1...200 {
            var random = SeededRandom(seed: seed)
            let means = minutes(&random).compactMap(\.mean)
            if means.count < 45 {
                missing += 1
            } else if means.count(where: { !$0.isRecord }) < 45 {
                filled += 1
            } else {
                own += 1
            }
        }
        #expect(filled > 30 && own > 5 && missing > 30, "\(filled) \(own) \(missing)")
    }

    @Test func `a mark of what was filled in stands beside the others, and makes nothing suspect`() {
        var marks = SuspectMarks()
        marks.isBackfilled = true
        #expect(marks.text == "Re" && marks.suspicions.isEmpty && marks.rules.isEmpty)
        marks.insert(.spike)
        #expect(marks.text == "Re+Qspike" && SuspectMarks(text: "re+QSPIKE") == marks)
        #expect(DataFlag(text: "Re") == .backfilled && DataFlag(text: "Re+Qspike") == .suspect)
        var hour = HourMarks()
        hour[.o3].insert(.spike)
        hour.markBackfilled(PollutantSet(bits: 1 << Pollutant.o3.rawValue))
        #expect(hour[.o3] == marks && hour[.co].isEmpty)
        hour.markBackfilled(PollutantSet())
        #expect(hour[.o3].text == "Qspike")
    }
}
