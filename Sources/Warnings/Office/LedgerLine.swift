package import AQICore

/// A step of the process, for the ledger (台账): what, when, who, why.
///
/// Source: Plan 四(四), 七: every step dated.
package struct LedgerLine: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// The rules, or an operator, ask for an action.
        case proposed
        /// A proposal changed or is not wanted any more: its signatures are void.
        case voided
        case signed
        case declined
        /// The last signature is there, and the warning is changed with it.
        case issued
        case order
        case consent
        /// What an authority advises, and does not order.
        case advice
        /// The six-hour rule thinks that hours are dust.
        case dustProposed
        case dustSet
        case dustCleared
        case forecast
        case consultationDue
        case consultation
        case area
        /// Something is to be acknowledged or reported.
        case tasks
        case taskAcknowledged
        case taskReported
        /// Something is to be told to the public.
        case notice
        case noticeHandedOver
        case noticeSent
        case noticeAcknowledged
    }

    /// A name and a value, as they go into the line of JSON.
    package struct Detail: Equatable, Sendable {
        package let name: String
        package let value: String
    }

    package let time: Instant
    package let kind: Kind
    /// Nil for what the rules did.
    package let person: String?
    package let role: Role?
    package let reason: String?
    package let details: [Detail]

    package init(
        _ kind: Kind, at time: Instant, by person: String? = nil, as role: Role? = nil, reason: String? = nil,
        _ details: KeyValuePairs<String, String> = [:]
    ) {
        self.kind = kind
        self.time = time
        self.person = person
        self.role = role
        self.reason = reason
        self.details = details.map { Detail(name: $0.key, value: $0.value) }
    }

    /// The names of details.
    package enum Name: String, Sendable {
        case proposal, action, basis, signatures, from, level, first, last, issuer, issued, through, cause, invitedBy
        case attended, opinions, verdict, area, scope
        case task, party, parties, text, due, day, notice, channel
    }

    /// The value of a detail; empty where there is none.
    package subscript(name: Name) -> String { details.first { $0.name == name.rawValue }?.value ?? "" }
}
