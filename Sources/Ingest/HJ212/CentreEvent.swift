package import AQICore
import HJ212

/// What a centre asks of a station.
package enum CentreRequest: Equatable, Sendable {
    /// 1011
    case time
    /// 1012: with ours.
    case setTime
    /// 2051, 2061 or 2031, of what began from one time until another, the last included.
    case history(command: Int, from: Instant, through: Instant)

    /// The number of the command.
    package var number: Int {
        switch self {
        case .time: Command.getTime
        case .setTime: Command.setTime
        case .history(let command, _, _): command
        }
    }
}

/// What happened on a connection, for people.
package enum CentreEvent: Equatable, Sendable {
    /// A station spoke on this connection for the first time.
    case arrived(mn: String)
    case unknownStation(mn: String)
    case wrongPassword(mn: String)
    /// A packet of a station cannot be used.
    case refused(mn: String, problems: [String])
    /// The station wants what only a centre may.
    case notAllowed(mn: String, command: Int)
    /// The station's clock is so many seconds ahead of ours (behind, where negative), and right again.
    case clockIsOff(mn: String, seconds: Int64)
    case clockIsRight(mn: String)
    case answered(mn: String, CentreRequest, result: Int)
    case unanswered(mn: String, CentreRequest)
    case closed(CloseReason)

    package enum CloseReason: String, Sendable {
        case idle
        case silentFromTheStart = "silent-from-the-start"
        case tooFast = "too-fast"
        case noise
        case refusedTooOften = "refused-too-often"
        case doesNotRead = "does-not-read"
        case tooMany = "too-many-connections"
    }
}

/// How often a station did what, by name.
package struct StationTally: Equatable, Sendable {
    package var packets = 0
    package var refused = 0
    package var sins: [String: Int] = [:]
    /// Seconds by which the station's clock was ahead of ours at its last packet.
    package var clockOffset: Int64?
    /// The latest time of its values.
    package var latest: Instant?
    /// When it spoke last, good or not.
    package var heard: Instant?
    /// Whether a connection stands on which it spoke.
    package var isConnected = false

    package init() {}
}
