package import AQICore
import GRDB

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
