package import AQICore
import GRDB

/// What became final together, and is written together or not at all.
package struct StoreBatch: Equatable, Sendable {
    /// A warning event in the form in which it is exported.
    package struct Event: Equatable, Sendable {
        package var hour: Hour
        package var event: String
        package var level: String
        package var number: Int
        /// One line of JSON.
        package var body: String

        package init(hour: Hour, event: String, level: String, number: Int, body: String) {
            self.hour = hour
            self.event = event
            self.level = level
            self.number = number
            self.body = body
        }
    }

    package var hours: [HourlyRecord] = []
    package var indices: [IndexRecord] = []
    package var events: [Event] = []
    /// What stages must remember across a restart, by name; JSON.
    package var state: [String: String] = [:]
    package var ledger: [LedgerEntry] = []

    package init() {}

    package var isEmpty: Bool {
        hours.isEmpty && indices.isEmpty && events.isEmpty && state.isEmpty && ledger.isEmpty
    }
}

/// The local store: one SQLite file in WAL mode, with exactly one connection that writes.
///
/// Hours, indices, warnings and outbox survive a power loss once ``write(_:)`` has returned (`synchronous = FULL`).
/// Other processes read through ``StoreReader``.
package final class MonitorStore: Sendable {
    package let path: String
    private let queue: DatabaseQueue
    private let lock: WriterLock

    /// Opens a store for writing; creates it where there is none.
    package init(path: String) throws(StoreError) {
        self.path = path
        // Looked at read-only first, so that a file that is not ours stays as it is. One that another process is just making
        // ours says so by its lock.
        do {
            try StoreReader.checkIsOurs(path)
        } catch {
            if let holder = WriterLock.holder(of: path) { throw StoreError(path: path, kind: .heldBy(holder)) }
            throw error
        }
        lock = try WriterLock(store: path)
        do {
            var configuration = Configuration()
            configuration.journalMode = .wal
            queue = try DatabaseQueue(path: path, configuration: configuration)
            // GRDB sets NORMAL where it turns WAL mode on; with it the last commits are lost in a power cut.
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try Schema.migrator.migrate(queue)
        } catch {
            throw StoreError(error, path: path, opening: true)
        }
    }

    /// Writes a batch in one transaction. What stands there already for the same station and period is replaced.
    package func write(_ batch: StoreBatch) throws(StoreError) {
        guard !batch.isEmpty else { return }
        do {
            try queue.write { database in
                let hourly = try database.cachedStatement(sql: HourlyRecord.insert)
                let index = try database.cachedStatement(sql: IndexRecord.insert)
                let outbox = try database.cachedStatement(
                    sql: "INSERT INTO outbox (subject, station, start) VALUES (?, ?, ?)")
                for record in batch.hours {
                    let station = try MonitorStore.station(record.station, database)
                    try hourly.execute(arguments: record.arguments(station: station))
                    try outbox.execute(arguments: ["hourly", station, record.hour.beginning.seconds])
                }
                for record in batch.indices {
                    let station = try MonitorStore.station(record.station, database)
                    try index.execute(arguments: record.arguments(station: station))
                }
                for event in batch.events {
                    try database.execute(
                        sql:
                            "INSERT OR REPLACE INTO warning_event (start, event, level, number, body) VALUES (?, ?, ?, ?, ?)",
                        arguments: [event.hour.beginning.seconds, event.event, event.level, event.number, event.body])
                    try outbox.execute(arguments: ["warning", nil, event.hour.beginning.seconds])
                }
                for entry in batch.ledger { try entry.insert(database) }
                for (name, value) in batch.state {
                    try database.execute(
                        sql: "INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)", arguments: [name, value])
                }
            }
        } catch {
            throw StoreError(error, path: path, opening: false)
        }
    }

    /// Reads through the writing connection: what a restart needs.
    ///
    /// - Throws: ``StoreError``, or what `body` throws.
    package func read<Value>(_ body: (StoreQueries) throws -> Value) throws -> Value {
        try StoreQueries.read(queue, path: path, body)
    }

    /// Closes the file: what the write-ahead log holds moves into it. Nothing can be written afterwards.
    package func close() throws(StoreError) {
        do {
            try queue.close()
        } catch {
            throw StoreError(error, path: path, opening: false)
        }
    }

    private static func station(_ key: String, _ database: Database) throws -> Int64 {
        let find = try database.cachedStatement(sql: "SELECT id FROM station WHERE key = ?")
        if let id = try Int64.fetchOne(find, arguments: [key]) { return id }
        try database.execute(sql: "INSERT INTO station (key) VALUES (?)", arguments: [key])
        return database.lastInsertedRowID
    }
}

/// A store opened to be read, by any number of processes.
package final class StoreReader: Sendable {
    package let path: String
    private let queue: DatabaseQueue

    /// Opens a store that is there.
    package init(path: String) throws(StoreError) {
        self.path = path
        do {
            guard try StoreFile.size(path) != nil else { throw StoreError(path: path, kind: .absent) }
            try StoreReader.checkIsOurs(path)
            queue = try StoreReader.openReadOnly(path)
        } catch {
            throw StoreError(error, path: path, opening: true)
        }
    }

    /// Reads, all from one moment.
    ///
    /// - Throws: ``StoreError``, or what `body` throws.
    package func read<Value>(_ body: (StoreQueries) throws -> Value) throws -> Value {
        try StoreQueries.read(queue, path: path, body)
    }

    private static func openReadOnly(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Refuses a file that is no database, one of another program, and one of a newer version. A file that is absent or empty
    /// passes: it will be created.
    static func checkIsOurs(_ path: String) throws(StoreError) {
        do {
            guard let size = try StoreFile.size(path), size > 0 else { return }
            guard StoreFile.isDatabase(path) else { throw StoreError(path: path, kind: .notADatabase) }
            let queue = try openReadOnly(path)
            defer { try? queue.close() }
            let kind: StoreError.Kind? = try queue.read { database in
                let identifier = try Int32.fetchOne(database, sql: "PRAGMA application_id")
                // No mark and no table: a store whose creation was cut off.
                if identifier == 0, try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 {
                    return nil
                }
                if identifier != Schema.applicationID { return .foreign }
                return try Schema.migrator.hasBeenSuperseded(database) ? .newer : nil
            }
            if let kind { throw StoreError(path: path, kind: kind) }
        } catch {
            throw StoreError(error, path: path, opening: true)
        }
    }
}

extension StoreError {
    /// What an error of SQLite means for a store; one of ours passes through.
    init(_ error: any Error, path: String, opening: Bool) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError where error.resultCode == .SQLITE_NOTADB:
            self.init(path: path, kind: .notADatabase)
        case let error as DatabaseError where opening:
            self.init(path: path, kind: .cannotOpen(error.message ?? "\(error.resultCode)"))
        case let error as DatabaseError:
            self.init(path: path, kind: .failed(error.message ?? "\(error.resultCode)"))
        default:
            self.init(path: path, kind: .failed("\(error)"))
        }
    }
}
