package import AQICore

/// The warning engine: a pure state machine that is stepped by the hour.
///
/// Everything it knows comes in through its calls, time included; what it decides goes out as ``WarningEvent``. The same
/// calls give the same events. The rules are those of `docs/warnings.md`, "What each hour decides".
package struct WarningEngine: Sendable {
    /// Who may order a level.
    package typealias Authority = String

    /// The warning in force.
    package struct InForce: Equatable, Codable, Sendable {
        package var level: WarningLevel
        /// The hour of its issue.
        var issued: Hour
        /// The hour from which this level holds.
        package var since: Hour
        /// The later of the hour of issue and the first heavy hour as it was known then.
        var arrival: Hour
        /// The spell it belongs to, as known last; nil for one that was only ordered.
        var spell: Spell?
        var primary: IndicatorSet
    }

    /// What must survive a restart, beside the hours themselves.
    package struct State: Equatable, Codable, Sendable {
        package var inForce: InForce?
        /// Warnings issued so far.
        package var number = 0
        /// Levels ordered, by authority.
        package var orders: [Authority: WarningLevel] = [:]
        /// Levels to which an authority lets its order be lowered.
        package var consents: [Authority: WarningLevel] = [:]

        package init() {}
    }

    /// Whether decisions take effect at once, or are only proposed.
    package enum Signing: Sendable {
        case automatic
        case none
    }

    package let plan: WarningPlan
    package var signing: Signing
    package internal(set) var state = State()

    /// `A` and `H` of the observed hours, from `first` on.
    private(set) var index24: [KnownIndex] = []
    private(set) var indexHour: [KnownIndex] = []
    private var rows: [HourRow] = []
    private var first: Hour?
    private var windows = StationWindows()
    /// The first heavy hour of the newest spell that has begun.
    private(set) var newestSpellFirst: Hour?

    private var forecast: Forecast?
    private var daily: [NaturalDay: Int32?] = [:]
    private var dust: [ClosedRange<Hour>] = []
    private var lastProposal: WarningEvent?
    /// The level that the last hour wanted, in force or not.
    package private(set) var latestWanted: WarningLevel?

    package init(plan: WarningPlan, signing: Signing = .automatic) {
        self.plan = plan
        self.signing = signing
    }

    /// Takes up what an earlier run left.
    package mutating func restore(_ state: State) {
        self.state = state
    }

    // MARK: - What becomes known

    /// A newer forecast replaces all earlier ones of hourly concentrations.
    package mutating func take(_ forecast: Forecast) {
        self.forecast = forecast
    }

    /// The newest value of each date holds.
    package mutating func take(_ forecast: DailyForecast) {
        daily[forecast.day] = .some(forecast.index)
    }

    /// A newer order of the same authority replaces the older; nil ends it.
    package mutating func order(_ level: WarningLevel?, from authority: Authority) {
        state.orders[authority] = level
        state.consents[authority] = nil
    }

    /// Lowers the floor of an authority's order; without an order it does nothing.
    package mutating func consent(to level: WarningLevel, from authority: Authority) {
        guard state.orders[authority] != nil else { return }
        state.consents[authority] = level
    }

    /// Marks hours as dust, both ends included, also past ones: their particulates do not count (Plan 一(三)).
    package mutating func setDust(_ hours: ClosedRange<Hour>) {
        dust.append(hours)
        guard let first, hours.lowerBound <= first + Int32(rows.count - 1) else { return }
        replayObservations(from: first, rows)
    }

    // MARK: - Stepping

    /// Takes in the city's concentrations of one hour without deciding anything: history before a restart.
    ///
    /// - Returns: Whether the hour is new; one that is not changes nothing.
    @discardableResult
    package mutating func observe(_ row: HourRow, at hour: Hour) -> Bool {
        if let first {
            let expected = first + Int32(rows.count)
            guard hour >= expected else { return false }
            for missing in 0..<(hour - expected) { append(HourRow(), at: expected + missing) }
        } else {
            first = hour
        }
        append(row, at: hour)
        return true
    }

    /// Puts an hour right that was taken in before, because data came late; decides nothing, and what was decided stays.
    package mutating func revise(_ row: HourRow, at hour: Hour) {
        guard let first, hour >= first, hour < first + Int32(rows.count), rows[Int(hour - first)] != row else { return }
        rows[Int(hour - first)] = row
        replayObservations(from: first, rows)
    }

    /// Takes in the city's concentrations of one hour and decides; an hour that is not new decides nothing.
    ///
    /// - Returns: The events of the hour, at most one.
    package mutating func step(_ row: HourRow, at hour: Hour) -> [WarningEvent] {
        guard observe(row, at: hour), let series = series() else { return [] }
        let judgement = Judgement(series, plan: plan, state: state, from: spellsBegin)
        latestWanted = judgement.wanted?.level
        guard let event = decide(judgement, series) else {
            lastProposal = nil
            return []
        }
        switch signing {
        case .automatic:
            apply(event)
            return [event]
        case .none:
            var proposal = event
            proposal.proposal = event.kind
            proposal.kind = .proposed
            proposal.signedBy = nil
            defer { lastProposal = proposal }
            if let lastProposal, lastProposal.proposal == proposal.proposal,
                lastProposal.level == proposal.level
            {
                return []
            }
            return [proposal]
        }
    }

    /// `A` of the last observed hour.
    package var latestIndex24: KnownIndex { index24.last ?? .unknown }
    /// `H` of the last observed hour.
    package var latestIndexHour: KnownIndex { indexHour.last ?? .unknown }

    /// Where looking for spells must start: the first heavy hour of the newest one that has begun, or nil where it is over.
    var spellsBegin: Hour? {
        cleanHoursSinceHeavy > WarningPlan.liftHours ? nil : newestSpellFirst
    }

    // MARK: - The series

    private mutating func append(_ row: HourRow, at hour: Hour) {
        rows.append(row)
        judge(row, at: hour)
    }

    private mutating func judge(_ row: HourRow, at hour: Hour) {
        // The hours come in order by construction.
        try? windows.advance(to: hour, withoutDust(row, at: hour))
        let edition = Edition(forPeriodEndingAt: hour.endingLabel)
        let options = ReportOptions(includesOzone: false)
        let index = KnownIndex(
            windows.report(.running24, edition: edition, options: options), base: plan.base)
        index24.append(index)
        indexHour.append(
            KnownIndex(
                windows.report(.realtime, edition: edition, options: options), base: plan.base))
        updateNewestSpell(index, at: hour)
    }

    private var cleanHoursSinceHeavy: Int32 = 0

    private mutating func updateNewestSpell(_ index: KnownIndex, at hour: Hour) {
        if index.isAbove(plan.base) {
            if newestSpellFirst == nil || cleanHoursSinceHeavy > WarningPlan.liftHours {
                newestSpellFirst = hour
            }
            cleanHoursSinceHeavy = 0
        } else if index.index != nil {
            cleanHoursSinceHeavy += 1
        }
    }

    private mutating func replayObservations(from first: Hour, _ rows: [HourRow]) {
        windows = StationWindows()
        index24.removeAll(keepingCapacity: true)
        indexHour.removeAll(keepingCapacity: true)
        newestSpellFirst = nil
        cleanHoursSinceHeavy = 0
        for (offset, row) in rows.enumerated() { judge(row, at: first + Int32(offset)) }
    }

    private func withoutDust(_ row: HourRow, at hour: Hour) -> HourRow {
        guard dust.contains(where: { $0.contains(hour) }) else { return row }
        var row = row
        row[.pm25] = .missing(.removed)
        row[.pm10] = .missing(.removed)
        return row
    }

    /// What is known now: observed hours, and those after them as the forecast has them.
    func series() -> IndexSeries? {
        guard let first else { return nil }
        let now = first + Int32(rows.count - 1)
        var ahead: [KnownIndex] = []
        if let forecast, forecast.last > now {
            var windows = windows
            var hour = now + 1
            ahead.reserveCapacity(Int(forecast.last - now))
            while hour <= forecast.last {
                try? windows.advance(to: hour, withoutDust(forecast[hour], at: hour))
                let report = windows.report(
                    .running24, edition: Edition(forPeriodEndingAt: hour.endingLabel),
                    options: ReportOptions(includesOzone: false))
                ahead.append(KnownIndex(report, base: plan.base))
                hour = hour + 1
            }
        }
        if let lastDay = daily.filter({ $0.value != nil }).keys.max(), lastDay.lastHour > now {
            var hour = now + 1
            while hour <= lastDay.lastHour {
                let place = Int(hour - now) - 1
                if place >= ahead.count { ahead.append(.unknown) }
                if let value = daily[hour.day] {
                    ahead[place] = KnownIndex(index: value, primary: IndicatorSet())
                }
                hour = hour + 1
            }
        }
        return IndexSeries(observed: index24, forecast: ahead, first: first)
    }
}
