/// Marks what looks wrong in the closed hours of one station, and changes nothing: neither a value nor whether it is valid.
///
/// Only the hour itself and those before it are looked at, so that a mark is final the moment it is made: the first hours of
/// what turns out to be a flat line carry none. A missing value has no marks. Fixed memory (about 1.6 KB), no allocation.
public struct QualityCheck: Sendable {
    /// Hours that must be examined before nothing depends any more on what came earlier: twice the longest flat line.
    public static let memory: Int32 = 48
    /// How many valid hours the level before a spike is the median of.
    static let levelCount = 3
    /// How far back those may lie.
    static let levelHours = 6

    /// From where on values are suspect.
    public let thresholds: QualityThresholds
    /// The hour examined last, or nil before the first.
    public private(set) var last: Hour?

    private var rows = InlineArray<48, HourRow>(repeating: HourRow())
    private var newest = 0

    /// A check that has seen nothing yet.
    public init(thresholds: QualityThresholds = .standard) {
        self.thresholds = thresholds
    }

    /// Examines one hour. Hours between the last one and this one are missing.
    ///
    /// - Parameters:
    ///   - row: The six hour means.
    ///   - nox: The hour mean of nitrogen oxides as NO2, µg/m³; where it is missing, nothing is said of NO2 above NOx.
    ///   - hour: Which hour it is.
    /// - Returns: The marks of the six values.
    /// - Throws: ``WindowError/notLater(last:given:)`` for an hour that is not after the last one; nothing changes then.
    public mutating func examine(
        _ row: HourRow, nox: Concentration = .missing(.absent), at hour: Hour
    ) throws(WindowError) -> HourMarks {
        if let last {
            guard hour > last else { throw .notLater(last: last, given: hour) }
            var absent = min(hour - last - 1, QualityCheck.memory)
            while absent > 0 {
                push(HourRow())
                absent -= 1
            }
        }
        push(row)
        last = hour

        var marks = HourMarks()
        var place: UInt8 = 0
        while let pollutant = Pollutant(rawValue: place) {
            if let value = row[pollutant].thousandths { marks[pollutant] = self.marks(of: value, pollutant) }
            place += 1
        }
        if let tolerance = thresholds.pm25AbovePM10, row[.pm25].exceeds(row[.pm10], by: tolerance) {
            marks[.pm25].insert(.particulateInversion)
            marks[.pm10].insert(.particulateInversion)
        }
        if let tolerance = thresholds.no2AboveNOx, row[.no2].exceeds(nox, by: tolerance) {
            marks[.no2].insert(.no2AboveNOx)
        }
        return marks
    }

    /// The marks that a value earns by itself and by what came before it.
    private func marks(of value: Int32, _ pollutant: Pollutant) -> SuspectMarks {
        let limits = thresholds[pollutant]
        var marks = SuspectMarks()
        if let lowest = limits.lowest, value < lowest { marks.insert(.range) }
        if let highest = limits.highest, value > highest { marks.insert(.range) }
        if let noise = limits.noise, Int64(value) < -Int64(noise) { marks.insert(.negative) }
        if let hours = limits.flatHours, isFlat(pollutant, hours: hours, tolerance: limits.flatTolerance) {
            marks.insert(.flatLine)
        }
        if let step = limits.spikeStep, isSpike(value, pollutant, step: step, factor: limits.spikeFactor) {
            marks.insert(.spike)
        }
        return marks
    }

    /// Whether the newest `hours` valid values lie within `tolerance` of each other.
    ///
    /// Missing hours neither count nor end the line: a nightly calibration does not wake a stuck analyser. But the values must
    /// lie within twice as many hours, so that two of them days apart are not taken for a line.
    private func isFlat(_ pollutant: Pollutant, hours: Int32, tolerance: Int32) -> Bool {
        var (least, largest) = (Int32.max, Int32.min)
        var count: Int32 = 0
        let window = min(hours, QualityCheck.memory / 2) * 2
        var age: Int32 = 0
        while age < window {
            defer { age += 1 }
            guard let value = self.row(hoursAgo: Int(age))[pollutant].thousandths else { continue }
            least = min(least, value)
            largest = max(largest, value)
            guard Int64(largest) - Int64(least) <= Int64(tolerance) else { return false }
            count += 1
            if count == hours { return true }
        }
        return false
    }

    /// Whether a value rises above the level before it, the median of the three newest valid values of the six hours before,
    /// by more than `step` and by more than `factor` thousandths of that level. With fewer than three nothing is said.
    ///
    /// Upward only. Wind and rain clean the air within an hour, and dusk takes the ozone away: a drop is weather. The median
    /// lets one wild value pass without hiding the next, and a new level is marked for two hours at most.
    private func isSpike(_ value: Int32, _ pollutant: Pollutant, step: Int32, factor: Int32) -> Bool {
        var newest = InlineArray<3, Int32>(repeating: 0)
        var count = 0
        for age in 1...QualityCheck.levelHours {
            guard let earlier = row(hoursAgo: age)[pollutant].thousandths else { continue }
            newest[count] = earlier
            count += 1
            if count == QualityCheck.levelCount { break }
        }
        guard count == QualityCheck.levelCount else { return false }
        let (first, second, third) = (newest[0], newest[1], newest[2])
        let level = Int64(max(min(first, second), min(max(first, second), third)))
        let rise = Int64(value) - level
        // A level below zero is none to be several times of. At most 2^31 * 2^31.
        return rise > Int64(step) && rise * 1000 > Int64(factor) * max(level, 0)
    }

    /// The concentrations of an hour that is at most 47 hours older than the last one.
    private func row(hoursAgo age: Int) -> HourRow {
        let slot = newest - age
        return rows[slot < 0 ? slot + 48 : slot]
    }

    private mutating func push(_ row: HourRow) {
        newest = newest == 47 ? 0 : newest + 1
        rows[newest] = row
    }
}

extension Concentration {
    /// Whether both are values, and this one is larger by more than `tolerance` thousandths.
    fileprivate func exceeds(_ other: Concentration, by tolerance: Int32) -> Bool {
        guard let thousandths, let other = other.thousandths else { return false }
        return Int64(thousandths) - Int64(other) > Int64(tolerance)
    }
}
