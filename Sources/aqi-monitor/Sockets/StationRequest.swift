import AQICore
import HJ212
import Ingest
import Warnings

/// What a person asks of a station, as another process says it.
struct StationRequest: Codable, Equatable {
    /// nil where only one receiver has the station.
    var receiver: String?
    var mn: String
    /// The number of the command, and what it needs.
    var command: Int
    var number: Int?
    var text: String?
    var from: Instant?
    var through: Instant?
    var reason: String

    init(receiver: String?, mn: String, request: CentreRequest, reason: String) {
        self.receiver = receiver
        self.mn = mn
        self.reason = reason
        command = request.number
        switch request {
        case .time, .setTime: break
        case .history(_, let from, let through): (self.from, self.through) = (from, through)
        case .realtimeInterval(let number), .minuteInterval(let number): self.number = number
        case .setPassword(let text), .calibrate(let text), .sample(let text): self.text = text
        }
    }

    /// nil where no request has this command with this.
    var request: CentreRequest? {
        switch command {
        case Command.getTime: .time
        case Command.setTime: .setTime
        case Command.getRealtimeInterval: .realtimeInterval(seconds: nil)
        case Command.setRealtimeInterval: number.map { .realtimeInterval(seconds: $0) }
        case Command.getMinuteInterval: .minuteInterval(minutes: nil)
        case Command.setMinuteInterval: number.map { .minuteInterval(minutes: $0) }
        case Command.setPassword: text.map { .setPassword($0) }
        case Command.calibrate: text.map { .calibrate(factor: $0) }
        case Command.sample: text.map { .sample(factor: $0) }
        default:
            from.flatMap { from in through.map { .history(command: command, from: from, through: $0) } }
        }
    }
}
