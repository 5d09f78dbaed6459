import ArgumentParser
import Glibc
import Ingest
import Response
import Texts
import Uplink
import Warnings

struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract:
            "Says whether a configuration, a warning plan or a response is good, or what is wrong with it and where.",
        discussion: """
            A configuration: how much is in it, and each bus, receiver and uplink by name. A plan is told by what is in it, and
            explained in words.

            EXAMPLES
              aqi-monitor check-config /etc/aqi-monitor/station.toml
              aqi-monitor check-config station.toml --json
              aqi-monitor check-config our-city.toml
              aqi-monitor check-config langfang-2019
              aqi-monitor check-config /etc/aqi-monitor/response
            """)

    @Argument(
        help:
            "The configuration, or the plan: a file, or the name of one that comes with the program; a response: its folder."
    )
    var file: String

    @Flag(help: "One line of JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        let response = ResponsePlan.isFolder(file) ? try ResponsePlan.read(file) : nil
        let plan = response == nil ? try plan() : nil
        let configuration = response == nil && plan == nil ? try Configuration.read(file) : nil
        let lines =
            response.map { [Session.words.responseIsGood(file, $0)] }
            ?? plan.map { Session.words.explain($0, from: file) } ?? configuration?.lines(file) ?? []
        let object: JSON = .object([
            ("file", .string(file)), ("plan", .string(orNull: plan?.name)),
            ("configuration", configuration?.json ?? .null), ("response", response?.json ?? .null),
        ])
        var output = try Output(path: nil)
        for line in json ? [object.line] : lines { try output.line(line.harmless) }
        try output.finish()
    }

    private func plan() throws -> WarningPlan? {
        if let shipped = WarningPlan.shipped.first(where: { $0.name == file }) { return shipped }
        let root = try TOMLSection(document: String(decoding: try TableFile.read(file), as: UTF8.self), path: file)
        return WarningPlan.isPlan(root) ? try WarningPlan(root) : nil
    }
}

extension ResponsePlan {
    fileprivate static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return unsafe stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    fileprivate var json: JSON {
        func count(_ number: Int) -> JSON { .integer(Int64(number)) }
        return .object([
            ("city", .string(city.name.zh)), ("measures", count(measures.count)),
            ("industries", count(industries.count)), ("departments", count(departments.count)),
            ("areas", count(areas.count)), ("channels", count(channels.count)),
        ])
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

extension Configuration {
    /// That a configuration is good, and how much is in it.
    func summary(of path: String) -> String {
        let devices = allBuses.flatMap(\.devices)
        return Session.words.configurationIsGood(
            path, stations: stations.count, buses: busCount, devices: devices.count,
            channels: devices.reduce(0) { $0 + $1.channels }, receivers: receivers.count, uplinks: uplinks.count)
    }

    /// The summary, and each bus, receiver and uplink.
    fileprivate func lines(_ path: String) -> [String] {
        let words = Session.words
        return [summary(of: path)]
            + allBuses.map { "  " + words.busInConfiguration($0.name, at: $0.line, devices: $0.devices.map(\.name)) }
            + receivers.map { "  " + words.receiverInConfiguration($0.name, at: $0.end, stations: $0.stations.count) }
            + uplinks.map { uplink in
                "  "
                    + words.uplinkInConfiguration(
                        uplink.name, at: uplink.end, stations: uplink.stations.keys.sorted(), sends: uplink.contents)
            }
    }

    /// What is in it, without passwords.
    fileprivate var json: JSON {
        func names(_ names: [String]) -> JSON { .array(names.map(JSON.string)) }
        return .object([
            ("stations", names(stations.map(\.key))),
            (
                "buses",
                .array(
                    allBuses.map { bus in
                        .object([
                            ("name", .string(bus.name)), ("line", .string(bus.line)),
                            (
                                "devices",
                                .array(
                                    bus.devices.map {
                                        .object([
                                            ("name", .string($0.name)), ("channels", .integer(Int64($0.channels))),
                                        ])
                                    })
                            ),
                        ])
                    })
            ),
            (
                "receivers",
                .array(
                    receivers.map {
                        .object([
                            ("name", .string($0.name)), ("at", .string($0.end)),
                            ("stations", names($0.stations.map(\.mn))),
                        ])
                    })
            ),
            (
                "uplinks",
                .array(
                    uplinks.map { uplink in
                        .object([
                            ("name", .string(uplink.name)), ("at", .string(uplink.end)),
                            ("stations", names(uplink.stations.keys.sorted())), ("sends", names(uplink.contents)),
                        ])
                    })
            ),
        ])
    }

    private typealias BusText = (name: String, line: String, devices: [(name: String, channels: Int)])

    /// The buses of all kinds.
    private var allBuses: [BusText] {
        buses.map { ($0.name, $0.line.text, $0.devices.map { ($0.name, $0.channels.count) }) }
            + serialBuses.map {
                ($0.name, "\($0.line.text), \($0.kind.name)", $0.devices.map { ($0.name, $0.channels.count) })
            }
    }
}

extension Configuration.Receiver {
    fileprivate var end: String { "\(address):\(port)" }
}

extension Destination {
    fileprivate var end: String { "\(host):\(port)" }
    fileprivate var contents: [String] { Content.allCases.filter(sends.contains).map(\.rawValue) }
}
