import AQICore
import Foundation
import TestSupport
import Testing

@testable import Store

/// Samples of the minute under way, between two commits to the tables.
@Suite("Store: the journal of samples") struct SampleJournalTests {
    private let minute: Int64 = 30_000_000

    private func samples(_ station: String, _ seconds: Range<UInt8>, minute later: Int64 = 0) -> MinuteSamples {
        var samples = MinuteSamples(station: station, minute: minute + later)
        for second in seconds {
            samples.add(Concentration(thousandths: Int32(second) * 1000), of: 2, atSecond: second)
            samples.add(.missing(.fault), of: 3, atSecond: second)
        }
        return samples
    }

    /// What a kill would leave: the files as they are while the store is open.
    private func copy(_ path: String, to copy: String) throws {
        for ending in ["", "-wal", "-samples"] where FileManager.default.fileExists(atPath: path + ending) {
            try FileManager.default.copyItem(atPath: path + ending, toPath: copy + ending)
        }
    }

    @Test func `what was journalled is in the tables after a kill, once, however often it is taken up`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        #expect(try store.journal([samples("A", 0..<5), samples("站", 0..<5)]))
        #expect(try store.journal([samples("A", 5..<10)]))
        for name in ["b.db", "c.db"] { try copy(path, to: folder.file(name)) }
        let second = try MonitorStore(path: folder.file("b.db"))
        let left = try second.read { try $0.samples() }
        #expect(left.count == 2 * 10 + 2 * 5)
        #expect(!FileManager.default.fileExists(atPath: folder.file("b.db-samples")))
        // The journal once more, as if the kill had come between the commit and its removal.
        try second.close()
        try FileManager.default.copyItem(atPath: folder.file("c.db-samples"), toPath: folder.file("b.db-samples"))
        #expect(try reopened(folder.file("b.db")).read { try $0.samples() } == left)
    }

    @Test func `what the tables have is begun over, and a close leaves no journal`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        #expect(try store.journal([samples("A", 0..<30)]))
        var batch = StoreBatch()
        batch.samples = [samples("A", 0..<60)]
        batch.time = Instant(seconds: (minute + 1) * 60)
        try store.write(batch)
        #expect(try store.journal([samples("A", 0..<2, minute: 1)]))
        let journal = SampleJournal.samples(of: path)
        #expect(journal == [samples("A", 0..<2, minute: 1)], "not the rest of the record that was longer")
        batch.samples = [samples("A", 0..<2, minute: 1)]
        try store.write(batch)
        try store.close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["a.db", "a.db.lock"])
    }

    @Test func `of a journal that was cut off or damaged the whole records count, and none beyond`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        var ends: [Int] = []
        for part in 0..<12 as Range<UInt8> {
            #expect(try store.journal([samples("A", part * 5..<part * 5 + 5)]))
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path + "-samples"))
            ends.append((bytes.lastIndex { $0 != 0 } ?? 0) + 1)
        }
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path + "-samples")))
        for cut in 0...ends[11] {
            let whole = ends.filter { $0 <= cut }.count
            #expect(SampleJournal.samples(in: bytes[0..<cut]).count == whole, "cut at \(cut)")
            var damaged = bytes
            damaged[cut] ^= 0x5A
            let found = SampleJournal.samples(in: damaged[...]).count
            #expect(found <= ends.filter { $0 <= cut }.count || found == 12, "byte \(cut)")
        }
        var random = Random(seed: 7)
        for _ in 0..<2000 {
            _ = SampleJournal.samples(in: (0..<random.below(80)).map { _ in UInt8(random.below(256)) }[...])
        }
    }

    @Test func `a journal that is full says so, and nothing is lost`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        var count = 0
        while try store.journal((0..<40).map { samples("station \($0)", 0..<60) }) { count += 1 }
        #expect(count > 10)
        #expect(SampleJournal.samples(of: store.path).count == count * 40)
    }
}
