import AQICore
import ArgumentParser
import Glibc
import HJ212
import Ingest
import ServiceLifecycle
import Texts

struct SimulateHJ212: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hj212",
        abstract: "A city of stations that send HJ 212 packets to a centre, and answer its requests.",
        discussion: """
            Each station is a connection with an episode of its own; its MN is AQISIM00000000, AQISIM00000001 and so on. A packet
            that is not acknowledged for 10 s is sent again, three times. A station that loses its connection tries again after 2 to
            5 s. At the end: what was sent, what was acknowledged and how long that took, connections lost and made again.

            SINS: \(Message.simulated.names.joined(separator: ", "))

            EXAMPLES
              aqi-monitor simulate hj212 --port 9212
              aqi-monitor simulate hj212 --port 9212 --stations 500 --every 30s --sins length-counts-crc,missing-qn
            """)

    @Option(help: "The centre.")
    var host = "127.0.0.1"

    @Option(help: "The centre's port.")
    var port: Int

    @Option(help: "How many stations.")
    var stations = 1

    @Option(help: "How often each sends its values, 1s without.")
    var every: DurationOption?

    @Option(help: "The edition: \(Dialect.all.map(\.name).joined(separator: ", ")).")
    var dialect = DialectOption(dialect: .hj212Of2017)

    @Option(help: "What every station does wrong, separated by commas.")
    var sins = ""

    @Option(help: "PW of every station.")
    var password = "123456"

    @Option(help: "Of the episodes.")
    var seed: UInt64 = 1

    @Option(name: .customLong("for"), help: "End after this long, as 30s, 5m, 2h.")
    var duration: DurationOption?

    @Flag(help: "The result as a line of JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        try WrongUsage.check("--port", port, in: 1...65_535)
        try WrongUsage.check("--stations", stations, in: 1...50_000)
        _ = try chosen()
    }

    private func chosen() throws -> Sins {
        var chosen = Sins()
        for name in sins.split(separator: ",") {
            guard let sin = Sins.named.first(where: { $0.name == name })?.sin, Message.simulated.contains(sin) else {
                throw ValidationError(Session.words.oneOf("--sins \(name)", Message.simulated.names))
            }
            chosen.formUnion(sin)
        }
        return chosen
    }

    private func unreached(_ error: any Error) -> String {
        let (words, centre) = (Session.words, "\(host):\(port)")
        return switch error as? ExchangeError {
        case .cannotConnect(ECONNREFUSED): words.nobodyListens(centre)
        case let error?: words.onLine(centre, words.problem(error))
        case nil: words.onLine(centre, "\(error)")
        }
    }

    mutating func run() async throws {
        var options = HJ212City.Options()
        options.stationCount = stations
        options.millisecondsBetweenPackets = max(1, (every?.duration).map { Int($0 / .milliseconds(1)) } ?? 1000)
        options.dialect = dialect.dialect
        options.sins = try chosen()
        options.password = password
        options.seed = seed
        raiseOpenFileLimit()
        let city = HJ212City(options, clock: { WallClock.now })
        do {
            try await city.start(host: host, port: port)
        } catch {
            await city.stop()
            throw Failure(.unavailable, unreached(error))
        }
        try await Session.serve([Waiting(duration: duration?.duration)], hasScreen: false)
        let counts = city.counts
        await city.stop()
        var output = try Output(path: nil)
        try output.line(json ? counts.json.line : counts.row)
        try output.finish()
    }
}

/// Waits until the time is over or the user stops it.
private struct Waiting: Service {
    let duration: Duration?

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // A day at a time: a duration may be for ever.
            repeat {
                try? await Task.sleep(for: duration ?? .seconds(86_400))
            } while duration == nil && !Task.isCancelled
        }
    }
}

extension HJ212City.Counts {
    fileprivate var figures: [(name: String, value: Int)] {
        [
            ("sent", sent), ("resent", resent), ("acknowledged", acknowledged), ("unanswered", unanswered),
            ("requestsAnswered", requestsAnswered), ("lost", lost), ("reconnected", reconnected),
        ]
    }

    fileprivate var json: JSON {
        .object(
            figures.map { ($0.name, .integer(Int64($0.value))) } + [
                ("p50Ms", .number("\(delay(perMille: 500))")), ("p99Ms", .number("\(delay(perMille: 990))")),
            ])
    }

    fileprivate var row: String {
        (figures.map { "\($0.name) \($0.value)" } + [
            "p50 \(delay(perMille: 500)) ms", "p99 \(delay(perMille: 990)) ms",
        ])
        .joined(separator: "  ")
    }
}
