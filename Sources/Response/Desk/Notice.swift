package import AQICore
package import Warnings

/// What the public is told of a warning, and how it went on its way: handed over to the release centre, sent by each channel,
/// acknowledged, repeated.
///
/// Source: Plan 四(四), 四(五)2, 四(五)4.
package struct Notice: Equatable, Codable, Sendable {
    /// Something that happened to the warning.
    package struct Told: Equatable, Codable, Sendable {
        package let kind: WarningEvent.Kind
        package let level: WarningLevel
        /// The number of the warning.
        package let warning: Int
    }

    /// A step, and who recorded it.
    package struct Step: Equatable, Codable, Sendable {
        package let person: String
        package let time: Instant
    }

    /// How a channel sends it.
    package struct Sending: Equatable, Codable, Sendable {
        package let channel: String
        package internal(set) var last: Instant?
        package internal(set) var times = 0
        package internal(set) var acknowledged: Step?
    }

    package let number: Int
    /// One event, or a lift and the issue for the next spell.
    package internal(set) var events: [Told]
    package let time: Instant
    /// When it goes out: at once, or, of a lift, when its hour is over and no issue has joined it.
    package internal(set) var start: Instant
    package internal(set) var handedOver: Step?
    package internal(set) var sendings: [Sending]

    /// The level after it; nil after a lift.
    package var level: WarningLevel? { events.last.flatMap { $0.kind == .lifted ? nil : $0.level } }

    /// Whether it tells of a lift alone.
    package var isLift: Bool { events.map(\.kind) == [.lifted] }

    package func isHeld(at time: Instant) -> Bool { time < start }

    /// When a channel must send it next; nil where it need not. A lift is not repeated.
    package func due(_ channel: PublicChannel, at now: Instant) -> PublicChannel.Due? {
        guard let sending = sendings.first(where: { $0.channel == channel.id }) else { return nil }
        if level == nil {
            return sending.times > 0 ? nil : PublicChannel.Due(time: start, isOverdue: now > start)
        }
        return channel.due(start: start, last: sending.last, now: now)
    }
}
