import AQICore
import Foundation
import Store
import TestSupport
import Testing
import Warnings

@Suite("ledger show, verify, export") struct LedgerCommandTests {
    private func store(_ folder: TemporaryFolder) throws -> String {
        let path = folder.file("air.db")
        let store = try MonitorStore(path: path)
        var batch = StoreBatch()
        batch.ledger = (1...3).map { number in
            LedgerEntry(
                time: Instant(seconds: 1_479_254_400 + Int64(number)), kind: number == 2 ? "signed" : "order",
                person: "张三\u{1B}[2J", reason: "line 1\nline 2", body: "{\"proposal\":\"\(number)\"}")
        }
        try store.write(batch)
        try store.close()
        return path
    }

    @Test func `steps are shown, harmless, of one kind or all, and exported with their hashes`() throws {
        let folder = try TemporaryFolder()
        let path = try store(folder)
        let shown = try Program.run("ledger", "show", "--store", path)
        #expect(shown.status == 0 && shown.lines.count == 3 && !shown.output.contains("\u{1B}"))
        #expect(try Program.run("ledger", "show", "--kind", "signed", "--store", path).lines.count == 1)
        // The newest of a kind, however many others came after it.
        let old = try Program.run("ledger", "show", "--kind", "signed", "--last", "1", "--store", path)
        #expect(old.lines.count == 1 && old.output.contains("signed"))
        let proposal = try Program.run("warnings", "show", "1", "--last", "1", "--store", path)
        #expect(proposal.lines.count == 1 && proposal.output.contains(#""proposal":"1""#), "\(proposal)")
        let none = try Program.run("warnings", "show", "9", "--store", path)
        #expect(none.output == "the ledger has no step of a proposal 9\n")
        let target = folder.file("ledger.jsonl")
        #expect(try Program.run("ledger", "export", "--store", path, "-o", target).status == 0)
        let lines = try String(contentsOfFile: target, encoding: .utf8).split(separator: "\n")
        let objects = try lines.map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(objects.count == 3 && objects[0]["reason"] as? String == "line 1\nline 2")
        #expect((objects[0]["body"] as? [String: String])?["proposal"] == "1")
        #expect(objects[1]["previousHash"] as? String == objects[0]["hash"] as? String)
        #expect((objects[2]["hash"] as? String)?.count == 64)
    }

    @Test func `an unknown kind is refused with the known ones, and what is empty says so`() throws {
        let folder = try TemporaryFolder()
        let path = try store(folder)
        let unknown = try Program.run("ledger", "show", "--kind", "nosuch", "--store", path)
        #expect(unknown.status == 64 && unknown.output.isEmpty)
        for kind in LedgerLine.Kind.allCases { #expect(unknown.errors.contains("- \(kind.rawValue)\n"), "\(kind)") }
        #expect(try Program.run("ledger", "show", "--kind", "issued", "--store", path).output.contains("issued"))
        #expect(try Program.run("ledger", "show", "--kind", "issued", "--json", "--store", path).output.isEmpty)
        let empty = folder.file("empty.db")
        try MonitorStore(path: empty).close()
        #expect(
            try Program.run("ledger", "show", "--store", empty).output
                == "the ledger is empty: no step has been taken yet\n")
        #expect(
            try Program.run("warnings", "measures", "--store", empty).output.contains("--level yellow, orange or red"))
        let chinese = try Program.run("ledger", "show", "--kind", "signed", "--store", path, "--lang", "zh")
        #expect(chinese.output.contains("  签字（signed）  张三"), "\(chinese)")
        #expect(try Program.run("ledger", "show", "--store", empty, "--lang", "zh").output.contains("台账为空"))
    }

    @Test func `verify holds, or ends with 65 and names the first row that does not fit`() throws {
        let folder = try TemporaryFolder()
        let path = try store(folder)
        let good = try Program.run("ledger", "verify", "--store", path)
        #expect(good.status == 0 && good.output.contains("ledger: 3 rows") && good.output.contains("audit: 0 rows"))
        let head = try #require(good.output.firstMatch(of: /[0-9a-f]{64}/)).output
        #expect(try Program.run("ledger", "verify", "--noted", String(head), "--store", path).status == 0)
        let other = try Program.run(
            "ledger", "verify", "--noted", String(repeating: "ab", count: 32), "--store", path)
        #expect(other.status == 65 && other.errors.contains("abab"), "\(other.errors)")
        #expect(try Program.run("ledger", "verify", "--noted", "xyz", "--store", path).status == 64)

        try sqlite3(path, "DROP TRIGGER ledger_no_update; UPDATE ledger SET person = '李四' WHERE sequence = 2")
        let bad = try Program.run("ledger", "verify", "--store", path)
        #expect(bad.status == 65 && bad.errors.contains("row 2") && bad.errors.contains(path), "\(bad.errors)")
        let chinese = try Program.run("ledger", "verify", "--store", path, "--lang", "zh")
        #expect(chinese.errors.contains("第 2 行") && chinese.errors.contains("台账："))
        let json = try Program.run("ledger", "verify", "--json", "--store", path)
        #expect(json.status == 65 && json.output.contains(#""fault":"changed","row":2"#), "\(json.output)")
        #expect(try Program.run("ledger", "verify", "--store", folder.file("none.db")).status == 66)
    }
}
