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

    private var minutes = InlineArray<60, SampleMinute>(repeating: SampleMinute())
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

    // MARK: - For the compact form

    /// The latest minute of which a sample came; -1 before the first.
    var newestMinute: Int32 { newest < 0 ? -1 : newest / 60 }

    /// Hands out the minutes of which anything is known, in order.
    func forEachMinute(_ body: (_ place: Int32, _ minute: SampleMinute) -> Void) {
        let copy = minutes
        let minutes = copy.span
        for place in 0..<60 where !minutes[place].isEmpty { body(Int32(place), minutes[place]) }
    }

    /// Takes a minute as another accumulator knew it, later than all that is known here.
    mutating func append(_ minute: SampleMinute, at place: Int32) {
        minutes[Int(place)] = minute
        if minute.seconds != 0 { newest = place * 60 + 63 - Int32(minute.seconds.leadingZeroBitCount) }
        if !minute.record.isMissing { hasRecords = true }
    }
}
