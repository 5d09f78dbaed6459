import AQICore
import Foundation
import Ingest
import Store
import TestSupport
import Testing

@testable import aqi_monitor

/// A disk that is full, gone or damaged keeps nobody from measuring.
@Suite("Store: trouble with the disk") struct DiskTroubleTests {
    private final class Time {
        var milliseconds: Int64 = 0
    }

    private let start = Hour(start: 498_544)

    private func batch(_ hour: Int32) -> StoreBatch {
        var batch = StoreBatch()
        var row = HourRow()
        row[.pm25] = Concentration(thousandths: hour * 1000)
        batch.hours = [HourlyRecord(station: "A", hour: start + hour, row: row)]
        batch.state = ["warnings": "\(hour)"]
        return batch
    }

    private func readings(_ hour: Int32) -> [Reading] {
        (0..<360).map {
            Reading(
                channel: Channel(station: 0, parameter: .no2), time: (start + hour).beginning + Int64($0 * 10),
                value: Concentration(thousandths: Int32($0) * 977 % 50_000))
        }
    }

    private func keeper(_ path: String, _ time: Time) -> StoreKeeper {
        StoreKeeper(
            Result { () throws(StoreError) in try MonitorStore(path: path) }, path: path, stations: ["A"],
            milliseconds: { time.milliseconds })
    }

    @Test func `a disk that is full for a time loses nothing`() throws {
        guard let disk = try SmallDisk(megabytes: 3) else { return }
        let path = "\(disk.path)/air.db"
        let time = Time()
        var keeper = keeper(path, time)
        var told: [String] = []
        for hour in 0..<120 as Range<Int32> {
            if hour == 10 {
                try disk.fill()
            }
            if hour == 100 {
                try disk.free()
                time.milliseconds += 120_000
            }
            keeper.add(readings(hour))
            keeper.add(batch(hour))
            time.milliseconds += 10_000
            for news in keeper.commit(at: (start + (hour + 1)).beginning) {
                switch news {
                case .failed: told.append("failed")
                case .back(let samples, let rows): told.append("back \(samples) \(rows)")
                case .opened: told.append("opened")
                }
            }
        }
        try keeper.close(at: (start + 120).beginning)
        #expect(told == ["failed", "back 0 0"])
        try StoreReader(path: path).read { queries in
            var hours: [Hour] = []
            try queries.forEachHour { hours.append($0.hour) }
            #expect(hours == (0..<120).map { start + $0 })
            var count = 0
            try queries.forEachMinute { count += $0.count }
            #expect(count == 120 * 360)
        }
        #expect(try StoreReader(path: path).read { try $0.state("warnings") } == "119")
    }

    @Test func `what waits is bounded: samples go before hours`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("air.db", "this is no database, and long enough to look at")
        let time = Time()
        var keeper = keeper(path, time)
        for hour in 0..<4000 as Range<Int32> {
            keeper.add(Array(readings(hour).prefix(10)))
            keeper.add(batch(hour))
            time.milliseconds += 10_000
            #expect(keeper.commit(at: (start + hour).beginning).isEmpty)
        }
        #expect(keeper.trouble != nil)
        try FileManager.default.removeItem(atPath: path)
        time.milliseconds += 120_000
        let news = keeper.commit(at: (start + 4000).beginning)
        guard case .back(let samples, let rows) = news.first else {
            Issue.record("\(news)")
            return
        }
        #expect(samples > 0 && rows > 0 && rows < 2000)
        let stored = try StoreReader(path: path).read { queries in
            var count = 0
            try queries.forEachHour { _ in count += 1 }
            return count
        }
        #expect(stored + rows == 4000)
    }

    @Test
    func `a page that is damaged under a running monitor stops nothing; what can be read is saved and taken up again`()
        throws
    {
        let folder = try TemporaryFolder()
        let path = folder.file("air.db")
        let time = Time()
        do {
            var first = keeper(path, time)
            for hour in 0..<2000 as Range<Int32> { first.add(batch(hour)) }
            try first.close(at: start.beginning)
        }
        var keeper = keeper(path, time)
        // The page to which the next hour goes.
        let page = try Int(
            sqlite3(
                path, "SELECT pageno FROM dbstat WHERE name = 'hourly' AND pagetype = 'leaf' ORDER BY path DESC LIMIT 1"
            )[0])
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: UInt64(try #require(page) - 1) * 4096)
        handle.write(Data(repeating: 0xA5, count: 4096))
        try handle.close()

        keeper.add(readings(2000))
        keeper.add(batch(2000))
        guard case .failed = keeper.commit(at: (start + 2001).beginning).first else {
            Issue.record("the damage was not noticed")
            return
        }
        // Told once; what comes waits.
        keeper.add(batch(2001))
        time.milliseconds += 60_000
        #expect(keeper.commit(at: (start + 2002).beginning).isEmpty && keeper.trouble != nil && !keeper.isAllWritten)
        #expect(try !StoreReader(path: path).health().damages.isEmpty)

        let saved = folder.file("saved.db")
        _ = try MonitorStore.salvage(path, into: saved)
        for ending in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) }
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: saved, toPath: path)
        time.milliseconds += 120_000
        guard case .back(0, 0) = keeper.commit(at: (start + 2002).beginning).first else {
            Issue.record("\(String(describing: keeper.trouble))")
            return
        }
        try keeper.close(at: (start + 2002).beginning)
        let reader = try StoreReader(path: path)
        #expect(try reader.health().damages.isEmpty)
        var hours: [Hour] = []
        try reader.read { try $0.forEachHour { hours.append($0.hour) } }
        // One page of hours is gone, and nothing else.
        #expect(hours.count > 1850 && hours.suffix(2) == [start + 2000, start + 2001])
        #expect(try reader.read { try $0.state("warnings") } == "2001")
    }

    @Test func `what waits of every kind is bounded`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("air.db", "this is no database, and long enough to look at")
        var keeper = keeper(path, Time())
        for number in 0..<5000 {
            var batch = StoreBatch()
            batch.events = [.init(hour: start, event: "issue", level: "red", number: number, body: "{}")]
            batch.audits = [AuditEntry(time: start.beginning, person: "p", subject: "s", reason: "\(number)")]
            batch.ledger = [
                LedgerEntry(time: start.beginning, kind: "k", person: "p", reason: "\(number)", body: "{}")
            ]
            batch.deviceCounters = [DeviceDay(bus: "b", device: "\(number)", day: start.day, counters: "{}")]
            keeper.add(batch)
        }
        #expect(keeper.waitingRows < 4 * 31 * 24 * 4 + 1)
    }

    @Test func `a disk that is read-only at the start is written to when it is not`() throws {
        guard let disk = try SmallDisk(megabytes: 3) else { return }
        let path = "\(disk.path)/air.db"
        let time = Time()
        try disk.remount("ro")
        var keeper = keeper(path, time)
        #expect(keeper.trouble?.mayPass == true)
        keeper.add(batch(0))
        #expect(keeper.commit(at: start.beginning).isEmpty)
        try disk.remount("rw")
        time.milliseconds += 60_000
        #expect(keeper.commit(at: start.beginning).count == 2)
        try keeper.close(at: start.beginning)
        #expect(try StoreReader(path: path).read { try $0.lastHour(of: ["A"]) } == start)
        // A reader needs no right to write.
        try disk.remount("ro")
        #expect(try StoreReader(path: path).read { try $0.lastHour(of: ["A"]) } == start)
    }

    @Test func `a store that could not be opened at the start is taken up when it can`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("air.db")
        let time = Time()
        do {
            var first = keeper(path, time)
            first.add(batch(0))
            try first.close(at: start.beginning)
        }
        let aside = folder.file("aside.db")
        try FileManager.default.moveItem(atPath: path, toPath: aside)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        var keeper = keeper(path, time)
        keeper.add(batch(1))
        #expect(keeper.commit(at: start.beginning).isEmpty && keeper.trouble != nil)
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: aside, toPath: path)
        time.milliseconds += 60_000
        let news = keeper.commit(at: start.beginning)
        #expect(news.count == 2)
        // The hour is stored, and what the store remembers is not overwritten by who did not know it.
        let reader = try StoreReader(path: path)
        #expect(try reader.read { try $0.lastHour(of: ["A"]) } == start + 1)
        #expect(try reader.read { try $0.state("warnings") } == "0")
    }
}
