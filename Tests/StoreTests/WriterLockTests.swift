import AQICore
import Foundation
import Store
import TestSupport
import Testing

/// Exactly one process writes, everyone else reads (architecture.md: the WAL-reset race of SQLite before 3.51.3).
@Suite("Store: one writer") struct WriterLockTests {
    /// flock(1) holds the lock until its standard input ends.
    private final class Holder {
        private let process = Process()
        private let input = Pipe()

        init(store path: String, text: String) throws {
            try text.write(toFile: path + ".lock", atomically: false, encoding: .utf8)
            process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
            process.arguments = [path + ".lock", "sh", "-c", "echo locked; cat"]
            process.standardInput = input
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            // It says so once it has the lock.
            _ = try output.fileHandleForReading.read(upToCount: 7)
        }

        func end() throws {
            try input.fileHandleForWriting.close()
            process.waitUntilExit()
        }
    }

    @Test func `a second writing process is refused with the name of the first`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        do { try MonitorStore(path: path).write(batch("A", [(0, row(1))])) }
        let holder = try Holder(store: path, text: "aqi-monitor, process 4711")
        #expect(storeError { try MonitorStore(path: path) } == .heldBy("aqi-monitor, process 4711"))
        // Readers do not ask for the lock.
        #expect(try StoreReader(path: path).read { try $0.hours() }.count == 1)
        try holder.end()
        // The lock goes with the process, however that ended; the file stays and means nothing.
        #expect(throws: Never.self) { try reopened(path) }
    }

    @Test func `a process that was killed holds nothing up`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        try "aqi-monitor, process 4711".write(toFile: path + ".lock", atomically: false, encoding: .utf8)
        #expect(throws: Never.self) { try MonitorStore(path: path) }
    }

    @Test func `the lock names this process while it writes`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        try String(repeating: "an older and longer text ", count: 5)
            .write(toFile: path + ".lock", atomically: false, encoding: .utf8)
        let store = try MonitorStore(path: path)
        let name = "aqi-monitor, process \(ProcessInfo.processInfo.processIdentifier)"
        #expect(try String(contentsOfFile: path + ".lock", encoding: .utf8) == name)
        // Also a second writer within the process is one too many.
        #expect(storeError { try MonitorStore(path: path) } == .heldBy(name))
        try store.write(batch("A", [(0, row(1))]))
    }

    @Test func `a writer that was refused changes nothing, not even the lock's text`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("new.db")
        let holder = try Holder(store: path, text: "somebody")
        #expect(storeError { try MonitorStore(path: path) } == .heldBy("somebody"))
        #expect(try String(contentsOfFile: path + ".lock", encoding: .utf8) == "somebody")
        #expect(!FileManager.default.fileExists(atPath: path))
        try holder.end()
    }

    @Test func `a reader reads while a writer is open, and sees what was written before it began`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        try store.write(batch("A", [(0, row(1))]))
        let readers = try (0..<3).map { _ in try StoreReader(path: path) }
        for offset in Int32(1)..<20 {
            try store.write(batch("A", [(offset, row(offset))]))
            for reader in readers {
                #expect(try reader.read { try $0.lastHour(of: ["A"]) } == first + offset)
            }
        }
        // Within one read everything is from one moment, whatever is written meanwhile.
        try readers[0].read { queries in
            let before = try queries.hours()
            try store.write(batch("A", [(100, row(1))]))
            #expect(try queries.hours() == before)
        }
        #expect(try readers[0].read { try $0.lastHour(of: ["A"]) } == first + 100)
    }

    @Test func `a store without a writer can be read, and is not written to`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        do { try MonitorStore(path: path).write(batch("A", [(0, row(1))])) }
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(try StoreReader(path: path).read { try $0.hours() }.count == 1)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }
}
