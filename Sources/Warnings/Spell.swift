package import AQICore

/// A run of heavy hours that belong together.
///
/// Two heavy hours belong to different spells when at least 37 known hours at or below the base, and no heavy one, lie
/// between them: what a lift needs. Unknown hours neither count nor separate.
///
/// Source: Plan 四(二): spells whose gap does not meet the lift condition are one.
package struct Spell: Equatable, Codable, Sendable {
    /// The first heavy hour.
    package var first: Hour
    /// The last known heavy hour.
    package var last: Hour

    /// When its first 24 h window begins: the label of its first heavy hour less 23 h, and that hour's start.
    package var starts: Hour { first - 23 }
}

/// `A` of consecutive hours: what was observed, and behind it what the forecast makes of the hours to come.
struct IndexSeries {
    /// Observed hours, from `first` on.
    let observed: [KnownIndex]
    /// Forecast hours, from the hour after the last observed one on.
    let forecast: [KnownIndex]
    let first: Hour

    /// The hour now, the last observed one.
    var now: Hour { first + Int32(observed.count - 1) }
    /// The last hour of which anything is known.
    var last: Hour { now + Int32(forecast.count) }

    subscript(hour: Hour) -> KnownIndex {
        let place = Int(hour - first)
        if place < 0 { return .unknown }
        if place < observed.count { return observed[place] }
        let ahead = place - observed.count
        return ahead < forecast.count ? forecast[ahead] : .unknown
    }

    /// The spells from an hour on, oldest first.
    func spells(from start: Hour, _ plan: WarningPlan) -> [Spell] {
        var spells: [Spell] = []
        var cleanHours: Int32 = 0
        var hour = max(start, first)
        while hour <= last {
            let index = self[hour]
            if index.isAbove(plan.base) {
                if let current = spells.last, cleanHours <= plan.liftHours {
                    spells[spells.count - 1] = Spell(first: current.first, last: hour)
                } else {
                    spells.append(Spell(first: hour, last: hour))
                }
                cleanHours = 0
            } else if index.index != nil {
                cleanHours += 1
            }
            hour = hour + 1
        }
        return spells
    }

    /// How many 24 h windows (Plan 四: any continuous 24 hours) above a bound that do not overlap a spell holds; with `unknownCounts`, unknown hours before now
    /// count as above every bound.
    func days(above bound: Int32, in spell: Spell, unknownCounts: Bool = false) -> Int {
        var days = 0
        var hour = spell.first
        while hour <= spell.last {
            let index = self[hour]
            if index.isAbove(bound) || (unknownCounts && index.index == nil && hour < now) {
                days += 1
                hour = hour + 24
            } else {
                hour = hour + 1
            }
        }
        return days
    }

    /// The largest index of a spell's heavy hours from now on, or nil where none is left.
    func largestAhead(in spell: Spell, base: Int32) -> Int32? {
        var largest: Int32?
        var hour = max(now, spell.first)
        while hour <= spell.last {
            if let index = self[hour].index, index > base { largest = max(largest ?? index, index) }
            hour = hour + 1
        }
        return largest
    }

    /// The primary pollutants of the largest index of a spell.
    func primary(of spell: Spell) -> IndicatorSet {
        var largest = KnownIndex.unknown
        var hour = spell.first
        while hour <= spell.last {
            let index = self[hour]
            if let value = index.index, value > largest.index ?? -1 { largest = index }
            hour = hour + 1
        }
        return largest.primary
    }

    /// The highest level that a spell meets, or nil.
    ///
    /// Source: Plan 四(一), as the plan's data have it; that red ages is ours.
    func level(of spell: Spell, plan: WarningPlan, unknownCounts: Bool = false) -> WarningLevel? {
        let ahead = largestAhead(in: spell, base: plan.base)
        func holds(_ condition: WarningPlan.Condition) -> Bool {
            switch condition {
            case .days(let bound, let count):
                days(above: bound, in: spell, unknownCounts: unknownCounts) >= count
            case .aheadAbove(let bound): ahead.map { $0 > bound } ?? false
            case .aheadReaching(let bound): ahead.map { $0 >= bound } ?? false
            }
        }
        return plan.rules.first { $0.conditions.allSatisfy(holds) }?.level
    }

    /// Whether a spell counts now: it is not over, and its first window begins soon (Plan 四(二): 72 h ahead).
    func isActive(_ spell: Spell, _ plan: WarningPlan) -> Bool {
        spell.last >= now && spell.first <= now + plan.issueAhead.value + 23
    }
}
