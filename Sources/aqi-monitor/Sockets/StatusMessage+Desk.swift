import AQICore
import Ingest
import Terminal
import Texts
import Warnings

extension StatusMessage {
    /// What the warnings wait for.
    struct Desk: Codable, Equatable {
        var draft: Proposal?
        var missingConsent: String?
        var spell: Hours?
        var consultation: Consultation?
        var orders: [Order]
        var areas: [Area]
        var dust: [Hours]
        var mayBeDust: [Hours]
        var forecast: InUse?
        var curve: Curve?
        /// Absent from the messages of monitors that knew none.
        var tasks: [Task]?
        var notice: Notice?
        var measures: [Measure]?

        struct Measure: Codable, Equatable {
            var id: String
            var kind: String
            var text: String
            /// Only where it is so.
            var principle: Bool?
            var waits: String?
            var departments: [String]
            var clause: String
        }

        struct Task: Codable, Equatable {
            var number: Int
            var text: String
            var due: String
            var outstanding: [String]
        }

        struct Channel: Codable, Equatable {
            var name: String
            var last: String?
            var due: String?
        }

        struct Notice: Codable, Equatable {
            var number: Int
            var text: String
            var start: String
            var handedOver: Bool
            var channels: [Channel]
        }

        struct Step: Codable, Equatable {
            var role: Role
            var person: String
            var time: String
            var reason: String?
        }

        struct Evidence: Codable, Equatable {
            var index24: Int32?
            var indexHour: Int32?
            var largestAhead: Int32?
            /// By the bound.
            var days: [String: Int]
        }

        struct Proposal: Codable, Equatable {
            var number: Int
            var action: WarningEvent.Kind
            var level: WarningLevel
            var basis: WarningEvent.Basis
            var since: String
            var evidence: Evidence?
            var signatures: [Step]
            var declined: Step?
            var next: Role?
        }

        struct Consultation: Codable, Equatable {
            var cause: Consultations.Cause
            var by: String
        }

        struct Order: Codable, Equatable {
            var from: String
            var level: WarningLevel
            var regional: Bool
            var consent: WarningLevel?
        }

        struct Area: Codable, Equatable {
            var name: String
            var level: WarningLevel?
            var consentBy: String?
        }

        /// Hour-ending labels, both included.
        struct Hours: Codable, Equatable {
            var from: String
            var to: String
        }

        struct InUse: Codable, Equatable {
            var issuer: String
            var issued: String
            var through: String?
        }

        /// `A` hour by hour.
        struct Curve: Codable, Equatable {
            var first: String
            var now: String
            /// The bounds of the plan.
            var bounds: [Int32]
            var index: [Int32?]
        }
    }
}

// MARK: - From and to what a screen shows

extension StatusMessage.Desk {
    init(_ desk: Snapshot.Desk) {
        draft = desk.draft.map(Proposal.init)
        missingConsent = desk.missingConsent
        spell = desk.spell.map(Hours.init)
        consultation = desk.consultation.map { Consultation(cause: $0.cause, by: $0.by.iso8601) }
        orders = desk.orders.map {
            Order(from: $0.authority, level: $0.level, regional: $0.isRegional, consent: $0.consent)
        }
        areas = desk.areas.map { Area(name: $0.name, level: $0.level, consentBy: $0.consentBy) }
        dust = desk.dust.map(Hours.init)
        mayBeDust = desk.mayBeDust.map(Hours.init)
        forecast = desk.forecast.map {
            InUse(issuer: $0.issuer, issued: $0.issued.iso8601, through: $0.last?.endingLabel.iso8601)
        }
        curve = desk.curve.map {
            Curve(
                first: $0.first.endingLabel.iso8601, now: $0.now.endingLabel.iso8601, bounds: $0.bounds,
                index: $0.indices)
        }
        tasks = desk.tasks.map {
            Task(number: $0.number, text: $0.text, due: $0.due.iso8601, outstanding: $0.outstanding)
        }
        measures = desk.measures.map {
            Measure(
                id: $0.id, kind: $0.kind, text: $0.text, principle: $0.isPrinciple ? true : nil, waits: $0.waits,
                departments: $0.departments, clause: $0.clause)
        }
        notice = desk.notice.map { notice in
            Notice(
                number: notice.number, text: notice.text, start: notice.start.iso8601,
                handedOver: notice.isHandedOver,
                channels: notice.channels.map {
                    Channel(name: $0.name, last: $0.last?.iso8601, due: $0.due?.iso8601)
                })
        }
    }

    var desk: Snapshot.Desk {
        var desk = Snapshot.Desk()
        desk.draft = draft?.proposal
        desk.missingConsent = missingConsent
        desk.spell = spell?.range
        if let consultation, let by = TimeText.parse(consultation.by) {
            desk.consultation = .init(cause: consultation.cause, by: by)
        }
        desk.orders = orders.map {
            .init(authority: $0.from, level: $0.level, isRegional: $0.regional, consent: $0.consent)
        }
        desk.areas = areas.map { .init(name: $0.name, level: $0.level, consentBy: $0.consentBy) }
        desk.dust = dust.compactMap(\.range)
        desk.mayBeDust = mayBeDust.compactMap(\.range)
        if let forecast, let issued = TimeText.parse(forecast.issued) {
            desk.forecast = .init(issuer: forecast.issuer, issued: issued, last: hour(forecast.through))
        }
        if let curve, let first = hour(curve.first), let now = hour(curve.now) {
            desk.curve = IndexCurve(first: first, now: now, indices: curve.index, bounds: curve.bounds)
        }
        desk.tasks = (tasks ?? []).compactMap { task in
            TimeText.parse(task.due).map {
                .init(number: task.number, text: task.text, due: $0, outstanding: task.outstanding)
            }
        }
        desk.measures = (measures ?? []).map {
            .init(
                id: $0.id, kind: $0.kind, text: $0.text, isPrinciple: $0.principle ?? false, waits: $0.waits,
                departments: $0.departments, clause: $0.clause)
        }
        if let notice, let start = TimeText.parse(notice.start) {
            desk.notice = .init(
                number: notice.number, text: notice.text, start: start, isHandedOver: notice.handedOver,
                channels: notice.channels.map {
                    .init(
                        name: $0.name, last: $0.last.flatMap(TimeText.parse), due: $0.due.flatMap(TimeText.parse))
                })
        }
        return desk
    }
}

extension StatusMessage.Desk.Hours {
    init(_ range: HourRanges.Range) {
        self.init(from: range.first.endingLabel.iso8601, to: range.last.endingLabel.iso8601)
    }

    var range: HourRanges.Range? {
        guard let first = hour(from), let last = hour(to) else { return nil }
        return .init(first: first, last: last)
    }
}

extension StatusMessage.Desk.Step {
    init(_ step: Snapshot.Desk.Step) {
        self.init(role: step.role, person: step.person, time: step.time.iso8601, reason: step.reason)
    }

    var step: Snapshot.Desk.Step? {
        TimeText.parse(time).map { .init(role: role, person: person, time: $0, reason: reason) }
    }
}

extension StatusMessage.Desk.Proposal {
    init(_ draft: Snapshot.Desk.Proposal) {
        self.init(
            number: draft.number, action: draft.action, level: draft.level, basis: draft.basis,
            since: draft.since.endingLabel.iso8601, evidence: .init(draft.evidence),
            signatures: draft.signatures.map(StatusMessage.Desk.Step.init),
            declined: draft.declined.map(StatusMessage.Desk.Step.init), next: draft.next)
    }

    var proposal: Snapshot.Desk.Proposal? {
        guard let since = hour(since) else { return nil }
        var draft = Snapshot.Desk.Proposal(number: number, action: action, level: level, basis: basis, since: since)
        if let evidence { draft.evidence = evidence.evidence }
        draft.signatures = signatures.compactMap(\.step)
        draft.declined = declined?.step
        draft.next = next
        return draft
    }
}

extension StatusMessage.Desk.Evidence {
    init(_ evidence: Snapshot.Desk.Evidence) {
        self.init(
            index24: evidence.index24, indexHour: evidence.indexHour, largestAhead: evidence.largestAhead,
            days: Dictionary(uniqueKeysWithValues: evidence.days.map { ("\($0)", $1) }))
    }

    var evidence: Snapshot.Desk.Evidence {
        var evidence = Snapshot.Desk.Evidence()
        evidence.index24 = index24
        evidence.indexHour = indexHour
        evidence.largestAhead = largestAhead
        for (bound, count) in days { if let bound = Int32(bound) { evidence.days[bound] = count } }
        return evidence
    }
}
