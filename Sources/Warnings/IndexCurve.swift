package import AQICore

/// `A` hour by hour, measured and then foreseen, beside the bounds of the plan: what a screen draws.
package struct IndexCurve: Equatable, Sendable {
    /// The hour of `indices[0]`.
    package var first: Hour
    /// The last measured hour; those after it are foreseen.
    package var now: Hour
    /// Nil where the hour is not known.
    package var indices: [Int32?]
    /// Every index that a rule of the plan looks at, lowest first.
    package var bounds: [Int32]

    package init(first: Hour, now: Hour, indices: [Int32?], bounds: [Int32]) {
        self.first = first
        self.now = now
        self.indices = indices
        self.bounds = bounds
    }
}

extension WarningEngine {
    /// What lies behind and ahead: the newest hours, up to so many before now and so many ahead of it, nil before the first hour;
    /// and the spell to which the warning in force belongs, as the air and the forecast have it now: it may have come earlier, and
    /// last longer, than at the last decision. nil for a warning that was only ordered.
    package func outlook(hoursBack: Int32, hoursAhead: Int32) -> (curve: IndexCurve?, spell: Spell?) {
        // What looking ahead remembers is forgotten with the copy.
        var engine = self
        guard let series = engine.series() else { return (nil, spellInForce) }
        let first = max(series.first, series.now - hoursBack)
        let last = min(series.last, series.now + hoursAhead)
        let curve = IndexCurve(
            first: first, now: series.now, indices: (0...last - first).map { series[first + $0].index },
            bounds: plan.bounds)
        return (curve, spellInForce.map { now(of: $0, in: series) })
    }

    private func now(of known: Spell, in series: IndexSeries) -> Spell {
        series.spells(from: min(known.first, observed.spellsBegin ?? known.first), plan)
            .last { $0.first <= known.last && $0.last >= known.first } ?? known
    }
}

extension WarningPlan {
    /// Every index that a rule looks at, lowest first.
    package var bounds: [Int32] {
        let conditions = rules.flatMap(\.conditions).map { condition in
            switch condition {
            case .days(let above, _): above
            case .aheadAbove(let bound), .aheadReaching(let bound): bound
            }
        }
        return Set(conditions + [base]).sorted()
    }
}

extension WarningEngine {
    /// The spell to which the warning in force belongs, as it was at the last decision; nil for one that was only ordered.
    package var spellInForce: Spell? { state.inForce?.spell }
}
