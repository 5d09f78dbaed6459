import AQICore
import Foundation
import Ingest
import Store
import TestSupport
import Testing

@testable import aqi_monitor

/// A disk that is full, gone or damaged keeps nobody from measuring.
@Suite("Store: trouble with the disk") struct DiskTroubleTests {
    /// A file system of a few megabytes; nil where nobody may mount one.
    private final class SmallDisk {
        let path: String
        private let folder: TemporaryFolder

        init?(megabytes: Int) throws {
            folder = try TemporaryFolder()
            path = folder.file("disk")
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            guard try run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path) == 0 else {
                print("SKIPPED, for want of the right to mount: what a full disk does is not proved.")
                return nil
            }
        }

        func remount(_ option: String) throws { try run("mount", "-o", "remount,\(option)", path) }

        deinit { _ = try? run("umount", "-l", path) }
    }

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
                try run("dd", "if=/dev/zero", "of=\(disk.path)/filler", "bs=1k")
            }
            if hour == 100 {
                try FileManager.default.removeItem(atPath: "\(disk.path)/filler")
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

/// Runs a program of the system to its end, in silence.
@discardableResult
private func run(_ arguments: String...) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
}
