/// An exact fraction, for oracles: slow, and plainly right. Overflow traps.
struct Rational: Comparable {
    let top: Int
    /// Above 0, and without a factor in common with `top`.
    let bottom: Int

    init(_ top: Int, over bottom: Int = 1) {
        precondition(bottom > 0)
        var large = abs(top)
        var small = bottom
        while small != 0 { (large, small) = (small, large % small) }
        let common = max(large, 1)
        self.top = top / common
        self.bottom = bottom / common
    }

    static func + (left: Rational, right: Rational) -> Rational {
        Rational(left.top * right.bottom + right.top * left.bottom, over: left.bottom * right.bottom)
    }

    static func - (left: Rational, right: Rational) -> Rational { left + Rational(-right.top, over: right.bottom) }

    static func * (left: Rational, right: Rational) -> Rational {
        Rational(left.top * right.top, over: left.bottom * right.bottom)
    }

    static func < (left: Rational, right: Rational) -> Bool { left.top * right.bottom < right.top * left.bottom }

    /// The largest integer that is not above.
    var floor: Int { top >= 0 ? top / bottom : -((-top + bottom - 1) / bottom) }

    /// The smallest integer that is not below: what HJ 633 means by rounding up (进位取整).
    var ceiling: Int { top == floor * bottom ? floor : floor + 1 }

    /// The nearest integer; of two equally near ones the even one (GB/T 8170-2008 3.2).
    var halfToEven: Int {
        let above = self - Rational(floor)
        let half = Rational(1, over: 2)
        if above == half { return floor % 2 == 0 ? floor : floor + 1 }
        return above < half ? floor : floor + 1
    }
}

extension Rational {
    /// The mean of values in thousandths of a unit, in that unit.
    static func mean(ofThousandths values: [Int]) -> Rational {
        Rational(values.reduce(0, +), over: 1000 * values.count)
    }

    /// Rounded half to even to a multiple of a step, as GB/T 8170 has it.
    func rounded(toStep step: Rational) -> Rational {
        Rational((self * Rational(step.bottom, over: step.top)).halfToEven) * step
    }
}
