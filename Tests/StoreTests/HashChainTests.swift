import AQICore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

/// A later change of a trail shows, and where.
@Suite("Store: the chains of the trails") struct HashChainTests {
    private func entry(_ number: Int, reason: String = "冀气领办〔2026〕12号") -> LedgerEntry {
        LedgerEntry(
            time: Instant(seconds: Int64(number)), kind: "signed", person: "张三", reason: reason,
            body: "{\"proposal\":\"\(number)\"}")
    }

    /// A store with so many entries, each written by itself.
    private func store(_ path: String, entries: Int) throws {
        let store = try MonitorStore(path: path)
        for number in 0..<entries {
            var batch = StoreBatch()
            batch.ledger = [entry(number)]
            batch.audits = [
                AuditEntry(
                    time: Instant(seconds: Int64(number)), person: "王", subject: "s", before: number > 1 ? "" : nil,
                    reason: "r")
            ]
            try store.write(batch)
        }
        try store.close()
    }

    private func verify(_ path: String, noted: [UInt8]? = nil) throws -> [ChainReport] {
        try StoreReader(path: path).read { try $0.verifyTrails(noted: noted) }
    }

    /// Somebody with the sqlite3 shell, who knows how to take the triggers away.
    private func tamper(_ path: String, _ sql: String) throws {
        let triggers = ["ledger", "audit"].flatMap { table in
            ["no_update", "no_delete", "no_replace"].map { "DROP TRIGGER \(table)_\($0);" }
        }
        try sqlite3(path, triggers.joined() + sql)
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the hash is SHA-256, by the examples of FIPS 180`(text: String, digest: String) {
        let bytes = SHA256.digest(of: Array(text.utf8))
        #expect(bytes.map { String(format: "%02x", $0) }.joined() == digest)
    }

    @Test func `another program makes the same hashes from what docs/store.md says`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        try store(path, entries: 3)
        let script = """
            import hashlib, sqlite3, sys
            previous = bytes(32)
            rows = sqlite3.connect(sys.argv[1]).execute(
                "SELECT time, person, subject, before, after, reason, previous_hash, hash FROM audit ORDER BY sequence")
            for row in rows:
                parts = [b"-," if f is None else b"%d:%s," % (len(str(f).encode()), str(f).encode()) for f in row[:6]]
                digest = hashlib.sha256(previous + b"".join(parts)).digest()
                assert (row[6], row[7]) == (previous, digest), row
                previous = digest
            print("ok")
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(text == "ok\n")
    }

    @Test func `what nobody touched holds, after a restart and in one batch too, and keeps the hash that was noted`()
        throws
    {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        try store(path, entries: 3)
        let noted = try verify(path)[0].head
        let again = try MonitorStore(path: path)
        var batch = StoreBatch()
        batch.ledger = [entry(3), entry(4, reason: "")]
        try again.write(batch)
        try again.close()
        let reports = try verify(path, noted: noted)
        #expect(reports.map(\.table) == ["ledger", "audit"] && reports.map(\.rows) == [5, 3])
        #expect(reports.allSatisfy { $0.fault == nil && $0.olderRows == 0 })
        #expect(reports[0].isFound == true && reports[1].isFound == false)
        #expect(try verify(path, noted: [UInt8](repeating: 7, count: 32))[0].isFound == false)
    }

    /// What is done to the ledger of five rows, the first row that does not fit, and why.
    @Test(arguments: [
        ("UPDATE ledger SET person = '李四' WHERE sequence = 3", 3, ChainReport.Fault.changed),
        ("UPDATE ledger SET time = time + 1 WHERE sequence = 1", 1, .changed),
        // The same text, parted elsewhere.
        ("UPDATE ledger SET kind = 'signe', person = 'd张三' WHERE sequence = 2", 2, .changed),
        ("DELETE FROM ledger WHERE sequence = 2", 3, .broken),
        ("DELETE FROM ledger WHERE sequence = 1", 2, .broken),
        ("DELETE FROM ledger WHERE sequence = 5", 4, .cutOff),
        ("DELETE FROM ledger", 0, .cutOff),
        ("UPDATE ledger SET hash = zeroblob(32) WHERE sequence = 4", 4, .changed),
        ("UPDATE ledger SET hash = NULL WHERE sequence = 4", 4, .unchained),
        ("UPDATE ledger SET hash = NULL, previous_hash = NULL WHERE sequence = 4", 4, .unchained),
        (
            "INSERT INTO ledger (time, kind, person, reason, body) VALUES (1, 'signed', '张三', '', '{}')", 6, .unchained
        ),
        ("UPDATE ledger SET sequence = 9 WHERE sequence = 2", 3, .broken),
    ])
    func `a change shows, with the first row that does not fit`(sql: String, row: Int64, fault: ChainReport.Fault)
        throws
    {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        try store(path, entries: 5)
        try tamper(path, sql)
        let reports = try verify(path)
        #expect(reports[0].fault?.sequence == row && reports[0].fault?.kind == fault)
        #expect(reports[1].fault == nil, "the audit trail holds")
    }

    @Test func `whoever rewrites everything is found by the hash that was noted`() throws {
        let folder = try TemporaryFolder()
        let (path, other) = (folder.file("a.db"), folder.file("b.db"))
        try store(path, entries: 3)
        try store(other, entries: 2)
        let noted = try verify(path)[0].head
        let report = try verify(other, noted: noted)[0]
        #expect(report.fault == nil && report.isFound == false)
    }

    @Test func `an old store is chained from its migration on, says so, and covers what it had`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        // As the version before wrote it.
        do {
            let queue = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(queue, upTo: "3: samples, revisions, audit trail, ledger")
            try queue.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO ledger (time, kind, person, reason, body) VALUES (5, 'order', 'a', 'b', '{}'),
                            (6, 'signed', 'c', 'd', '{}');
                        INSERT INTO audit (time, person, subject, reason) VALUES (7, 'e', 'f', 'g');
                        """)
            }
            try queue.close()
        }
        // Read only: nothing is chained yet, and that is no fault.
        #expect(try verify(path).map(\.olderRows) == [2, 1])
        try MonitorStore(path: path).close()
        let entries = try StoreReader(path: path).read { try $0.ledger() }
        #expect(entries.map(\.kind) == ["order", "signed", "chainBegan"] && entries.map(\.time.seconds) == [5, 6, 6])
        var reports = try verify(path)
        #expect(reports.map(\.rows) == [3, 2] && reports.map(\.olderRows) == [2, 1])
        #expect(reports.allSatisfy { $0.fault == nil })
        try tamper(path, "UPDATE ledger SET person = 'x' WHERE sequence = 1")
        reports = try verify(path)
        #expect(reports[0].fault?.sequence == 3 && reports[0].fault?.kind == .broken)
        // A new store has nothing to say of itself.
        let new = folder.file("b.db")
        try MonitorStore(path: new).close()
        #expect(try verify(new).map(\.rows) == [0, 0])
    }

    @Test func `salvage keeps the chains, also those of an old store`() throws {
        let folder = try TemporaryFolder()
        let (path, saved) = (folder.file("a.db"), folder.file("b.db"))
        try store(path, entries: 4)
        _ = try MonitorStore.salvage(path, into: saved)
        #expect(try verify(saved) == verify(path))
        let (old, savedOld) = (folder.file("old.db"), folder.file("saved-old.db"))
        do {
            let queue = try DatabaseQueue(path: old)
            try Schema.migrator.migrate(queue, upTo: "3: samples, revisions, audit trail, ledger")
            try queue.write {
                try $0.execute(sql: "INSERT INTO audit (time, person, subject, reason) VALUES (7, 'e', 'f', 'g')")
            }
            try queue.close()
        }
        _ = try MonitorStore.salvage(old, into: savedOld)
        let store = try MonitorStore(path: savedOld)
        var batch = StoreBatch()
        batch.audits = [AuditEntry(time: Instant(seconds: 8), person: "h", subject: "store salvage", reason: "")]
        try store.write(batch)
        try store.close()
        let report = try verify(savedOld)[1]
        #expect(report.rows == 2 && report.olderRows == 1 && report.fault == nil)
    }
}
