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

struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Says whether a configuration, or a warning plan, is good, or what is wrong with it and where.",
        discussion: """
            A plan is told by what is in it, and explained in words.

            EXAMPLES
              aqi-monitor check-config /etc/aqi-monitor/station.toml
              aqi-monitor check-config our-city.toml
              aqi-monitor check-config langfang-2019
            """)

    @Argument(help: "The configuration, or the plan: a file, or the name of one that comes with the program.")
    var file: String

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        if let plan = try plan() { return try explain(plan) }
        let configuration = try Configuration.read(file)
        var output = try Output(path: nil)
        try output.line(configuration.summary(of: file))
        try output.finish()
    }

    private func plan() throws -> WarningPlan? {
        if let shipped = WarningPlan.shipped.first(where: { $0.name == file }) { return shipped }
        let root = try TOMLSection(document: String(decoding: try TableFile.read(file), as: UTF8.self), path: file)
        return WarningPlan.isPlan(root) ? try WarningPlan(root) : nil
    }

    private func explain(_ plan: WarningPlan) throws {
        var output = try Output(path: nil)
        for line in Session.words.explain(plan, from: file) { try output.line(line.harmless) }
        try output.finish()
    }
}

extension Words {
    /// A plan in words, a rule a line, each with its clause.
    func explain(_ plan: WarningPlan, from file: String) -> [String] {
        var lines = [planIsGood(file, name: plan.name, title: plan.title)]
        func add(_ text: String, _ clause: String) { lines.append("  \(text) \(planClause(clause))") }
        add(planHeavy(above: plan.base), plan.heavyAbove.clause)
        for rule in plan.rules { add(planRule(rule.level, rule.conditions), rule.clause) }
        if let emergency = plan.emergency { add(planEmergency(emergency), emergency.clause) }
        add(planIssue(hours: plan.issueAhead.value), plan.issueAhead.clause)
        add(planLift(hours: plan.lift.value), plan.lift.clause)
        return lines
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
    /// That a configuration is good, and how much is in it.
    func summary(of path: String) -> String {
        let channelCounts =
            buses.flatMap(\.devices).map(\.channels.count) + serialBuses.flatMap(\.devices).map(\.channels.count)
        return Session.words.configurationIsGood(
            path, stations: stations.count, buses: busCount, devices: channelCounts.count,
            channels: channelCounts.reduce(0, +))
    }

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
