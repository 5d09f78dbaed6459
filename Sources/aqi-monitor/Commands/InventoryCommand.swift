import AQICore
import ArgumentParser
import Ingest
import Inventory
import Response
import Texts

struct InventoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inventory",
        abstract: "The emission-reduction list: what each level takes away, ratings, inspections, public boards.",
        discussion: """
            EXAMPLES
              aqi-monitor inventory generate example --plants 20
              aqi-monitor inventory check example/*.csv
              aqi-monitor inventory ratios example/*.csv --level red
            """,
        subcommands: [
            InventoryCheckCommand.self, InventoryRatios.self, InventoryRatings.self, InventoryInspect.self,
            InventoryBoard.self, InventoryGenerate.self,
        ])
}

/// The files of an inventory, and the day on which they are looked at.
struct InventoryOptions: ParsableArguments {
    @Argument(help: "The tables, in any order; which is which is told by the header. docs/inventory.md describes them.")
    var files: [String]

    @Option(help: "The day on which ratings and lists are judged, as 2026-11-16; today without.")
    var on: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let on, TimeText.parseDate(on) == nil {
            throw ValidationError(Session.words.writeLike("--on \(on)", ["2026-11-16"]))
        }
    }

    var day: NaturalDay { on.flatMap(TimeText.parseDate) ?? Hour(containing: WallClock.now).day }

    /// Reads everything, and takes all of it or nothing.
    ///
    /// - Throws: ``InventoryFaults`` with every line that is wrong, ``TableFile/Unreadable`` for a file that cannot be opened.
    func read() throws -> EmissionInventory {
        let industries = ResponsePlan.shipped.industries
        var reader = InventoryReader(industryNames: industries.map { [$0.name.zh, $0.name.en] })
        for file in files {
            do {
                reader.read(try TableFile.read(file), file: file)
            } catch let error as TableError {
                reader.refuse(error, file: file)
            }
        }
        return try EmissionInventory(reader.tables, faults: reader.faults, on: day)
    }

    /// Reads everything; tells of every fault, and ends there.
    func readOrFail() throws -> EmissionInventory {
        do {
            return try read()
        } catch let error as InventoryFaults {
            for fault in error.faults { Session.say(fault.text) }
            throw Failure(.badData, Session.words.inventoryHasFaults(error.faults.count))
        }
    }
}

extension InventoryFault {
    var text: String {
        let words = Session.words
        return words.inInventory(line, column: column, words.problem(kind))
    }

    var json: JSON {
        .object([
            ("file", .string(line.file)), ("line", .integer(Int64(line.line))), ("column", .string(orNull: column)),
            ("problem", .string(Session.words.problem(kind))),
        ])
    }
}

struct InventoryCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Whether an inventory is good: every line that is not, by file, line and column.",
        discussion: """
            A good one is told with what a person should know: idle plants, ratings that findings have changed, exceptions. With
            faults nothing is taken, and the exit status is 65.

            EXAMPLES
              aqi-monitor inventory check plants.csv processes.csv dust.csv base.csv
              aqi-monitor inventory check *.csv --on 2026-11-16 --json
            """)

    @OptionGroup var inventory: InventoryOptions

    @Flag(help: "One line of JSON.")
    var json = false

    mutating func run() throws {
        var output = try Output(path: nil)
        let inventory: EmissionInventory
        do {
            inventory = try json ? self.inventory.read() : self.inventory.readOrFail()
        } catch let error as InventoryFaults {
            try output.line(
                JSON.object([("faults", .array(error.faults.map(\.json))), ("remarks", .array([]))]).line)
            try output.finish()
            throw Failure(.badData, Session.words.inventoryHasFaults(error.faults.count))
        }
        let words = Session.words
        let remarks = inventory.remarks.map(words.remark)
        if json {
            try output.line(
                JSON.object([("faults", .array([])), ("remarks", .array(remarks.map(JSON.string)))]).line)
        } else {
            let tables = inventory.tables
            try output.line(
                words.inventoryIsGood(
                    plants: tables.plants.count, processes: tables.processes.count, heating: tables.heating.count,
                    fleets: tables.mobile.count, dust: tables.dust.count))
            for remark in remarks { try output.line(remark.harmless) }
        }
        try output.finish()
    }
}
