import AQICore
import Foundation
import Store
import TestSupport
import Testing

/// What a power loss leaves of the write-ahead log: its end cut off, or a last page half written.
@Suite("Store: a torn log") struct TornLogTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `of a torn log the whole commits are there, in their order, and nothing of the torn one`(seed: UInt64) throws {
        var random = Random(seed: seed)
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        let store = try MonitorStore(path: path)
        for hour in 0..<20 as Range<Int32> {
            try store.write(batch("A", [(hour, row(hour)), (hour + 1000, row(hour))]))
        }
        let copy = folder.file("b.db")
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        var log = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
        let place = log.count - 1 - random.below(log.count / 2)
        if random.below(2) == 0 {
            log = log.prefix(place)
        } else {
            for offset in 0..<min(3000, log.count - place) { log[place + offset] = UInt8(random.below(256)) }
        }
        try log.write(to: URL(fileURLWithPath: copy + "-wal"))

        let torn = try MonitorStore(path: copy)
        let hours = try torn.read { try $0.hours() }.map { $0.hour - first }
        let whole = Int32(hours.count / 2)
        #expect(whole < 20)
        #expect(hours == Array(0..<whole) + (0..<whole).map { $0 + 1000 }, "seed \(seed)")
        // It goes on from there.
        try torn.write(batch("A", [(500, row(1))]))
        try torn.close()
        #expect(try sqlite3(copy, "PRAGMA integrity_check") == ["ok"])
    }
}
