/// The exact mean of a number of concentrations: their sum and how many there are, never divided before it has to be.
public struct Mean: Equatable, Sendable {
    /// The sum of the values, in thousandths of the unit.
    public var sum: Int64
    /// How many values are in the sum.
    public var count: Int32

    /// The mean of `count` values that add up to `sum` thousandths.
    public init(sum: Int64 = 0, count: Int32 = 0) {
        self.sum = sum
        self.count = count
    }

    /// The mean of one value.
    public init(_ value: Int32) {
        self.init(sum: Int64(value), count: 1)
    }

    /// Adds a value; a missing one changes nothing.
    public mutating func add(_ concentration: Concentration) {
        guard let value = concentration.thousandths else { return }
        sum += Int64(value)
        count += 1
    }

    /// Takes a value out that was added before; a missing one changes nothing.
    public mutating func remove(_ concentration: Concentration) {
        guard let value = concentration.thousandths else { return }
        sum -= Int64(value)
        count -= 1
    }

    /// The mean in thousandths of the unit, rounded half to even to a multiple of `step` thousandths.
    ///
    /// - Precondition: `count > 0`.
    ///
    /// Source: GB/T 8170-2008 3.2.
    public func rounded(toStep step: Int32) -> Int32 {
        Int32(truncatingIfNeeded: sum.dividedHalfToEven(by: Int64(count) * Int64(step))) * step
    }

    /// The mean in thousandths of the unit, cut to a multiple of `step` thousandths, towards 0.
    ///
    /// - Precondition: `count > 0`.
    ///
    /// Source: EPA-454/B-24-002, IV: "truncate".
    public func truncated(toStep step: Int32) -> Int32 {
        Int32(truncatingIfNeeded: sum / (Int64(count) * Int64(step))) * step
    }

    /// Whether this mean is larger than another, compared exactly.
    ///
    /// - Precondition: both counts are above 0.
    public static func > (left: Mean, right: Mean) -> Bool {
        // At most 24 * 2e9 * 24, well inside Int64.
        left.sum * Int64(right.count) > right.sum * Int64(left.count)
    }
}

extension Int64 {
    /// The quotient by a positive divisor, rounded half to even.
    ///
    /// Source: GB/T 8170-2008 3.2.
    func dividedHalfToEven(by divisor: Int64) -> Int64 {
        var quotient = self / divisor
        var remainder = self % divisor
        if remainder < 0 {
            quotient -= 1
            remainder += divisor
        }
        // remainder < divisor, and no divisor here comes near half of Int64.
        let twice = 2 * remainder
        return twice > divisor || (twice == divisor && quotient & 1 != 0) ? quotient + 1 : quotient
    }
}
