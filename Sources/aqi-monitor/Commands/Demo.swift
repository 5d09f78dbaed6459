import AQICore
import ArgumentParser
import Ingest
import ServiceLifecycle
import Store
import Terminal
import Texts
import Warnings

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Simulated analysers, the monitor that polls them, and the live screen. Needs nothing else.",
        discussion: """
            A Modbus TCP gateway with three gas analysers, an ozone analyser that speaks C-Link and a Modbus RTU particulate
            monitor, both on pseudo-terminals, play an episode; the monitor reads them over the wire like real ones. Leave with q.

            With --store other terminals attach to it as to `run`: screens, alarms, calibrations, warnings. Its people sign
            by themselves; so may you, as one of them (a name that is none of them is answered with theirs). Time is the
            demo's. Without a store nobody can attach.

            EXAMPLES
              aqi-monitor demo
              aqi-monitor demo --headless --speed max --store demo.db
              aqi-monitor demo --headless --speed 60 --store demo.db & aqi-monitor watch --store demo.db
              aqi-monitor demo --data hours.csv --station Dongsi --from 2016-12-15T00:00:00+08:00 --hours 240
            """)

    @Flag(help: "No screen: messages on standard error, and the end with the last hour.")
    var headless = false

    @Option(name: .customLong("for"), help: "End after this long, as 30s, 5m, 2h.")
    var duration: DurationOption?

    @Option(help: "Simulated seconds a second, or max.")
    var speed: SpeedOption = .times(1800)

    @Option(help: "Replay the hours of this table instead of a made-up episode.")
    var data: String?

    @Option(help: "With --data: the station whose hours are replayed.")
    var station: String?

    @Option(help: "The first hour is the one that BEGINS here, as 2026-11-16T00:00.")
    var from: TimeOption?

    @Option(help: "How many hours.")
    var hours: Int?

    @Option(help: "Of the made-up episode: the same number gives the same hours.")
    var seed: UInt64 = 1

    @Option(
        help: "Keep hours, indices and warnings in this file; one that is there is continued. Sockets lie beside it.")
    var store: String?

    @Option(help: "With --store: samples are committed after so many seconds of real time; 0: with every round.")
    var commit: Int = StorePolicy().commitSeconds

    @Option(help: "TCP port of the simulated gateway on the loopback interface; 0 takes any free one.")
    var port: Int = 0

    @Option(help: "The screen that is shown first (default: city, with one station that of the station).")
    var screen: ScreenName?

    @OptionGroup var look: ScreenArguments
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try WrongUsage.check("--hours", hours, in: 1...1_000_000)
        try WrongUsage.check("--port", port, in: 0...65_535)
        try WrongUsage.check("--commit", commit, in: 0...600)
        if station != nil, data == nil { throw ValidationError(Session.words.goesWith("--station", "--data")) }
    }

    /// The beginning of a made-up episode: 2026-11-16T00:00+08:00, the first Monday of the heating season.
    private static let episodeBegins = NaturalDay(number: 20_773).firstHour

    mutating func run() async throws {
        let words = Session.words
        let episode = try episode()
        // What can fail fails before anything is created.
        if !headless { try CursesScreen.check() }
        let screenOptions = try look.options(screen)
        let sockets = self.store.map(MonitorSockets.init)
        try sockets?.check()
        let station = try SimulatedStation(port: port)
        defer { station.stop() }
        var policy = StorePolicy()
        policy.commitSeconds = commit
        let store = try self.store.map {
            StoreKeeper(.success(try MonitorStore(path: $0)), path: $0, stations: [episode.key], policy: policy)
        }
        var configuration = Configuration()
        configuration.settleSeconds = 0
        configuration.stations = [.init(key: episode.key, name: episode.name)]
        configuration.buses = station.buses
        configuration.serialBuses = station.serialBuses
        // The people are simulated, too, and sign at once.
        configuration.people = Role.allCases.map { Person(name: words.simulatedPerson($0), roles: [$0]) }
        let journal = Journal(logger: Session.logger)
        let pipeline = try Pipeline(
            configuration, store: store, journal: journal, words: words, simulation: speed.text, signsByItself: true)

        var first = episode.first
        if let continued = await pipeline.hour, continued > first, let path = self.store {
            first = continued
            journal.add(words.storeContinues(path, from: first.beginning.dateAndClock), at: first.beginning)
        }
        journal.add(
            data == nil
                ? words.demoStarted(
                    tcp: station.tcpText, rtu: station.rtuText, serial: station.serialText, seed: seed)
                : words.demoStartedFromFile(
                    tcp: station.tcpText, rtu: station.rtuText, serial: station.serialText, station: episode.key),
            at: first.beginning)
        let replay = ReplayService(
            station: station, buses: configuration.makeBuses(), pipeline: pipeline, journal: journal,
            words: words, row: episode.row, first: first, pollSeconds: speed.pollSeconds,
            speed: speed.times, deadline: duration.map { .now + $0.duration }, endsWithLastHour: headless)
        var services: [any Service] = [replay]
        if let sockets {
            let begin = first.beginning
            services += sockets.services(pipeline, journal: journal) {
                max(await pipeline.latestStep, begin)
            }
        }
        if !headless { services.append(ScreenService(source: pipeline, options: screenOptions)) }
        try await Session.serve(services, of: pipeline, hasScreen: !headless)
    }

    /// The hours to be replayed.
    private struct Hours {
        var key: String
        var name: String
        var first: Hour
        var row: @Sendable (Hour) -> HourRow?
    }

    private func episode() throws -> Hours {
        guard let data else {
            let episode = Episode(seed: seed)
            let first = try from?.hour() ?? Demo.episodeBegins
            // On a screen it goes round and round; without one it ends.
            let count = hours ?? (headless ? Episode.length : Int(Int32.max / 2))
            return Hours(key: "demo", name: Session.words.demoStation, first: first) { hour in
                let offset = Int(hour - first)
                return offset < count ? episode.row(offset) : nil
            }
        }
        let table = try HourlyTableReader().readFile(data)
        let name = station ?? table.series.first?.station ?? ""
        guard let series = table.series.first(where: { $0.station == name }) else {
            throw Failure(
                .badData, Session.words.unknownStation(name, data, known: table.series.map(\.station)))
        }
        let first = try from?.hour() ?? series.first
        let last = hours.map { first + Int32($0 - 1) } ?? series.last
        guard first <= last, last >= series.first, first <= series.last else {
            throw Failure(.badData, Session.words.noHours(data))
        }
        return Hours(key: name, name: name, first: first) { hour in hour <= last ? series[hour] : nil }
    }
}

/// How fast the simulated time runs.
enum SpeedOption: ExpressibleByArgument, Equatable {
    case times(Double)
    case max

    init?(argument: String) {
        if argument == "max" {
            self = .max
        } else if let times = Double(argument), times >= 0.001, times <= 1_000_000 {
            self = .times(times)
        } else {
            return nil
        }
    }

    var times: Double? { if case .times(let times) = self { times } else { nil } }

    /// Simulated seconds between two rounds: about ten rounds a second, and at least one a minute, which an hour mean needs.
    var pollSeconds: Int64 { Int64(Swift.min(60, Swift.max(1, (times ?? 600) / 10))) }

    var text: String { times.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" } ?? "max" }

    var defaultValueDescription: String { times.map { "\(Int($0))" } ?? "max" }
}

/// A length of time, as 30s, 5m, 2h.
struct DurationOption: ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
        guard let last = argument.last, let unit = units[last], let count = Double(argument.dropLast()), count > 0,
            count * unit <= 315_360_000
        else { return nil }
        duration = .seconds(count * unit)
    }
}

/// A point in time, or a date.
struct TimeOption: ExpressibleByArgument {
    /// Of a date, where it begins.
    let instant: Instant
    /// Of a date, where it ends.
    let end: Instant

    init?(argument: String) {
        if let instant = TimeText.parse(argument) {
            self.instant = instant
            end = instant
        } else if let midnight = TimeText.parse("\(argument)T00:00") {
            instant = midnight
            end = midnight + 86_400
        } else {
            return nil
        }
    }

    /// The hour that **begins** there.
    func hour() throws -> Hour {
        guard instant.secondsIntoHour == 0 else {
            throw ValidationError(Session.words.writeLike("--from \(instant.iso8601)", ["2016-12-15T00:00:00+08:00"]))
        }
        return Hour(containing: instant)
    }
}
