import AQICore
import ArgumentParser
import Ingest
import ServiceLifecycle
import Store
import Terminal
import Texts
import Warnings

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

    @OptionGroup var look: ScreenArguments
    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let words = Session.words
        let configuration = try Configuration.read(config)
        if screen { try CursesScreen.check() }
        let screenOptions = try look.options()
        try configuration.sockets?.check()
        let store = try configuration.store.map { try StoreKeeper(path: $0, configuration) }
        let journal = Journal(logger: Session.logger)
        let pipeline = try Pipeline(configuration, store: store, journal: journal, words: words)
        journal.add(
            words.started(stations: configuration.stations.count, buses: configuration.busCount),
            at: WallClock.now)
        if !configuration.receivers.isEmpty { raiseOpenFileLimit() }
        var services: [any Service] = [TickService(pipeline: pipeline)]
        let buses = configuration.makeBuses(clock: WallClock.forBuses)
        await pipeline.attach(buses)
        services += buses.map {
            BusService(bus: $0, pollSeconds: configuration.pollSeconds, pipeline: pipeline)
        }
        let desk = StationDesk()
        services += configuration.receivers.map {
            ReceiveService(receiver: $0, desk: desk, pipeline: pipeline, journal: journal, words: words)
        }
        services += configuration.uplinks.map {
            UplinkService(
                destination: $0, instruments: configuration.instruments, store: configuration.store ?? "",
                pipeline: pipeline, journal: journal, words: words)
        }
        if let sockets = configuration.sockets {
            services += sockets.services(pipeline, stations: desk, journal: journal) { WallClock.now }
        }
        if screen { services.append(ScreenService(source: pipeline, options: screenOptions)) }
        try await Session.serve(services, of: pipeline, hasScreen: screen)
    }
}

extension StoreKeeper {
    /// Opens the store of a configuration. What may pass, a disk that is full or read-only, a file that is damaged or newer, keeps
    /// nobody from measuring; what is a mistake, or somebody else's file, is refused.
    init(path: String, _ configuration: Configuration) throws {
        let store: Result<MonitorStore, StoreError>
        do throws(StoreError) {
            store = .success(try MonitorStore(path: path))
        } catch {
            guard error.mayPass else { throw error }
            store = .failure(error)
        }
        self.init(
            store, path: path, stations: configuration.stations.map(\.key), policy: configuration.storePolicy)
    }
}

extension Configuration {
    /// Reads a configuration file.
    static func read(_ path: String) throws -> Configuration {
        try Configuration(toml: String(decoding: try TableFile.read(path), as: UTF8.self), path: path)
    }

    var busCount: Int { buses.count + serialBuses.count }

    /// The buses of the configuration, not yet connected; without a clock in the time of whoever polls them.
    func makeBuses(clock: BusClock? = nil) -> [any Bus] {
        let modbus: [any Bus] = buses.map {
            ModbusBus(name: $0.name, line: $0.line, options: $0.options, devices: $0.devices, clock: clock)
        }
        return modbus
            + serialBuses.map {
                SerialBus(
                    name: $0.name, line: $0.line, protocol: $0.kind, options: $0.options, devices: $0.devices,
                    clock: clock)
            }
    }
}
