import AQICore
import ArgumentParser
import Response
import Texts
import Warnings

struct WarningsTasks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks",
        abstract: "What areas, departments and the office have to acknowledge and to report, and who has not.",
        discussion: """
            EXAMPLES
              aqi-monitor warnings tasks
              aqi-monitor warnings tasks acknowledge 3 --party police --as 李四
              aqi-monitor warnings tasks report 4 --party 三河市 --text "已落实" --as 李四
            """,
        subcommands: [TasksList.self, TasksAcknowledge.self, TasksReport.self], defaultSubcommand: TasksList.self)
}

struct TasksList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What is open, until when, and who is missing.",
        discussion: """
            Asks the running monitor; without one it shows what the store has.

            EXAMPLES
              aqi-monitor warnings tasks list
              aqi-monitor warnings tasks list --all --json --store air.db
            """)

    @Flag(help: "Also what is done.")
    var all = false

    @OptionGroup var monitor: MonitorOptions

    @Flag(help: "A line of JSON a task.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let (status, now) = try await monitor.warnings()
        let rounds = (status.response?.tasks.rounds ?? []).filter { all || $0.isOpen }
        let (words, plan) = (Session.words, try monitor.response())
        var output = try Output(path: nil)
        for round in rounds {
            for line in json ? [round.json(at: now).line] : words.lines(of: round, at: now, in: plan) {
                try output.line(line.harmless)
            }
        }
        if rounds.isEmpty, !json { try output.line(words.noTasks) }
        try output.finish()
    }
}

struct TasksAcknowledge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge", abstract: "An area or a department has its list of measures.",
        discussion: """
            EXAMPLES
              aqi-monitor warnings tasks acknowledge 3 --party 三河市 --as 李四
              aqi-monitor warnings tasks acknowledge 3 --party police --as 李四
            """)

    @Argument(help: "The number of the task, as tasks list shows it.")
    var task: Int

    @Option(help: "The area, or the department by its id or name.")
    var party: String

    @OptionGroup var desk: DeskOptions

    mutating func run() async throws {
        try await desk.carryOut(.acknowledge(task: task, party: party))
    }
}

struct TasksReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Takes in a report: of a day, of a spell, of the year.",
        discussion: """
            EXAMPLES
              aqi-monitor warnings tasks report 4 --party 三河市 --text "检查企业 12 家，均已落实" --as 李四
              aqi-monitor warnings tasks report 4 --party office --text "已汇总上报省厅" --as 李四
            """)

    @Argument(help: "The number of the task, as tasks list shows it.")
    var task: Int

    @Option(help: "The area, the department by its id or name, or office.")
    var party: String

    @Option(help: "The report, or where it is kept.")
    var text: String

    @OptionGroup var desk: DeskOptions

    mutating func run() async throws {
        try await desk.carryOut(.report(task: task, party: party, text: text))
    }
}

// MARK: - As lines

extension Words {
    /// What a round asks for, until when, and who is missing.
    func lines(of round: TaskRound, at now: Instant, in plan: ResponsePlan) -> [String] {
        let what = task(
            round.kind, warning: round.warning, level: round.level, day: round.day.map { $0.date.iso8601 })
        let state =
            round.isOpen
            ? taskIsDue(by: round.due.dateAndClock, isLate: round.isLate(at: now)) : taskIsClosed(round.isSuperseded)
        var lines = ["\(round.number)  \(what)  \(state)  \(round.done.count)/\(round.parties.count)"]
        if round.isOpen {
            lines.append("   " + taskAwaits(round.outstanding.map { party($0, of: plan) }))
        }
        return lines
    }

    /// An area by its name, a department in this language.
    func party(_ id: String, of plan: ResponsePlan) -> String {
        if id == ResponseDesk.office { return headquartersOffice }
        return plan.department(id).map { text($0.name) } ?? id
    }
}

extension TaskRound {
    fileprivate func json(at now: Instant) -> JSON {
        .object([
            ("task", .integer(Int64(number))), ("kind", .string(kind.rawValue)),
            ("warning", warning == 0 ? .null : .integer(Int64(warning))), ("level", .string(orNull: level?.rawValue)),
            ("day", .string(orNull: day?.date.iso8601)), ("opened", .string(opened.iso8601)),
            ("due", .string(due.iso8601)), ("late", .bool(isLate(at: now))), ("superseded", .bool(isSuperseded)),
            (
                "done",
                .array(
                    done.map { done in
                        .object([
                            ("party", .string(done.party)), ("person", .string(done.person)),
                            ("time", .string(done.time.iso8601)), ("text", .string(done.text)),
                        ])
                    })
            ), ("outstanding", .array(outstanding.map(JSON.string))),
        ])
    }
}
