import GRDB

import struct Foundation.Data

/// A trail whose rows hold the hash of the row before: whoever changes, removes or puts in a row later breaks the chain there.
///
/// `hash` = SHA-256 of `previous_hash` (before the first row 32 zero bytes) and the row's fields in the order of `columns`, each as a
/// netstring: `3:abc,`, numbers in decimal, NULL as `-,`. Rows from before there was a chain have no hash; the first that has one goes
/// on from what theirs would have been.
struct HashChain {
    let table: String
    let columns: [String]

    static let ledger = HashChain(table: "ledger", columns: ["time", "kind", "person", "reason", "body"])
    static let audit = HashChain(
        table: "audit", columns: ["time", "person", "subject", "before", "after", "reason"])

    static let beginning = [UInt8](repeating: 0, count: SHA256.length)

    static func hash(after previous: [UInt8], _ fields: [DatabaseValue]) -> [UInt8] {
        SHA256.digest(of: previous + fields.flatMap(netstring))
    }

    /// Source: D. J. Bernstein, "Netstrings", 1997.
    private static func netstring(_ value: DatabaseValue) -> [UInt8] {
        let bytes: [UInt8]
        switch value.storage {
        case .null: return Array("-,".utf8)
        case .int64(let number): bytes = Array("\(number)".utf8)
        case .string(let text): bytes = Array(text.utf8)
        // No trail has such fields; SQLite's STRICT tables see to it.
        case .double(let number): bytes = Array("\(number)".utf8)
        case .blob(let data): bytes = Array(data)
        }
        return Array("\(bytes.count):".utf8) + bytes + [UInt8(ascii: ",")]
    }

    /// Adds a row at the end.
    func append(_ values: [(any DatabaseValueConvertible)?], _ database: Database) throws {
        let fields = values.map { $0?.databaseValue ?? .null }
        let previous = try newestHash(database)
        let hash = HashChain.hash(after: previous, fields)
        let names = (columns + ["previous_hash", "hash"]).joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
        try database.cachedStatement(sql: "INSERT INTO \(table) (\(names)) VALUES (\(marks))").execute(
            arguments: StatementArguments(fields + [Data(previous).databaseValue, Data(hash).databaseValue]))
    }

    /// The hash of the last row, or what it would have been.
    private func newestHash(_ database: Database) throws -> [UInt8] {
        let sql = "SELECT hash FROM \(table) ORDER BY sequence DESC LIMIT 1"
        guard let row = try Row.fetchOne(database, sql: sql) else { return HashChain.beginning }
        if let hash: Data = row[0] { return Array(hash) }
        var hash = HashChain.beginning
        try forEachRow(database) { hash = HashChain.hash(after: hash, $0.fields) }
        return hash
    }

    /// Says in trails of a time before there were chains that they are chained from here on.
    static func begin(_ database: Database) throws {
        if let time = try Int64.fetchOne(database, sql: "SELECT max(time) FROM ledger") {
            try ledger.append([time, "chainBegan", "", "", "{}"], database)
        }
        if let time = try Int64.fetchOne(database, sql: "SELECT max(time) FROM audit") {
            try audit.append([time, "-", "hash chain", nil, "begins here", "new version"], database)
        }
    }

    // MARK: - Reading

    struct Link {
        var sequence: Int64
        var fields: [DatabaseValue]
        var previousHash: [UInt8]?
        var hash: [UInt8]?
    }

    func forEachRow(_ database: Database, _ body: (Link) throws -> Void) throws {
        // A store that no version with chains has written to.
        let isChained = try database.columns(in: table).contains { $0.name == "hash" }
        let hashes = isChained ? "previous_hash, hash" : "NULL, NULL"
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT sequence, \(hashes), \(columns.joined(separator: ", ")) FROM \(table) ORDER BY sequence")
        while let row = try rows.next() {
            let (previous, hash): (Data?, Data?) = (row[1], row[2])
            let fields: [DatabaseValue] = columns.indices.map { row[$0 + 3] }
            try body(
                Link(
                    sequence: row[0], fields: fields, previousHash: previous.map(Array.init),
                    hash: hash.map(Array.init)))
        }
    }
}
