/// An exact fraction in lowest terms. The denominator is positive.
package struct Fraction: Comparable, Sendable {
    package let numerator: Int128
    package let denominator: Int128

    package init(_ numerator: Int128, _ denominator: Int128) {
        precondition(denominator > 0, "\(numerator)/\(denominator)")
        let divisor = max(1, Fraction.greatestDivisor(numerator, denominator))
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    package static let zero = Fraction(0, 1)

    /// By the continued fractions of both: quotients and remainders only, so that nothing overflows.
    package static func < (left: Fraction, right: Fraction) -> Bool {
        var (a, b, c, d) = (left.numerator, left.denominator, right.numerator, right.denominator)
        while true {
            let (quotient, rest) = floored(a, b)
            let (otherQuotient, otherRest) = floored(c, d)
            if quotient != otherQuotient { return quotient < otherQuotient }
            if otherRest == 0 { return false }
            if rest == 0 { return true }
            // rest / b < otherRest / d as d / otherRest < b / rest.
            (a, b, c, d) = (d, otherRest, b, rest)
        }
    }

    /// The largest integer that is not above the fraction times `scale`.
    package func floor(times scale: Int128) -> Int128 { Fraction.floored(numerator * scale, denominator).quotient }

    private static func floored(_ dividend: Int128, _ divisor: Int128) -> (quotient: Int128, rest: Int128) {
        let (quotient, rest) = dividend.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }

    static func greatestDivisor(_ left: Int128, _ right: Int128) -> Int128 {
        var (a, b) = (abs(left), abs(right))
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
