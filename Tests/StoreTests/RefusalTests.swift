import AQICore
import Foundation
import Store
import TestSupport
import Testing

/// Files that are not a store of ours stay byte for byte as they are.
@Suite("Store: files that are refused") struct RefusalTests {
    /// Opens a path both ways, wants the same refusal of both, and the file as it was.
    private func expectRefused(
        _ path: String, _ kind: StoreError.Kind, _ location: SourceLocation = #_sourceLocation
    ) throws {
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(storeError(location) { try MonitorStore(path: path) } == kind, sourceLocation: location)
        #expect(storeError(location) { try StoreReader(path: path) } == kind, sourceLocation: location)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before, sourceLocation: location)
        #expect(!FileManager.default.fileExists(atPath: path + ".lock"), sourceLocation: location)
    }

    @Test(arguments: [
        "station,time,pm25\n", "xy", "SQLite format 3", String(repeating: "no database at all ", count: 1000),
        "SQLite format 2\u{0}" + String(repeating: "\u{0}", count: 5000),
    ])
    func `a file that is no database is left as it is`(text: String) throws {
        let folder = try TemporaryFolder()
        try expectRefused(folder.write("a.db", text), .notADatabase)
    }

    @Test(arguments: ["DELETE", "WAL"])
    func `a database of another program is left as it is`(journal: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        try sqlite3(
            path,
            "PRAGMA journal_mode = \(journal); PRAGMA application_id = 252006673; CREATE TABLE hourly (x); INSERT INTO hourly VALUES (1)"
        )
        try expectRefused(path, .foreign)
        // Also one that says nothing of itself.
        let unnamed = folder.file("b.db")
        try sqlite3(
            unnamed, "PRAGMA journal_mode = \(journal); CREATE TABLE notes (text); INSERT INTO notes VALUES ('x')")
        try expectRefused(unnamed, .foreign)
        #expect(try sqlite3(unnamed, "SELECT * FROM notes") == ["x"])
    }

    @Test func `a store of a newer version is left as it is`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        do { try MonitorStore(path: path).write(batch("A", [(0, row(1))])) }
        try FileManager.default.removeItem(atPath: path + ".lock")
        try sqlite3(path, "INSERT INTO grdb_migrations VALUES ('9: what is to come')")
        try expectRefused(path, .newer)
        #expect(try sqlite3(path, "SELECT count(*) FROM hourly") == ["1"])
    }

    @Test func `an empty file becomes a store, as none does`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.db", "")
        let store = try MonitorStore(path: path)
        try store.write(batch("A", [(0, row(1))]))
        #expect(try store.read { try $0.hours() }.count == 1)
    }

    @Test func `a store that is absent is not created by reading`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("absent.db")
        #expect(storeError { try StoreReader(path: path) } == .absent)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `a folder is no store`() throws {
        let folder = try TemporaryFolder()
        #expect(storeError { try MonitorStore(path: folder.path) } == .cannotOpen("not a file"))
        #expect(storeError { try StoreReader(path: folder.path) } == .cannotOpen("not a file"))
        #expect(storeError { try MonitorStore(path: "/dev/null") } == .cannotOpen("not a file"))
    }

    @Test func `a place where no file can be is named with the system's reason`() throws {
        let folder = try TemporaryFolder()
        // Root may write into any folder, so the folder is one that is not there, or is a file.
        let under = try folder.write("file", "x") + "/a.db"
        #expect(storeError { try MonitorStore(path: under) } == .cannotOpen("Not a directory"))
        let absent = folder.file("none") + "/a.db"
        #expect(storeError { try MonitorStore(path: absent) } == .cannotOpen("No such file or directory"))
        #expect(storeError { try StoreReader(path: absent) } == .absent)
        #expect(storeError { try MonitorStore(path: "/proc/aqi.db") } != nil)
    }

    @Test func `the path of the error is the path that was given`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("名.db", "x")
        #expect(throws: StoreError.self) { try MonitorStore(path: path) }
        do { _ = try MonitorStore(path: path) } catch { #expect(error.path == path) }
    }

    @Test(arguments: [100, 5000, 20_000])
    func `a store that was cut off is an error, never an empty store`(count: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        do { try MonitorStore(path: path).write(batch("A", (0..<500).map { (Int32($0), row(Int32($0))) })) }
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try #require(whole.count > 20_000)
        try whole.prefix(count).write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.self) { try StoreReader(path: path).read { try $0.hours() } }
    }
}
