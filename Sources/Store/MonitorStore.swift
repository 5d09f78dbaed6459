package import AQICore
import GRDB
import Synchronization

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
    package var calibrations: [CalibrationRow] = []
    /// What stages must remember across a restart, by name; JSON.
    package var state: [String: String] = [:]
    package var samples: [MinuteSamples] = []
    package var audits: [AuditEntry] = []
    package var ledger: [LedgerEntry] = []
    package var deviceCounters: [DeviceDay] = []
    package var written: DiskWrite?

    /// When it is written, and why rows that stand there already are replaced.
    package var time = Instant(seconds: 0)
    package var reason = RevisionReason.lateReadings

    package init() {}

    package var isEmpty: Bool {
        hours.isEmpty && indices.isEmpty && events.isEmpty && calibrations.isEmpty && state.isEmpty && samples.isEmpty
            && audits.isEmpty && ledger.isEmpty && deviceCounters.isEmpty && written == nil
    }
}

/// The local store: one SQLite file in WAL mode, with exactly one connection that writes.
///
/// Hours, indices, warnings and outbox survive a power loss once ``write(_:)`` has returned (`synchronous = FULL`).
/// Other processes read through ``StoreReader``.
package final class MonitorStore: Sendable {
    package let path: String
    let queue: DatabaseQueue
    private let lock: WriterLock
    /// Minutes whose samples lie in parts.
    private let sampleRows = Mutex(SampleRows())
    let tableSizes = Mutex(TableSizes())
    /// Begun with the first samples.
    let samplesUnderWay = Mutex<SampleJournal?>(nil)

    /// Opens a store for writing; creates it where there is none.
    package init(path: String) throws(StoreError) {
        let path = StoreFile.resolved(path)
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
            configuration.prepareDatabase { try $0.execute(sql: Schema.ofTheFile) }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            // GRDB sets NORMAL where it turns WAL mode on; with it the last commits are lost in a power cut.
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try Schema.migrator.migrate(queue)
        } catch {
            throw StoreError(error, path: path, opening: true)
        }
        try takeUpJournal()
    }

    /// Writes a batch in one transaction. What stands there already for the same station and period is replaced.
    package func write(_ batch: StoreBatch) throws(StoreError) {
        guard !batch.isEmpty else { return }
        do {
            // What is remembered of the samples changes when they are on the disk, not before.
            var samples = sampleRows.withLock { $0 }
            try queue.write { database in
                let outbox = try database.cachedStatement(
                    sql: "INSERT INTO outbox (subject, station, start) VALUES (?, ?, ?)")
                try MonitorStore.writeHours(of: batch, database)
                for event in batch.events {
                    try database.execute(
                        sql:
                            "INSERT OR REPLACE INTO warning_event (start, event, level, number, body) VALUES (?, ?, ?, ?, ?)",
                        arguments: [event.hour.beginning.seconds, event.event, event.level, event.number, event.body])
                    try outbox.execute(arguments: ["warning", nil, event.hour.beginning.seconds])
                }
                for row in batch.calibrations {
                    let station = try MonitorStore.station(row.station, database)
                    try database.execute(sql: CalibrationRow.insert, arguments: row.arguments(station: station))
                }
                for (name, value) in batch.state {
                    try database.execute(
                        sql: "INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)", arguments: [name, value])
                }
                try samples.write(batch.samples, at: batch.time, database)
                for entry in batch.audits { try entry.insert(database) }
                for entry in batch.ledger { try entry.insert(database) }
                for entry in batch.deviceCounters { try entry.insert(database) }
                try batch.written?.insert(database)
            }
            sampleRows.withLock { $0 = samples }
            if !batch.samples.isEmpty { samplesUnderWay.withLock { $0?.rewind() } }
        } catch {
            throw StoreError(error, path: path, opening: false)
        }
    }

    /// Hours with their place in the outbox, and indices: of an import there are hundreds of thousands.
    private static func writeHours(of batch: StoreBatch, _ database: Database) throws {
        guard !batch.hours.isEmpty || !batch.indices.isEmpty else { return }
        var revisions = try Revisions(batch, database)
        var hourly = try RowStatement(database, sql: HourlyRecord.insert)
        var index = try RowStatement(database, sql: IndexRecord.insert)
        var outbox = try RowStatement(
            database, sql: "INSERT INTO outbox (subject, station, start) VALUES ('hourly', ?, ?)")
        var stations = StationNumbers(database)
        for record in batch.hours {
            let station = try stations[record.station]
            try revisions.keep(record, station: station)
            record.bind(to: &hourly, station: station)
            try hourly.run()
            // The same once more is nothing new.
            guard database.changesCount > 0 else { continue }
            outbox.bind(station)
            outbox.bind(record.hour.beginning.seconds)
            try outbox.run()
        }
        for record in batch.indices {
            let station = try stations[record.station]
            try revisions.keep(record, station: station)
            record.bind(to: &index, station: station, withLength: true)
            try index.run()
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
            // Whoever closes a store has written what waited.
            if samplesUnderWay.withLock({ $0 != nil }) { SampleJournal.remove(of: path) }
            lock.release()
        } catch {
            throw StoreError(error, path: path, opening: false)
        }
    }

    static func station(_ key: String, _ database: Database) throws -> Int64 {
        let find = try database.cachedStatement(sql: "SELECT id FROM station WHERE key = ?")
        if let id = try Int64.fetchOne(find, arguments: [key]) { return id }
        try database.execute(sql: "INSERT INTO station (key) VALUES (?)", arguments: [key])
        return database.lastInsertedRowID
    }
}

/// The numbers of stations within one transaction: neighbouring records are mostly of one.
private struct StationNumbers {
    private let database: Database
    private var last: (key: String, number: Int64)?

    init(_ database: Database) { self.database = database }

    subscript(key: String) -> Int64 {
        mutating get throws {
            if let last, last.key == key { return last.number }
            let number = try MonitorStore.station(key, database)
            last = (key, number)
            return number
        }
    }
}

/// A store opened to be read, by any number of processes.
package final class StoreReader: Sendable {
    package let path: String
    let queue: DatabaseQueue

    /// Opens a store that is there.
    package init(path: String) throws(StoreError) {
        self.path = path
        do {
            guard let size = try StoreFile.size(path) else { throw StoreError(path: path, kind: .absent) }
            guard size > 0 else { throw StoreError(path: path, kind: .empty) }
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

    static func openReadOnly(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_CANTOPEN && (try? StoreFile.size(path + "-wal")) ?? 0 == 0
        {
            // Readers of a store in WAL mode keep a file beside it. Where they may not, nobody writes either, and with an empty log
            // the file is all there is.
            //
            // Source: SQLite, "Write-Ahead Logging", read-only databases.
            return try DatabaseQueue(path: StoreFile.immutableURI(path), configuration: configuration)
        }
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
        case let error as DatabaseError where error.message?.hasPrefix("no such table") == true:
            self.init(path: path, kind: .older)
        case let error as DatabaseError where opening:
            self.init(path: path, kind: .cannotOpen(error.message ?? "\(error.resultCode)"))
        case let error as DatabaseError:
            self.init(path: path, kind: .failed(error.message ?? "\(error.resultCode)"))
        default:
            self.init(path: path, kind: .failed("\(error)"))
        }
    }
}
