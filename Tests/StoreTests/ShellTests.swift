import AQICore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

/// What people and other programs find in the file, by the real sqlite3 shell.
@Suite("Store: the file itself") struct ShellTests {
    @Test func `the view of hours has names, hour-ending labels in UTC+8 and values in their unit`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        var hour = HourRow()
        hour[.pm25] = Concentration(thousandths: 35_700)
        hour[.pm10] = Concentration(thousandths: -250)
        hour[.so2] = .missing(.calibration)
        hour[.no2] = .missing(.absent)
        hour[.co] = Concentration(thousandths: 500)
        hour[.o3] = Concentration(thousandths: 2_000_000_000)
        var written = StoreBatch()
        // 2016-12-31T15:00Z ... 16:00Z: the last hour of the year in UTC+8, 24:00, which is 00:00 of the next.
        written.hours = [
            HourlyRecord(station: "万寿西宫", hour: Hour(start: 17_166 * 24 + 15), row: hour),
            HourlyRecord(station: "万寿西宫", hour: Hour(start: 17_166 * 24 + 16), row: HourRow(missing: .fault)),
        ]
        try store.write(written)
        // While the writer is open.
        #expect(
            try sqlite3(path, "SELECT * FROM hours ORDER BY time", options: ["-readonly", "-nullvalue", "NULL"]) == [
                "万寿西宫|2017-01-01T00:00:00+08:00|35.7|-0.25|NULL|NULL|0.5|2000000.0|,,C,-,,",
                "万寿西宫|2017-01-01T01:00:00+08:00|NULL|NULL|NULL|NULL|NULL|NULL|D,D,D,D,D,D",
            ])
    }

    @Test func `values are integers in thousandths, times are UTC seconds of the beginning`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        try store.write(batch("A", [(0, row(35_700))]))
        #expect(
            try sqlite3(path, "SELECT start, typeof(start), pm25, typeof(pm25), o3 FROM hourly") == [
                "\(412_000 * 3600)|integer|35700|integer|35700"
            ])
        let report = IndexReport(
            kind: .daily, edition: .hj633Of2012, results: InlineArray(repeating: .notReported), index: 120)
        var written = StoreBatch()
        written.indices = [IndexRecord(station: "A", period: first, report: report)]
        try store.write(written)
        #expect(
            try sqlite3(path, "SELECT report, start, length, edition, aqi FROM air_index") == [
                "daily|\((412_000 - 23) * 3600)|86400|hj633-2012|120"
            ])
    }

    @Test func `the file is in WAL mode, with the mark of this program`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        #expect(try sqlite3(path, "PRAGMA journal_mode") == ["wal"])
        let pragmas = try store.read { queries in
            try ["journal_mode", "foreign_keys", "application_id"].map {
                try String.fetchOne(queries.database, sql: "PRAGMA \($0)") ?? ""
            }
        }
        // That synchronous is FULL is in DurabilityTests.swift.
        #expect(pragmas == ["wal", "1", "\(0x4151_496D)"])
    }

    @Test func `what was written is in the file once write has returned, without closing`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        for offset in Int32(0)..<5 {
            try store.write(batch("A", [(offset, row(1))]))
            #expect(try sqlite3(path, "SELECT count(*) FROM hourly", options: ["-readonly"]) == ["\(offset + 1)"])
        }
        #expect(try sqlite3(path, "PRAGMA integrity_check", options: ["-readonly"]) == ["ok"])
    }

    @Test func `a store carries the mark of this program`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        do { _ = try MonitorStore(path: path) }
        // SQLite file format, 1.3.17: the application ID stands at byte 68, "AQIm" in ASCII.
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(Array(bytes[68..<72]) == Array("AQIm".utf8))
    }

    @Test func `the tables refuse what is no number`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        do { try MonitorStore(path: path).write(batch("A", [(0, row(1))])) }
        // STRICT tables: another program cannot slip a text in as a concentration.
        #expect(throws: ShellRefused.self) { try sqlite3(path, "UPDATE hourly SET pm25 = 'much'") }
        #expect(try sqlite3(path, "SELECT pm25 FROM hourly") == ["1"])
    }
}
