package import AQICore

/// When those who foresee the air must meet (会商), and when they last did.
///
/// Source: Plan 三: weekly in ordinary times, daily in the heating season, twice a day while heavy pollution lasts, in real time
/// when it is here without a warning, more often after an advice of the province; and whenever moderate or heavy pollution is foreseen in 3 to 5 days.
package struct Consultations: Equatable, Codable, Sendable {
    /// Why one is due, the most urgent last.
    package enum Cause: String, Codable, CaseIterable, Comparable, Sendable {
        case ordinary
        case heatingSeason
        /// An index above 150 in 3 to 5 days.
        case foreseen
        /// An authority advised a warning: within the hour, then twice a day. **[ours]**
        case advice
        /// An hour above 200, until the lift of the warning in force or, without one, a day without such an hour. **[ours]**
        case heavy
        /// The same without a warning.
        case heavyWithoutWarning

        /// The longest time between two consultations, hours; daily where something is foreseen is ours.
        package var rhythm: Int32 {
            switch self {
            case .ordinary: 7 * 24
            case .heatingSeason, .foreseen: 24
            case .advice, .heavy, .heavyWithoutWarning: 12
            }
        }

        package static func < (left: Cause, right: Cause) -> Bool { left.rhythm > right.rhythm }
    }

    /// What was said in one.
    package struct Record: Equatable, Codable, Sendable {
        package var invitedBy: String
        package var attended: [String]
        package var opinions: String
        package var verdict: String

        package init(invitedBy: String, attended: [String], opinions: String, verdict: String) {
            self.invitedBy = invitedBy
            self.attended = attended
            self.opinions = opinions
            self.verdict = verdict
        }
    }

    /// A consultation that must be held.
    package struct Due: Equatable, Codable, Sendable {
        package let cause: Cause
        package let by: Instant

        package init(cause: Cause, by: Instant) {
            self.cause = cause
            self.by = by
        }
    }

    /// When the last was held; before the first, when the office began.
    package private(set) var last: Instant?
    /// The next one and its cause.
    package private(set) var due: Due?
    /// The first and the newest hour above 200 that belong together.
    private var heavySince: Hour?
    private var lastHeavyHour: Hour?
    /// When the newest advice came that stands.
    private var advisedSince: Instant?
    /// The cause that was told, since the last one was held.
    private var told: Cause?

    /// An hour to meet in, where heavy air comes and no warning is out: "in real time". **[ours]**
    static let realTime: Int64 = 3600

    /// When the next one must be held for a cause.
    private func due(for cause: Cause, since last: Instant) -> Due {
        if cause == .heavyWithoutWarning, let heavySince, last < heavySince.endingLabel {
            return Due(cause: cause, by: heavySince.endingLabel + Consultations.realTime)
        }
        let by = last + Int64(cause.rhythm) * 3600
        guard let advisedSince, last < advisedSince else { return Due(cause: cause, by: by) }
        return Due(cause: cause, by: min(by, advisedSince + Consultations.realTime))
    }

    /// Takes an hour in.
    ///
    /// - Parameters:
    ///   - hour: The hour that is over.
    ///   - isHeavy: Whether the hour's index is above 200.
    ///   - isWarned: Whether a warning is in force.
    ///   - isForeseen: Whether an index above 150 is foreseen in 3 to 5 days.
    /// - Returns: The consultation that is due by the end of the hour, once a cause.
    mutating func follow(_ hour: Hour, isHeavy: Bool, isWarned: Bool, isForeseen: Bool) -> Due? {
        let now = hour.endingLabel
        if isHeavy {
            if lastHeavyHour.map({ hour - $0 >= 24 }) ?? true { heavySince = hour }
            lastHeavyHour = hour
        }
        let since = last ?? now
        last = since
        var cause: Cause = Consultations.isHeatingSeason(hour.day.date) ? .heatingSeason : .ordinary
        if isForeseen { cause = max(cause, .foreseen) }
        if advisedSince != nil { cause = max(cause, .advice) }
        if isWarned {
            cause = max(cause, .heavy)
        } else if lastHeavyHour.map({ hour - $0 < 24 }) ?? false {
            cause = max(cause, .heavyWithoutWarning)
        }
        let due = due(for: cause, since: since)
        self.due = due
        guard now >= due.by, told != cause else { return nil }
        told = cause
        return due
    }

    /// An advice came in, or with nil none stands any more.
    mutating func advise(since time: Instant?) {
        advisedSince = time
        told = nil
        guard let time, let last else { return }
        due = due(for: max(due?.cause ?? .advice, .advice), since: min(last, time))
    }

    /// One was held: the next counts from it.
    mutating func hold(at time: Instant) {
        last = time
        told = nil
        due = due.map { due(for: $0.cause, since: time) }
    }

    /// 15 November to 15 March. **[ours]**
    static func isHeatingSeason(_ date: CivilDate) -> Bool {
        switch (date.month, date.day) {
        case (12, _), (1, _), (2, _): true
        case (11, let day): day >= 15
        case (3, let day): day <= 15
        default: false
        }
    }

    package func isOverdue(at time: Instant) -> Bool { due.map { time > $0.by } ?? false }
}

extension WarningOffice {
    mutating func followConsultations(at hour: Hour, _ outcome: inout Outcome) {
        let due = state.consultations.follow(
            hour, isHeavy: engine.latestIndexHour.isAbove(200), isWarned: engine.state.inForce != nil,
            isForeseen: state.forecasts.foresees(above: 150, in: 3...5, daysAfter: hour.day))
        guard let due else { return }
        outcome.ledger.append(LedgerLine(.consultationDue, at: hour.endingLabel, ["cause": due.cause.rawValue]))
    }

    /// Keeps the record of a consultation; the next one counts from it.
    package mutating func record(
        _ record: Consultations.Record, by name: String, at time: Instant
    ) throws(Refusal) -> Outcome {
        try person(name)
        for text in [record.invitedBy, record.opinions, record.verdict] + record.attended { try check(text) }
        guard !record.attended.isEmpty, record.attended.count <= 100 else { throw .badText("attended") }
        state.consultations.hold(at: time)
        var outcome = Outcome()
        outcome.ledger = [
            LedgerLine(
                .consultation, at: time, by: name,
                [
                    "invitedBy": record.invitedBy, "attended": record.attended.joined(separator: ", "),
                    "opinions": record.opinions, "verdict": record.verdict,
                ])
        ]
        return outcome
    }
}
