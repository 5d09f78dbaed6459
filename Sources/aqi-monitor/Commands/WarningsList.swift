import AQICore
import ArgumentParser
import Foundation
import Store
import Texts
import Warnings

struct WarningsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "The warning in force, what waits for a signature, orders, dust, consultations, areas.",
        discussion: """
            Asks the running monitor; without one it shows what the store has.

            EXAMPLES
              aqi-monitor warnings list
              aqi-monitor warnings list --json --store air.db
            """)

    @OptionGroup var monitor: MonitorOptions

    @Flag(help: "One line of JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let (status, now) = try await monitor.warnings()
        var output = try Output(path: nil)
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            try output.line(String(decoding: try encoder.encode(status), as: UTF8.self))
        } else {
            let lines = Session.words.lines(of: status, at: now, in: try monitor.response())
            for line in lines { try output.line(line.harmless) }
        }
        try output.finish()
    }
}

struct WarningsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The ledger: each step with time, person and reason.",
        discussion: """
            EXAMPLES
              aqi-monitor warnings show
              aqi-monitor warnings show 7
              aqi-monitor warnings show --last 100 --json
            """)

    @Argument(help: "The number of a proposal; without it all steps.")
    var proposal: Int?

    @Option(help: "Without a proposal: how many of the newest steps are shown.")
    var last = 50

    @OptionGroup var monitor: MonitorOptions

    @Flag(help: "A line of JSON a step.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        try WrongUsage.check("--last", last, in: 1...100_000)
    }

    mutating func run() async throws {
        let entries = try StoreReader(path: try monitor.storePath()).read { queries in
            guard let proposal else { return try queries.ledger(newest: last) }
            return try queries.ledger().filter { $0.body.contains("\"proposal\":\"\(proposal)\"") }
        }
        try entries.show(
            json: json,
            none: proposal.map { Session.words.noSteps(ofProposal: $0) } ?? Session.words.noSteps(of: nil))
    }
}
