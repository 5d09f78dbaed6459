import AQICore
import GRDB

extension StoreQueries {
    /// The newest entries of the ledger, oldest first.
    package func ledger(newest count: Int) throws -> [LedgerEntry] {
        // A store of an older version, which nobody has written to since.
        guard try database.tableExists("ledger") else { return [] }
        let rows = try Row.fetchAll(
            database, sql: "SELECT time, kind, person, reason, body FROM ledger ORDER BY sequence DESC LIMIT ?",
            arguments: [count])
        return rows.reversed().map { row in
            LedgerEntry(
                time: Instant(seconds: row[0]), kind: row[1], person: row[2], reason: row[3], body: row[4])
        }
    }
}
