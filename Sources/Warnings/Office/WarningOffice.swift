package import AQICore

/// The engine and its people: what the rules propose goes from desk to desk, and nothing is issued unsigned.
///
/// A pure state machine like the engine: persons, their steps and the time come in, events and ledger entries go out. A step
/// that cannot be taken throws a ``Refusal`` and changes nothing.
///
/// Source: Plan 二, 四(四).
package struct WarningOffice: Sendable {
    /// What must survive a restart, beside the engine's own state and the hours.
    package struct State: Equatable, Codable, Sendable {
        package internal(set) var draft: Draft?
        /// Proposals so far.
        var drafts = 0
        /// Hours that count as dust: set by a person.
        package internal(set) var dust = HourRanges()
        /// Hours that may be dust: nobody has said yet.
        package internal(set) var dustProposals = HourRanges()
        var dustWatch = DustWatch()
        package internal(set) var consultations = Consultations()
        /// The level in force in an area, where it is not the city's.
        package internal(set) var areas: [AreaLevel] = []
        package internal(set) var forecasts = ForecastDesk()
        /// Authorities whose order is a regional warning, and the level above it to which each consents, if it does.
        package internal(set) var regional: [String: RegionalOrder] = [:]
        /// Levels that an authority advises (预警建议), and has not ordered.
        package internal(set) var advice: [String: WarningLevel] = [:]

        package init() {}

        /// What an earlier version did not know is as at the beginning.
        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            draft = try values.decodeIfPresent(Draft.self, forKey: .draft)
            drafts = try values.decode(Int.self, forKey: .drafts)
            dust = try values.decode(HourRanges.self, forKey: .dust)
            dustProposals = try values.decode(HourRanges.self, forKey: .dustProposals)
            dustWatch = try values.decode(DustWatch.self, forKey: .dustWatch)
            consultations = try values.decode(Consultations.self, forKey: .consultations)
            areas = try values.decode([AreaLevel].self, forKey: .areas)
            forecasts = try values.decode(ForecastDesk.self, forKey: .forecasts)
            regional = try values.decodeIfPresent([String: RegionalOrder].self, forKey: .regional) ?? [:]
            advice = try values.decodeIfPresent([String: WarningLevel].self, forKey: .advice) ?? [:]
        }
    }

    /// What a step leads to.
    package struct Outcome: Equatable, Sendable {
        package var events: [WarningEvent] = []
        package var ledger: [LedgerLine] = []

        package init() {}

        static func + (left: Outcome, right: Outcome) -> Outcome {
            var sum = left
            sum.events += right.events
            sum.ledger += right.ledger
            return sum
        }
    }

    package internal(set) var engine: WarningEngine
    package internal(set) var state = State()
    package let people: [Person]
    package let areas: [String]
    /// Whether the people are simulated and sign whatever is proposed, at once: the demo.
    package let signsByItself: Bool

    package init(plan: WarningPlan, people: [Person] = [], areas: [String] = [], signsByItself: Bool = false) {
        engine = WarningEngine(plan: plan, signing: .none)
        self.people = people
        self.areas = areas
        self.signsByItself = signsByItself
    }

    /// Takes up what an earlier run left. To be called before hours are observed again.
    package mutating func restore(_ warnings: WarningEngine.State?, _ state: State?) {
        if let warnings { engine.restore(warnings) }
        guard let state else { return }
        self.state = state
        for range in state.dust.ranges { engine.setDust(range.first...range.last) }
        state.forecasts.give(to: &engine)
        if let draft = state.draft, draft.event.basis != .operator { engine.resume(draft.event) }
    }

    /// Takes in an hour of an earlier run without deciding anything.
    package mutating func observe(_ row: HourRow, at hour: Hour) { engine.observe(row, at: hour) }

    /// Puts an hour right that came in before.
    package mutating func revise(_ row: HourRow, at hour: Hour) { engine.revise(row, at: hour) }

    // MARK: - The hour

    /// Takes in the city's concentrations of one hour; what the rules ask for becomes a proposal.
    package mutating func step(_ row: HourRow, at hour: Hour) -> Outcome {
        guard engine.now.map({ hour > $0 }) ?? true else { return Outcome() }
        var outcome = Outcome()
        outcome.events = engine.step(row, at: hour)
        watchDust(row, at: hour, &outcome)
        followProposal(at: hour.endingLabel, &outcome)
        state.forecasts.verify(engine.latestIndex24.index, at: hour)
        followConsultations(at: hour, &outcome)
        if signsByItself { actByItself(at: hour.endingLabel, &outcome) }
        state.dust.forget(before: hour - ObservedHours.longestMemory)
        state.dustProposals.forget(before: hour - ObservedHours.memory)
        return outcome
    }

    /// Decides the last hour, which came in undecided: hours that were put into the store while no monitor ran. `row` are the
    /// city's concentrations in it.
    package mutating func judge(_ row: HourRow, at time: Instant) -> Outcome {
        var outcome = Outcome()
        guard let hour = engine.now else { return outcome }
        outcome.events = engine.reconsider()
        watchDust(row, at: hour, &outcome)
        followProposal(at: time, &outcome)
        state.forecasts.verify(engine.latestIndex24.index, at: hour)
        followConsultations(at: hour, &outcome)
        if signsByItself { actByItself(at: time, &outcome) }
        return outcome
    }

    /// The draft follows what the engine proposes.
    mutating func followProposal(at time: Instant, _ outcome: inout Outcome) {
        let proposal = engine.proposal
        if let draft = state.draft {
            if let proposal, proposal.proposal == draft.event.proposal, proposal.level == draft.event.level {
                // An operator's own lift that the rules now ask for, too, is the rules'.
                state.draft?.event = proposal
                return
            }
            if draft.event.basis == .operator, proposal?.proposal != .upgraded, !isOld(draft, at: time) { return }
            void(at: time, &outcome)
        }
        guard let proposal, let action = proposal.proposal else { return }
        let departing = action == .downgraded || action == .lifted ? engine.state.inForce?.level : nil
        draft(proposal, signer: (departing ?? proposal.level).signer, at: time, by: nil, reason: nil, &outcome)
    }

    /// An operator's proposal that nobody signed within a day is about an air that is gone. **[ours]**
    private func isOld(_ draft: Draft, at time: Instant) -> Bool { time - draft.since.endingLabel > 86_400 }

    mutating func draft(
        _ event: WarningEvent, signer: Role, at time: Instant, by person: String?, reason: String?,
        _ outcome: inout Outcome
    ) {
        state.drafts += 1
        let draft = Draft(number: state.drafts, event: event, signer: signer)
        state.draft = draft
        outcome.ledger.append(
            LedgerLine(
                .proposed, at: time, by: person, reason: reason,
                ["proposal": "\(draft.number)", "action": draft.action, "basis": event.basis.rawValue]))
    }

    mutating func void(at time: Instant, _ outcome: inout Outcome) {
        guard let draft = state.draft else { return }
        outcome.ledger.append(
            LedgerLine(
                .voided, at: time,
                [
                    "proposal": "\(draft.number)", "action": draft.action,
                    "signatures": draft.signatures.map(\.person).joined(separator: ", "),
                ]))
        state.draft = nil
    }

    // MARK: - Signatures

    /// Signs a proposal in the role whose turn it is; with the last signature the warning changes.
    package mutating func sign(_ number: Int, by name: String, at time: Instant) throws(Refusal) -> Outcome {
        let (draft, role) = try turn(number, of: name)
        var signed = draft
        if signed.declined != nil { (signed.declined, signed.signatures) = (nil, []) }
        signed.signatures.append(.init(role: role, person: name, time: time))
        var outcome = Outcome()
        outcome.ledger.append(entry(.signed, draft, at: time, by: name, as: role, reason: nil))
        guard signed.next == nil else {
            state.draft = signed
            return outcome
        }
        if let authority = missingConsent(to: draft) {
            throw .needsHigherConsent(from: authority, to: draft.event.level)
        }
        state.draft = nil
        let event = engine.enact(signed.event, signedBy: role)
        outcome.events.append(event)
        outcome.ledger.append(entry(.issued, draft, at: time, by: name, as: role, reason: nil))
        if event.kind == .lifted { state.areas = [] }
        return outcome
    }

    /// Declines a proposal in the role whose turn it is. It stays declined as long as the rules ask for the same; the deputy
    /// director may take it up again by signing.
    package mutating func decline(
        _ number: Int, by name: String, reason: String, at time: Instant
    ) throws(Refusal) -> Outcome {
        let (draft, role) = try turn(number, of: name)
        guard draft.declined == nil else { throw .declinedAlready(number) }
        try check(reason)
        state.draft?.declined = .init(role: role, person: name, reason: reason, time: time)
        state.draft?.signatures = []
        var outcome = Outcome()
        outcome.ledger.append(entry(.declined, draft, at: time, by: name, as: role, reason: reason))
        return outcome
    }

    /// The proposal of this number, and the role in which a person may act on it now.
    private func turn(_ number: Int, of name: String) throws(Refusal) -> (Draft, Role) {
        let person = try person(name)
        guard let draft = state.draft, draft.number == number, let role = draft.next else {
            throw .otherProposal(number, current: state.draft?.number)
        }
        guard person.roles.contains(role) else {
            if draft.signatures.contains(where: { $0.person == name }) { throw .signedAlready(name) }
            throw .wrongRole(name, needs: role)
        }
        return (draft, role)
    }

    private func entry(
        _ kind: LedgerLine.Kind, _ draft: Draft, at time: Instant, by name: String, as role: Role, reason: String?
    ) -> LedgerLine {
        LedgerLine(
            kind, at: time, by: name, as: role, reason: reason,
            ["proposal": "\(draft.number)", "action": draft.action])
    }

    /// What simulated people do: they sign what there is to sign, unless somebody declined it, and meet when they must.
    private mutating func actByItself(at time: Instant, _ outcome: inout Outcome) {
        while let draft = state.draft, draft.declined == nil, let role = draft.next,
            let person = people.first(where: { $0.roles.contains(role) }),
            let signed = try? sign(draft.number, by: person.name, at: time)
        {
            outcome = outcome + signed
        }
        guard state.consultations.isOverdue(at: time + 1), let host = people.first else { return }
        let record = Consultations.Record(
            invitedBy: host.name, attended: people.map(\.name), opinions: "simulated", verdict: "simulated")
        if let held = try? self.record(record, by: host.name, at: time) { outcome = outcome + held }
    }

    // MARK: - Checks

    @discardableResult
    func person(_ name: String) throws(Refusal) -> Person { try people.named(name) }

    func check(_ text: String) throws(Refusal) { try Refusal.check(text) }
}
