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
        /// The hour of its emergency issue; nil for one that was foreseen, and in states of earlier versions.
        package var emergency: Hour?
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

    /// What was measured.
    private(set) var observed: ObservedHours
    private var forecast: Forecast?
    /// `A` of the hours of the forecast that lie a day and more ahead: they depend on nothing that is measured.
    private var forecastAlone: [KnownIndex]?
    private var daily: [NaturalDay: Int32?] = [:]
    /// What the last hour asks for and nobody has signed; only without automatic signatures.
    package private(set) var proposal: WarningEvent?
    /// The hour of the last action: at most one an hour.
    var lastAction: Hour?
    /// The level that the last hour wanted, in force or not.
    package private(set) var latestWanted: WarningLevel?

    package init(plan: WarningPlan, signing: Signing = .automatic) {
        self.plan = plan
        self.signing = signing
        observed = ObservedHours(plan: plan)
    }

    /// Takes up what an earlier run left.
    package mutating func restore(_ state: State) {
        self.state = state
        lastAction = state.inForce?.since
    }

    // MARK: - What becomes known

    /// A newer forecast replaces all earlier ones of hourly concentrations.
    package mutating func take(_ forecast: Forecast) {
        self.forecast = forecast
        forecastAlone = nil
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

    /// Forgets all forecasts.
    package mutating func forgetForecasts() {
        forecast = nil
        forecastAlone = nil
        daily = [:]
    }

    /// Marks hours as dust, both ends included, also past ones: their particulates do not count (Plan 一(三)). Or takes the
    /// mark off.
    package mutating func setDust(_ hours: ClosedRange<Hour>, _ isDust: Bool = true) {
        observed.setDust(hours, isDust)
        forecastAlone = nil
    }

    /// The hours that count as dust.
    package var dust: HourRanges { observed.dust }

    // MARK: - Stepping

    /// Takes in the city's concentrations of one hour without deciding anything: history before a restart.
    ///
    /// - Returns: Whether the hour is new; one that is not changes nothing.
    @discardableResult
    package mutating func observe(_ row: HourRow, at hour: Hour) -> Bool {
        let warning = state.inForce.map { min($0.arrival, $0.spell?.first ?? $0.arrival) }
        guard observed.append(row, at: hour, needed: warning) else { return false }
        if !daily.isEmpty { daily = daily.filter { $0.key.lastHour > hour } }
        return true
    }

    /// Puts an hour right that was taken in before, because data came late; decides nothing, and what was decided stays.
    package mutating func revise(_ row: HourRow, at hour: Hour) { observed.revise(row, at: hour) }

    /// Takes in the city's concentrations of one hour and decides; an hour that is not new decides nothing.
    ///
    /// - Returns: The events of the hour, at most one.
    package mutating func step(_ row: HourRow, at hour: Hour) -> [WarningEvent] {
        guard observe(row, at: hour) else { return [] }
        return reconsider()
    }

    /// Decides the last hour again, because something became known that does not wait for the next: an order. An hour in which
    /// something was done already stays as it is.
    package mutating func reconsider() -> [WarningEvent] {
        guard let series = series(), lastAction.map({ $0 < series.now }) ?? true else { return [] }
        let judgement = Judgement(series, plan: plan, state: state, from: observed.spellsBegin)
        latestWanted = judgement.wanted?.level
        guard let event = decide(judgement, series) else {
            proposal = nil
            return []
        }
        switch signing {
        case .automatic:
            apply(event)
            return [event]
        case .none:
            let earlier = proposal
            proposal = event.asProposal
            return earlier?.proposes(event) ?? false ? [] : [event.asProposal]
        }
    }

    // MARK: - What people sign

    /// Takes up a proposal of an earlier run, so that it is not told again.
    mutating func resume(_ proposal: WarningEvent) { self.proposal = proposal }

    /// Makes a proposal take effect, with the last signature.
    mutating func enact(_ proposal: WarningEvent, signedBy role: Role) -> WarningEvent {
        var event = proposal
        event.kind = proposal.proposal ?? proposal.kind
        event.proposal = nil
        event.hour = now ?? proposal.hour
        event.signedBy = role
        apply(event)
        self.proposal = nil
        return event
    }

    /// What lifts the warning in force because a person wants it; nil where there is none.
    func liftByHand() -> WarningEvent? {
        guard let inForce = state.inForce, let now else { return nil }
        let event = WarningEvent(
            hour: now, kind: .lifted, level: inForce.level, basis: .operator, number: state.number,
            spell: inForce.spell,
            primary: inForce.primary, signedBy: inForce.level.signer,
            evidence: .init(index24: latestIndex24.index, indexHour: latestIndexHour.index))
        return event.asProposal
    }

    /// A fingerprint (FNV-1a) of `A` in the last ten days, by which the next run sees whether it has the same air before it.
    package var recentAir: UInt32 {
        observed.index24.suffix(240).reduce(0x811C_9DC5) { ($0 ^ UInt32(bitPattern: $1.index ?? -1)) &* 0x0100_0193 }
    }

    /// The hour decided last.
    package var now: Hour? { observed.last }
    /// `A` of the last observed hour.
    package var latestIndex24: KnownIndex { observed.index24.last ?? .unknown }
    /// `H` of the last observed hour.
    package var latestIndexHour: KnownIndex { observed.indexHour.last ?? .unknown }

    /// Whether the pollution that the warning in force is for has come: an hour above the base since its spell began, or since its
    /// issue where it was only ordered; an emergency is issued because it has. It stays so while the air goes up and down; false
    /// without a warning.
    package var hasPollutionCome: Bool {
        guard let inForce = state.inForce, let first = observed.first else { return false }
        if inForce.emergency != nil { return true }
        let since = min(inForce.spell?.first ?? inForce.issued, inForce.issued)
        return observed.index24.dropFirst(max(0, Int(since - first))).contains { $0.isAbove(plan.base) }
    }

    // MARK: - The series

    /// What is known now: observed hours, and those after them as the forecast has them.
    mutating func series() -> IndexSeries? {
        guard let first = observed.first, let now = observed.last else { return nil }
        var ahead = forecastAhead(now)
        if !daily.isEmpty { overlayDays(&ahead, now) }
        return IndexSeries(observed: observed.index24, forecast: ahead, first: first)
    }

    /// `A` of the hours to come by the forecast of concentrations.
    private mutating func forecastAhead(_ now: Hour) -> [KnownIndex] {
        guard let forecast, forecast.last > now else { return [] }
        // A window that begins after now holds nothing that was measured.
        var ahead = observed.ahead(forecast, min(23, forecast.last - now))
        let alone = forecastAlone ?? observed.alone(forecast)
        forecastAlone = alone
        var hour = now + 24
        ahead.reserveCapacity(Int(forecast.last - now))
        while hour <= forecast.last {
            ahead.append(hour < forecast.first ? .unknown : alone[Int(hour - forecast.first)])
            hour = hour + 1
        }
        return ahead
    }

    /// The index of a day is that of each of its hours.
    private func overlayDays(_ ahead: inout [KnownIndex], _ now: Hour) {
        guard let lastDay = daily.filter({ $0.value != nil }).keys.max() else { return }
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
}
