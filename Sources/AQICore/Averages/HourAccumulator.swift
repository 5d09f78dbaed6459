/// Folds the samples of one channel into its hour mean: samples → minute means → hour mean.
///
/// - A minute is valid when at least three quarters of the samples that came in it are valid (ours, after the
///   45-of-60-minutes rule); its mean is rounded half to even to a thousandth.
/// - The hour is the mean of its valid minutes, rounded half to even to a thousandth, and is valid with at least 45 of
///   them.
/// - Samples come in time order. A sample with the time of the one before is a duplicate and is ignored, and so is one of
///   a minute that is already closed: a minute counts once.
///
/// Source: GB 3095-2026 table 4 (2012: table 4): hourly mean, at least 45 minutes of sampling.
public struct HourAccumulator: Sendable {
    /// Valid minutes that an hour needs.
    public static let minutesNeeded: Int32 = 45

    private var minuteSum: Int64 = 0
    private var minuteValid: Int32 = 0
    private var minuteTotal: Int32 = 0
    private var lastSecond: Int32 = -1
    private var hourSum: Int64 = 0
    private var validMinutes: UInt64 = 0
    private var invalidMinutes: UInt64 = 0
    private var minuteFlag: DataFlag = .normal
    private var hourFlag: DataFlag = .absent

    /// An hour in which nothing came yet.
    public init() {}

    /// How many minutes are valid so far, the one under way not counted.
    public var validMinuteCount: Int32 { Int32(truncatingIfNeeded: validMinutes.nonzeroBitCount) }

    /// Takes one sample in.
    ///
    /// - Parameters:
    ///   - value: The concentration, or why there is none.
    ///   - second: Seconds since the hour began, 0...3599.
    /// - Returns: Whether the sample was used; false for a duplicate and for one that comes too late.
    @discardableResult
    public mutating func add(_ value: Concentration, atSecond second: Int32) -> Bool {
        guard second > lastSecond, second < 3600 else { return false }
        if lastSecond >= 0, second / 60 != lastSecond / 60 { closeMinute() }
        lastSecond = second
        minuteTotal += 1
        if let thousandths = value.thousandths {
            minuteSum += Int64(thousandths)
            minuteValid += 1
        } else {
            minuteFlag = value.reason
        }
        return true
    }

    /// Closes the hour and begins the next one.
    ///
    /// - Returns: The hour mean; where it is not valid, the mark of the minutes that spoilt it, `insufficient` where too
    ///   little came, `absent` where nothing did.
    public mutating func close() -> Concentration {
        if lastSecond >= 0 { closeMinute() }
        defer { self = HourAccumulator() }
        if validMinuteCount >= HourAccumulator.minutesNeeded {
            return Concentration(
                thousandths: Mean(sum: hourSum, count: validMinuteCount).rounded(toStep: 1))
        }
        if Int32(invalidMinutes.nonzeroBitCount) > 60 - HourAccumulator.minutesNeeded {
            return .missing(hourFlag)
        }
        return .missing(lastSecond < 0 ? .absent : .insufficient)
    }

    /// The mean of what has come so far, or nil before the first valid minute: what a screen shows of the hour under way.
    public var soFar: Int32? {
        guard validMinuteCount > 0 else { return nil }
        return Mean(sum: hourSum, count: validMinuteCount).rounded(toStep: 1)
    }

    private mutating func closeMinute() {
        let bit: UInt64 = 1 << UInt64(lastSecond / 60)
        if minuteValid > 0, minuteValid * 4 >= minuteTotal * 3 {
            hourSum += Int64(Mean(sum: minuteSum, count: minuteValid).rounded(toStep: 1))
            validMinutes |= bit
        } else {
            invalidMinutes |= bit
            hourFlag = minuteFlag
        }
        minuteSum = 0
        minuteValid = 0
        minuteTotal = 0
        minuteFlag = .normal
    }
}
