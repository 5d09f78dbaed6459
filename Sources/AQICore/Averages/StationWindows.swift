/// The running windows of one station: the last 24 hours, and the last 24 running 8 h means of ozone.
///
/// Fixed memory (about 1.3 KB), no allocation, constant work an hour. Sums are integers, so that they are as exact after
/// ten years of adding and taking away as on the first day.
///
/// Source: GB 3095-2026 table 4 and HJ 663: 8 h means need 6 hours, 24 h means 20, MDA8 14 windows.
public struct StationWindows: Sendable {
    /// Hours that must be taken in before nothing depends any more on what came earlier: an 8 h mean of 24 hours ago.
    public static let memory: Int32 = 31

    /// The hour taken in last, or nil before the first.
    public private(set) var last: Hour?

    /// The concentrations of the last hour.
    public private(set) var latest = HourRow()

    private var rows: InlineArray<24, HourRow>
    private var newest = 0
    private var sums = SIMD8<Int64>(repeating: 0)
    private var counts = SIMD8<Int32>(repeating: 0)
    private var ozone8 = Mean()
    private var ozone8Means: InlineArray<24, Mean>

    /// Windows in which nothing came yet.
    public init() {
        rows = InlineArray(repeating: HourRow())
        ozone8Means = InlineArray(repeating: Mean())
    }

    /// Takes one hour in. Hours between the last one and this one are missing.
    ///
    /// - Throws: ``WindowError/notLater(last:given:)`` for an hour that is not after the last one; nothing changes then.
    public mutating func advance(to hour: Hour, _ row: HourRow) throws(WindowError) {
        if let last {
            guard hour > last else { throw .notLater(last: last, given: hour) }
            // After a gap longer than the memory every window is empty anyway.
            var absent = min(hour - last - 1, StationWindows.memory)
            while absent > 0 {
                push(HourRow())
                absent -= 1
            }
        }
        push(row)
        last = hour
    }

    /// The 24 h mean of a pollutant over the window that ends with the last hour.
    public func mean24(_ pollutant: Pollutant) -> Mean {
        Mean(sum: sums[pollutant.index], count: counts[pollutant.index])
    }

    /// The largest valid 8 h mean of ozone among the newest `windows` ones, and how many of those are valid.
    ///
    /// 24 windows end within the last 24 hours; the 17 that end at 08:00 ... 24:00 are the natural day's (HJ 663).
    public func largestOzone8(among windows: Int) -> (mean: Mean, validCount: Int32) {
        var largest = Mean()
        var validCount: Int32 = 0
        // One copy: a subscript makes one each time.
        let means = ozone8Means
        let span = means.span
        for age in 0..<min(windows, 24) {
            let mean = span[slot(hoursAgo: age)]
            guard mean.count >= 6 else { continue }
            validCount += 1
            if largest.count == 0 || mean > largest { largest = mean }
        }
        return (largest, validCount)
    }

    /// The largest hour of ozone within the last 24, and how many of them are valid.
    public func largestOzoneHour() -> (thousandths: Int32, validCount: Int32) {
        var largest = Int32.min
        var validCount: Int32 = 0
        for age in 0..<24 {
            guard let value = row(hoursAgo: age)[.o3].thousandths else { continue }
            validCount += 1
            largest = max(largest, value)
        }
        return (largest, validCount)
    }

    /// The concentrations of an hour that is at most 23 hours older than the last one.
    public func row(hoursAgo age: Int) -> HourRow { rows[slot(hoursAgo: age)] }

    private func slot(hoursAgo age: Int) -> Int {
        let slot = newest - age
        return slot < 0 ? slot + 24 : slot
    }

    private mutating func push(_ row: HourRow) {
        let eighth = slot(hoursAgo: 7)
        newest = newest == 23 ? 0 : newest + 1
        latest = row
        // In place: a subscript of the array that reads copies all 24 hours.
        var hours = rows.mutableSpan
        ozone8.remove(hours[eighth][.o3])
        let leaving = hours[newest].lanes
        hours[newest] = row
        ozone8.add(row[.o3])
        ozone8Means[newest] = ozone8

        let lowest = SIMD8<Int32>(repeating: Concentration.lowestValue)
        let isEntering = row.lanes .>= lowest
        let isLeaving = leaving .>= lowest
        let zero = SIMD8<Int32>(repeating: 0)
        let one = SIMD8<Int32>(repeating: 1)
        let entering = zero.replacing(with: row.lanes, where: isEntering)
        let gone = zero.replacing(with: leaving, where: isLeaving)
        sums &+= SIMD8<Int64>(truncatingIfNeeded: entering) &- SIMD8<Int64>(truncatingIfNeeded: gone)
        counts &+= zero.replacing(with: one, where: isEntering)
        counts &-= zero.replacing(with: one, where: isLeaving)
    }
}

/// Why an hour cannot be taken in.
public enum WindowError: Error, Equatable, Sendable {
    /// The hour is not after the one taken in last.
    case notLater(last: Hour, given: Hour)
    /// The hour has not been taken in yet, so that it cannot be put right.
    case notYet(last: Hour?, given: Hour)
    /// The hour is too long ago to be put right.
    case tooOld(oldest: Hour, given: Hour)
}
