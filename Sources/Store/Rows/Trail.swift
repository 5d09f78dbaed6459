package import AQICore
import GRDB

import struct Foundation.Data

/// A change that a person made: who, what, when, why.
package struct AuditEntry: Equatable, Sendable {
    package var time: Instant
    package var person: String
    /// What was changed, as `hourly 1067A 2026-11-16T08:00:00+08:00 pm25`.
    package var subject: String
    package var before: String?
    package var after: String?
    package var reason: String

    package init(
        time: Instant, person: String, subject: String, before: String? = nil, after: String? = nil, reason: String
    ) {
        self.time = time
        self.person = person
        self.subject = subject
        self.before = before
        self.after = after
        self.reason = reason
    }

    func insert(_ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO audit (time, person, subject, before, after, reason) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [time.seconds, person, subject, before, after, reason])
    }
}

/// A decision about warnings, in the order in which they were taken.
package struct LedgerEntry: Equatable, Sendable {
    package var time: Instant
    package var kind: String
    package var person: String
    package var reason: String
    /// One line of JSON.
    package var body: String
    /// Hashes of the entry before and of this one; empty where the ledger is not chained.
    package var previousHash: [UInt8]
    package var hash: [UInt8]

    package init(
        time: Instant, kind: String, person: String, reason: String, body: String, previousHash: [UInt8] = [],
        hash: [UInt8] = []
    ) {
        self.time = time
        self.kind = kind
        self.person = person
        self.reason = reason
        self.body = body
        self.previousHash = previousHash
        self.hash = hash
    }

    func insert(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO ledger (time, kind, person, reason, body, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                time.seconds, kind, person, reason, body, previousHash.isEmpty ? nil : Data(previousHash),
                hash.isEmpty ? nil : Data(hash),
            ])
    }
}

/// How the exchanges with a device went by some moment of a day.
package struct DeviceDay: Equatable, Sendable {
    package var bus: String
    package var device: String
    package var day: NaturalDay
    /// One line of JSON.
    package var counters: String

    package init(bus: String, device: String, day: NaturalDay, counters: String) {
        self.bus = bus
        self.device = device
        self.day = day
        self.counters = counters
    }

    func insert(_ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO device_counter (bus, device, day, counters) VALUES (?, ?, ?, ?)",
            arguments: [bus, device, day.number, counters])
    }
}

/// What the program sent to the disk in the course of a day.
package struct DiskWrite: Equatable, Sendable {
    package var day: NaturalDay
    package var bytes: Int64

    package init(day: NaturalDay, bytes: Int64) {
        self.day = day
        self.bytes = bytes
    }

    func insert(_ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO disk_write (day, bytes) VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes
                """, arguments: [day.number, bytes])
    }
}
