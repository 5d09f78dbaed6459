/// "What each hour decides", from the text of the contract, in its order and with its names. Slow on purpose: every hour looks
/// at the whole history again. Hours are integers, concentrations thousandths, levels 1...3.
struct SlowWarnings {
    typealias Level = SlowSeries.Level

    struct Event: Equatable {
        var kind: String
        var level: Level
        var number: Int
        /// Empty where the contract does not pin it.
        var basis: String
        /// First and last heavy hour of the spell that wants the level; nil for orders, and where nothing is pinned.
        var spell: ClosedRange<Int>?
        /// Nil where nothing is pinned.
        var primary: [String]?
        var signedBy: String
    }

    private let base: Int
    private let first: Int
    // 1. What is known.
    private var rows: [Int: [Int?]] = [:]
    var dust: Set<Int> = [] {
        didSet { (past.subIndices, past.index, pastHour) = ([], [], []) }
    }
    var forecast: (first: Int, rows: [[Int?]])?
    /// By day: hours since the epoch of UTC+8, divided by 24. What is not known any more is not there.
    var daily: [Int: Int] = [:]
    var orders: [String: Level] = [:]
    var consents: [String: Level] = [:]
    // What is in force.
    private var inForce: (level: Level, arrival: Int)?
    private var issues = 0

    /// `A` of the hours up to now alone, and their `H`: they change only with dust.
    private var past: SlowSeries
    private var pastHour: [Int?] = []
    /// `A` of what is known, the forecast included.
    private var series: SlowSeries
    private var now: Int { series.now }
    private var last: Int { series.last }

    init(_ plan: SlowSeries.Plan, first: Int) {
        base = plan.base
        self.first = first
        past = SlowSeries(plan: plan, first: first)
        series = past
    }

    // MARK: - 2. A and H

    private func observed(_ hour: Int) -> [Int?]? { withoutDust(rows[hour], hour) }

    private func joint(_ hour: Int) -> [Int?]? {
        if hour <= now { return observed(hour) }
        guard let forecast, forecast.rows.indices.contains(hour - forecast.first) else { return nil }
        return withoutDust(forecast.rows[hour - forecast.first], hour)
    }

    private func withoutDust(_ values: [Int?]?, _ hour: Int) -> [Int?]? {
        guard let values, dust.contains(hour) else { return values }
        return [nil, nil] + values[2...]
    }

    private func h(_ hour: Int) -> Int? { hour >= first && hour <= now ? pastHour[hour - first] : nil }

    private mutating func judge(_ hour: Int) {
        if past.last < hour {
            let range = (past.last + 1)...hour
            for (hour, day) in zip(range, SlowAir.running24(range, observed)) {
                past.append(day)
                let real = SlowAir.realtime(hour, observed(hour), running24: day)
                pastHour.append(SlowAir.index(real, base: base))
            }
        }
        past.now = hour
        series = past
        let lastForecast = forecast.map { $0.first + $0.rows.count - 1 } ?? hour
        if lastForecast > hour {
            for ahead in SlowAir.running24((hour + 1)...lastForecast, joint) { series.append(ahead) }
        }
        // Labels 01:00 ... 24:00 of a day are the hours that begin at 00:00 ... 23:00 UTC+8.
        let lastDaily = daily.keys.max().map { $0 * 24 - 8 + 23 } ?? hour
        while last < lastDaily {
            series.subIndices.append([])
            series.index.append(nil)
        }
        for (day, value) in daily {
            var ahead = max(hour + 1, day * 24 - 8)
            while ahead <= day * 24 - 8 + 23 {
                series.subIndices[ahead - first] = []
                series.index[ahead - first] = value
                ahead += 1
            }
        }
    }

    // MARK: - 5. and 8. What is wanted

    private typealias Want = (level: Level, spell: ClosedRange<Int>?)

    /// An order is a floor under all three.
    private var floor: Level {
        orders.map { authority, level in min(level, consents[authority] ?? level) }.max() ?? 0
    }

    private func want(_ spells: [ClosedRange<Int>], cautious: Bool = false) -> Want {
        var want: Want = (0, nil)
        for spell in spells {
            let level = series.level(spell, cautious: cautious)
            if level > want.level { want = (level, spell) }
        }
        return floor > want.level ? (floor, nil) : want
    }

    // MARK: - 7. The action of the hour

    mutating func step(_ values: [Int?]?, at hour: Int) -> Event? {
        rows[hour] = values
        judge(hour)
        let active = series.activeSpells()
        let begun = active.filter { $0.lowerBound <= now }
        let wanted = want(active)
        guard let (level, arrival) = inForce else {
            if wanted.level > 0 {
                issues += 1
                inForce = (wanted.level, max(now, wanted.spell?.lowerBound ?? now))
                return event("issued", wanted)
            }
            // 6. Emergency.
            guard let real = h(now), real > 300, let ahead = series.a(now + 24), ahead > 200 else { return nil }
            issues += 1
            inForce = (1, now)
            return Event(kind: "issued", level: 1, number: issues, basis: "observed", signedBy: "deputyCommander")
        }
        if let basis = mayLift(wanted, arrival: arrival) {
            inForce = nil
            return Event(kind: "lifted", level: level, number: issues, basis: basis, signedBy: signer(level))
        }
        let wantedNow = want(begun.isEmpty ? active : begun)
        if wantedNow.level > level {
            inForce?.level = wantedNow.level
            return event("upgraded", wantedNow)
        }
        let cautious = want(active, cautious: true)
        if cautious.level >= 1, cautious.level < level, last >= now + 36, series.areKnown(now...now + 36) {
            inForce?.level = cautious.level
            var event = event("downgraded", cautious)
            // Where only an order asks for the lower level the contract names both "order" and "forecast".
            event.basis = cautious.spell == nil ? "" : "forecast"
            event.signedBy = signer(level)
            return event
        }
        return nil
    }

    /// What the lift is based on, or nil where nothing may be lifted.
    private func mayLift(_ wanted: Want, arrival: Int) -> String? {
        // 8. While an order stands nothing falls below it.
        guard floor == 0 else { return nil }
        let hasCome = arrival <= now && (arrival...now).contains(where: series.isHeavy)
        guard wanted.level == 0 || hasCome, h(now).map({ $0 <= base }) ?? false else { return nil }
        if last >= now + 36, series.areKnown(now + 1...now + 36) {
            return (now...now + 36).allSatisfy(series.isClean) ? "forecast" : nil
        }
        guard series.a(now) != nil else { return nil }
        let newest = (now - 119...now).filter { series.a($0) != nil }.suffix(37)
        guard newest.count == 37, newest.allSatisfy(series.isClean), let earliest = newest.first else { return nil }
        if (earliest...now).contains(where: { h($0).map { $0 > 300 } ?? false }) { return nil }
        if now < last, (now + 1...last).contains(where: series.isHeavy) { return nil }
        return "observed"
    }

    private func signer(_ level: Level) -> String { level == 3 ? "commander" : "deputyCommander" }

    private func event(_ kind: String, _ want: Want) -> Event {
        guard let spell = want.spell else {
            return Event(
                kind: kind, level: want.level, number: issues, basis: "order", primary: [], signedBy: signer(want.level)
            )
        }
        let alone = past.activeSpells().map { past.level($0) }.max() ?? 0
        return Event(
            kind: kind, level: want.level, number: issues, basis: alone >= want.level ? "observed" : "forecast",
            spell: spell, primary: series.primary(spell), signedBy: signer(want.level))
    }
}
