/// Folds the samples of one channel into its hour mean: samples → minute means → hour mean.
///
/// - A minute is valid when at least three quarters of the samples that came in it are valid (ours, after the
///   45-of-60-minutes rule); its mean is rounded half to even to a thousandth.
/// - The hour is the mean of its valid minutes, rounded half to even to a thousandth, and is valid with at least 45 of
///   them.
/// - Samples may come in any order and late: the hour is what all of them together give. A second counts once: its first
///   sample stays, another with the same time is a duplicate and is ignored.
/// - A record of the instrument's own memory (``fill(_:minute:)``) is the mean of a minute that has none of its own, for want of
///   communication and of nothing else.
///
/// Fixed memory (about 1.4 KB), no allocation, constant work a sample.
///
/// Source: GB 3095-2026 table 4 (2012: table 4): hourly mean, at least 45 minutes of sampling.
public struct HourAccumulator: Sendable {
    /// Valid minutes that an hour needs.
    public static let minutesNeeded: Int32 = 45

    /// The samples of one minute.
    private struct Minute {
        /// Of the valid ones, thousandths: at most 60 times 2^31.
        var sum: Int64 = 0
        /// Bit `second` is set where a sample came.
        var seconds: UInt64 = 0
        var validCount: UInt8 = 0
        /// The mark of the latest invalid sample, and its second.
        var flag = DataFlag.normal
        var flagSecond: UInt8 = 0
        /// Whether an invalid sample came for another reason than want of communication: the instrument did not measure the air.
        var isUnfit = false
        /// What the instrument itself recorded; missing where nothing is known.
        var record = Concentration.missing(.absent)

        mutating func add(_ value: Concentration, atSecond second: UInt8) -> Bool {
            guard seconds & (1 << UInt64(second)) == 0 else { return false }
            seconds |= 1 << UInt64(second)
            if let thousandths = value.thousandths {
                sum += Int64(thousandths)
                validCount += 1
                return true
            }
            if value.reason != .communication { isUnfit = true }
            if flag == .normal || second > flagSecond {
                flag = value.reason
                flagSecond = second
            }
            return true
        }

        /// The mean of a valid minute, or nil where it is spoilt or nothing is known.
        var mean: Int32? { measured ?? (isUnfit ? nil : record.thousandths) }

        /// Whether its mean is what the instrument recorded.
        var isBackfilled: Bool { measured == nil && mean != nil }

        /// The mean of its samples; nil where they spoil it or none came.
        private var measured: Int32? {
            let total = Int32(truncatingIfNeeded: seconds.nonzeroBitCount)
            let valid = Int32(validCount)
            guard valid > 0, valid * 4 >= total * 3 else { return nil }
            // One sample a minute is the usual case, and needs no division.
            return valid == 1 ? Int32(truncatingIfNeeded: sum) : Mean(sum: sum, count: valid).rounded(toStep: 1)
        }
    }

    private var minutes = InlineArray<60, Minute>(repeating: Minute())
    /// The latest second of which a sample came; -1 before the first.
    private var newest: Int32 = -1
    private var hasRecords = false

    /// An hour in which nothing came yet.
    public init() {}

    /// How many minutes are valid so far, the newest one not counted: it is under way.
    public var validMinuteCount: Int32 { total(before: newest / 60).count }

    /// Takes one sample in.
    ///
    /// - Parameters:
    ///   - value: The concentration, or why there is none.
    ///   - second: Seconds since the hour began, 0...3599.
    /// - Returns: Whether the sample was used; false for a duplicate.
    @discardableResult
    public mutating func add(_ value: Concentration, atSecond second: Int32) -> Bool {
        guard second >= 0, second < 3600 else { return false }
        let within = UInt8(truncatingIfNeeded: second % 60)
        // Through the span: a subscript of the array itself would copy all sixty minutes.
        var minutes = minutes.mutableSpan
        guard minutes[Int(second / 60)].add(value, atSecond: within) else { return false }
        newest = max(newest, second)
        return true
    }

    /// Takes in what the instrument recorded of one minute: data of when nobody asked it.
    ///
    /// - Parameters:
    ///   - record: The mean of the minute; a missing one fills nothing.
    ///   - minute: 0...59.
    /// - Returns: Whether it was taken; false where the minute has a record.
    @discardableResult
    public mutating func fill(_ record: Concentration, minute: Int32) -> Bool {
        guard minute >= 0, minute < 60, !record.isMissing else { return false }
        var minutes = minutes.mutableSpan
        guard minutes[Int(minute)].record.isMissing else { return false }
        minutes[Int(minute)].record = record
        hasRecords = true
        return true
    }

    /// Whether a mean of a minute that counts is what the instrument recorded.
    public var isBackfilled: Bool {
        guard hasRecords, !result.isMissing else { return false }
        let copy = minutes
        let minutes = copy.span
        var place = 0
        while place < 60 {
            if minutes[place].isBackfilled { return true }
            place += 1
        }
        return false
    }

    /// The hour as all samples so far give it: its mean; where that is not valid, the mark of the minutes that spoilt it,
    /// `insufficient` where too little came, `absent` where nothing did.
    public var result: Concentration {
        if newest < 0, !hasRecords { return .missing(.absent) }
        let mean = total(before: 60)
        if mean.count >= HourAccumulator.minutesNeeded { return Concentration(thousandths: mean.rounded(toStep: 1)) }
        var spoilt: Int32 = 0
        var flag = DataFlag.insufficient
        let copy = minutes
        let minutes = copy.span
        var place = 0
        while place < 60 {
            if minutes[place].seconds != 0, minutes[place].mean == nil {
                spoilt += 1
                flag = minutes[place].flag
            }
            place += 1
        }
        return .missing(spoilt > 60 - HourAccumulator.minutesNeeded ? flag : .insufficient)
    }

    /// Closes the hour and begins the next one.
    ///
    /// - Returns: ``result``.
    public mutating func close() -> Concentration {
        defer { self = HourAccumulator() }
        return result
    }

    /// The mean of the minutes that are over, or nil before the first valid one: what a screen shows of the hour under way.
    public var soFar: Int32? {
        let mean = total(before: newest / 60)
        return mean.count > 0 ? mean.rounded(toStep: 1) : nil
    }

    /// The sum of the valid minutes before one, 0...60.
    private func total(before end: Int32) -> Mean {
        var total = Mean()
        let copy = minutes
        let minutes = copy.span
        var place = 0
        while place < Int(end) {
            if let mean = minutes[place].mean {
                total.sum += Int64(mean)
                total.count += 1
            }
            place += 1
        }
        return total
    }
}
