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

    /// Writes samples, and puts minutes together that are over.
    mutating func write(_ minutes: [MinuteSamples], at now: Instant, _ database: Database) throws {
        for samples in minutes {
            let key = try SampleRows.key(
                minute: samples.minute, station: MonitorStore.station(samples.station, database))
            try write(samples, key, isOver: samples.beginning + 60 <= now, database)
        }
        for key in inParts where SampleRows.minute(ofKey: key) * 60 + 60 <= now.seconds {
            try write(MinuteSamples(station: "", minute: 0), key, isOver: true, database)
        }
    }

    private mutating func write(
        _ samples: MinuteSamples, _ key: Int64, isOver: Bool, _ database: Database
    ) throws {
        let find = try database.cachedStatement(sql: "SELECT max(id) FROM sample WHERE id BETWEEN ? AND ?")
        let last = try Int64.fetchOne(find, arguments: [key, key | SampleRows.lastPart])
        let insert = try database.cachedStatement(sql: "INSERT INTO sample (id, packed) VALUES (?, ?)")
        guard let last else {
            try insert.execute(arguments: [key, Data(MinuteBlob.pack(samples.columns))])
            return
        }
        if !isOver, last & SampleRows.lastPart < SampleRows.lastPart {
            try insert.execute(arguments: [last + 1, Data(MinuteBlob.pack(samples.columns))])
            inParts.insert(key)
            return
        }
        var whole = MinuteSamples(station: "", minute: 0)
        whole.columns = try SampleRows.columns(key, database)
        let before = whole
        whole.formUnion(samples.columns)
        inParts.remove(key)
        if whole == before, last == key { return }
        try database.cachedStatement(sql: "DELETE FROM sample WHERE id BETWEEN ? AND ?")
            .execute(arguments: [key, key | SampleRows.lastPart])
        try insert.execute(arguments: [key, Data(MinuteBlob.pack(whole.columns))])
    }

    /// All parts of a minute, put together. A part that cannot be read is left out: the others are not lost with it.
    private static func columns(_ key: Int64, _ database: Database) throws -> [MinuteColumn] {
        let read = try database.cachedStatement(sql: "SELECT packed FROM sample WHERE id BETWEEN ? AND ? ORDER BY id")
        var whole = MinuteSamples(station: "", minute: 0)
        for packed in try Data.fetchAll(read, arguments: [key, key | lastPart]) {
            let columns = MinuteBlob.unpack(Array(packed)) ?? []
            if whole.columns.isEmpty { whole.columns = columns } else { whole.formUnion(columns) }
        }
        return whole.columns
    }
}
