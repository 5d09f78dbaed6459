import AQICore
import ArgumentParser
import ServiceLifecycle
import Terminal
import Texts

struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The live screens of a running monitor, in this terminal. Closing them never touches the measuring.",
        discussion: """
            Attaches to the monitor by the socket beside its store, reading only, and again by itself where the monitor
            restarts. Keys are shown with ?, q leaves. docs/dashboard.md shows the screens and describes the JSON.

            EXAMPLES
              aqi-monitor watch
              aqi-monitor watch --store /var/lib/aqi-monitor/air.db --theme okabe-ito
              aqi-monitor watch --operator 李四                  acknowledges alarms, signs
              aqi-monitor watch --once --screen warning --size 120x40
              aqi-monitor watch --once --screen trend --channel nox --range week
              aqi-monitor watch --json | jq '.stations[] | [.name, .realtime.aqi]'
              aqi-monitor watch --json --follow
            """)

    @OptionGroup var monitor: MonitorOptions
    @OptionGroup var look: ScreenArguments

    @Option(help: "The screen that is shown first (default: city, with one station that of the station).")
    var screen: ScreenName?

    @Option(name: .customLong("operator"), help: "Who acts: acknowledges and shelves alarms, signs proposals.")
    var person: String?

    @Flag(help: "Print one screen as text, and end; with --theme in colours.")
    var once = false

    @Option(
        help:
            "With --once: the size of the screen, as 120x40; 80x24 without, at least \(Dashboard.smallest.columns)x\(Dashboard.smallest.rows)."
    )
    var size: SizeOption?

    @Option(help: "With --once: the station that is shown, by its key.")
    var station: String?

    @Option(help: "The channel of the trend.")
    var channel: ChannelOption?

    @Option(help: "How far back the trend looks.")
    var range: TrendRangeOption?

    @Flag(help: "Print one line of JSON, and end.")
    var json = false

    @Flag(help: "With --json: a line for every update.")
    var follow = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if size != nil || station != nil, !once {
            throw ValidationError(Session.words.goesWith("--size, --station", "--once"))
        }
        if follow, !json { throw ValidationError(Session.words.goesWith("--follow", "--json")) }
        if once, json { throw ValidationError(Session.words.notTogether("--once", "--json")) }
        if let person, once || json || !person.contains(where: { !$0.isWhitespace }) {
            throw ValidationError(Session.words.operatorIsOfTheScreen("--operator"))
        }
    }

    mutating func run() async throws {
        let sockets = try monitor.sockets()
        if json {
            var output = try Output(path: nil)
            try await StatusClient.forEachMessage(sockets.status) { _, line in
                try output.line(line)
                try output.flush()
                return follow
            }
            try output.finish()
        } else if once {
            try await printOnce(sockets.status)
        } else {
            try await watch(sockets)
        }
    }

    private func options(acting: (person: String, socket: String)? = nil) throws -> ScreenOptions {
        var options = try look.options(screen, acting: acting)
        options.channel = channel?.parameter ?? options.channel
        options.range = range?.range ?? options.range
        options.isOfMonitor = false
        return options
    }

    private func printOnce(_ path: String) async throws {
        let options = try options()
        var view = options.view
        let other = view.channel.pollutant == nil ? view.channel : nil
        let (snapshot, history) = try await StatusClient.look(path, with: other) { snapshot in
            if let place = snapshot.stations.firstIndex(where: { $0.key == station }) { view.station = place }
            return view.station(of: snapshot)?.key
        }
        if let station, !snapshot.stations.contains(where: { $0.key == station }) {
            throw Failure(
                .badData, Session.words.unknownStation(station, path, known: snapshot.stations.map(\.key)))
        }
        let glyphs = options.glyphs ?? (Session.isUTF8 ? .braille : .ascii)
        let canvas = Dashboard(words: Session.words, glyphs: glyphs).canvas(
            snapshot, view, history: history, rows: size?.rows ?? 24, columns: size?.columns ?? 80)
        var output = try Output(path: nil)
        let theme = CursesScreen.wantsColour ? look.theme : nil
        try output.line(theme.map(canvas.text(in:)) ?? canvas.text)
        try output.finish()
    }

    private func watch(_ sockets: MonitorSockets) async throws {
        do {
            try CursesScreen.check()
        } catch {
            guard case .noTerminal = error else { throw error }
            throw Failure(.wrongUsage, Session.words.noTerminalToWatch)
        }
        let options = try options(acting: person.map { ($0, sockets.control) })
        // Said on a terminal that is still as it was.
        try await StatusClient.check(sockets.status)
        let client = StatusClient(path: sockets.status)
        try await Session.serve(
            [AttachService(client: client), ScreenService(source: client, options: options)], hasScreen: true)
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
        if config != nil, store != nil { throw ValidationError(Session.words.notTogether("--config", "--store")) }
    }

    func sockets() throws -> MonitorSockets {
        guard let config else { return MonitorSockets(store: store ?? Self.usualStore) }
        guard let sockets = try Configuration.read(config).sockets else {
            throw Failure(.badConfiguration, Session.words.monitorKeepsNothing(config))
        }
        return sockets
    }
}
