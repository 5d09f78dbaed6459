import AQICore

/// What the hours known at one moment ask for.
struct Judgement {
    /// A level, and the spell that wants it; nil where only an order does.
    struct Want {
        var level: WarningLevel
        var spell: Spell?
    }

    /// The spells that count now, oldest first.
    let active: [Spell]
    /// The highest level that an active spell meets, or an order.
    let wanted: Want?
    /// The same over the active spells that have begun, or over all of them where none has.
    let wantedNow: Want?
    /// As `wanted`, with unknown hours of the past counted as above every bound.
    let cautious: Want?

    init(_ series: IndexSeries, plan: WarningPlan, state: WarningEngine.State, from start: Hour?) {
        let active = series.spells(from: start ?? series.now, plan).filter { series.isActive($0, plan) }
        let begun = active.filter { $0.first <= series.now }
        let floor = Judgement.floor(state)

        func highest(_ spells: [Spell], unknownCounts: Bool = false) -> Want? {
            var best: Want?
            for spell in spells {
                guard let level = series.level(of: spell, plan: plan, unknownCounts: unknownCounts),
                    best.map({ level > $0.level }) ?? true
                else { continue }
                best = Want(level: level, spell: spell)
            }
            if let floor, best.map({ floor > $0.level }) ?? true {
                best = Want(level: floor, spell: nil)
            }
            return best
        }
        self.active = active
        wanted = highest(active)
        wantedNow = highest(begun.isEmpty ? active : begun)
        cautious = highest(active, unknownCounts: true)
    }

    /// The highest level that an order stands for.
    ///
    /// Source: Plan 四(二): an order is carried out at once; 六: the received level unless its authority consents to less.
    static func floor(_ state: WarningEngine.State) -> WarningLevel? {
        state.orders.map { authority, level in
            state.consents[authority].map { min($0, level) } ?? level
        }.max()
    }
}

extension WarningEngine {
    /// The action of the hour, at most one: issue, lift, upgrade, downgrade, in this order.
    ///
    /// Source: Plan 四(二) issue, 四(三) upgrade "as early as possible", downgrade and lift; the order, and one an hour, are ours.
    func decide(_ judgement: Judgement, _ series: IndexSeries) -> WarningEvent? {
        let now = series.now
        guard let inForce = state.inForce else {
            if let want = judgement.wanted { return event(.issued, want, series) }
            return emergency(judgement, series)
        }
        if let basis = liftBasis(inForce, judgement, series) {
            var event = event(.lifted, Judgement.Want(level: inForce.level, spell: inForce.spell), series)
            event.basis = basis
            // It may have come earlier than was foreseen, and later: what was observed tells.
            let foreseen = inForce.spell?.first ?? inForce.arrival
            if let own = series.spells(from: min(foreseen, observed.newestSpellFirst ?? foreseen), plan)
                .last(where: { $0.first <= now && $0.last >= inForce.issued })
            {
                event.spell = own
                event.primary = series.primary(of: own)
            } else {
                event.primary = inForce.primary
            }
            return event
        }
        if let want = judgement.wantedNow, want.level > inForce.level {
            return event(.upgraded, want, series)
        }
        if let want = judgement.cautious, want.level < inForce.level, reachesLift(series),
            allKnown(series, through: now + plan.liftHours)
        {
            var event = event(.downgraded, want, series)
            event.basis = want.spell == nil ? .order : .forecast
            event.signedBy = inForce.level.signer
            return event
        }
        return nil
    }

    /// Severe pollution without notice (Plan 四(二), the observed route): the hour is above 300 and no clear improvement is
    /// foreseen for the next 24 h.
    private func emergency(_ judgement: Judgement, _ series: IndexSeries) -> WarningEvent? {
        guard let rule = plan.emergency, latestIndexHour.isAbove(rule.hourAbove),
            series[series.now + 24].isAbove(rule.aheadAbove)
        else { return nil }
        var event = event(
            .issued, Judgement.Want(level: rule.level, spell: judgement.active.first), series)
        event.basis = .observed
        event.isEmergency = true
        return event
    }

    /// Whether the warning in force may be lifted, and what says so (Plan 四(三)).
    private func liftBasis(
        _ inForce: InForce, _ judgement: Judgement, _ series: IndexSeries
    ) -> WarningEvent.Basis? {
        let now = series.now
        let base = plan.base
        guard Judgement.floor(state) == nil else { return nil }
        guard judgement.wanted == nil || hasArrived(inForce, series) else { return nil }
        guard latestIndexHour.isAtMost(base) else { return nil }
        let horizon = now + plan.liftHours
        if reachesLift(series), allKnown(series, from: now + 1, through: horizon) {
            var hour = now
            while hour <= horizon {
                guard series[hour].isAtMost(base) else { return nil }
                hour = hour + 1
            }
            return .forecast
        }
        return liftsByObservation(series) ? .observed : nil
    }

    /// Whether some hour since the warning's arrival was heavy: spells that are a lift apart are two, each with its own warning
    /// (Plan 四(二)).
    private func hasArrived(_ inForce: InForce, _ series: IndexSeries) -> Bool {
        var hour = inForce.arrival
        while hour <= series.now {
            if series[hour].isAbove(plan.base) { return true }
            hour = hour + 1
        }
        return false
    }

    /// Where the forecast does not reach far enough: 37 known hours at or below the base among the last 120, the newest of
    /// them without exception, no severe hour since the earliest of them, and nothing heavy ahead. A rule of ours; live, an
    /// operator confirms it.
    private func liftsByObservation(_ series: IndexSeries) -> Bool {
        let now = series.now
        guard series[now].index != nil else { return false }
        var found: Int32 = 0
        var hour = now
        while found <= plan.liftHours {
            guard now - hour <= 119 else { return false }
            if series[hour].index != nil {
                guard series[hour].isAtMost(plan.base) else { return false }
                found += 1
            }
            if indexHour(at: hour, series).isAbove(300) { return false }
            hour = hour - 1
        }
        var ahead = now + 1
        while ahead <= series.last {
            if series[ahead].isAbove(plan.base) { return false }
            ahead = ahead + 1
        }
        return true
    }

    private func indexHour(at hour: Hour, _ series: IndexSeries) -> KnownIndex {
        let place = Int(hour - series.first)
        return observed.indexHour.indices.contains(place) ? observed.indexHour[place] : .unknown
    }

    private func reachesLift(_ series: IndexSeries) -> Bool {
        series.last >= series.now + plan.liftHours
    }

    private func allKnown(_ series: IndexSeries, from start: Hour? = nil, through end: Hour) -> Bool {
        var hour = start ?? series.now
        while hour <= end {
            if series[hour].index == nil { return false }
            hour = hour + 1
        }
        return true
    }

    private func event(
        _ kind: WarningEvent.Kind, _ want: Judgement.Want, _ series: IndexSeries
    ) -> WarningEvent {
        var evidence = WarningEvent.Evidence(
            index24: latestIndex24.index, indexHour: latestIndexHour.index,
            forecastHours: series.last - series.now)
        if let spell = want.spell {
            evidence.largestAhead = series.largestAhead(in: spell, base: plan.base)
            for bound: Int32 in [150, 200, 300] where bound >= plan.base {
                evidence.days[bound] = series.days(above: bound, in: spell)
            }
        }
        return WarningEvent(
            hour: series.now, kind: kind, level: want.level, basis: basis(of: want, series),
            number: kind == .issued ? state.number + 1 : state.number, spell: want.spell,
            primary: want.spell.map(series.primary) ?? IndicatorSet(), signedBy: want.level.signer,
            evidence: evidence)
    }

    private func basis(of want: Judgement.Want, _ series: IndexSeries) -> WarningEvent.Basis {
        guard want.spell != nil else { return .order }
        let known = IndexSeries(observed: series.observed, forecast: [], first: series.first)
        let alone = known.spells(from: observed.spellsBegin ?? series.now, plan)
            .filter { known.isActive($0, plan) }.compactMap { known.level(of: $0, plan: plan) }.max()
        return alone.map { $0 >= want.level } ?? false ? .observed : .forecast
    }

    /// Makes a decision take effect.
    mutating func apply(_ event: WarningEvent) {
        lastAction = event.hour
        switch event.kind {
        case .issued:
            state.number = event.number
            let heavy = event.isEmergency ? nil : event.spell?.first
            state.inForce = InForce(
                level: event.level, issued: event.hour, since: event.hour,
                arrival: max(event.hour, heavy ?? event.hour),
                spell: event.spell, primary: event.primary, emergency: event.isEmergency ? event.hour : nil)
        case .upgraded, .downgraded:
            state.inForce?.level = event.level
            state.inForce?.since = event.hour
            if let spell = event.spell {
                state.inForce?.spell = spell
                state.inForce?.primary = event.primary
            }
        case .lifted:
            state.inForce = nil
        case .proposed:
            break
        }
    }
}
