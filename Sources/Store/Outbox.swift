package import AQICore
import GRDB

/// One thing that became final, in the order in which it did.
package struct OutboxEntry: Equatable, Sendable {
    package var sequence: Int64
    /// The hour that was stored, or stored again.
    package var record: HourlyRecord

    package init(sequence: Int64, record: HourlyRecord) {
        self.sequence = sequence
        self.record = record
    }
}

/// A minute of a station that is over, in the order of time.
package struct MinuteEntry: Equatable, Sendable {
    /// Minute << 14 | the station's row number.
    package var sequence: Int64
    package var samples: MinuteSamples
}

extension StoreQueries {
    /// How long after its end a minute is taken for whole: by then what was measured in it is written.
    private static let secondsToSettle: Int64 = 30

    /// The last place of the order of minutes that may be read at a time.
    package static func minutesSettled(at now: Instant) -> Int64 {
        ((now.seconds - secondsToSettle) / 60) << SampleRows.stationBits - 1
    }

    /// The minutes of stations after a place in their order, `most` of them at most and none beyond `through`; and how far there is
    /// nothing else. That is not beyond the newest minute in the store: what comes after that may still wait to be written.
    package func minutes(
        of stations: [String], after sequence: Int64, through last: Int64, most: Int
    ) throws -> (entries: [MinuteEntry], read: Int64) {
        let end = min(last, try lastInMinutes())
        guard sequence < end else { return ([], sequence) }
        var entries: [MinuteEntry] = []
        try forEachMinuteRow(stations: stations, after: sequence, through: end) { key, samples in
            entries.append(MinuteEntry(sequence: key, samples: samples))
            return entries.count < most
        }
        return (entries, entries.count < most ? end : entries.last?.sequence ?? end)
    }

    /// The last place of the order of minutes; 0 where there is none.
    package func lastInMinutes() throws -> Int64 {
        let newest = try Int64.fetchOne(database, sql: "SELECT max(id) FROM sample").map(SampleRows.minute(ofKey:))
        return newest.map { ($0 + 1) << SampleRows.stationBits - 1 } ?? 0
    }

    /// The hours that became final after a place in the outbox, as they stand now, in order; `most` of them at most, and none
    /// beyond `through`.
    package func hoursInOutbox(
        after sequence: Int64, through last: Int64 = .max, most: Int
    ) throws -> [OutboxEntry] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT outbox.sequence, key, outbox.start, \(HourlyRecord.columns)
                FROM outbox JOIN station ON station.id = outbox.station
                    JOIN hourly ON hourly.station = outbox.station AND hourly.start = outbox.start
                WHERE subject = 'hourly' AND outbox.sequence > ? AND outbox.sequence <= ? ORDER BY outbox.sequence LIMIT ?
                """,
            arguments: [sequence, last, most])
        var entries: [OutboxEntry] = []
        while let row = try rows.next() {
            let hour = Hour(containing: Instant(seconds: row[2]))
            entries.append(
                OutboxEntry(sequence: row[0], record: HourlyRecord(station: row[1], hour: hour, row, from: 3)))
        }
        return entries
    }

    /// The last place of the outbox; 0 where it is empty.
    package func lastInOutbox() throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT max(sequence) FROM outbox") ?? 0
    }

    /// How far a destination has read; nil for a new one.
    package func cursor(of destination: String) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT sequence FROM outbox_cursor WHERE destination = ?", arguments: [destination])
    }
}

extension MonitorStore {
    /// Remembers how far a destination has read.
    package func moveCursor(of destination: String, to sequence: Int64) throws(StoreError) {
        do {
            try queue.write {
                try $0.execute(
                    sql: "INSERT OR REPLACE INTO outbox_cursor (destination, sequence) VALUES (?, ?)",
                    arguments: [destination, sequence])
            }
        } catch {
            throw StoreError(error, path: path, opening: false)
        }
    }
}
