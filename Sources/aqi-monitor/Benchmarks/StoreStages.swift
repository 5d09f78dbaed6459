import AQICore
import Foundation
import Ingest
import Store
import Synchronization

/// The store: samples in, hours out, a year imported, and what all that writes to the disk.
enum StoreStages {
    static let all = [
        Stage(
            name: "store.samples", unit: "values", size: 120, sizeUnit: "hours",
            prepare: { size, surroundings in try samples(surroundings.store(), secondsACommit: 3600, commits: size) }),
        Stage(
            name: "store.commit", unit: "values", size: 1000, sizeUnit: "commits", limit: LimitStages.disk,
            prepare: { size, surroundings in try samples(surroundings.store(), secondsACommit: 5, commits: size) }),
        Stage(
            name: "store.day", unit: "commits", size: 4320, sizeUnit: "commits",
            prepare: { size, surroundings in day(surroundings.store(), commits: size) }),
        Stage(
            name: "store.year.import", unit: "hours", size: 8760, sizeUnit: "hours of 12 stations",
            prepare: { size, surroundings in importing(surroundings.store(), hours: size) }),
        Stage(
            name: "store.year.read", unit: "hours", size: 8760, sizeUnit: "hours of one of 12 stations",
            prepare: { size, surroundings in try reading(surroundings.store(), hours: size) }),
        Stage(
            name: "store.sustained", unit: "values", size: 1, sizeUnit: "writers", clock: .once, isOptional: true,
            prepare: { _, surroundings in try sustained(surroundings.store(), seconds: surroundings.seconds) }),
    ]

    /// A station of twenty channels at 1 Hz.
    private static let channels = 20
    private static let start = Hour(start: 500_000)

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

    private static func samples(_ file: BenchStore, secondsACommit seconds: Int64, commits: Int) throws -> Trial {
        _ = hour
        var writer = try Writer(file.path)
        var first: Int64 = 0
        return Trial(units: commits * Int(seconds) * channels) {
            // Every run begins with the hour, so that every run writes the same.
            writer.second = (writer.second + 3599) / 3600 * 3600
            first = writer.second
            for _ in 0..<commits { try writer.write(seconds: seconds) }
        } outcome: {
            var checksum: UInt64 = 0
            var (packed, count): (Int64, Int64) = (0, 0)
            let minutes = [first, writer.second + 59].map { (start.beginning.seconds + $0) / 60 }
            try writer.store.read {
                try $0.forEachMinute(from: minutes[0], before: minutes[1]) { minute in
                    packed += Int64(MinuteBlob.pack(minute.columns).count)
                    for column in minute.columns {
                        count += Int64(column.values.count)
                        for value in column.values { checksum = checksum &+ UInt64(bitPattern: Int64(value.packed)) }
                    }
                }
            }
            return .init(
                checksum: checksum,
                details: [
                    ("valuesACommit", seconds * Int64(channels)),
                    ("packedBytesPerThousandValues", packed * 1000 / max(1, count)),
                ])
        } close: {
            try writer.store.close()
            file.remove()
        }
    }

    /// What a day of twenty channels at 1 Hz, committed every 5 s as the monitor does, writes to the disk.
    private static func day(_ file: BenchStore, commits: Int) -> Trial {
        var written: Int64 = 0
        return Trial(units: commits) {
            file.remove()
            var milliseconds: Int64 = 0
            var keeper = StoreKeeper(
                .success(try MonitorStore(path: file.path)), path: file.path, stations: ["A", "B"],
                milliseconds: { milliseconds })
            let before = WrittenBytes.now ?? 0
            for commit in 0..<commits {
                let first = commit % 720 * 5 * channels
                let hour = start + Int32(commit / 720)
                keeper.add(
                    StoreStages.hour[first..<first + 5 * channels].map {
                        Reading(channel: $0.channel, time: hour.beginning + $0.time.seconds, value: $0.value)
                    })
                if commit % 720 == 719 { keeper.add(closing(hour)) }
                milliseconds += 5000
                let news = keeper.commit(at: hour.beginning + Int64(commit % 720 * 5 + 5))
                if case .failed(let error) = news.first { throw error }
            }
            try keeper.close(at: start.beginning + Int64(commits * 5))
            written = (WrittenBytes.now ?? 0) - before
        } outcome: {
            .init(details: [("writtenBytesPerDay", written * 17_280 / Int64(commits))])
        } close: {
            file.remove()
        }
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
    private static func sustained(_ file: BenchStore, seconds: Int) throws -> Trial {
        var writer = try Writer(file.path)
        try writer.write(seconds: 3600)
        var outcome = Trial.Outcome()
        return Trial(units: 0) {
            var hours = 0
            let isOver = Atomic(false)
            let reads = Atomic(0)
            let path = file.path
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
                let clock = ContinuousClock()
                let end = clock.now + .seconds(seconds)
                repeat {
                    try writer.write(seconds: 3600)
                    hours += 1
                } while clock.now < end
            }
            outcome.units = hours * 3600 * channels
            outcome.details = [
                ("seconds", Int64(seconds)), ("reads", Int64(reads.load(ordering: .relaxed))),
                ("logBytes", BenchStore.byteCount(file.path + "-wal")),
            ]
        } outcome: {
            outcome
        } close: {
            try writer.store.close()
            file.remove()
        }
    }

    // MARK: - A year

    /// Twelve stations' hours.
    private static func table(hours: Int) -> [HourlySeries] {
        (0..<12).map { station in
            HourlySeries(
                station: "S\(station)", first: start,
                rows: (0..<hours).map { hour in
                    var row = HourRow()
                    for pollutant in Pollutant.allSix {
                        row[pollutant] = Concentration(
                            thousandths: Int32((hour * 37 + station * 101 + pollutant.index * 53) % 900) * 100)
                    }
                    return row
                })
        }
    }

    /// Hours with all their indices into a new store.
    private static func importing(_ file: BenchStore, hours: Int) -> Trial {
        let table = table(hours: hours)
        var imported = 0
        return Trial(units: 12 * hours) {
            file.remove()
            imported = try fill(file, table)
        } outcome: {
            .init(checksum: UInt64(imported))
        } close: {
            file.remove()
        }
    }

    private static func fill(_ file: BenchStore, _ table: [HourlySeries]) throws -> Int {
        let store = try MonitorStore(path: file.path)
        var imported = 0
        for series in table { imported += try TableImport(series, store).run(at: start.beginning) { _ in } }
        try store.close()
        return imported
    }

    /// One station's hours and realtime indices out of a store of twelve.
    private static func reading(_ file: BenchStore, hours: Int) throws -> Trial {
        _ = try fill(file, table(hours: hours))
        let reader = try StoreReader(path: file.path)
        var checksum: UInt64 = 0
        return Trial(units: hours) {
            checksum = 0
            try reader.forEachHour(stations: ["S3"]) {
                checksum = checksum &+ UInt64(UInt32(bitPattern: $0.row.lanes[0]))
            }
            try reader.forEachIndex(.realtime, stations: ["S3"]) { checksum = checksum &+ UInt64($0.report.index ?? 0) }
        } outcome: {
            .init(checksum: checksum)
        } close: {
            file.remove()
        }
    }
}

/// A store that is made for a measurement and goes with it.
struct BenchStore: Sendable {
    let path: String

    static func byteCount(_ path: String) -> Int64 {
        Int64((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
    }

    func remove() {
        for ending in ["", "-wal", "-shm", "-samples", ".lock"] { _ = unsafe unlink(path + ending) }
    }
}

extension Surroundings {
    private static let count = Mutex(0)

    /// A new store on the disk that is measured.
    func store() -> BenchStore {
        let number = Surroundings.count.withLock {
            $0 += 1
            return $0
        }
        return BenchStore(path: "\(folder)/aqi-bench-\(getpid())-\(number).db")
    }
}
