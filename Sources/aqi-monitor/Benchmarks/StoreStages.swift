import AQICore
import Foundation
import Ingest
import Store
import Synchronization

/// The store: samples in, hours out, a year imported, and what all that writes to the disk.
struct StoreStages {
    let stopwatch: Stopwatch
    /// Where the files are made: what is measured is also this disk.
    var folder = FileManager.default.temporaryDirectory.path
    /// How long `store.sustained` goes on.
    var sustainedSeconds = 10

    static let names = ["store.samples", "store.commit", "store.day", "store.year", "store.sustained"]

    /// A station of twenty channels at 1 Hz.
    private static let channels = 20
    private static let start = Hour(start: 500_000)

    func run(_ name: String, _ report: (BenchResult) throws -> Void) throws {
        let path = "\(folder)/aqi-bench-\(getpid()).db"
        defer { for ending in ["", "-wal", "-shm", ".lock"] { _ = unsafe unlink(path + ending) } }
        switch name {
        case "store.samples": try report(samples(path, secondsACommit: 3600, commits: 12))
        case "store.commit": try report(samples(path, secondsACommit: 5, commits: 200))
        case "store.day": try report(day(path))
        case "store.sustained": try report(sustained(path))
        default: try year(path, report)
        }
    }

    /// An hour of readings in the order in which they come: tenths that wander, one channel of twenty stopped.
    private static let hour: [Reading] = {
        var state: UInt64 = 1
        var values = [Int32](repeating: 400, count: channels)
        var readings: [Reading] = []
        readings.reserveCapacity(3600 * channels)
        for second in 0..<3600 as Range<Int64> {
            for channel in 0..<channels {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                values[channel] += Int32((state >> 33) % 7) - 3
                readings.append(
                    Reading(
                        // As many stations as it takes: a parameter is measured once at each.
                        channel: Channel(
                            station: Int32(channel / 10), parameter: Parameter(rawValue: UInt8(channel % 10)) ?? .pm25),
                        time: Instant(seconds: second), value: Concentration(thousandths: values[channel] * 100)))
            }
        }
        return readings
    }()

    /// Writes the readings of some seconds.
    private struct Writer {
        let store: MonitorStore
        var buffer = SampleBuffer(stations: ["A", "B"], capacity: 1_000_000)
        var second: Int64 = 0

        init(_ path: String) throws { store = try MonitorStore(path: path) }

        mutating func write(seconds: Int64) throws {
            let hours = StoreStages.start.beginning + second / 3600 * 3600
            let first = Int(second % 3600) * StoreStages.channels
            for var reading in StoreStages.hour[first..<first + Int(seconds) * StoreStages.channels] {
                reading.time = hours + reading.time.seconds
                buffer.add(reading)
            }
            second += seconds
            var batch = StoreBatch()
            batch.samples = buffer.waiting
            batch.time = StoreStages.start.beginning + second
            try store.write(batch)
            buffer.removeAll()
        }
    }

    private func samples(_ path: String, secondsACommit seconds: Int64, commits: Int) throws -> BenchResult {
        _ = StoreStages.hour
        var writer = try Writer(path)
        let values = commits * Int(seconds) * StoreStages.channels
        let timed = try stopwatch.rate(of: values) { for _ in 0..<commits { try writer.write(seconds: seconds) } }
        let count = Int64(writer.second) * Int64(StoreStages.channels)
        var checksum: UInt64 = 0
        var packed: Int64 = 0
        try StoreStages.forEachMinute(writer.store) { minute in
            packed += Int64(MinuteBlob.pack(minute.columns).count)
            for column in minute.columns {
                for value in column.values { checksum = checksum &+ UInt64(bitPattern: Int64(value.packed)) }
            }
        }
        try writer.store.close()
        let bytes = StoreStages.size(path)
        return BenchResult(
            stage: seconds == 3600 ? "store.samples" : "store.commit", rate: timed.median, unit: "values/s",
            checksum: checksum, range: timed.range,
            details: [
                ("valuesACommit", seconds * Int64(StoreStages.channels)),
                ("packedBytesPerThousandValues", packed * 1000 / count),
                ("fileBytesPerThousandValues", bytes * 1000 / count),
            ])
    }

    private static func forEachMinute(_ store: MonitorStore, _ body: (MinuteSamples) -> Void) throws {
        try store.read { try $0.forEachMinute(body) }
    }

    private static func size(_ path: String) -> Int64 {
        Int64((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
    }

    /// What a day of twenty channels at 1 Hz, committed every 5 s as the monitor does, writes to the disk: six hours of it, times four.
    private func day(_ path: String) throws -> BenchResult {
        var milliseconds: Int64 = 0
        var keeper = StoreKeeper(
            .success(try MonitorStore(path: path)), path: path, stations: ["A", "B"],
            milliseconds: { milliseconds })
        let before = WrittenBytes.now ?? 0
        let commits = 6 * 720
        let duration = try ContinuousClock().measure {
            for commit in 0..<commits {
                let first = commit % 720 * 5 * StoreStages.channels
                let hour = StoreStages.start + Int32(commit / 720)
                keeper.add(
                    StoreStages.hour[first..<first + 5 * StoreStages.channels].map {
                        Reading(channel: $0.channel, time: hour.beginning + $0.time.seconds, value: $0.value)
                    })
                if commit % 720 == 719 { keeper.add(StoreStages.closing(hour)) }
                milliseconds += 5000
                let news = keeper.commit(at: hour.beginning + Int64(commit % 720 * 5 + 5))
                if case .failed(let error) = news.first { throw error }
            }
            try keeper.close(at: (StoreStages.start + 6).beginning)
        }
        let bytes = ((WrittenBytes.now ?? 0) - before) * 4
        let rate = Double(commits) / (duration / .seconds(1))
        return BenchResult(
            stage: "store.day", rate: rate, unit: "commits/s", range: rate...rate,
            details: [("writtenBytesPerDay", bytes)])
    }

    /// What an hour that is over leaves beside its samples.
    private static func closing(_ hour: Hour) -> StoreBatch {
        var batch = StoreBatch()
        batch.hours = ["A", "B"].map { HourlyRecord(station: $0, hour: hour, row: HourRow()) }
        batch.indices = ["A", "B"].flatMap { station in
            [ReportKind.realtime, .running24].map {
                IndexRecord(
                    station: station, period: hour,
                    report: StationWindows().report($0, edition: .chosenByDate[0], options: ReportOptions()))
            }
        }
        batch.state = ["warnings": String(repeating: "x", count: 2000)]
        return batch
    }

    /// Hour commits as fast as it goes, with two readers that read the newest hour again and again.
    private func sustained(_ path: String) throws -> BenchResult {
        var writer = try Writer(path)
        try writer.write(seconds: 3600)
        let isOver = Atomic(false)
        let reads = Atomic(0)
        let clock = ContinuousClock()
        var rates: [Double] = []
        try withoutActuallyEscaping({ () -> Void in
            while !isOver.load(ordering: .relaxed) {
                guard let reader = try? StoreReader(path: path) else { continue }
                let last = (try? reader.read { try $0.lastMinute(of: ["A"]) }) ?? 0
                try? reader.forEachMinute(from: last - 59) { _ in }
                reads.add(1, ordering: .relaxed)
            }
        }) { read in
            let group = DispatchGroup()
            nonisolated(unsafe) let read = read
            for _ in 0..<2 { DispatchQueue.global().async(group: group) { unsafe read() } }
            defer {
                isOver.store(true, ordering: .relaxed)
                group.wait()
            }
            let end = clock.now + .seconds(sustainedSeconds)
            while clock.now < end {
                let begin = clock.now
                for _ in 0..<10 { try writer.write(seconds: 3600) }
                rates.append(Double(10 * 3600 * StoreStages.channels) / ((clock.now - begin) / .seconds(1)))
            }
        }
        let log = StoreStages.size(path + "-wal")
        try writer.store.close()
        let mean = Double(rates.count) / rates.reduce(0) { $0 + 1 / $1 }
        return BenchResult(
            stage: "store.sustained", rate: mean, unit: "values/s", range: (rates.min() ?? 0)...(rates.max() ?? 0),
            details: [
                ("seconds", Int64(sustainedSeconds)), ("reads", Int64(reads.load(ordering: .relaxed))),
                ("logBytes", log),
            ])
    }

    /// A year of twelve stations imported; a year of one station's hours with their indices read.
    private func year(_ path: String, _ report: (BenchResult) throws -> Void) throws {
        let count = 365 * 24
        let table = (0..<12).map { station in
            HourlySeries(
                station: "S\(station)", first: StoreStages.start,
                rows: (0..<count).map { hour in
                    var row = HourRow()
                    for pollutant in Pollutant.allSix {
                        row[pollutant] = Concentration(
                            thousandths: Int32((hour * 37 + station * 101 + pollutant.index * 53) % 900) * 100)
                    }
                    return row
                })
        }
        var imported = 0
        let timed = try stopwatch.rate(of: 12 * count) {
            for ending in ["", "-wal", "-shm"] { _ = unsafe unlink(path + ending) }
            let store = try MonitorStore(path: path)
            imported = 0
            for series in table {
                imported += try TableImport(series, store).run(at: StoreStages.start.beginning) { _ in }
            }
            try store.close()
        }
        try report(
            BenchResult(
                stage: "store.year.import", rate: timed.median, unit: "hours/s", checksum: UInt64(imported),
                range: timed.range, details: [("milliseconds", Int64(12_000 * Double(count) / timed.median))]))
        let reader = try StoreReader(path: path)
        var checksum: UInt64 = 0
        let read = try stopwatch.rate(of: count) {
            checksum = 0
            try reader.forEachHour(stations: ["S3"]) {
                checksum = checksum &+ UInt64(UInt32(bitPattern: $0.row.lanes[0]))
            }
            try reader.forEachIndex(.realtime, stations: ["S3"]) { checksum = checksum &+ UInt64($0.report.index ?? 0) }
        }
        try report(
            BenchResult(
                stage: "store.year.read", rate: read.median, unit: "hours/s", checksum: checksum, range: read.range,
                details: [("microseconds", Int64(1e6 * Double(count) / read.median))]))
    }
}
