import GRDB

/// The tables; described for people in `docs/store.md`.
enum Schema {
    /// Marks a file as ours: "AQIm".
    ///
    /// Source: SQLite file format, 1.3.17 application ID.
    static let applicationID: Int32 = 0x4151_496D

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: hours, indices, warnings, outbox") { database in
            try database.execute(sql: "PRAGMA application_id = \(applicationID)")
            try database.execute(sql: version1)
        }
        migrator.registerMigration("4: ledger") { database in
            try database.execute(sql: LedgerEntry.table)
        }
        return migrator
    }

    private static let version1 = """
        CREATE TABLE station (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE
        ) STRICT;

        -- start: UTC seconds at which the hour begins. Values: thousandths of µg/m³ (co: mg/m³), NULL where missing.
        -- flags: six marks in the order of the columns, separated by commas; empty where there is a normal value.
        CREATE TABLE hourly (
            station INTEGER NOT NULL REFERENCES station (id),
            start INTEGER NOT NULL,
            pm25 INTEGER, pm10 INTEGER, so2 INTEGER, no2 INTEGER, co INTEGER, o3 INTEGER,
            flags TEXT NOT NULL,
            PRIMARY KEY (station, start)
        ) STRICT, WITHOUT ROWID;

        -- start, length: the period in UTC seconds. Values: published concentrations in thousandths; iaqi_*: sub-indices.
        -- state: why an indicator has no value, or that it is not part of the report; see IndexRecord.swift.
        CREATE TABLE air_index (
            station INTEGER NOT NULL REFERENCES station (id),
            report TEXT NOT NULL,
            start INTEGER NOT NULL,
            length INTEGER NOT NULL,
            edition TEXT NOT NULL,
            aqi INTEGER,
            pm25 INTEGER, pm10 INTEGER, so2 INTEGER, no2 INTEGER, co INTEGER, o3 INTEGER, o3_8h INTEGER,
            iaqi_pm25 INTEGER, iaqi_pm10 INTEGER, iaqi_so2 INTEGER, iaqi_no2 INTEGER, iaqi_co INTEGER,
            iaqi_o3 INTEGER, iaqi_o3_8h INTEGER,
            state TEXT NOT NULL,
            PRIMARY KEY (station, report, start)
        ) STRICT, WITHOUT ROWID;

        -- start: UTC seconds at which the hour of the decision begins; at most one action an hour.
        CREATE TABLE warning_event (
            start INTEGER NOT NULL,
            event TEXT NOT NULL,
            level TEXT NOT NULL,
            number INTEGER NOT NULL,
            body TEXT NOT NULL,
            PRIMARY KEY (start, event)
        ) STRICT, WITHOUT ROWID;

        -- What a stage must remember across a restart, by name; JSON.
        CREATE TABLE state (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- What became final, in the order in which it did: each destination reads on from its cursor.
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            subject TEXT NOT NULL,
            station INTEGER,
            start INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE outbox_cursor (
            destination TEXT PRIMARY KEY,
            sequence INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- For people with the sqlite3 shell: names and hour-ending labels in UTC+8, values in their unit.
        CREATE VIEW hours AS
            SELECT key AS station, strftime('%Y-%m-%dT%H:%M:%S+08:00', start + 3600 + 28800, 'unixepoch') AS time,
                pm25 / 1000.0 AS pm25, pm10 / 1000.0 AS pm10, so2 / 1000.0 AS so2, no2 / 1000.0 AS no2,
                co / 1000.0 AS co, o3 / 1000.0 AS o3, flags
            FROM hourly JOIN station ON station.id = hourly.station;
        """
}
