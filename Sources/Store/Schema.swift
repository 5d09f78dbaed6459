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
        migrator.registerMigration("2: calibrations") { try $0.execute(sql: CalibrationRow.table) }
        migrator.registerMigration("3: samples, revisions, audit trail, ledger") { database in
            try database.execute(sql: version3)
        }
        migrator.registerMigration("4: hash chains") { database in
            try database.execute(
                sql: "ALTER TABLE audit ADD COLUMN previous_hash BLOB; ALTER TABLE audit ADD COLUMN hash BLOB")
            try HashChain.begin(database)
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

    /// What is set for a file, before its first page is written and whenever it is opened.
    ///
    /// Pages of 4 KB hold blobs of a few hundred bytes to 1.3 KB with little waste; smaller ones save no flash, because the system
    /// writes 4 KB at a time anyway. Figures: `docs/store.md`. Debian's SQLite writes zeros over all that is deleted, which costs
    /// flash and hides nothing here.
    static let ofTheFile = """
        PRAGMA page_size = 4096;
        PRAGMA auto_vacuum = INCREMENTAL;
        PRAGMA wal_autocheckpoint = 1000;
        PRAGMA journal_size_limit = 8000000;
        PRAGMA cache_size = -8000;
        PRAGMA secure_delete = OFF;
        """

    private static let version3 = """
        -- id: minute << 20 | station << 6 | part; see SampleRows.swift. packed: see MinuteBlob.swift.
        CREATE TABLE sample (
            id INTEGER PRIMARY KEY,
            packed BLOB NOT NULL,
            minute INTEGER AS (id >> 20) VIRTUAL,
            station INTEGER AS (id >> 6 & 16383) VIRTUAL,
            part INTEGER AS (id & 63) VIRTUAL
        ) STRICT;

        -- What is left of samples that were purged: the mean of each minute, packed as one sample at its first second.
        CREATE TABLE minute_mean (
            id INTEGER PRIMARY KEY,
            packed BLOB NOT NULL,
            minute INTEGER AS (id >> 20) VIRTUAL,
            station INTEGER AS (id >> 6 & 16383) VIRTUAL
        ) STRICT;

        -- Rows of hourly and air_index as they were before they were replaced (GB 3095-2026 6.3). subject: the table, and for an
        -- index the report. replaced: when, UTC seconds. body: the old values, JSON.
        CREATE TABLE revision (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            subject TEXT NOT NULL,
            station INTEGER NOT NULL REFERENCES station (id),
            start INTEGER NOT NULL,
            replaced INTEGER NOT NULL,
            reason TEXT NOT NULL,
            body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX revision_of ON revision (station, start);

        -- Who changed what, when, why.
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            time INTEGER NOT NULL,
            person TEXT NOT NULL,
            subject TEXT NOT NULL,
            before TEXT,
            after TEXT,
            reason TEXT NOT NULL
        ) STRICT;

        -- What was decided about warnings, by whom. previous_hash, hash: see HashChain.swift.
        CREATE TABLE ledger (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            person TEXT NOT NULL,
            reason TEXT NOT NULL,
            body TEXT NOT NULL,
            previous_hash BLOB,
            hash BLOB
        ) STRICT;

        -- How the exchanges with a device went by the end of a day: since the program started. day: days since 1970 in UTC+8.
        CREATE TABLE device_counter (
            bus TEXT NOT NULL,
            device TEXT NOT NULL,
            day INTEGER NOT NULL,
            counters TEXT NOT NULL,
            PRIMARY KEY (bus, device, day)
        ) STRICT, WITHOUT ROWID;

        -- Bytes that the program sent to the disk, by the count of the system. day: as above.
        CREATE TABLE disk_write (
            day INTEGER PRIMARY KEY,
            bytes INTEGER NOT NULL
        ) STRICT;

        \(appendOnly("revision"))
        \(appendOnly("audit"))
        \(appendOnly("ledger"))

        CREATE VIEW indices AS
            SELECT key AS station, report, strftime('%Y-%m-%dT%H:%M:%S+08:00', start + length + 28800, 'unixepoch') AS time,
                edition, aqi, pm25 / 1000.0 AS pm25, pm10 / 1000.0 AS pm10, so2 / 1000.0 AS so2, no2 / 1000.0 AS no2,
                co / 1000.0 AS co, o3 / 1000.0 AS o3, o3_8h / 1000.0 AS o3_8h
            FROM air_index JOIN station ON station.id = air_index.station;

        -- A day is its report: the rollup of its hours by the edition in force.
        CREATE VIEW daily AS
            SELECT key AS station, date(start + 28800, 'unixepoch') AS date, edition, aqi, pm25 / 1000.0 AS pm25,
                pm10 / 1000.0 AS pm10, so2 / 1000.0 AS so2, no2 / 1000.0 AS no2, co / 1000.0 AS co,
                o3_8h / 1000.0 AS o3_8h
            FROM air_index JOIN station ON station.id = air_index.station WHERE report = 'daily';
        """

    /// Triggers by which a table only grows: nothing is changed, taken away, or put in the place of something.
    private static func appendOnly(_ table: String) -> String {
        """
        CREATE TRIGGER \(table)_no_update BEFORE UPDATE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table): append-only'); END;
        CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table)
            BEGIN SELECT RAISE(ABORT, '\(table): append-only'); END;
        CREATE TRIGGER \(table)_no_replace BEFORE INSERT ON \(table)
            WHEN EXISTS (SELECT 1 FROM \(table) WHERE sequence = NEW.sequence)
            BEGIN SELECT RAISE(ABORT, '\(table): append-only'); END;
        """
    }
}
