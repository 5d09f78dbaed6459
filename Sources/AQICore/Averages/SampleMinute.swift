/// The samples of one minute of an hour; see ``HourAccumulator``.
struct SampleMinute: Equatable {
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

    /// Whether nothing is known of it.
    var isEmpty: Bool { seconds == 0 && record.isMissing }
}
