import AQICore
import GRDB

import struct Foundation.Data

/// The rows of `sample`: a minute of a station is one row once it is over, and several parts while it is under way, one a commit.
///
/// The key is a number, minute << 20 | station << 6 | part, so that rows lie in order of time, what is written next lies on the page
/// that was written last, and a blob is held by a table page, of which little is wasted.
package struct SampleRows {
    /// Minutes that lie in parts and are to be put together when they are over: their keys, without the part.
    private(set) var inParts: Set<Int64> = []
    /// The row numbers of stations that were written.
    private var stations: [String: Int64] = [:]
    /// Minutes that are put together in one transaction at most.
    private static let mostJoins = 500

    static let partBits: Int64 = 6
    static let stationBits: Int64 = 14
    private static let lastPart: Int64 = 1 << partBits - 1

    /// The key of the first part of a minute. A station's row number above 2^14 would run into the minute.
    static func key(minute: Int64, station: Int64) throws -> Int64 {
        guard station < 1 << stationBits, minute.magnitude < 1 << 40 else {
            throw DatabaseError(message: "sample: station \(station), minute \(minute)")
        }
        return minute << (stationBits + partBits) | station << partBits
    }

    /// The range of minutes that a key can hold.
    package static let firstMinute: Int64 = -(1 << 40) + 1
    package static let lastMinute: Int64 = 1 << 40 - 1

    static func station(ofKey key: Int64) -> Int64 { key >> partBits & (1 << stationBits - 1) }

    static func minute(ofKey key: Int64) -> Int64 { key >> (stationBits + partBits) }

    /// Writes samples, and puts minutes together that are over: a few a time, so that a city whose minutes all end at once is not
    /// waited for. Until then they are read in parts.
    mutating func write(_ minutes: [MinuteSamples], at now: Instant, _ database: Database) throws {
        // In the order of the table: neighbours go to one page.
        var rows: [(key: Int64, place: Int)] = []
        rows.reserveCapacity(minutes.count)
        for (place, samples) in minutes.enumerated() {
            rows.append((try key(of: samples, database), place))
        }
        rows.sort { $0 < $1 }
        var joins = SampleRows.mostJoins
        var first = try RowStatement(
            database, sql: "INSERT INTO sample (id, packed) VALUES (?, ?) ON CONFLICT DO NOTHING")
        for (key, place) in rows {
            first.bind(key)
            first.bind(MinuteBlob.pack(minutes[place].columns))
            try first.run()
            guard database.changesCount == 0 else { continue }
            try add(minutes[place], key, isOver: minutes[place].beginning + 60 <= now, &joins, database)
        }
        for key in inParts where SampleRows.minute(ofKey: key) * 60 + 60 <= now.seconds {
            guard joins > 0 else { break }
            joins -= 1
            try join(MinuteSamples(station: "", minute: 0), key, database)
        }
    }

    private mutating func key(of samples: MinuteSamples, _ database: Database) throws -> Int64 {
        if let number = stations[samples.station] {
            return try SampleRows.key(minute: samples.minute, station: number)
        }
        let number = try MonitorStore.station(samples.station, database)
        stations[samples.station] = number
        return try SampleRows.key(minute: samples.minute, station: number)
    }

    /// Adds to a minute of which there is something.
    private mutating func add(
        _ samples: MinuteSamples, _ key: Int64, isOver: Bool, _ joins: inout Int, _ database: Database
    ) throws {
        let find = try database.cachedStatement(sql: "SELECT max(id) FROM sample WHERE id BETWEEN ? AND ?")
        let last = try Int64.fetchOne(find, arguments: [key, key | SampleRows.lastPart]) ?? key
        guard (isOver && joins > 0) || last & SampleRows.lastPart == SampleRows.lastPart else {
            let insert = try database.cachedStatement(sql: "INSERT INTO sample (id, packed) VALUES (?, ?)")
            try insert.execute(arguments: [last + 1, Data(MinuteBlob.pack(samples.columns))])
            inParts.insert(key)
            return
        }
        joins -= 1
        try join(samples, key, database)
    }

    /// Makes one row of all parts of a minute and what came of it.
    private mutating func join(_ samples: MinuteSamples, _ key: Int64, _ database: Database) throws {
        var whole = MinuteSamples(station: "", minute: 0)
        let parts = try SampleRows.columns(key, into: &whole, database)
        let before = whole
        whole.formUnion(samples.columns)
        inParts.remove(key)
        if whole == before, parts <= 1 { return }
        try database.cachedStatement(sql: "DELETE FROM sample WHERE id BETWEEN ? AND ?")
            .execute(arguments: [key, key | SampleRows.lastPart])
        try database.cachedStatement(sql: "INSERT INTO sample (id, packed) VALUES (?, ?)")
            .execute(arguments: [key, Data(MinuteBlob.pack(whole.columns))])
    }

    /// All parts of a minute, put together. A part that cannot be read is left out: the others are not lost with it. Returns how many
    /// there are.
    private static func columns(_ key: Int64, into whole: inout MinuteSamples, _ database: Database) throws -> Int {
        let read = try database.cachedStatement(sql: "SELECT packed FROM sample WHERE id BETWEEN ? AND ? ORDER BY id")
        let parts = try Data.fetchAll(read, arguments: [key, key | lastPart])
        for packed in parts {
            let columns = MinuteBlob.unpack(Array(packed)) ?? []
            if whole.columns.isEmpty { whole.columns = columns } else { whole.formUnion(columns) }
        }
        return parts.count
    }
}
