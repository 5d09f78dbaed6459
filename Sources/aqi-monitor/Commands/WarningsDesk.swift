import AQICore
import ArgumentParser
import Foundation
import Ingest
import Response
import Store
import Texts
import Warnings

/// What every command of the warnings' people needs: which monitor, and who acts.
struct DeskOptions: ParsableArguments {
    @OptionGroup var monitor: MonitorOptions

    @Option(name: .customLong("as"), help: "Who acts, by the name in the configuration.")
    var person: String

    @OptionGroup var common: CommonOptions

    /// Asks the running monitor, and shows how the warnings stand then.
    func carryOut(_ command: WarningCommand) async throws { try await carryOut(.warnings(command)) }

    /// The same for tasks and notices.
    func carryOut(_ command: ResponseCommand) async throws { try await carryOut(.response(command)) }

    private func carryOut(_ command: ControlCommand) async throws {
        let reply = try await ControlClient(path: try monitor.sockets().control).ask(command, as: person)
        guard let status = reply.warnings else { return }
        var output = try Output(path: nil)
        let lines = Session.words.lines(of: status, at: reply.time ?? WallClock.now, in: try monitor.response())
        for line in lines { try output.line(line.harmless) }
        try output.finish()
    }
}

extension MonitorOptions {
    /// The store of the monitor.
    func storePath() throws -> String {
        guard let config else { return store ?? Self.usualStore }
        guard let path = try Configuration.read(config).store else {
            throw Failure(.badConfiguration, Session.words.monitorKeepsNothing(config))
        }
        return path
    }

    /// What is done at each level: by the configuration, or what is shipped.
    func response() throws -> ResponsePlan { try config.map(Configuration.read)?.response ?? .shipped }

    /// How the warnings stand, and the time by which they do: by the running monitor, or without one by the store.
    func warnings() async throws -> (status: WarningStatus, now: Instant) {
        let client = ControlClient(path: try sockets().control)
        if let reply = try? await client.ask(.warnings(.status), as: nil), let status = reply.warnings {
            return (status, reply.time ?? WallClock.now)
        }
        return (try WarningStatus(reader: StoreReader(path: try storePath())), WallClock.now)
    }
}

extension WarningStatus {
    /// How the warnings stood when the store was written last.
    init(reader: StoreReader) throws {
        let (rules, office, response) = try reader.read { queries in
            (
                try queries.state(Pipeline.warningState), try queries.state(Pipeline.officeState),
                try queries.state(Pipeline.responseState)
            )
        }
        let remembered = try rules.map { try JSONDecoder().decode(Pipeline.Remembered.self, from: Data($0.utf8)) }
        self.init(
            plan: remembered?.plan ?? "", rules: remembered?.state ?? WarningEngine.State(),
            office: try office.map { try JSONDecoder().decode(WarningOffice.State.self, from: Data($0.utf8)) }
                ?? WarningOffice.State(),
            response: try response.map { try JSONDecoder().decode(ResponseDesk.State.self, from: Data($0.utf8)) })
    }
}

struct WarningsSign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Signs a proposal in the role whose turn it is; the last signature issues it.",
        discussion: """
            EXAMPLE
              aqi-monitor warnings sign 7 --as 张三
            """)

    @Argument(help: "The number of the proposal, as warnings list shows it.")
    var proposal: Int

    @OptionGroup var desk: DeskOptions

    mutating func run() async throws { try await desk.carryOut(.sign(proposal: proposal)) }
}

struct WarningsDecline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decline", abstract: "Declines a proposal, with the reason.",
        discussion: """
            EXAMPLE
              aqi-monitor warnings decline 7 --as 张三 --reason "the forecast was withdrawn at 15:00"
            """)

    @Argument(help: "The number of the proposal, as warnings list shows it.")
    var proposal: Int

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var desk: DeskOptions

    mutating func run() async throws { try await desk.carryOut(.decline(proposal: proposal, reason: reason)) }
}

struct WarningsDust: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dust",
        abstract: "Says that hours are dust, or with --clear that they are not: their particulates do not count.",
        discussion: """
            Hours by their labels, both included, as everywhere: 08:00 is the hour 07:00-08:00.

            EXAMPLES
              aqi-monitor warnings dust --from 2026-03-17T08:00 --to 2026-03-17T20:00 --as 李四 --reason "沙尘暴"
              aqi-monitor warnings dust --clear --from 2026-03-17T19:00 --to 2026-03-17T20:00 --as 李四 --reason "haze again"
            """)

    @Option(help: "The first hour, by its end, as 2026-11-16T08:00.")
    var from: TimeOption

    @Option(help: "The last hour, by its end, as 2026-11-16T20:00.")
    var to: TimeOption

    @Flag(help: "They are not dust.")
    var clear = false

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var desk: DeskOptions

    mutating func run() async throws {
        let (first, last) = (Hour(endingAtLabel: from.instant), Hour(endingAtLabel: to.instant))
        guard from.instant.secondsIntoHour == 0, to.instant.secondsIntoHour == 0, first <= last else {
            throw ValidationError(Session.words.hoursInOrder("--from, --to"))
        }
        try await desk.carryOut(.dust(first: first, last: last, isDust: !clear, reason: reason))
    }
}

struct WarningsLift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lift", abstract: "Proposes to lift the warning in force by hand; it is signed like any other.",
        discussion: """
            EXAMPLE
              aqi-monitor warnings lift --as 李四 --reason "the instrument of the air station was at fault"
            """)

    @Option(help: "Why.")
    var reason: String

    @OptionGroup var desk: DeskOptions

    mutating func run() async throws { try await desk.carryOut(.lift(reason: reason)) }
}

struct WarningsArea: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "area",
        abstract: "Gives an area a level of its own, with the city's consent, or the city's again.",
        discussion: """
            EXAMPLES
              aqi-monitor warnings area 三河市 --level orange --as 李四 --reason "consent of the office, 08:30"
              aqi-monitor warnings area 三河市 --level none --as 李四 --reason "as the city again"
            """)

    @Argument(help: "The area, as the configuration names it.")
    var area: String

    @Option(help: "yellow, orange, red, or none for the city's level.")
    var level: LevelOption

    @Option(help: "The consent.")
    var reason: String

    @OptionGroup var desk: DeskOptions

    mutating func run() async throws {
        try await desk.carryOut(.area(name: area, level: level.level, reason: reason))
    }
}

struct WarningsConsultation: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consultation", abstract: "Keeps the record of a consultation (会商).",
        discussion: """
            EXAMPLE
              aqi-monitor warnings consultation --invited-by 气象台 --attended 气象台,监测站,专家组 --as 李四 \\
                --opinions "stagnant until the 20th" --verdict "orange from the 18th"
            """)

    @Option(help: "Who invited.")
    var invitedBy: String

    @Option(help: "Who attended, separated by commas.")
    var attended: String

    @Option(help: "What was said.")
    var opinions: String

    @Option(help: "What came of it.")
    var verdict: String

    @OptionGroup var desk: DeskOptions

    mutating func run() async throws {
        try await desk.carryOut(
            .consultation(
                .init(
                    invitedBy: invitedBy, attended: attended.split(separator: ",").map(String.init), opinions: opinions,
                    verdict: verdict)))
    }
}
