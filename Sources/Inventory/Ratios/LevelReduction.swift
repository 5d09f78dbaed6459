package import Warnings

/// What a level takes away of each pollutant, beside what it must.
///
/// Source: Plan 五(四)2.
package struct LevelReduction: Sendable {
    package enum Verdict: String, Sendable {
        case met
        /// Below its own requirement, but SO2 and NOx together reach theirs.
        case metByTrade
        case short
        /// Nothing of it is emitted: there is no ratio.
        case noBase
    }

    /// One pollutant.
    package struct Line: Sendable {
        package let ratio: Ratio?
        package let verdict: Verdict
        /// Grams a day, rounded for people.
        package let base: Int128
        package let cut: Int128
        /// Grams a day that industry, heating or vehicles would have to give, alone, so that the requirement is reached: the smallest
        /// whole number that does. Nil where nothing is missing.
        package let missing: Int128?
        /// Dust is held to the share of the apportionment.
        package let isDustCapped: Bool
    }

    package let level: WarningLevel
    package let lines: ByPollutant<Line>
    /// SO2 and NOx together; nil where one has no base.
    package let traded: Ratio?

    package var isFulfilled: Bool {
        EmittedPollutant.allCases.allSatisfy { lines[$0].verdict == .met || lines[$0].verdict == .metByTrade }
    }

    /// Hundredths of a per cent of each pollutant that a level must take away: 10, 20 and 30 %.
    package static func required(_ level: WarningLevel) -> Int128 {
        switch level {
        case .yellow: 1000
        case .orange: 2000
        case .red: 3000
        }
    }

    init(level: WarningLevel, _ balances: ByPollutant<Balance>) {
        let judgement = Judgement(level: level, balances)
        self.level = level
        traded = judgement.traded
        lines = ByPollutant { pollutant in
            let balance = balances[pollutant]
            let verdict = judgement.verdicts[pollutant]
            let missing: Int128? =
                verdict != .short
                ? nil
                : smallest { grams in
                    var other = balances
                    other[pollutant] = balance.adding(grams: grams)
                    return Judgement(level: level, other).verdicts[pollutant] != .short
                }
            return Line(
                ratio: balance.ratio, verdict: verdict, base: balance.baseGrams, cut: balance.cutGrams,
                missing: missing,
                isDustCapped: balance.isCapped)
        }
    }
}

/// Which requirements hold.
struct Judgement {
    let verdicts: ByPollutant<LevelReduction.Verdict>
    let traded: Ratio?

    /// SO2 and NOx may be traded as long as the sum of their ratios is not below the sum required; PM and VOCs may not.
    ///
    /// Source: Plan 五(四)2.
    init(level: WarningLevel, _ balances: ByPollutant<Balance>) {
        let required = LevelReduction.required(level)
        let ratios = ByPollutant { balances[$0].ratio }
        let traded = Ratio(ratios.so2, ratios.nox)
        let isTraded = traded?.reaches(2 * required) ?? false
        self.traded = traded
        verdicts = ByPollutant { pollutant in
            guard let ratio = ratios[pollutant] else { return .noBase }
            if ratio.reaches(required) { return .met }
            return isTraded && (pollutant == .so2 || pollutant == .nox) ? .metByTrade : .short
        }
    }
}

/// The smallest natural number for which something holds that holds for all larger ones.
private func smallest(where holds: (Int128) -> Bool) -> Int128 {
    var high: Int128 = 1
    while !holds(high) { high *= 2 }
    var low: Int128 = 0
    // Not at `low`, but at `high`.
    while high - low > 1 {
        let middle = (low + high) / 2
        if holds(middle) { high = middle } else { low = middle }
    }
    return high
}
