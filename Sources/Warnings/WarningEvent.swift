package import AQICore

/// Something that happened to a warning.
package struct WarningEvent: Equatable, Codable, Sendable {
    package enum Kind: String, Codable, Sendable {
        case issued
        case upgraded
        case downgraded
        case lifted
        /// What the rules ask for and nobody has signed yet.
        case proposed
    }

    package enum Basis: String, Codable, Sendable {
        /// The hours up to now alone meet the level; of a lift, the air alone allows it.
        case observed
        case forecast
        /// Only an order asks for it.
        case order
        /// A person asks for it, against or before the rules.
        case `operator`
    }

    /// The numbers that led to it.
    package struct Evidence: Equatable, Codable, Sendable {
        /// `A(t)`, the index of the 24 hours up to now.
        package var index24: Int32?
        /// `H(t)`, the index of the hour.
        package var indexHour: Int32?
        /// The largest index still to come.
        package var largestAhead: Int32?
        /// Days above 150, 200, 300 that do not overlap.
        @InOrder package var days: [Int32: Int] = [:]
        /// How far the forecast reaches, hours.
        package var forecastHours: Int32 = 0
    }

    /// The hour at which it was decided.
    package var hour: Hour
    package var kind: Kind
    /// What is proposed, where nothing has been signed.
    package var proposal: Kind?
    /// The level after the event; of a lift, the level departed from.
    package var level: WarningLevel
    package var basis: Basis
    /// The number of the warning, counted by issues from 1.
    package var number: Int
    /// Whether it was issued because severe pollution came without notice.
    package var isEmergency = false
    /// The spell that wants the level; nil for orders.
    package var spell: Spell?
    package var primary: IndicatorSet
    package var signedBy: Role?
    package var evidence: Evidence
}

extension WarningEvent {
    /// The same as what is only proposed.
    var asProposal: WarningEvent {
        var event = self
        event.proposal = kind
        event.kind = .proposed
        event.signedBy = nil
        return event
    }

    /// Whether a proposal asks for the same action and level as an event.
    func proposes(_ event: WarningEvent) -> Bool { proposal == event.kind && level == event.level }
}
