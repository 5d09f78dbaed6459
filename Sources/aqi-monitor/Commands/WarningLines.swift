import AQICore
import Response
import Texts
import Warnings

extension Words {
    /// How the warnings stand, a thing a line.
    func lines(of status: WarningStatus, at now: Instant, in plan: ResponsePlan) -> [String] {
        var lines: [String] = []
        if let inForce = status.rules.inForce {
            lines.append(
                warningInForce(
                    inForce.level, response: inForce.level.response, since: inForce.since.endingLabel.dateAndClock,
                    number: status.rules.number))
        } else {
            lines.append(noWarning)
        }
        if let draft = status.office.draft { lines += self.lines(of: draft) }
        if let missing = status.missingConsent {
            lines.append(consentIsMissing(of: missing.authority, to: missing.level))
        }
        for (authority, level) in status.rules.orders.sorted(by: { $0.key < $1.key }) {
            let regional = status.office.regional[authority]
            lines.append(
                orderStands(
                    from: authority, level, isRegional: regional != nil,
                    consent: regional?.higher ?? status.rules.consents[authority]))
        }
        if status.awaitsFirstHour ?? false, !status.rules.orders.isEmpty { lines.append(orderAwaitsFirstHour) }
        lines += status.office.advice.sorted { $0.key < $1.key }.map { adviceStands(from: $0.key, $0.value) }
        lines += status.office.areas.map(areaLevel)
        lines += status.office.dust.ranges.map { dust($0, isProposed: false) }
        lines += status.office.dustProposals.ranges.map { dust($0, isProposed: true) }
        if let forecast = status.office.forecasts.inUse {
            lines.append(
                forecastInUse(
                    issuer: forecast.issuer, issued: forecast.issued.dateAndClock,
                    through: forecast.last?.endingLabel.dateAndClock ?? notAvailable))
        }
        if let due = status.office.consultations.due {
            lines.append(consultationDue(due.cause, by: due.by.dateAndClock, isOverdue: now > due.by))
        }
        for round in status.response?.tasks.rounds ?? [] where round.isLate(at: now) {
            lines += self.lines(of: round, at: now, in: plan)
        }
        if let notice = status.response?.notices.newest { lines += overdueLines(of: notice, at: now, in: plan) }
        return lines
    }

    private func lines(of draft: Draft) -> [String] {
        let evidence = draft.event.evidence
        let index = "A \(evidence.index24.map { "\($0)" } ?? notAvailable)"
        let hour = "H \(evidence.indexHour.map { "\($0)" } ?? notAvailable)"
        var lines = [draftStands(draft, evidence: "\(index), \(hour), \(draft.event.basis.rawValue)")]
        lines += draft.signatures.map { "  " + draftSigned($0) }
        if let decline = draft.declined { lines.append("  " + draftDeclined(decline)) }
        if let next = draft.next { lines.append("  " + draftAwaits(next)) }
        return lines
    }

    private func dust(_ range: HourRanges.Range, isProposed: Bool) -> String {
        dustHours(
            from: range.first.endingLabel.dateAndClock, to: range.last.endingLabel.dateAndClock, isProposed: isProposed)
    }
}
