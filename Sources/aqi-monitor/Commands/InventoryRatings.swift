import AQICore
import ArgumentParser
import Ingest
import Inventory
import Store
import Texts

struct InventoryRatings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ratings",
        abstract: "The ratings in force, as they are published: classified plants are left out.",
        discussion: """
            The worst process rules a plant, one unmet indicator a process; findings bar A and B, or bring the plant to C.

            EXAMPLES
              aqi-monitor inventory ratings *.csv -o ratings.csv
              aqi-monitor inventory ratings *.csv --on 2026-11-16 --json
            """)

    @OptionGroup var inventory: InventoryOptions

    @Flag(help: "JSON lines instead of CSV.")
    var json = false

    @Option(name: .shortAndLong, help: "Write here instead of standard output; the file appears when it is whole.")
    var output: String?

    mutating func run() throws {
        let inventory = try inventory.readOrFail()
        let words = Session.words
        var output = try Output(path: output)
        if !json { try output.line("plant,name,area,stated,rating,list,because") }
        for (plant, standing) in zip(inventory.tables.plants, inventory.standings) where !plant.isClassified {
            let causes = standing.causes.map(words.cause)
            let list = standing.membership?.ground.rawValue
            if json {
                try output.line(
                    JSON.object([
                        ("plant", .string(plant.id)), ("name", .string(plant.name)), ("area", .string(plant.area)),
                        ("stated", .string(standing.stated.rawValue)), ("rating", .string(standing.rating.rawValue)),
                        ("list", .string(orNull: list)), ("because", .array(causes.map(JSON.string))),
                    ]).line)
            } else {
                try output.line(
                    [
                        plant.id, plant.name, plant.area, standing.stated.rawValue, standing.rating.rawValue,
                        list ?? "",
                        causes.joined(separator: "; "),
                    ].map(CSV.field).joined(separator: ",").harmless)
            }
        }
        try output.finish()
    }
}

struct InventoryInspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract:
            "Records what was found at a plant: a line for inspections.csv, and an entry of the store's audit trail.",
        discussion: """
            Prints the line; what it changes, on standard error. A rating goes to C and a guaranteed enterprise off its list at
            once. With --store the record goes into the audit trail, where nobody can change it.

            EXAMPLES
              aqi-monitor inventory inspect P0042 --finding measures-not-carried-out --as "Wang Fang" \\
                --reason "both lines ran at 14:00" *.csv >> inspections.csv
              aqi-monitor inventory inspect P0042 --finding violation --as "Wang Fang" --reason "..." --store air.db *.csv
            """)

    @Argument(help: "The plant, by its number.")
    var plant: String

    @Option(help: "What was found.")
    var finding: Inspection.Finding

    @Option(name: .customLong("as"), help: "Who found it.")
    var person: String

    @Option(help: "What was seen.")
    var reason: String

    @Option(help: "Why a veto does not hold here.")
    var exception: String?

    @Option(help: "The store whose audit trail takes the record.")
    var store: String?

    @OptionGroup var inventory: InventoryOptions

    func validate() throws {
        guard !person.isEmpty, !reason.isEmpty else {
            throw ValidationError(Session.words.mustNotBeEmpty("--as, --reason"))
        }
        if exception != nil, !finding.isVeto {
            throw ValidationError(Session.words.exceptionIsOfVetoes(finding.rawValue))
        }
    }

    mutating func run() throws {
        let before = try inventory.readOrFail()
        let record = Inspection(
            day: before.day, plant: plant, finding: finding, person: person, reason: reason, exception: exception ?? "",
            line: SourceLine(file: "inspect", line: 0))
        var tables = before.tables
        tables.inspections.append(record)
        let after: EmissionInventory
        do {
            after = try EmissionInventory(tables, on: before.day)
        } catch {
            throw Failure(.badData, error.faults.map { Session.words.problem($0.kind) }.joined(separator: "; "))
        }
        let place = before.tables.plants.firstIndex { $0.id == plant }
        if let store {
            try MonitorStore.append(
                AuditEntry(
                    time: WallClock.now, person: person.harmless, subject: "inspection \(plant)".harmless,
                    before: place.map { before.standings[$0].summary },
                    after: "\(record.day.date.iso8601) \(finding.rawValue)"
                        + (place.map { ": \(after.standings[$0].summary)" } ?? ""),
                    reason: (reason + (exception.map { "; exception: \($0)" } ?? "")).harmless),
                to: store)
        }
        var output = try Output(path: nil)
        let fields = [record.day.date.iso8601, plant, finding.rawValue, person, reason, exception ?? ""]
        try output.line(fields.map(CSV.field).joined(separator: ",").harmless)
        try output.finish()
        let said = place.map { InventoryRemark.rating(tables.plants[$0], after.standings[$0]) } ?? .unlisted(record)
        Session.say(Session.words.remark(said))
    }
}

extension Inspection.Finding: ExpressibleByArgument {}

extension Standing {
    /// Rating and list, as the audit trail has them.
    fileprivate var summary: String { rating.rawValue + (membership.map { ", \($0.ground.rawValue)" } ?? "") }
}
