package import AQICore
import HJ212

/// What a centre asks of a station.
///
/// Source: HJ 212-2017, table 6 (commands) and Annex C (what their CP holds).
package enum CentreRequest: Hashable, Sendable {
    /// 1011
    case time
    /// 1012: with ours.
    case setTime
    /// 2051, 2061 or 2031, of what began from one time until another, the last included.
    case history(command: Int, from: Instant, through: Instant)
    /// 1061 and 1062: how many seconds lie between two 2011; nil asks.
    case realtimeInterval(seconds: Int?)
    /// 1063 and 1064: how many minutes a 2051 is of; nil asks.
    case minuteInterval(minutes: Int?)
    /// 1072
    case setPassword(String)
    /// 3011: zero and span of the instrument of a factor.
    case calibrate(factor: String)
    /// 3012: a sample at once.
    case sample(factor: String)

    /// The ExeRtn of a station that has nothing of the time that it is asked for.
    ///
    /// Source: HJ 212-2017, table 9.
    package static let nothingThere = 100

    /// The code of a factor that the standard must have.
    package var factor: String? {
        switch self {
        case .calibrate(let factor), .sample(let factor): factor
        default: nil
        }
    }

    /// The number of the command.
    package var number: Int {
        switch self {
        case .time: Command.getTime
        case .setTime: Command.setTime
        case .history(let command, _, _): command
        case .realtimeInterval(let seconds): seconds == nil ? Command.getRealtimeInterval : Command.setRealtimeInterval
        case .minuteInterval(let minutes): minutes == nil ? Command.getMinuteInterval : Command.setMinuteInterval
        case .setPassword: Command.setPassword
        case .calibrate: Command.calibrate
        case .sample: Command.sample
        }
    }

    /// Whether it changes what a station does, beside its clock: such is sent only where the configuration allows it.
    package var isReverseControl: Bool {
        switch self {
        case .time, .setTime, .history: false
        case .realtimeInterval(let seconds): seconds != nil
        case .minuteInterval(let minutes): minutes != nil
        case .setPassword, .calibrate, .sample: true
        }
    }

    /// Whether the standard has it, and it can be written into a packet.
    ///
    /// Source: HJ 212-2017, table 5: RtdInterval, MinInterval.
    package var isValid: Bool {
        func isPlain(_ text: String) -> Bool {
            (1...24).contains(text.utf8.count)
                && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !Array(";,=&#".utf8).contains($0) }
        }
        switch self {
        case .time, .setTime, .realtimeInterval(nil), .minuteInterval(nil): return true
        case .history(let command, let from, let through):
            return [Command.minutes, Command.hours, Command.day].contains(command) && from <= through
        case .realtimeInterval(let seconds?): return (30...3600).contains(seconds)
        case .minuteInterval(let minutes?): return [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].contains(minutes)
        case .setPassword(let text), .calibrate(let text), .sample(let text): return isPlain(text)
        }
    }

    /// What stands between `&&` and `&&`.
    func cp(at now: Instant, _ dialect: Dialect) -> String {
        switch self {
        case .time: ""
        case .setTime: "SystemTime=\(WireTime.text(now))"
        case .history(_, let from, let through):
            "BeginTime=\(WireTime.text(from)),EndTime=\(WireTime.text(through))"
        case .realtimeInterval(let seconds): seconds.map { "RtdInterval=\($0)" } ?? ""
        case .minuteInterval(let minutes): minutes.map { "MinInterval=\($0)" } ?? ""
        case .setPassword(let password): "\(dialect.newPasswordKey)=\(password)"
        case .calibrate(let factor), .sample(let factor): "PolId=\(factor)"
        }
    }

    /// The key under which a station answers with what it was asked for.
    var answerKey: String? {
        switch self {
        case .time: "SystemTime"
        case .realtimeInterval(nil): "RtdInterval"
        case .minuteInterval(nil): "MinInterval"
        default: nil
        }
    }
}
