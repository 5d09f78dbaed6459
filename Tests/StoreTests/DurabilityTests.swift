import AQICore
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("Store: what it promises of the disk") struct DurabilityTests {
    // GRDB sets synchronous = NORMAL when it turns WAL mode on, which is after prepareDatabase has set
    // FULL. SQLite, "PRAGMA synchronous": in WAL mode NORMAL does not sync at commit, and the last transactions are lost in
    // a power cut, against what MonitorStore promises ("survive a power loss once write(_:) has returned").
    @Test func `a write is on the disk before it returns`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        // When it is created, and when it is opened again.
        for _ in 0..<2 {
            let store = try reopened(path)
            let level = try store.read { try Int.fetchOne($0.database, sql: "PRAGMA synchronous") }
            #expect(level == 2, "2 is FULL, 1 NORMAL")
        }
    }

    // HourRow(missing:) puts the reason into lanes 6 and 7 too, which nobody sees and ``==`` compares.
    @Test func `an hour that is missing for one reason comes back equal`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        try store.write(batch("A", [(0, HourRow(missing: .fault))]))
        #expect(try store.read { try $0.hours() }.first?.row == HourRow(missing: .fault))
    }

    // WAL mode is set, and the first page written, before the migration that marks the file as ours. A
    // power cut between the two leaves a file that is refused as another program's ever after, on the first start of a
    // station that nobody stands beside.
    @Test func `a store whose creation was cut off is completed`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        // A database in WAL mode without any table: what is on the disk at that moment.
        try sqlite3(path, "PRAGMA journal_mode = WAL; CREATE TABLE t (x); DROP TABLE t; VACUUM")
        #expect(try sqlite3(path, "SELECT count(*) FROM sqlite_schema") == ["0"])
        #expect(throws: Never.self) { try MonitorStore(path: path).write(batch("A", [(0, row(1))])) }
    }
}
