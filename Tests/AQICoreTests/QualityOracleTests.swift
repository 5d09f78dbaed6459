import AQICore
import TestSupport
import Testing

/// The marks of one value worked out from the whole history at once, without a window that moves.
private struct SlowQuality {
    /// Thousandths by hour; an hour without an entry is missing.
    var values: [Int: Int] = [:]

    /// Whether the `count` newest values up to an hour lie within 2 * `count` hours and within `tolerance`.
    func isFlat(_ hour: Int, count: Int, tolerance: Int) -> Bool {
        guard values[hour] != nil else { return false }
        let newest = values.filter { $0.key <= hour }.sorted { $0.key > $1.key }.prefix(count)
        guard newest.count == count, let oldest = newest.last?.key, hour - oldest < 2 * count else { return false }
        let sizes = newest.map(\.value).sorted()
        return sizes[count - 1] - sizes[0] <= tolerance
    }

    /// Whether the value of an hour exceeds the median of the last three of the six hours before by step and factor.
    func isSpike(_ hour: Int, step: Int, factor: Int) -> Bool {
        guard let value = values[hour] else { return false }
        let before = (hour - 6..<hour).reversed().compactMap { values[$0] }.prefix(3).sorted()
        guard before.count == 3 else { return false }
        let rise = value - before[1]
        return rise > step && Rational(factor * max(before[1], 0), over: 1000) < Rational(rise, over: 1)
    }
}

@Suite("AQICore: suspect values against a slow oracle") struct QualityOracleTests {
    /// Hours with lines, steps, spikes and holes.
    private func hours(_ random: inout SeededRandom) -> SlowQuality {
        var slow = SlowQuality()
        let holes = [0, 5, 30, 60].randomElement(using: &random) ?? 0
        let jitter = [0, 1, 3, 200].randomElement(using: &random) ?? 0
        var level = random.integer(-2000...20_000)
        for hour in 0..<200 {
            if random.chance(8) { level = random.integer(-2000...60_000) }
            if random.chance(holes) { continue }
            let value = random.chance(4) ? level * random.integer(1...5) : level
            slow.values[hour] = max(-10_000, value + random.integer(-jitter...jitter))
        }
        return slow
    }

    @Test(arguments: 1...150 as ClosedRange<UInt64>)
    func `flat lines and spikes are those that the whole history shows`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let slow = hours(&random)
        let pollutant = Pollutant.allSix.randomElement(using: &random) ?? .pm25
        let count = random.integer(2...24)
        let tolerance = [0, 1, 2, 6, 400].randomElement(using: &random) ?? 0
        let (step, factor) = (random.integer(0...20_000), random.integer(0...3000))
        var thresholds = QualityThresholds()
        thresholds[pollutant].flatHours = Int32(count)
        thresholds[pollutant].flatTolerance = Int32(tolerance)
        thresholds[pollutant].spikeStep = Int32(step)
        thresholds[pollutant].spikeFactor = Int32(factor)
        var check = QualityCheck(thresholds: thresholds)
        var late: QualityCheck?
        for hour in 0..<200 {
            // Missing hours may be given, or left out.
            guard slow.values[hour] != nil || random.chance(50) else { continue }
            var row = HourRow()
            if let value = slow.values[hour] { row[pollutant] = Concentration(thousandths: Int32(value)) }
            let marks = try check.examine(row, at: Hour(start: Int32(hour)))
            #expect(
                marks[pollutant].contains(.flatLine) == slow.isFlat(hour, count: count, tolerance: tolerance),
                "seed \(seed), hour \(hour): flat")
            #expect(
                marks[pollutant].contains(.spike) == slow.isSpike(hour, step: step, factor: factor),
                "seed \(seed), hour \(hour): spike")
            // A check that begins later knows as much after its memory.
            if hour >= 70, late == nil { late = QualityCheck(thresholds: thresholds) }
            let lateMarks = try late?.examine(row, at: Hour(start: Int32(hour)))
            if hour >= 70 + Int(QualityCheck.memory) + 10 {
                #expect(lateMarks == marks, "seed \(seed), hour \(hour): memory")
            }
        }
    }
}
