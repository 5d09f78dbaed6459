package import AQICore

/// Something that a person should look at: a condition that holds or held, and what people did about it.
///
/// Source: ANSI/ISA-18.2-2016, 5.2 and figure 3: active or returned to normal, acknowledged or not, shelved for a time.
package struct Alarm: Equatable, Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// A device of a bus does not answer.
        case deviceSilent
        /// A device answers, but not for all its channels.
        case deviceIncomplete
        /// A calibration lasts longer than any should.
        case calibrationOverdue
        /// Nothing is stored at the moment.
        case storeTrouble
        /// The clock of a station that sends here is off.
        case senderClock
        /// No value of a station is fresh.
        case stationStale
        /// The last hour of a pollutant looks wrong.
        case suspectValue
        /// A proposal waits for a signature.
        case signatureWanted
        case consultationOverdue
    }

    /// What holds, and of what.
    package struct Condition: Hashable, Codable, Sendable {
        package let kind: Kind
        /// A device, a station, a pollutant of one: a name; empty for what there is only one of.
        package let subject: String

        package init(_ kind: Kind, _ subject: String = "") {
            self.kind = kind
            self.subject = subject
        }
    }

    /// That a person knows.
    package struct Acknowledgement: Equatable, Codable, Sendable {
        package let person: String
        package let time: Instant

        package init(person: String, time: Instant) {
            self.person = person
            self.time = time
        }
    }

    /// That a person does not want to be told until a time.
    package struct Shelf: Equatable, Codable, Sendable {
        package let person: String
        package let until: Instant
        package let reason: String

        package init(person: String, until: Instant, reason: String) {
            self.person = person
            self.until = until
            self.reason = reason
        }
    }

    package enum State: String, Sendable {
        /// It holds, and nobody has said that they know.
        case unacknowledged
        /// It holds, and somebody knows.
        case acknowledged
        /// It held, and nobody has said that they know.
        case returned
        case shelved
    }

    /// What people name it by: counted since the store was made.
    package let number: Int
    package let condition: Condition
    /// Since when it holds, or held last.
    package internal(set) var since: Instant
    /// When it stopped holding; nil while it holds.
    package internal(set) var cleared: Instant?
    package internal(set) var acknowledged: Acknowledgement?
    package internal(set) var shelf: Shelf?

    package init(
        number: Int, _ condition: Condition, since: Instant, cleared: Instant? = nil,
        acknowledged: Acknowledgement? = nil, shelf: Shelf? = nil
    ) {
        self.number = number
        self.condition = condition
        self.since = since
        self.cleared = cleared
        self.acknowledged = acknowledged
        self.shelf = shelf
    }

    package var state: State {
        if shelf != nil { return .shelved }
        if cleared != nil { return .returned }
        return acknowledged == nil ? .unacknowledged : .acknowledged
    }

    /// Whether somebody should act.
    package var calls: Bool { state == .unacknowledged || state == .returned }
}
