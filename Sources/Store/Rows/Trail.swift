package import AQICore
import GRDB

/// A decision about warnings, in the order in which they were taken.
package struct LedgerEntry: Equatable, Sendable {
    package var time: Instant
    package var kind: String
    package var person: String
    package var reason: String
    /// One line of JSON.
    package var body: String

    package init(time: Instant, kind: String, person: String, reason: String, body: String) {
        self.time = time
        self.kind = kind
        self.person = person
        self.reason = reason
        self.body = body
    }

    func insert(_ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO ledger (time, kind, person, reason, body) VALUES (?, ?, ?, ?, ?)",
            arguments: [time.seconds, kind, person, reason, body])
    }

    static let table = """
        CREATE TABLE IF NOT EXISTS ledger (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            person TEXT NOT NULL,
            reason TEXT NOT NULL,
            body TEXT NOT NULL,
            previous_hash BLOB,
            hash BLOB
        ) STRICT;
        """
}
