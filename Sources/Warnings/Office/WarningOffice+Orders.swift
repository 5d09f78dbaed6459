package import AQICore

extension WarningOffice {
    // MARK: - Orders (Plan 四(二): issue that level at once)

    /// Takes in an order of the province or the ministry, nil for its end. What it asks for is proposed at once. Above a regional
    /// warning (区域预警) the city goes only with consent (Plan 六).
    package mutating func order(
        _ level: WarningLevel?, from authority: Authority, isRegional: Bool = false, by name: String, reason: String,
        at time: Instant
    ) throws(Refusal) -> Outcome {
        try person(name)
        try check(reason)
        if level == nil, engine.state.orders[authority.rawValue] == nil { throw .noOrder(from: authority.rawValue) }
        engine.order(level, from: authority.rawValue)
        state.regional[authority.rawValue] = isRegional && level != nil ? RegionalOrder() : nil
        // What is ordered is not advised any more.
        if level != nil { setAdvice(nil, from: authority, at: time) }
        return reconsider(
            LedgerLine(
                .order, at: time, by: name, reason: reason,
                [
                    "from": authority.rawValue, "level": level?.rawValue ?? "none",
                    "scope": isRegional ? "region" : "city",
                ]))
    }

    /// Takes in an advice of an authority (预警建议), nil for its end: those concerned consult within the hour, and more often, and then
    /// decide (Plan 四(二), 三). It asks for nothing by itself; what is decided to follow it is recorded as an order.
    package mutating func advise(
        _ level: WarningLevel?, from authority: Authority, by name: String, reason: String, at time: Instant
    ) throws(Refusal) -> Outcome {
        try person(name)
        try check(reason)
        if level == nil, state.advice[authority.rawValue] == nil { throw .noOrder(from: authority.rawValue) }
        setAdvice(level, from: authority, at: time)
        var outcome = Outcome()
        outcome.ledger = [
            LedgerLine(
                .advice, at: time, by: name, reason: reason,
                ["from": authority.rawValue, "level": level?.rawValue ?? "none"])
        ]
        return outcome
    }

    private mutating func setAdvice(_ level: WarningLevel?, from authority: Authority, at time: Instant) {
        guard level != state.advice[authority.rawValue] else { return }
        state.advice[authority.rawValue] = level
        if level != nil {
            state.consultations.advise(since: time)
        } else if state.advice.isEmpty {
            state.consultations.advise(since: nil)
        }
    }

    /// Takes in the consent of an authority to a lower level than it ordered, or to a higher one than its regional warning
    /// (Plan 六). The newest consent holds.
    package mutating func consent(
        to level: WarningLevel, from authority: Authority, by name: String, reason: String, at time: Instant
    ) throws(Refusal) -> Outcome {
        try person(name)
        try check(reason)
        guard let ordered = engine.state.orders[authority.rawValue] else { throw .noOrder(from: authority.rawValue) }
        if state.regional[authority.rawValue] != nil {
            state.regional[authority.rawValue]?.higher = level > ordered ? level : nil
        } else if level > ordered {
            throw .needsNoConsent(from: authority.rawValue)
        }
        engine.consent(to: level, from: authority.rawValue)
        return reconsider(
            LedgerLine(
                .consent, at: time, by: name, reason: reason, ["from": authority.rawValue, "level": level.rawValue]))
    }

    /// The authority whose consent is missing before a proposal may be issued: it goes above that one's regional warning.
    package func missingConsent(to draft: Draft) -> String? {
        switch draft.event.proposal {
        case .issued, .upgraded: state.missingConsent(to: draft.event.level, orders: engine.state.orders)
        default: nil
        }
    }

    private mutating func reconsider(_ entry: LedgerLine) -> Outcome {
        var outcome = Outcome()
        outcome.ledger = [entry]
        outcome.events = engine.reconsider()
        followProposal(at: entry.time, &outcome)
        return outcome
    }

    // MARK: - A lift by hand

    /// Proposes to lift the warning in force, against or before the rules; it is signed like any other.
    package mutating func lift(by name: String, reason: String, at time: Instant) throws(Refusal) -> Outcome {
        try person(name)
        try check(reason)
        guard let inForce = engine.state.inForce else { throw .nothingInForce }
        if let authority = engine.state.orders.keys.sorted().first { throw .orderStands(from: authority) }
        guard let event = engine.liftByHand() else { throw .noHours }
        var outcome = Outcome()
        void(at: time, &outcome)
        outcome.events = [event]
        draft(event, signer: inForce.level.signer, at: time, by: name, reason: reason, &outcome)
        return outcome
    }

    // MARK: - Dust (Plan 一(三))

    mutating func watchDust(_ row: HourRow, at hour: Hour, _ outcome: inout Outcome) {
        guard state.dustWatch.take(row, at: hour), !state.dust.contains(hour) else { return }
        // Told once a stretch.
        let isNew = !state.dustProposals.contains(hour - 1)
        state.dustProposals.insert(hour...hour)
        guard isNew else { return }
        outcome.ledger.append(
            LedgerLine(.dustProposed, at: hour.endingLabel, ["first": "\(hour.endingLabel.seconds)"]))
    }

    /// Says that hours are dust, or that they are not; a proposal of the same hours is thereby dealt with.
    package mutating func setDust(
        _ hours: ClosedRange<Hour>, _ isDust: Bool, by name: String, reason: String, at time: Instant
    ) throws(Refusal) -> Outcome {
        try person(name)
        try check(reason)
        let now = Hour(containing: time)
        // In this order: only hours that are near can be subtracted without overflow.
        guard hours.lowerBound >= now - ObservedHours.memory, hours.upperBound <= now + 10 * 24,
            hours.upperBound - hours.lowerBound < 31 * 24
        else { throw .badHours }
        if isDust { state.dust.insert(hours) } else { state.dust.remove(hours) }
        state.dustProposals.remove(hours)
        engine.setDust(hours, isDust)
        var outcome = Outcome()
        outcome.ledger = [
            LedgerLine(
                isDust ? .dustSet : .dustCleared, at: time, by: name, reason: reason,
                [
                    "first": "\(hours.lowerBound.endingLabel.seconds)",
                    "last": "\(hours.upperBound.endingLabel.seconds)",
                ])
        ]
        return outcome
    }

    // MARK: - Areas (Plan 六: an area adjusts its level with the city's consent)

    /// The level in force in an area.
    package func level(in area: String) -> WarningLevel? {
        state.areas.first { $0.area == area }.map(\.level) ?? engine.state.inForce?.level
    }

    /// Gives an area a level of its own, or with nil the city's again. The office's consent is the person's.
    package mutating func setArea(
        _ area: String, to level: WarningLevel?, by name: String, reason: String, at time: Instant
    ) throws(Refusal) -> Outcome {
        try person(name)
        try check(reason)
        guard areas.contains(area) else { throw .unknownArea(area, known: areas) }
        guard engine.state.inForce != nil else { throw .nothingInForce }
        if let level, let floor = Judgement.floor(engine.state), level < floor { throw .needsConsent }
        state.areas.removeAll { $0.area == area }
        if let level {
            state.areas.append(.init(area: area, level: level, consentBy: name, reason: reason, time: time))
        }
        var outcome = Outcome()
        outcome.ledger = [
            LedgerLine(
                .area, at: time, by: name, reason: reason, ["area": area, "level": level?.rawValue ?? "as the city"])
        ]
        return outcome
    }
}

extension WarningOffice.State {
    /// The authority whose consent to a level is missing.
    package func missingConsent(to level: WarningLevel, orders: [String: WarningLevel]) -> String? {
        regional.keys.sorted().first { authority in
            guard let ordered = orders[authority] else { return false }
            return max(ordered, regional[authority]?.higher ?? ordered) < level
        }
    }
}

/// Who may order a level.
package enum Authority: String, Codable, CaseIterable, Sendable {
    case province
    case ministry
}

/// A regional warning: the city responds at its level; higher only with consent.
///
/// Source: Plan 六.
package struct RegionalOrder: Equatable, Codable, Sendable {
    /// The level above it to which its authority consents.
    package internal(set) var higher: WarningLevel?
}

/// The level of an area that is not the city's, and the consent that made it so.
package struct AreaLevel: Equatable, Codable, Sendable {
    package let area: String
    package let level: WarningLevel
    package let consentBy: String
    package let reason: String
    package let time: Instant
}
