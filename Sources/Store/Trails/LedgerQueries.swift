import AQICore
import GRDB

import struct Foundation.Data

extension StoreQueries {
    /// The newest entries of the ledger, of one kind or of all, or every one of them; oldest first.
    package func ledger(newest count: Int? = nil, kind: String? = nil) throws -> [LedgerEntry] {
        // A store of an older version, which nobody has written to since.
        guard try database.tableExists("ledger") else { return [] }
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT time, kind, person, reason, body, sequence, previous_hash, hash FROM ledger
                WHERE kind = ?1 OR ?1 IS NULL ORDER BY sequence DESC LIMIT ?2
                """,
            arguments: [kind, count ?? -1])
        return rows.reversed().map { row in
            var entry = LedgerEntry(
                time: Instant(seconds: row[0]), kind: row[1], person: row[2], reason: row[3], body: row[4])
            entry.sequence = row[5]
            let (previous, hash): (Data?, Data?) = (row[6], row[7])
            entry.previousHash = previous.map(Array.init) ?? []
            entry.hash = hash.map(Array.init) ?? []
            return entry
        }
    }
}
