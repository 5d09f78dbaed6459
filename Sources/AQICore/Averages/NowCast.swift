/// The mean of the last 12 hours that stands for a 24 h mean of particulates now: the newer an hour the more it weighs, the more
/// so the more the hours differ.
///
/// With `w = max(smallest / largest, 1/2)` the mean is `sum(c w^i) / sum(w^i)` over the hours that are there, `i` hours ago. It
/// needs 2 of the newest 3 hours.
///
/// Exact: `w` is the quotient of two integers `p / q`, so both sums times `q^11` are integers. They are computed as such
/// (``WideInteger``), and divided once.
///
/// Below 0 the document says nothing. Here a negative hour counts as it is, as in every mean. Where the smallest is not above
/// half the largest, which holds whenever one of them is not above 0, `w` is 1/2; so hours that are all 0 have the mean 0, and
/// a division by 0 cannot come up.
///
/// Source: EPA-454/B-24-002, IV, "How the NowCast is calculated".
public struct NowCast: Equatable, Sendable {
    /// How many hours it looks back.
    public static let hours: Int32 = 12
    /// How many of the newest three it needs.
    public static let hoursNeeded: Int32 = 2

    /// The smallest hour, thousandths.
    public let smallest: Int32
    /// The largest hour, thousandths.
    public let largest: Int32
    /// `sum(c w^i)` in thousandths of the unit, cut.
    public let weightedSum: Int64
    /// `sum(w^i)` in millionths, cut.
    public let sumOfWeights: Int64
    /// The mean in thousandths, cut towards 0. What an edition cuts further, to 0.1 µg/m³ for PM2.5 and 1 µg/m³ for PM10, is not
    /// changed by that.
    public let thousandths: Int32

    /// Whether the weight is 1/2, not `smallest / largest`.
    public var isHalf: Bool { NowCast.isHalf(smallest, largest) }

    /// The mean of 12 hours, the oldest first; nil where fewer than 2 of the newest 3 are there.
    public init?(of hours: InlineArray<12, Concentration>) {
        guard NowCast.countOfNewest(of: hours) >= NowCast.hoursNeeded else { return nil }
        var smallest = Int32.max
        var largest = Int32.min
        for place in hours.indices {
            guard let value = hours[place].thousandths else { continue }
            smallest = min(smallest, value)
            largest = max(largest, value)
        }
        self.smallest = smallest
        self.largest = largest
        if NowCast.isHalf(smallest, largest) {
            // Times 2^11: at most 2^31 * 4095 < 2^43.
            var sum: Int64 = 0
            var weights: Int64 = 0
            var weight: Int64 = 1
            for place in hours.indices {
                if let value = hours[place].thousandths {
                    sum += Int64(value) * weight
                    weights += weight
                }
                weight *= 2
            }
            weightedSum = sum / 2048
            sumOfWeights = weights * 1_000_000 / 2048
            thousandths = Int32(truncatingIfNeeded: sum / weights)
        } else {
            // All of them are above 0 here. With p = smallest, q = largest, both below 2^31, the sums of c p^i q^(11-i), below
            // 12 * 2^31 * 2^341 < 2^376, and of p^i q^(11-i), by Horner's rule from the oldest hour on.
            let numerator = UInt32(smallest)
            let denominator = UInt32(largest)
            var sum = WideInteger(0)
            var weights = WideInteger(0)
            var power = WideInteger(1)
            for place in hours.indices {
                if place > 0 {
                    sum = sum * numerator
                    weights = weights * numerator
                    power = power * denominator
                }
                guard let value = hours[place].thousandths else { continue }
                sum = sum + power * UInt32(value)
                weights = weights + power
            }
            // The sum of weights is at most 12, c at most 2^31: every quotient is below 2^36.
            weightedSum = sum.quotient(by: power)
            sumOfWeights = (weights * 1_000_000).quotient(by: power)
            thousandths = Int32(truncatingIfNeeded: sum.quotient(by: weights))
        }
    }

    /// How many of the newest three hours are there.
    public static func countOfNewest(of hours: InlineArray<12, Concentration>) -> Int32 {
        var count: Int32 = 0
        for place in 9..<12 where !hours[place].isMissing { count += 1 }
        return count
    }

    private static func isHalf(_ smallest: Int32, _ largest: Int32) -> Bool { 2 * Int64(smallest) <= Int64(largest) }
}

/// An unsigned integer of 416 bits, for the sums of a ``NowCast``: what does not fit never comes up there.
struct WideInteger {
    /// The least significant first.
    private var limbs = InlineArray<13, UInt32>(repeating: 0)

    init(_ value: UInt32) {
        limbs[0] = value
    }

    static func * (left: WideInteger, right: UInt32) -> WideInteger {
        var result = WideInteger(0)
        var carry: UInt64 = 0
        for place in left.limbs.indices {
            carry += UInt64(left.limbs[place]) * UInt64(right)
            result.limbs[place] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
        precondition(carry == 0)
        return result
    }

    static func + (left: WideInteger, right: WideInteger) -> WideInteger {
        var result = WideInteger(0)
        var carry: UInt64 = 0
        for place in left.limbs.indices {
            carry += UInt64(left.limbs[place]) + UInt64(right.limbs[place])
            result.limbs[place] = UInt32(truncatingIfNeeded: carry)
            carry >>= 32
        }
        precondition(carry == 0)
        return result
    }

    static func <= (left: WideInteger, right: WideInteger) -> Bool {
        var place = left.limbs.count - 1
        while place > 0, left.limbs[place] == right.limbs[place] { place -= 1 }
        return left.limbs[place] <= right.limbs[place]
    }

    /// The quotient by a divisor above 0, cut; it is below 2^36, and the divisor below 2^376.
    func quotient(by divisor: WideInteger) -> Int64 {
        var quotient: UInt64 = 0
        var bit: UInt64 = 1 << 35
        while bit > 0 {
            let next = quotient | bit
            let product =
                divisor * UInt32(truncatingIfNeeded: next >> 18) * (1 << 18)
                + divisor * UInt32(truncatingIfNeeded: next & (1 << 18 - 1))
            if product <= self { quotient = next }
            bit >>= 1
        }
        return Int64(quotient)
    }
}
