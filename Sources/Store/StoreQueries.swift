package import AQICore
import GRDB

import struct Foundation.Data

/// What can be asked of a store, within one read.
package struct StoreQueries {
    let database: Database

    /// Runs queries on a connection, all from one moment; what SQLite throws becomes a ``StoreError``.
    static func read<Value>(
        _ queue: DatabaseQueue, path: String, _ body: (StoreQueries) throws -> Value
    ) throws -> Value {
        do {
            return try queue.read { try body(StoreQueries(database: $0)) }
        } catch let error as DatabaseError {
            throw StoreError(error, path: path, opening: false)
        }
    }

    /// The stations, in the order of their names' code points.
    package func stations() throws -> [String] {
        try String.fetchAll(database, sql: "SELECT key FROM station ORDER BY key COLLATE BINARY")
    }

    /// The last hour that is stored of any of the stations; nil where there is none.
    package func lastHour(of stations: [String]) throws -> Hour? {
        var last: Int64?
        for station in stations {
            let start = try Int64.fetchOne(
                database,
                sql: "SELECT max(start) FROM hourly WHERE station = (SELECT id FROM station WHERE key = ?)",
                arguments: [station])
            if let start { last = max(last ?? start, start) }
        }
        return last.map { Hour(containing: Instant(seconds: $0)) }
    }

    /// Hands out the stored hours, station by station, each in order of time.
    package func forEachHour(
        stations: [String]? = nil, from: Hour? = nil, through: Hour? = nil, limit: Int = -1,
        _ body: (HourlyRecord) throws -> Void
    ) throws {
        for station in try stations ?? self.stations() {
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT start, \(HourlyRecord.columns) FROM hourly
                    WHERE station = (SELECT id FROM station WHERE key = ?) AND start BETWEEN ? AND ? ORDER BY start
                    LIMIT ?
                    """,
                arguments: [
                    station, from?.beginning.seconds ?? .min, through?.beginning.seconds ?? .max, limit,
                ])
            while let row = try rows.next() {
                try body(
                    HourlyRecord(
                        station: station, hour: Hour(containing: Instant(seconds: row[0])), row, from: 1))
            }
        }
    }

    /// Hands out the stored reports of one kind, station by station, each in order of time.
    package func forEachIndex(
        _ kind: ReportKind, stations: [String]? = nil, from: Hour? = nil, through: Hour? = nil,
        limit: Int = -1, _ body: (IndexRecord) throws -> Void
    ) throws {
        for station in try stations ?? self.stations() {
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT start + length - 3600, \(IndexRecord.columns) FROM air_index
                    WHERE station = (SELECT id FROM station WHERE key = ?) AND report = ?
                        AND start BETWEEN ? AND ? ORDER BY start LIMIT ?
                    """,
                arguments: [
                    station, kind.name, from.map { ($0 - (kind.hours - 1)).beginning.seconds } ?? .min,
                    through.map { ($0 - (kind.hours - 1)).beginning.seconds } ?? .max, limit,
                ])
            while let row = try rows.next() {
                try body(
                    IndexRecord(
                        station: station, period: Hour(containing: Instant(seconds: row[0])),
                        report: IndexRecord.report(row, kind: kind, from: 1)))
            }
        }
    }

    /// Hands out the warning events as lines of JSON, in order of time.
    package func forEachWarning(_ body: (Hour, String) throws -> Void) throws {
        // What was proposed in an hour comes before what came of it.
        let rows = try Row.fetchCursor(
            database, sql: "SELECT start, body FROM warning_event ORDER BY start, event <> 'proposed', event")
        while let row = try rows.next() {
            try body(Hour(containing: Instant(seconds: row[0])), row[1])
        }
    }

    /// What a stage remembered under a name; JSON.
    package func state(_ name: String) throws -> String? {
        try String.fetchOne(database, sql: "SELECT value FROM state WHERE name = ?", arguments: [name])
    }
}

extension StoreQueries {
    /// Hands out the samples of stations, minute by minute in order of time, from one minute until before another.
    package func forEachMinute(
        stations: [String]? = nil, from: Int64 = SampleRows.firstMinute, before: Int64 = SampleRows.lastMinute,
        _ body: (MinuteSamples) throws -> Void
    ) throws {
        try forEachMinuteRow(
            stations: stations, after: try SampleRows.key(minute: from, station: 0) >> SampleRows.partBits - 1,
            through: try SampleRows.key(minute: before, station: 0) >> SampleRows.partBits - 1
        ) { _, samples in
            try body(samples)
            return true
        }
    }

    /// The same with the place of each in their order, minute << 14 | the station's row number, after one place through another,
    /// until the body has enough.
    func forEachMinuteRow(
        stations: [String]?, after first: Int64, through last: Int64, _ body: (Int64, MinuteSamples) throws -> Bool
    ) throws {
        let names = try stationNames(of: stations)
        let rows = try Row.fetchCursor(
            database, sql: "SELECT id, packed FROM sample WHERE id >= ? AND id < ? ORDER BY id",
            arguments: [(first + 1) << SampleRows.partBits, (last + 1) << SampleRows.partBits])
        var minute: MinuteSamples?
        var key: Int64 = .min
        while let row = try rows.next() {
            let id: Int64 = row[0]
            guard let station = names[SampleRows.station(ofKey: id)] else { continue }
            if id >> SampleRows.partBits != key {
                if let minute, try !body(key, minute) { return }
                key = id >> SampleRows.partBits
                minute = MinuteSamples(station: station, minute: SampleRows.minute(ofKey: id))
            }
            let packed: Data = row[1]
            if let columns = MinuteBlob.unpack(Array(packed)) { minute?.formUnion(columns) }
        }
        if let minute { _ = try body(key, minute) }
    }

    /// Hands out one parameter of one station, minute by minute in order of time, from one minute until before another, with what is
    /// left of purged samples. Each minute is sought by itself: the rows of all stations stand together.
    package func forEachMinute(
        of station: String, parameter: UInt8, from: Int64, before: Int64, _ body: (MinuteSamples) throws -> Void
    ) throws {
        let find = "SELECT id FROM station WHERE key = ?"
        guard let number = try Int64.fetchOne(database, sql: find, arguments: [station]) else { return }
        let rows = try ["sample", "minute_mean"].map {
            try database.cachedStatement(sql: "SELECT packed FROM \($0) WHERE id >= ? AND id < ? ORDER BY id")
        }
        for minute in from..<max(from, before) {
            let key = try SampleRows.key(minute: minute, station: number)
            var samples = MinuteSamples(station: station, minute: minute)
            for statement in rows {
                for packed in try Data.fetchAll(statement, arguments: [key, key + 1 << SampleRows.partBits]) {
                    let columns = MinuteBlob.unpack(Array(packed)) ?? []
                    samples.formUnion(columns.filter { $0.parameter == parameter })
                }
            }
            if !samples.columns.isEmpty { try body(samples) }
        }
    }

    /// The first minute of which there is anything, from one until before another; nil where there is none.
    func firstMinute(from: Int64, before: Int64) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT min(id) FROM sample WHERE id >= ? AND id < ?",
            arguments: [try SampleRows.key(minute: from, station: 0), try SampleRows.key(minute: before, station: 0)]
        ).map(SampleRows.minute(ofKey:))
    }

    /// The newest minute of which there are samples of any of the stations; nil where there is none.
    package func lastMinute(of stations: [String]) throws -> Int64? {
        let names = try stationNames(of: stations)
        // From the end: it is nearly always the last row.
        let ids = try Int64.fetchCursor(database, sql: "SELECT id FROM sample ORDER BY id DESC")
        while let id = try ids.next() {
            if names[SampleRows.station(ofKey: id)] != nil { return SampleRows.minute(ofKey: id) }
        }
        return nil
    }

    private func stationNames(of stations: [String]?) throws -> [Int64: String] {
        var names: [Int64: String] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT id, key FROM station") {
            let name: String = row[1]
            if stations?.contains(name) ?? true { names[row[0]] = name }
        }
        return names
    }
}
