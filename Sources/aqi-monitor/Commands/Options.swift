import AQICore
import ArgumentParser
import Ingest
import Store
import Texts

/// Options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(help: "Language of messages and screens: en or zh (default: LANG).")
    var lang: String?

    func validate() throws {
        if let lang, Language(rawValue: lang) == nil {
            throw ValidationError(Session.words.oneOf("--lang \(lang)", Language.allCases.map(\.rawValue)))
        }
    }
}

/// Which edition of the index standard: one by its name, or the one in force.
struct RulesOption: ExpressibleByArgument {
    static let auto = RulesOption(edition: nil)

    /// Nil for `auto`.
    let edition: Edition?

    private init(edition: Edition?) {
        self.edition = edition
    }

    init?(argument: String) {
        edition = Edition(name: argument)
        if edition == nil, argument != "auto" { return nil }
    }

    var defaultValueDescription: String { edition?.name ?? "auto" }
    static var allValueStrings: [String] { ["auto"] + Edition.all.map(\.name) }

    /// The edition for a period that ends with an hour.
    func edition(forPeriodEndingWith hour: Hour) -> Edition {
        edition ?? Edition(forPeriodEndingAt: hour.endingLabel)
    }
}

enum ReportOption: String, ExpressibleByArgument, CaseIterable {
    case realtime
    case running24
    case daily

    var kind: ReportKind {
        switch self {
        case .realtime: .realtime
        case .running24: .running24
        case .daily: .daily
        }
    }
}

/// How an hourly table is read.
struct TableOptions: ParsableArguments {
    @Flag(help: "Count values that cannot be read as missing, and say how many, instead of refusing the file.")
    var lenient = false

    @Option(
        parsing: .unconditional,
        help: "Further texts that stand for a missing value, separated by commas, as -999,9999.")
    var missing: String?

    /// Reads a table and tells what was not used.
    func read(_ path: String) throws -> HourlyTable {
        let table = try HourlyTableReader(
            missing: missing?.split(separator: ",").map(String.init) ?? [], isLenient: lenient
        ).readFile(path)
        if table.unreadableValues > 0 {
            Session.say(Session.words.inTable(path, line: 0, Session.words.unreadableValues(table.unreadableValues)))
        }
        return table
    }
}

extension HourlyTableReader {
    /// Reads the table of a file, and tells of columns that are not used.
    func readFile(_ path: String) throws -> HourlyTable {
        let table: HourlyTable
        do {
            table = try read(try TableFile.read(path))
        } catch let error as TableError {
            throw TableProblem(path: path, error: error)
        }
        if !table.ignoredColumns.isEmpty {
            Session.say(Session.words.ignoredColumns(path, table.ignoredColumns))
        }
        return table
    }
}

extension PollutantSet {
    /// Reads what `--not-monitored` gives: names with commas between them.
    init(notMonitored names: String?) throws {
        self.init()
        for name in names?.split(separator: ",") ?? [] {
            guard let pollutant = Pollutant(name: String(name)) else {
                throw ValidationError(Session.words.oneOf("--not-monitored \(name)", Pollutant.allSix.map(\.name)))
            }
            insert(pollutant)
        }
    }
}

/// Why somebody changes a store: it goes into its audit trail, with who and when.
struct AuditOptions: ParsableArguments {
    @Option(help: "Why, for the audit trail.")
    var reason: String?

    /// The entry of a change.
    func entry(_ subject: String, after: String? = nil) -> AuditEntry {
        AuditEntry(
            time: WallClock.now, person: Account.current, subject: subject.harmless, after: after,
            reason: (reason ?? "").harmless)
    }
}
