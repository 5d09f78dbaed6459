package import AQICore

/// A proposal on its way through the offices.
///
/// Source: Plan 四(四): the office's deputy director, then the commander (red) or the deputy commander (orange, yellow);
/// downgrades and lifts by the signer of the level departed from.
package struct Draft: Equatable, Codable, Sendable {
    package struct Signature: Equatable, Codable, Sendable {
        package let role: Role
        package let person: String
        package let time: Instant
    }

    package struct Decline: Equatable, Codable, Sendable {
        package let role: Role
        package let person: String
        package let reason: String
        package let time: Instant
    }

    /// Counts the proposals; what a signature names. A signature is for one action, level and first hour, and for no other.
    package let number: Int
    /// The hour at which it was first proposed.
    package let since: Hour
    /// What is proposed, by the newest hour: the evidence follows the air, action and level stay.
    package internal(set) var event: WarningEvent
    package internal(set) var signatures: [Signature] = []
    package internal(set) var declined: Decline?

    /// Who signs, in this order.
    package var chain: [Role] { [.deputyDirector, signer] }

    /// Who signs next; nil where everybody has. A declined proposal can be taken up again, from the beginning.
    package var next: Role? { declined == nil ? chain.dropFirst(signatures.count).first : chain.first }

    /// The last to sign, whose signature changes the warning.
    package var signer: Role { lastSigner }
    let lastSigner: Role

    init(number: Int, event: WarningEvent, signer: Role) {
        self.number = number
        self.event = event
        since = event.hour
        lastSigner = signer
    }

    /// "issued red", as the ledger has it.
    var action: String { "\(event.proposal ?? event.kind) \(event.level)" }
}

extension Instant: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(seconds: try decoder.singleValueContainer().decode(Int64.self))
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(seconds)
    }
}
