/// What there is of one pollutant on an average day and what a level takes away, exactly: amounts of grams a day times a number that
/// all days of the sectors divide (`scale`), cuts in hundredths of a per cent of that.
///
/// Source: Plan 五(四)3.
struct Balance {
    var scale: Int128
    /// All but dust.
    var base: Int128
    var cut: Int128
    /// Dust, which is apart within PM.
    var dustBase: Int128 = 0
    var dustCut: Int128 = 0
    /// The largest share of dust, in hundredths of a per cent.
    var dustShare: Int128 = 10_000

    private static let whole: Int128 = 10_000

    /// Whether the apportionment allows dust less of PM than it emits.
    var isCapped: Bool { dustBase * Balance.whole > dustShare * (base + dustBase) }

    /// What of the base is taken away, as the sum of two fractions; nil where nothing counts.
    ///
    /// Where dust is capped to the share s, it counts as if its emission were scaled until it makes up s of PM, its cuts with it
    /// **[ours]**: (1 - s) x the ratio of the rest + s x the ratio of dust.
    var ratio: Ratio? {
        guard isCapped else {
            let all = base + dustBase
            return all > 0 ? Ratio(Fraction(cut + dustCut, all * Balance.whole)) : nil
        }
        guard base > 0 else { return nil }
        return Ratio(
            Fraction(cut * (Balance.whole - dustShare), base * Balance.whole * Balance.whole),
            Fraction(dustCut * dustShare, dustBase * Balance.whole * Balance.whole))
    }

    /// The same with so many grams a day more taken from what is no dust.
    func adding(grams: Int128) -> Balance {
        var other = self
        other.cut += grams * scale * Balance.whole
        return other
    }

    /// The base in grams a day, dust as far as it counts, rounded to the nearest gram.
    var baseGrams: Int128 {
        isCapped
            ? rounded(base * Balance.whole, (Balance.whole - dustShare) * scale) : rounded(base + dustBase, scale)
    }

    /// What is taken away, in grams a day, rounded to the nearest gram; for people to read, the ratio is exact.
    var cutGrams: Int128 {
        guard isCapped else { return rounded(cut + dustCut, Balance.whole * scale) }
        let counted = baseGrams - rounded(base, scale)
        return rounded(cut, Balance.whole * scale)
            + rounded(rounded(dustCut, Balance.whole * scale) * counted, max(1, rounded(dustBase, scale)))
    }

    private func rounded(_ dividend: Int128, _ divisor: Int128) -> Int128 { (dividend + divisor / 2) / divisor }
}

/// The sum of two fractions of the base.
package struct Ratio: Sendable {
    private let first: Fraction
    private let second: Fraction

    init(_ first: Fraction, _ second: Fraction = .zero) {
        self.first = first
        self.second = second
    }

    /// Of two pollutants, for the trade.
    init?(_ left: Ratio?, _ right: Ratio?) {
        guard let left, let right, left.second == .zero, right.second == .zero else { return nil }
        self.init(left.first, right.first)
    }

    /// Whether it is so many hundredths of a per cent or more, exactly.
    package func reaches(_ hundredths: Int128) -> Bool {
        let rest = Fraction(hundredths * first.denominator - first.numerator * 10_000, first.denominator * 10_000)
        return second >= rest
    }

    /// Whole hundredths of a per cent, cut and not rounded: 10.00 is shown only where 10 % is reached.
    package var hundredths: Int128 {
        let floors = first.floor(times: 10_000) + second.floor(times: 10_000)
        return reaches(floors + 1) ? floors + 1 : floors
    }
}
