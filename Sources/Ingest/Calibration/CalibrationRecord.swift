package import AQICore

/// Who calibrates, and why.
package struct CalibrationPerson: Equatable, Codable, Sendable {
    package var name: String
    package var reason: String

    package init(name: String, reason: String) {
        self.name = name
        self.reason = reason
    }
}

/// What a person wants of a device. Nothing is written to the device: its valves are switched by itself, or by hand.
package enum CalibrationCommand: Equatable, Sendable {
    /// A phase begins; one that a person began before ends.
    case begin(CalibrationKind, CalibrationPerson)
    /// The phase that a person began ends.
    case end

    /// Why a command is not followed.
    package enum Refusal: Error, Equatable, Sendable {
        case unknownDevice(known: [String])
        /// Nobody began a phase.
        case nothingToEnd
        /// Whoever begins a phase has a name.
        case nameless
    }
}

/// A phase that is over, as one channel of a device saw it.
package struct CalibrationRecord: Equatable, Sendable {
    package var device: String
    /// Who began it; nil for the schedule and the device itself.
    package var person: CalibrationPerson?
    package var result: CalibrationResult

    package init(device: String, person: CalibrationPerson?, result: CalibrationResult) {
        self.device = device
        self.person = person
        self.result = result
    }
}

/// Where a device stands, for screens.
package enum CalibrationState: Equatable, Sendable {
    case measuring
    /// Something else than air is read; until when is known only of a schedule.
    case phase(DataFlag, CalibrationSource, since: Instant, until: Instant?)
    /// What is read still has the gas of the last phase in it.
    case recovering(until: Instant)
}

/// What must be known again after a restart; the readings of a phase under way are not among it.
package struct CalibrationMemory: Equatable, Codable, Sendable {
    /// A phase, its mark as text and its times as UTC seconds.
    struct Phase: Equatable, Codable, Sendable {
        var flag: String
        var source: String
        /// When it was seen first.
        var begun: Int64
        /// When it began by its schedule, or by the person who began it.
        var claimed: Int64?
        var until: Int64?
        var person: CalibrationPerson?
    }

    /// The phase under way.
    var phase: Phase?
    /// What a person began and has not ended; another phase may hide it.
    var command: Phase?
    /// The phase of which the status told last; another may hide it.
    var told: String?
    var recoveringUntil: Int64?
    /// The beginning of the scheduled phase of which status or person know better.
    var overruled: Int64?

    /// Whether its times can be counted with: it comes from a file.
    var isSane: Bool {
        [phase?.begun, phase?.claimed, phase?.until, command?.begun, command?.claimed, recoveringUntil, overruled]
            .allSatisfy { ($0 ?? 0).magnitude < 1 << 40 }
    }
}
