import AQICore

/// The hours that were measured, and what the plan's measure makes of each: `A` and `H` of "What each hour decides".
///
/// Bounded: two months, and further back as far as the spell and the warning that still go on, but never beyond a year.
struct ObservedHours: Sendable {
    /// Where a spell of heavy hours stands.
    private struct SpellEdge {
        /// The first heavy hour of the newest spell.
        var first: Hour?
        var cleanHours: Int32 = 0

        mutating func take(_ index: KnownIndex, at hour: Hour, plan: WarningPlan) {
            if index.isAbove(plan.base) {
                if first == nil || cleanHours > plan.liftHours { first = hour }
                cleanHours = 0
            } else if index.index != nil {
                cleanHours += 1
            }
        }
    }

    /// Kept whatever happens: longer than any window, and than what a lift looks back.
    static let memory: Int32 = 60 * 24
    /// Not exceeded whatever goes on.
    static let longestMemory: Int32 = 366 * 24

    private let plan: WarningPlan
    private(set) var first: Hour?
    /// `A` and `H`, from `first` on.
    private(set) var index24: [KnownIndex] = []
    private(set) var indexHour: [KnownIndex] = []
    private var rows: [HourRow] = []
    private var windows = StationWindows()
    private var edge = SpellEdge()
    /// The edge before `first`.
    private var oldEdge = SpellEdge()
    /// Whether hours before `first` have been forgotten.
    private var isTrimmed = false
    /// Hours whose particulates do not count (Plan 一(三)).
    private(set) var dust = HourRanges()

    init(plan: WarningPlan) {
        self.plan = plan
    }

    var last: Hour? { first.map { $0 + Int32(rows.count - 1) } }
    /// The first heavy hour of the newest spell that has begun.
    var newestSpellFirst: Hour? { edge.first }

    /// Where looking for spells must start: the first heavy hour of the newest one that has begun, or nil where it is over.
    var spellsBegin: Hour? { edge.cleanHours > plan.liftHours ? nil : edge.first }

    // MARK: - New hours

    /// Takes an hour in; those between the last one and this one are missing. `needed` is the oldest hour that is still asked
    /// for. Returns whether the hour is new; one that is not changes nothing.
    mutating func append(_ row: HourRow, at hour: Hour, needed: Hour?) -> Bool {
        if let last {
            guard hour > last else { return false }
            fill(from: last + 1, before: hour)
        } else {
            first = hour
        }
        rows.append(row)
        // The hours come in order by construction.
        try? windows.advance(to: hour, withoutDust(row, at: hour))
        keep(judge(windows, at: hour), at: hour)
        trim(needed: needed, now: hour)
        return true
    }

    /// Missing hours. After a day of them every window is empty: nothing is known, and nothing needs to be worked out.
    private mutating func fill(from start: Hour, before end: Hour) {
        if end - start > ObservedHours.longestMemory {
            let kept = end - ObservedHours.longestMemory
            self = ObservedHours(plan: plan, emptyFrom: kept, after: self)
            return fill(from: kept, before: end)
        }
        var hour = start
        while hour < end {
            rows.append(HourRow())
            if hour - start < 24 {
                try? windows.advance(to: hour, HourRow())
                keep(judge(windows, at: hour), at: hour)
            } else {
                index24.append(.unknown)
                indexHour.append(.unknown)
            }
            hour = hour + 1
        }
    }

    /// After a gap that is longer than the memory: no hour, but the edge of the spell, which unknown hours do not end.
    private init(plan: WarningPlan, emptyFrom hour: Hour, after old: ObservedHours) {
        self.plan = plan
        first = hour
        edge = old.edge
        oldEdge = old.edge
        isTrimmed = true
        dust = old.dust
    }

    private mutating func keep(_ index: (day: KnownIndex, hour: KnownIndex), at hour: Hour) {
        index24.append(index.day)
        indexHour.append(index.hour)
        edge.take(index.day, at: hour, plan: plan)
    }

    private func judge(_ windows: StationWindows, at hour: Hour) -> (day: KnownIndex, hour: KnownIndex) {
        (index24(windows, at: hour), index(windows.report(.realtime, edition: edition(hour), options: options)))
    }

    /// The measure of the plan: the index of the 24 hours up to `hour`, ozone left out.
    private func index24(_ windows: StationWindows, at hour: Hour) -> KnownIndex {
        index(windows.report(.running24, edition: edition(hour), options: options))
    }

    private func index(_ report: IndexReport) -> KnownIndex { KnownIndex(report, base: plan.base) }
    private func edition(_ hour: Hour) -> Edition { Edition(forPeriodEndingAt: hour.endingLabel) }
    private var options: ReportOptions { ReportOptions(includesOzone: false) }

    private mutating func trim(needed: Hour?, now: Hour) {
        guard let first else { return }
        let wanted = min(now - ObservedHours.memory, needed ?? now, spellsBegin ?? now)
        let oldest = max(wanted, now - ObservedHours.longestMemory)
        // Seldom, so that moving the rest costs nothing.
        guard oldest - first >= ObservedHours.memory else { return }
        let count = Int(oldest - first)
        for place in 0..<count { oldEdge.take(index24[place], at: first + Int32(place), plan: plan) }
        rows.removeFirst(count)
        index24.removeFirst(count)
        indexHour.removeFirst(count)
        self.first = oldest
        isTrimmed = true
        dust.forget(before: oldest)
    }

    // MARK: - Hours put right

    /// Puts an hour right that was taken in before.
    mutating func revise(_ row: HourRow, at hour: Hour) {
        guard let first, let last, hour >= first, hour <= last, rows[Int(hour - first)] != row else { return }
        rows[Int(hour - first)] = row
        judgeAgain(hour...hour)
    }

    /// Marks hours as dust, or takes the mark off.
    mutating func setDust(_ hours: ClosedRange<Hour>, _ isDust: Bool) {
        let before = dust
        if isDust { dust.insert(hours) } else { dust.remove(hours) }
        if dust != before { judgeAgain(hours) }
    }

    func withoutDust(_ row: HourRow, at hour: Hour) -> HourRow {
        guard dust.contains(hour) else { return row }
        var row = row
        row[.pm25] = .missing(.removed)
        row[.pm10] = .missing(.removed)
        return row
    }

    /// Judges all hours again whose windows hold one of these. Where the hours before are forgotten, what was judged stays.
    private mutating func judgeAgain(_ changed: ClosedRange<Hour>) {
        guard let first, let last, changed.lowerBound <= last else { return }
        let start = max(changed.lowerBound, isTrimmed ? first + 23 : first)
        let end = min(changed.upperBound + 23, last)
        guard start <= end else { return }
        var windows = windows(before: start)
        var hour = start
        while hour <= end {
            try? windows.advance(to: hour, withoutDust(rows[Int(hour - first)], at: hour))
            let index = judge(windows, at: hour)
            index24[Int(hour - first)] = index.day
            indexHour[Int(hour - first)] = index.hour
            hour = hour + 1
        }
        edge = oldEdge
        for (place, index) in index24.enumerated() { edge.take(index, at: first + Int32(place), plan: plan) }
        self.windows = self.windows(before: last + 1)
    }

    /// The windows as they stood before an hour.
    private func windows(before end: Hour) -> StationWindows {
        var windows = StationWindows()
        guard let first else { return windows }
        var hour = max(first, end - StationWindows.memory)
        while hour < end {
            try? windows.advance(to: hour, withoutDust(rows[Int(hour - first)], at: hour))
            hour = hour + 1
        }
        return windows
    }

    // MARK: - Ahead

    /// `A` of the `count` hours after the last one, as a forecast has them behind what was measured.
    func ahead(_ forecast: Forecast, _ count: Int32) -> [KnownIndex] {
        guard let last else { return [] }
        return indices(of: forecast, from: last + 1, count, after: windows)
    }

    /// `A` of all hours of a forecast, as if nothing had been measured before: right from the 24th hour after the last one on.
    func alone(_ forecast: Forecast) -> [KnownIndex] {
        indices(of: forecast, from: forecast.first, Int32(forecast.rows.count), after: StationWindows())
    }

    private func indices(
        of forecast: Forecast, from first: Hour, _ count: Int32, after windows: StationWindows
    ) -> [KnownIndex] {
        var windows = windows
        var indices: [KnownIndex] = []
        indices.reserveCapacity(Int(max(0, count)))
        var hour = first
        while hour < first + count {
            try? windows.advance(to: hour, withoutDust(forecast[hour], at: hour))
            indices.append(index24(windows, at: hour))
            hour = hour + 1
        }
        return indices
    }
}
