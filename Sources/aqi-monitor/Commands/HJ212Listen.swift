import AQICore
import ArgumentParser
import HJ212
import Ingest
import ServiceLifecycle
import Synchronization
import Texts

struct HJ212Listen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Listens to stations, acknowledges what they send and prints it; nothing is kept.",
        discussion: """
            The first line says where it listens. Any MN and password will do: this is for looking at a line, not for operation.

            EXAMPLES
              aqi-monitor hj212 listen --port 9212
              aqi-monitor hj212 listen --port 9212 --bind 0.0.0.0 --json --for 60s
            """)

    @Option(help: "The port; 0 takes any free one.")
    var port = 9212

    @Option(help: "The address to listen on; 0.0.0.0 lets everybody in.")
    var bind = "127.0.0.1"

    @Flag(help: "Refuse whatever the standard does not have.")
    var strict = false

    @Option(name: .customLong("for"), help: "End after this long, as 30s, 5m, 2h.")
    var duration: DurationOption?

    @Flag(help: "One line of JSON a packet.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        try WrongUsage.check("--port", port, in: 0...65_535)
    }

    mutating func run() async throws {
        var rules = CentreRules(stations: [])
        rules.isStrict = strict
        rules.acknowledgesAnybody = true
        rules.connectionsPerAddress = rules.connections
        raiseOpenFileLimit()
        let (strict, json) = (strict, json)
        // Lines of packets that came and are not printed yet: what cannot be printed in time is left out.
        let (lines, printer) = AsyncStream<String>.makeStream(bufferingPolicy: .bufferingNewest(10_000))
        let server = try await HJ212Server(
            address: bind, port: port, rules: rules, clock: { WallClock.now },
            tell: { event in
                if case .closed = event { Session.say(Session.words.text(event).0) }
            },
            watch: { data, packet in
                let text = PacketText(packet, in: data)
                let isUsable = packet.isUsable(strict: strict)
                printer.yield(json ? text.json(ok: isUsable).line : text.row(ok: isUsable))
            })
        var output = try Output(path: nil)
        try output.line("\(bind):\(server.port)")
        try output.flush()
        let task = Task { try await server.run { _ in true } }
        let printing = Printing(lines: lines, duration: duration?.duration)
        try await Session.serve([printing], hasScreen: false)
        await server.stop()
        _ = try await task.value
    }
}

/// Prints lines until the time is over or the user stops it.
private struct Printing: Service {
    let lines: AsyncStream<String>
    let duration: Duration?

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    for await line in lines {
                        var output = try Output(path: nil)
                        try output.line(line)
                        try output.finish()
                    }
                }
                if let duration { tasks.addTask { try? await Task.sleep(for: duration) } }
                _ = try await tasks.next()
                tasks.cancelAll()
            }
        }
    }
}
