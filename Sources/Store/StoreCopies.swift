import AQICore
import GRDB
import Glibc

/// Copies of a store: a backup while it is written to, a smaller file, and what can be saved of a damaged one.
extension StoreReader {
    /// Copies the store as it is at this moment into a file that is not there yet; it appears when it is whole. The writer goes on
    /// meanwhile, its log grows by what it writes.
    package func backup(to target: String) throws(StoreError) {
        do {
            guard try StoreFile.size(target) == nil else { throw StoreError(path: target, kind: .exists) }
            let part = "\(target).\(getpid()).part"
            defer { for ending in ["", "-wal", "-shm", "-journal"] { _ = unsafe unlink(part + ending) } }
            let copy = try DatabaseQueue(path: part)
            try queue.backup(to: copy)
            try copy.close()
            try StoreFile.replace(target, by: part)
        } catch {
            throw StoreError(error, path: target, opening: true)
        }
    }
}

extension MonitorStore {
    /// Writes the store anew, without what is unused, in its best order. Nobody else may write meanwhile; readers see the old file
    /// until they open the new one.
    package static func compact(_ path: String) throws(StoreError) {
        let store = try MonitorStore(path: path)
        let part = "\(store.path).\(getpid()).part"
        do {
            defer { for ending in ["", "-journal"] { _ = unsafe unlink(part + ending) } }
            try store.queue.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [part]) }
            // The lock stays until the new file has the name.
            try store.queue.close()
            try StoreFile.replace(store.path, by: part)
        } catch {
            throw StoreError(error, path: path, opening: false)
        }
        try store.close()
    }

    /// Copies what can be read of a damaged store into a new one: each table from its beginning to the damage, and from its end back to
    /// it.
    ///
    /// - Returns: How many rows were saved of each table.
    package static func salvage(_ path: String, into target: String) throws(StoreError) -> [(table: String, rows: Int)]
    {
        do {
            guard try StoreFile.size(target) == nil else { throw StoreError(path: target, kind: .exists) }
            guard try StoreFile.size(path) != nil else { throw StoreError(path: path, kind: .absent) }
            let source = try StoreReader.openReadOnly(path)
            let store = try MonitorStore(path: target)
            var saved: [(table: String, rows: Int)] = []
            for table in tables {
                saved.append((table, try salvage(table, from: source, into: store.queue)))
            }
            var underWay = StoreBatch()
            underWay.samples = SampleJournal.samples(of: StoreFile.resolved(path))
            underWay.time = Instant(seconds: .min)
            try store.write(underWay)
            try store.close()
            return saved
        } catch {
            throw StoreError(error, path: target, opening: true)
        }
    }

    /// The stations first, to which the others refer.
    private static let tables = [
        "station", "hourly", "air_index", "warning_event", "calibration", "state", "outbox", "outbox_cursor", "sample",
        "minute_mean",
        "revision", "audit", "ledger", "device_counter", "disk_write",
    ]

    private static func salvage(_ table: String, from source: DatabaseQueue, into target: DatabaseQueue) throws -> Int {
        // A store of an older version lacks some.
        let known = (try? source.read { try $0.columns(in: table).map(\.name) }) ?? []
        return try target.write { target in
            let columns = try String.fetchAll(target, sql: "SELECT name FROM pragma_table_info(?)", arguments: [table])
                .filter { known.isEmpty || known.contains($0) }
            let keys = try String.fetchAll(
                target, sql: "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", arguments: [table])
            let names = columns.joined(separator: ", ")
            let marks = columns.map { _ in "?" }.joined(separator: ", ")
            let insert = try target.cachedStatement(sql: "INSERT OR IGNORE INTO \(table) (\(names)) VALUES (\(marks))")
            let before = target.totalChangesCount
            for direction in ["ASC", "DESC"] {
                let order = keys.map { "\($0) \(direction)" }.joined(separator: ", ")
                do {
                    try source.read { source in
                        let rows = try Row.fetchCursor(source, sql: "SELECT \(names) FROM \(table) ORDER BY \(order)")
                        while let row = try rows.next() {
                            try insert.execute(arguments: StatementArguments(row.databaseValues))
                        }
                    }
                    break
                } catch is DatabaseError {
                    // As far as it goes; from the other end once more. A table that the store does not have yet has no rows.
                }
            }
            return target.totalChangesCount - before
        }
    }
}

extension StoreFile {
    /// Gives a new file its name, so that it is there after a power loss, too.
    static func replace(_ path: String, by new: String) throws(StoreError) {
        let descriptor = unsafe open(new, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0, unsafe rename(new, path) == 0 else {
            // Invariant: strerror returns a NUL-terminated string that is copied at once.
            throw StoreError(path: path, kind: .cannotOpen(unsafe String(cString: strerror(errno))))
        }
        keepFolder(of: path)
    }

    /// Sees to it that the name of a new file is there after a power loss.
    static func keepFolder(of path: String) {
        let folder = unsafe open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }
}
