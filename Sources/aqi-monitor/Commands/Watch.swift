import ArgumentParser
import Glibc
import ServiceLifecycle
import Terminal
import Texts

struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The live screen of a running monitor, in this terminal. Closing it never touches the measuring.",
        discussion: """
            Attaches to the monitor by the socket beside its store, reading only, and again by itself where the monitor
            restarts. Leave with q. docs/dashboard.md describes the JSON.

            EXAMPLES
              aqi-monitor watch
              aqi-monitor watch --store /var/lib/aqi-monitor/air.db
              aqi-monitor watch --once --devices
              aqi-monitor watch --json | jq '.stations[] | [.name, .realtime.aqi]'
              aqi-monitor watch --json --follow
            """)

    @OptionGroup var monitor: MonitorOptions

    @Flag(help: "Print one screen as text, and end.")
    var once = false

    @Flag(help: "With --once: the screen of the devices.")
    var devices = false

    @Flag(help: "Print one line of JSON, and end.")
    var json = false

    @Flag(help: "With --json: a line for every update.")
    var follow = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if devices, !once { throw ValidationError("--devices goes with --once; on the screen press d.") }
        if follow, !json { throw ValidationError("--follow goes with --json.") }
        if once, json { throw ValidationError("--once prints a screen, --json an object: one of the two.") }
    }

    mutating func run() async throws {
        let path = try monitor.sockets().status
        if json {
            var output = try Output(path: nil)
            try await StatusClient.forEachMessage(path) { _, line in
                try output.line(line)
                try output.flush()
                return follow
            }
            try output.finish()
        } else if once {
            try await StatusClient.forEachMessage(path) { message, _ in
                var output = try Output(path: nil)
                let dashboard = Dashboard(words: Session.words, hasBlocks: Session.isUTF8)
                let canvas =
                    devices
                    ? dashboard.devices(message.snapshot, rows: 24, columns: 80)
                    : dashboard.canvas(message.snapshot, station: 0, rows: 24, columns: 80)
                try output.line(canvas.text)
                try output.finish()
                return false
            }
        } else {
            try await watch(path)
        }
    }

    private func watch(_ path: String) async throws {
        try CursesScreen.check()
        let client = StatusClient(path: path)
        // Said on a terminal that is still as it was.
        try await StatusClient.forEachMessage(path) { _, _ in false }
        try await Session.serve(
            [AttachService(client: client), ScreenService(source: client, language: Session.language)],
            hasScreen: true)
    }
}

/// Which running monitor is meant.
struct MonitorOptions: ParsableArguments {
    /// Where the example configuration keeps its store.
    static let usualStore = "/var/lib/aqi-monitor/air.db"

    @Option(help: "The configuration of the monitor.")
    var config: String?

    @Option(help: "The store of the monitor (default: \(MonitorOptions.usualStore)).")
    var store: String?

    func validate() throws {
        if config != nil, store != nil { throw ValidationError("--config or --store: one says it all.") }
    }

    func sockets() throws -> MonitorSockets {
        guard let config else { return MonitorSockets(store: store ?? Self.usualStore) }
        guard let sockets = try Configuration.read(config).sockets else {
            throw Failure(.badConfiguration, Session.words.monitorKeepsNothing(config))
        }
        return sockets
    }
}
