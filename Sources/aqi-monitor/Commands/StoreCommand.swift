import ArgumentParser
import Store
import Texts

struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies a store while it is written to.",
        discussion: """
            The copy is the store as it is at this moment; it appears when it is whole.

            EXAMPLE
              aqi-monitor backup --store air.db /media/usb/air-2026-11-16.db
            """)

    @Option(help: "The store.")
    var store: String

    @Argument(help: "The copy; must not be there yet.")
    var target: String

    @OptionGroup var common: CommonOptions

    mutating func run() throws { try StoreReader(path: store).backup(to: target) }
}

struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Care for a store that nobody writes to.",
        discussion: """
            EXAMPLES
              aqi-monitor store compact air.db
              aqi-monitor store salvage air.db saved.db
            """,
        subcommands: [StoreCompact.self, StoreSalvage.self])
}

struct StoreCompact: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact", abstract: "Writes a store anew, without what is unused, by the newest version.",
        discussion: """
            Needs as much free disk as the store is large, and that nobody writes to it.

            EXAMPLE
              aqi-monitor store compact air.db
            """)

    @Argument(help: "The store.")
    var store: String

    @OptionGroup var audit: AuditOptions

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        _ = try StoreReader(path: store)
        try MonitorStore.compact(store)
        try MonitorStore.append(audit.entry("store compact"), to: store)
    }
}

struct StoreSalvage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "salvage", abstract: "Copies what can be read of a damaged store into a new one.",
        discussion: """
            The damaged one stays as it is. Prints how many rows of each table were saved.

            EXAMPLE
              aqi-monitor store salvage air.db saved.db
            """)

    @Argument(help: "The damaged store.")
    var store: String

    @Argument(help: "The new one; must not be there yet.")
    var target: String

    @OptionGroup var audit: AuditOptions

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        let saved = try MonitorStore.salvage(store, into: target)
        let rows = saved.reduce(0) { $0 + $1.rows }
        try MonitorStore.append(audit.entry("store salvage \(store)", after: "\(rows) rows saved"), to: target)
        var output = try Output(path: nil)
        for (table, rows) in saved where rows > 0 { try output.line("\(table)  \(rows)") }
        try output.finish()
    }
}

extension MonitorStore {
    /// Puts one entry into the audit trail of a store that nobody else writes to.
    static func append(_ entry: AuditEntry, to path: String) throws {
        let store = try MonitorStore(path: path)
        var batch = StoreBatch()
        batch.audits = [entry]
        try store.write(batch)
        try store.close()
    }
}
