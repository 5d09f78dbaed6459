/// A natural number of any size, for oracles: slow, and plainly right.
package struct BigNatural: Comparable {
    /// Base 10,000, the least significant first, without zeros at the end.
    private var digits: [Int] = []

    package init(_ value: Int) {
        precondition(value >= 0)
        var rest = value
        while rest > 0 {
            digits.append(rest % 10_000)
            rest /= 10_000
        }
    }

    private init(digits: [Int]) {
        var carry = 0
        for digit in digits {
            self.digits.append((digit + carry) % 10_000)
            carry = (digit + carry) / 10_000
        }
        while carry > 0 {
            self.digits.append(carry % 10_000)
            carry /= 10_000
        }
        while self.digits.last == 0 { self.digits.removeLast() }
    }

    package static func + (left: BigNatural, right: BigNatural) -> BigNatural {
        let (long, short) = left.digits.count >= right.digits.count ? (left, right) : (right, left)
        var sums = long.digits
        for (place, digit) in short.digits.enumerated() { sums[place] += digit }
        return BigNatural(digits: sums)
    }

    package static func * (left: BigNatural, right: BigNatural) -> BigNatural {
        var sums = [Int](repeating: 0, count: left.digits.count + right.digits.count)
        for (i, a) in left.digits.enumerated() {
            for (j, b) in right.digits.enumerated() { sums[i + j] += a * b }
        }
        return BigNatural(digits: sums)
    }

    package static func < (left: BigNatural, right: BigNatural) -> Bool {
        left.digits.count != right.digits.count
            ? left.digits.count < right.digits.count
            : left.digits.reversed().lexicographicallyPrecedes(right.digits.reversed())
    }

    /// `base` to a power.
    package static func power(_ base: Int, _ exponent: Int) -> BigNatural {
        (0..<exponent).reduce(BigNatural(1)) { product, _ in product * BigNatural(base) }
    }
}
