import AQICore
import Response
import Terminal
import Texts
import Warnings

extension Snapshot.Desk {
    /// Hours of the curve before now and after it.
    private static let (hoursBack, hoursAhead): (Int32, Int32) = (48, 120)

    /// What the warnings wait for, as screens show it.
    init(_ office: WarningOffice, _ response: ResponseDesk, at now: Instant, in words: any Words) {
        self.init(office)
        tasks = response.state.tasks.rounds.filter(\.isOpen).map { round in
            Task(
                number: round.number,
                text: words.task(
                    round.kind, warning: round.warning, level: round.level, day: round.day?.date.iso8601),
                due: round.due, outstanding: round.outstanding.map { words.party($0, of: response.plan) })
        }
        measures = response.plan.measures(in: Situation(office.engine, at: now)).map { entry in
            Measure(
                id: entry.measure.id, kind: words.measureKind(entry.measure.kind),
                text: words.text(entry.measure.text), isPrinciple: entry.measure.isPrinciple,
                waits: words.measureStatus(entry.status),
                departments: response.plan.departments(of: [entry]).map { words.text($0.name) },
                clause: entry.measure.clause)
        }
        notice = response.state.notices.newest.map { notice in
            Notice(
                number: notice.number, text: words.text(of: notice), start: notice.start,
                isHandedOver: notice.handedOver != nil,
                channels: response.plan.channels.map { channel in
                    Channel(
                        name: words.text(channel.name),
                        last: notice.sendings.first { $0.channel == channel.id }?.last,
                        due: notice.due(channel, at: now)?.time)
                })
        }
    }

    private init(_ office: WarningOffice) {
        self.init()
        let state = office.state
        draft = state.draft.map(Proposal.init)
        let outlook = office.engine.outlook(hoursBack: Self.hoursBack, hoursAhead: Self.hoursAhead)
        spell = outlook.spell.map { .init(first: $0.first, last: $0.last) }
        consultation = state.consultations.due
        orders = office.engine.state.orders.sorted { $0.key < $1.key }.map { authority, level in
            let regional = state.regional[authority]
            return Order(
                authority: authority, level: level, isRegional: regional != nil,
                consent: regional?.higher ?? office.engine.state.consents[authority])
        }
        missingConsent = state.draft.flatMap(office.missingConsent)
        areas = office.areas.map { name in
            Area(
                name: name, level: office.level(in: name),
                consentBy: state.areas.first { $0.area == name }?.consentBy)
        }
        dust = state.dust.ranges
        mayBeDust = state.dustProposals.ranges
        forecast = state.forecasts.inUse.map { InUse(issuer: $0.issuer, issued: $0.issued, last: $0.last) }
        curve = outlook.curve
    }
}

extension Snapshot.Desk.Proposal {
    init(_ draft: Draft) {
        self.init(
            number: draft.number, action: draft.event.proposal ?? draft.event.kind, level: draft.event.level,
            basis: draft.event.basis, since: draft.since)
        let found = draft.event.evidence
        evidence.index24 = found.index24
        evidence.indexHour = found.indexHour
        evidence.largestAhead = found.largestAhead
        evidence.days = found.days
        signatures = draft.signatures.map { .init(role: $0.role, person: $0.person, time: $0.time) }
        declined = draft.declined.map { .init(role: $0.role, person: $0.person, time: $0.time, reason: $0.reason) }
        next = draft.next
    }
}
