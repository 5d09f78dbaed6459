package import AQICore
import GRDB
import Glibc

/// How a store is doing: what `doctor --store` tells.
package struct StoreHealth: Equatable, Sendable {
    package struct Table: Equatable, Sendable {
        package var name: String
        package var bytes: Int64
    }

    /// What is wrong with the file; empty for nothing.
    package var damages: [String] = []
    /// The newest step of the schema.
    package var version = ""
    package var pageSize: Int64 = 0
    package var fileBytes: Int64 = 0
    package var logBytes: Int64 = 0
    package var unusedBytes: Int64 = 0
    package var freeDiskBytes: Int64?
    /// The largest first.
    package var tables: [Table] = []
    package var written: [DiskWrite] = []
    package var lastHour: Hour?
    package var stations: [String] = []
    /// Who writes at the moment.
    package var writer: String?

    package init() {}
}

extension StoreReader {
    /// Looks at the whole file: some seconds a gigabyte.
    package func health() throws -> StoreHealth {
        var health = StoreHealth()
        health.fileBytes = try StoreFile.size(path) ?? 0
        health.logBytes = try StoreFile.size(path + "-wal") ?? 0
        health.freeDiskBytes = StoreFile.freeBytes(path)
        health.writer = WriterLock.holder(of: StoreFile.resolved(path))
        do {
            try read { try health.look($0) }
        } catch let error as StoreError {
            // Too damaged even to be looked at.
            health.damages.append("\(error.kind)")
        }
        return health
    }
}

extension StoreHealth {
    fileprivate mutating func look(_ queries: StoreQueries) throws {
        let database = queries.database
        pageSize = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        unusedBytes = try (Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0) * pageSize
        damages = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
        version = try String.fetchOne(database, sql: "SELECT max(identifier) FROM grdb_migrations") ?? ""
        stations = try queries.stations()
        lastHour = try queries.lastHour(of: stations)
        tables = try Row.fetchAll(
            database,
            sql: """
                SELECT coalesce(tbl_name, dbstat.name), sum(pgsize) FROM dbstat LEFT JOIN sqlite_schema USING (name)
                WHERE aggregate GROUP BY 1 ORDER BY 2 DESC
                """
        ).map { Table(name: $0[0], bytes: $0[1]) }
        if try database.tableExists("disk_write") {
            written = try Row.fetchAll(database, sql: "SELECT day, bytes FROM disk_write ORDER BY day DESC LIMIT 7").map
            {
                DiskWrite(day: NaturalDay(number: $0[0]), bytes: $0[1])
            }
        }
    }
}

extension StoreFile {
    /// What the disk has left for the file; nil where it does not say.
    static func freeBytes(_ path: String) -> Int64? {
        var information = statvfs()
        guard unsafe statvfs(path, &information) == 0 else { return nil }
        return Int64(clamping: UInt64(information.f_bavail) * UInt64(information.f_frsize))
    }
}
