import AQICore
import ArgumentParser
import HJ212
import Ingest
import Texts

struct HJ212Send: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Asks a station that is connected to a running monitor, and says what it answered.",
        discussion: """
            time, hours, minutes and days ask; set-time sets its clock to ours. What makes it do something else is reverse \
            control, and needs `reverse_control = true` in its [[receive]]: realtime-interval SECONDS (30 ... 3600), \
            minute-interval MINUTES, password NEW, calibrate FACTOR, sample FACTOR. Without a value the intervals are asked \
            for. Of hours, minutes and days it says how many came, from when to when (the beginnings). Goes into the trail of
            changes. Exit 69 where the station does not do it, 65 for a code that its edition of the standard does not have.

            EXAMPLES
              aqi-monitor hj212 send 010000A8900016F000169DC0 time --as Li --reason "drift"
              aqi-monitor hj212 send 010000A8900016F000169DC0 calibrate a21026 --as Li --reason "weekly check"
              aqi-monitor hj212 send 010000A8900016F000169DC0 hours 2025-10-18T08:00:00+08:00 2025-10-18T20:00:00+08:00 \
                --as Li --reason "line was down"
            """)

    enum Action: String, CaseIterable, ExpressibleByArgument {
        case time
        case setTime = "set-time"
        case realtimeInterval = "realtime-interval"
        case minuteInterval = "minute-interval"
        case password
        case calibrate
        case sample
        case minutes
        case hours
        case days
    }

    @Argument(help: "The station's MN.")
    var mn: String

    @Argument(help: "What it is to do.")
    var action: Action

    @Argument(help: "What the action needs: a number, a factor's code, two times.")
    var values: [String] = []

    @Option(help: "Its receiver, where two have a station of this name.")
    var receiver: String?

    @Option(name: .customLong("as"), help: "Who asks.")
    var person: String

    @Option(help: "Why.")
    var reason: String

    @Flag(help: "One line of JSON.")
    var json = false

    @OptionGroup var monitor: MonitorOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard request?.isValid ?? false else {
            throw ValidationError(Session.words.seeExamples("\(action.rawValue) \(values.joined(separator: " "))"))
        }
    }

    /// nil where the values are not what the action needs.
    private var request: CentreRequest? {
        func history(_ command: Int) -> CentreRequest? {
            guard values.count == 2, let from = TimeText.parse(values[0]), let through = TimeText.parse(values[1])
            else {
                return nil
            }
            return .history(command: command, from: from, through: through)
        }
        let number = values.count == 1 ? Int(values[0]) : nil
        switch action {
        case .time: return values.isEmpty ? .time : nil
        case .setTime: return values.isEmpty ? .setTime : nil
        case .realtimeInterval:
            return values.isEmpty ? .realtimeInterval(seconds: nil) : number.map { .realtimeInterval(seconds: $0) }
        case .minuteInterval:
            return values.isEmpty ? .minuteInterval(minutes: nil) : number.map { .minuteInterval(minutes: $0) }
        case .password: return values.count == 1 ? .setPassword(values[0]) : nil
        case .calibrate: return values.count == 1 ? .calibrate(factor: values[0]) : nil
        case .sample: return values.count == 1 ? .sample(factor: values[0]) : nil
        case .minutes: return history(Command.minutes)
        case .hours: return history(Command.hours)
        case .days: return history(Command.day)
        }
    }

    mutating func run() async throws {
        guard let request else { return }
        let wanted = StationRequest(receiver: receiver, mn: mn, request: request, reason: reason)
        let reply = try await ControlClient(path: try monitor.sockets().control).ask(.station(wanted), as: person)
        let words = Session.words
        switch reply.station {
        case .done(let value, let history):
            var output = try Output(path: nil)
            if json {
                try output.line(
                    JSON.object(
                        [
                            ("mn", .string(mn)), ("command", .integer(Int64(request.number))),
                            ("value", value.map { .string($0) } ?? .null),
                        ] + (history?.members ?? [])
                    ).line)
            } else {
                let text = history.map { words.text($0, of: mn) } ?? words.stationDid(mn, value: value)
                try output.line(text.harmless)
            }
            try output.finish()
            if case .setPassword = request { Session.say(words.passwordToConfigure(mn)) }
        case .refused(let result):
            throw Failure(.unavailable, words.requestAnswered(mn, command: request.number, result: result))
        case .unanswered: throw Failure(.unavailable, words.requestUnanswered(mn, command: request.number))
        case .notConnected: throw Failure(.unavailable, words.stationNotConnected(mn))
        case .askedAlready: throw Failure(.unavailable, words.stationAskedAlready(mn, command: request.number))
        case .notAllowed: throw Failure(.badConfiguration, words.reverseControlOff(mn))
        case nil: throw Failure(.unavailable, words.controlFailed(try monitor.sockets().control))
        }
    }
}

extension StationHistory {
    /// What came, for scripts.
    fileprivate var members: [(String, JSON)] {
        func time(_ second: Int64?) -> JSON { second.map { .string(Instant(seconds: $0).iso8601) } ?? .null }
        return [
            ("records", .integer(Int64(records))), ("values", .integer(Int64(values))),
            ("from", time(times?.lowerBound)), ("through", time(times?.upperBound)),
        ]
    }
}
