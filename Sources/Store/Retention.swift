package import AQICore
import GRDB
import Synchronization

import struct Foundation.Data

/// How long what lies in a store, and how much of it.
package struct Retention: Equatable, Sendable {
    /// The tables that are purged. Daily indices, warnings, revisions, the audit trail and the ledger stay.
    package enum Table: String, CaseIterable, Sendable {
        /// What is purged leaves the means of its minutes.
        case samples
        case minutes
        case hourly
        /// Of each hour; those of the day stay.
        case indices
        case outbox
    }

    package struct Limit: Equatable, Sendable {
        /// Nil for no limit.
        package var days: Int?
        package var megabytes: Int?

        package init(days: Int? = nil, megabytes: Int? = nil) {
            self.days = days
            self.megabytes = megabytes
        }
    }

    private var limits: [Limit] = [
        Limit(days: 90, megabytes: 2000), Limit(days: 3 * 365, megabytes: 1000), Limit(days: 10 * 365, megabytes: 1000),
        Limit(days: 10 * 365, megabytes: 2000), Limit(days: 400, megabytes: 200),
    ]

    package init() {}

    package subscript(table: Table) -> Limit {
        get { limits[Retention.place(of: table)] }
        set { limits[Retention.place(of: table)] = newValue }
    }

    private static func place(of table: Table) -> Int { Table.allCases.firstIndex(of: table) ?? 0 }
}

extension MonitorStore {
    /// Rows of a bite: a commit of some ten milliseconds.
    private static let bite = 200
    /// Pages that a bite gives back to the disk: more than it frees.
    private static let freedPages = 2000

    /// Purges one bite of what is beyond the limits, the oldest first.
    ///
    /// - Returns: How many rows went; 0 where all is within the limits.
    package func purge(_ retention: Retention, at now: Instant) throws(StoreError) -> Int {
        do {
            var sizes = tableSizes.withLock { $0.isOf(now) ? $0 : TableSizes(measured: now) }
            let count = try queue.write { database in
                var count = 0
                for table in Retention.Table.allCases where count < MonitorStore.bite {
                    let limit = retention[table]
                    if let days = limit.days {
                        let end = now + -Int64(days) * 86_400
                        count += try table.purge(before: end, MonitorStore.bite - count, database)
                    }
                    guard count == 0, let megabytes = limit.megabytes,
                        try sizes.isBeyond(Int64(megabytes) * 1_000_000, table, database)
                    else { continue }
                    count += try table.purge(before: now, MonitorStore.bite, database)
                    sizes.forget(table)
                }
                return count
            }
            tableSizes.withLock { $0 = sizes }
            if count > 0 {
                try queue.writeWithoutTransaction {
                    _ = try Row.fetchAll($0, sql: "PRAGMA incremental_vacuum(\(MonitorStore.freedPages))")
                }
            }
            return count
        } catch {
            throw StoreError(error, path: path, opening: false)
        }
    }
}

/// How much of the file the tables take. To measure one is to read all of it: once a day, and only where the file is so large that it
/// matters.
struct TableSizes {
    private var measured = Instant(seconds: 0)
    private var bytes: [String: Int64] = [:]

    init(measured: Instant = Instant(seconds: 0)) { self.measured = measured }

    func isOf(_ now: Instant) -> Bool { now >= measured && now - measured < 86_400 }

    mutating func forget(_ table: Retention.Table) { bytes[table.name] = nil }

    mutating func isBeyond(_ limit: Int64, _ table: Retention.Table, _ database: Database) throws -> Bool {
        let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let free = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        let used = try (pages - free) * (Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0)
        guard used > limit else { return false }
        guard table == .samples else { return try bytes(of: table.name, database) > limit }
        // Most of the file: what the others leave.
        let others = try ["hourly", "air_index", "minute_mean"].reduce(0) { try $0 + bytes(of: $1, database) }
        return used - others > limit
    }

    private mutating func bytes(of table: String, _ database: Database) throws -> Int64 {
        if let known = bytes[table] { return known }
        let found =
            try Int64.fetchOne(
                database, sql: "SELECT total(pgsize) FROM dbstat WHERE aggregate AND name = ?", arguments: [table]) ?? 0
        bytes[table] = found
        return found
    }
}

extension Retention.Table {
    var name: String {
        switch self {
        case .samples: "sample"
        case .minutes: "minute_mean"
        case .hourly: "hourly"
        case .indices: "air_index"
        case .outbox: "outbox"
        }
    }

    fileprivate func purge(before end: Instant, _ count: Int, _ database: Database) throws -> Int {
        switch self {
        case .samples: return try purgeSamples(before: end, count, database)
        case .minutes:
            try database.execute(
                sql:
                    "DELETE FROM minute_mean WHERE id IN (SELECT id FROM minute_mean WHERE id < ? ORDER BY id LIMIT ?)",
                arguments: [try SampleRows.key(minute: end.seconds / 60, station: 0), count])
        case .hourly:
            try database.execute(
                sql: """
                    DELETE FROM hourly WHERE (station, start) IN
                        (SELECT station, start FROM hourly WHERE start < ? ORDER BY start LIMIT ?)
                    """, arguments: [end.seconds, count])
        case .indices:
            try database.execute(
                sql: """
                    DELETE FROM air_index WHERE (station, report, start) IN
                        (SELECT station, report, start FROM air_index WHERE start < ? AND report <> 'daily'
                            ORDER BY start LIMIT ?)
                    """, arguments: [end.seconds, count])
        case .outbox:
            // Past its time for every destination.
            try database.execute(
                sql:
                    "DELETE FROM outbox WHERE sequence IN (SELECT sequence FROM outbox WHERE start < ? ORDER BY sequence LIMIT ?)",
                arguments: [end.seconds, count])
        }
        return database.changesCount
    }

    /// The oldest samples become the means of their minutes.
    private func purgeSamples(before end: Instant, _ count: Int, _ database: Database) throws -> Int {
        let rows = try Row.fetchAll(
            database, sql: "SELECT id, packed FROM sample WHERE id < ? ORDER BY id LIMIT ?",
            arguments: [try SampleRows.key(minute: end.seconds / 60, station: 0), count])
        let keep = try database.cachedStatement(sql: "INSERT OR IGNORE INTO minute_mean (id, packed) VALUES (?, ?)")
        let remove = try database.cachedStatement(sql: "DELETE FROM sample WHERE id = ?")
        for row in rows {
            let id: Int64 = row[0]
            let packed: Data = row[1]
            if let columns = MinuteBlob.unpack(Array(packed)) {
                try keep.execute(arguments: [
                    (id >> SampleRows.partBits) << SampleRows.partBits, Data(MinuteBlob.pack(columns.map(\.mean))),
                ])
            }
            try remove.execute(arguments: [id])
        }
        return rows.count
    }
}

extension MinuteColumn {
    /// The minute as one sample at its first second: its mean, valid where three quarters of the samples are, as in
    /// ``HourAccumulator``; else the reason of the last sample that is missing.
    var mean: MinuteColumn {
        let valid = values.count { !$0.isMissing }
        let value = valid > 0 && valid * 4 >= values.count * 3 ? validMean : values.last(where: \.isMissing)
        return MinuteColumn(parameter: parameter, seconds: [0], values: [value ?? .missing(.absent)])
    }

    /// The mean of what is valid, of which there is some.
    private var validMean: Concentration {
        guard parameter != Parameter.windDirection.rawValue else {
            var mean = DirectionMean()
            for value in values { mean.add(value) }
            return mean.result
        }
        var mean = Mean()
        for value in values { mean.add(value) }
        return Concentration(thousandths: mean.rounded(toStep: 1))
    }
}
