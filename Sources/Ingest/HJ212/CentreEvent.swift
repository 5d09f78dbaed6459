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
    /// The result is QnRtn where the station refused, else ExeRtn; `value` is what it was asked for, `history` what it sent of the
    /// past.
    case answered(mn: String, CentreRequest, result: Int, value: String?, history: StationHistory? = nil)
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
