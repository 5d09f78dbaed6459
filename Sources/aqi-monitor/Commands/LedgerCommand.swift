import AQICore
import ArgumentParser
import Foundation
import Store
import Texts
import Warnings

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "The ledger (台账): each step with time, person and reason, chained by hashes.",
        discussion: """
            EXAMPLES
              aqi-monitor ledger show --store air.db
              aqi-monitor ledger verify --store air.db
              aqi-monitor ledger export --store air.db -o ledger.jsonl
            """,
        subcommands: [LedgerShow.self, LedgerVerify.self, LedgerExport.self])
}

extension LedgerLine.Kind: ExpressibleByArgument {}

struct LedgerShow: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The newest steps, oldest first.",
        discussion: """
            EXAMPLES
              aqi-monitor ledger show --store air.db
              aqi-monitor ledger show --last 100 --kind signed --json
            """)

    @Option(help: "How many of the newest steps are shown.")
    var last = 50

    @Option(help: "Only steps of this kind, as signed or issued.")
    var kind: LedgerLine.Kind?

    @OptionGroup var monitor: MonitorOptions

    @Flag(help: "A line of JSON a step.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        try WrongUsage.check("--last", last, in: 1...100_000)
    }

    mutating func run() throws {
        let entries = try StoreReader(path: try monitor.storePath()).read {
            try $0.ledger(newest: last, kind: kind?.rawValue)
        }
        try entries.show(json: json, none: Session.words.noSteps(of: kind?.rawValue))
    }
}

struct LedgerVerify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Whether ledger and audit trail are as they were written.",
        discussion: """
            Follows the chain of hashes, and names the first row that does not fit (exit 65). Whoever can write the file can
            also make a whole new chain: note the newest hash elsewhere, on paper or in a document, and give it with --noted.

            EXAMPLES
              aqi-monitor ledger verify --store air.db
              aqi-monitor ledger verify --noted 3f5a... --json
            """)

    @Option(help: "A hash that was the newest once: it must be there.")
    var noted: String?

    @OptionGroup var monitor: MonitorOptions

    @Flag(help: "A line of JSON a trail.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let noted, [UInt8](hexadecimal: noted)?.count != 32 {
            throw ValidationError(Session.words.hexadecimalDigits("--noted \(noted)", 64))
        }
    }

    mutating func run() throws {
        let path = try monitor.storePath()
        let noted = noted.flatMap { [UInt8](hexadecimal: $0) }
        let reports = try StoreReader(path: path).read { try $0.verifyTrails(noted: noted) }
        var output = try Output(path: nil)
        for report in reports where json || report.fault == nil { try output.line(json ? report.json : report.text) }
        try output.finish()
        var problems = reports.compactMap(\.problem)
        if let noted, !reports.contains(where: { $0.isFound == true }) {
            problems.append(Session.words.trailsLack(noted.hexadecimal))
        }
        guard problems.isEmpty else {
            throw Failure(.badData, problems.map { "\(path): \($0)" }.joined(separator: "\n"))
        }
    }
}

struct LedgerExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "The whole ledger as lines of JSON, with the hashes.",
        discussion: """
            EXAMPLE
              aqi-monitor ledger export --store air.db -o ledger-2026.jsonl
            """)

    @OptionGroup var monitor: MonitorOptions

    @Option(name: .shortAndLong, help: "Write here instead of standard output; the file appears when it is whole.")
    var output: String?

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        let entries = try StoreReader(path: try monitor.storePath()).read { try $0.ledger() }
        var output = try Output(path: output)
        for entry in entries { try output.line(entry.json) }
        try output.finish()
    }
}

// MARK: - As lines

extension [LedgerEntry] {
    /// Writes them to standard output, a line each; where there are none, `none` as text and nothing as JSON.
    func show(json: Bool, none: String) throws {
        var output = try Output(path: nil)
        if isEmpty, !json { try output.line(none) }
        for entry in self { try output.line(json ? entry.json : entry.text.harmless) }
        try output.finish()
    }
}

extension LedgerEntry {
    /// `2026-11-16 08:05  signed  张三  {...}`.
    var text: String {
        let kind = LedgerLine.Kind(rawValue: kind).map(Session.words.ledgerKind) ?? kind
        let parts = [time.dateAndClock, kind, person, reason, body]
        return parts.filter { !$0.isEmpty }.joined(separator: "  ").replacingOccurrences(of: "\n", with: " ")
    }

    var json: String {
        // The body is an object already.
        let head = JSON.object([
            ("sequence", .integer(sequence)), ("time", .string(time.iso8601)), ("kind", .string(kind)),
            ("person", .string(person)), ("reason", .string(reason)),
            ("previousHash", .string(orNull: previousHash.isEmpty ? nil : previousHash.hexadecimal)),
            ("hash", .string(orNull: hash.isEmpty ? nil : hash.hexadecimal)), ("body", .null),
        ]).line
        return head.dropLast("null}".count) + body + "}"
    }
}

extension ChainReport {
    fileprivate var text: String {
        Session.words.trailHolds(table, rows: rows, older: olderRows, head: head.hexadecimal)
    }

    fileprivate var problem: String? {
        guard let fault else { return nil }
        let words = Session.words
        return switch fault.kind {
        case .changed: words.trailIsChanged(table, row: fault.sequence)
        case .broken: words.trailIsBroken(table, row: fault.sequence)
        case .unchained: words.trailIsUnchained(table, row: fault.sequence)
        case .cutOff: words.trailIsCutOff(table, row: fault.sequence)
        }
    }

    fileprivate var json: String {
        JSON.object([
            ("trail", .string(table)), ("rows", .integer(Int64(rows))), ("olderRows", .integer(Int64(olderRows))),
            ("head", .string(head.hexadecimal)), ("fault", .string(orNull: fault.map { "\($0.kind)" })),
            ("row", fault.map { .integer($0.sequence) } ?? .null),
        ]).line
    }
}

extension [UInt8] {
    fileprivate var hexadecimal: String {
        map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined()
    }

    fileprivate init?(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
