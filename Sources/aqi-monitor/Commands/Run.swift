import AQICore
import ArgumentParser
import Ingest
import ServiceLifecycle
import Store
import Terminal
import Texts

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures, day and night, what a configuration describes.",
        discussion: """
            EXAMPLES
              aqi-monitor run --config /etc/aqi-monitor/station.toml
              aqi-monitor run --config station.toml --screen
            """)

    @Option(help: "The configuration; etc/aqi-monitor.toml is an example with comments.")
    var config: String

    @Flag(help: "Show the live screen in this terminal.")
    var screen = false

    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let words = Session.words
        let configuration = try Configuration.read(config)
        if screen { try CursesScreen.check() }
        let store = try configuration.store.map { try MonitorStore(path: $0) }
        let journal = Journal(logger: Session.logger)
        let pipeline = try Pipeline(configuration, store: store, journal: journal, words: words)
        journal.add(
            words.started(stations: configuration.stations.count, buses: configuration.buses.count),
            at: WallClock.now)
        if !configuration.receivers.isEmpty { raiseOpenFileLimit() }
        var services: [any Service] = [TickService(pipeline: pipeline)]
        services += configuration.makeBuses(clock: WallClock.forBuses).map {
            BusService(bus: $0, pollSeconds: configuration.pollSeconds, pipeline: pipeline)
        }
        services += configuration.receivers.map {
            ReceiveService(receiver: $0, pipeline: pipeline, journal: journal, words: words)
        }
        services += configuration.uplinks.map {
            UplinkService(
                destination: $0, store: configuration.store ?? "", pipeline: pipeline, journal: journal, words: words)
        }
        if screen { services.append(ScreenService(pipeline: pipeline, language: Session.language)) }
        try await Session.serve(services, hasScreen: screen)
        try await pipeline.close()
    }
}

struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Says whether a configuration is good, or what is wrong with it and where.",
        discussion: """
            EXAMPLE
              aqi-monitor check-config /etc/aqi-monitor/station.toml
            """)

    @Argument(help: "The configuration.")
    var file: String

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        let configuration = try Configuration.read(file)
        let devices = configuration.buses.flatMap(\.devices)
        var output = try Output(path: nil)
        try output.line(
            Session.words.configurationIsGood(
                file, stations: configuration.stations.count, buses: configuration.buses.count,
                devices: devices.count, channels: devices.reduce(0) { $0 + $1.channels.count }))
        try output.finish()
    }
}

extension Configuration {
    /// Reads a configuration file.
    static func read(_ path: String) throws -> Configuration {
        try Configuration(toml: String(decoding: try TableFile.read(path), as: UTF8.self), path: path)
    }

    /// The buses of the configuration, not yet connected; without a clock in the time of whoever polls them.
    func makeBuses(clock: BusClock? = nil) -> [any Bus] {
        buses.map {
            ModbusBus(name: $0.name, line: $0.line, options: $0.options, devices: $0.devices, clock: clock)
        }
    }
}
