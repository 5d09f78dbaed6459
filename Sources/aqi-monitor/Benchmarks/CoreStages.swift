import AQICore
import Glibc
import Ingest

/// The stages of `AQICore`, on one core.
struct CoreStages {
    let stopwatch: Stopwatch
    /// Stations times hours of the batch, so that its input is larger than any cache of the machine.
    let stationCount: Int
    static let hourCount = 8760

    init(stopwatch: Stopwatch) {
        self.stopwatch = stopwatch
        let wanted = max(CoreStages.lastLevelCacheBytes * 4, 160 << 20)
        stationCount = (wanted / (BenchData.bytesPerStationHour * CoreStages.hourCount) + 15) / 16 * 16
    }

    /// All of them, in the order of the data's way.
    static let names = ["core.batch.running24", "core.rolling24", "core.streaming", "core.row"]

    func run(_ name: String, writingDataTo path: String?, _ report: (BenchResult) throws -> Void) throws {
        switch name {
        case "core.batch.running24": try batch(writingDataTo: path, report)
        case "core.rolling24": try report(rollingMean())
        case "core.streaming": try report(streaming())
        default: for laneCount in [6, 60, 600, 6000, 60_000, 1_000_000] { try report(row(laneCount: laneCount)) }
        }
    }

    // MARK: - Batch

    /// memcpy, the batch on ordinary air, and on air in which no pollutant can be passed over.
    private func batch(writingDataTo path: String?, _ report: (BenchResult) throws -> Void) throws {
        var data = BenchData(stationCount: stationCount, hourCount: CoreStages.hourCount, air: .ordinary, seed: 1)
        if let path { try data.write(to: path) }
        var copy = data.rows
        let copied = stopwatch.rate(of: data.stationHours) {
            // Invariant: both arrays have the same count, and they are two: the copy was written to before.
            unsafe copy.withUnsafeMutableBytes { to in
                unsafe data.rows.withUnsafeBytes { from in
                    if let target = to.baseAddress, let source = from.baseAddress {
                        unsafe memcpy(target, source, from.count)
                    }
                }
            }
        }
        try report(
            BenchResult(
                stage: "memory.copy", rate: copied.median, unit: "station-hours/s", copyRatio: 1, range: copied.range,
                details: [
                    ("bytes", Int64(data.stationHours * BenchData.bytesPerStationHour)),
                    ("stations", Int64(data.stationCount)), ("hours", Int64(data.hourCount)),
                ]))
        copy = []
        try report(evaluate(data, "core.batch.running24", copyRate: copied.median))
        data = BenchData(stationCount: stationCount, hourCount: CoreStages.hourCount, air: .level, seed: 1)
        try report(evaluate(data, "core.batch.running24.level", copyRate: copied.median))
    }

    private func evaluate(_ data: BenchData, _ stage: String, copyRate: Double) throws -> BenchResult {
        let batch = try RunningIndexBatch(.hj633Of2012)
        let blockCount = data.stationCount / 16
        let empty = [Lanes](repeating: Lanes(repeating: 0), count: data.hourCount)
        var output = [[Lanes]](repeating: empty, count: blockCount)
        let timed = try stopwatch.rate(of: data.stationHours) {
            for block in 0..<blockCount {
                let hours = block * data.hourCount..<(block + 1) * data.hourCount
                var span = output[block].mutableSpan
                try batch.evaluate(data.rows.span.extracting(hours), from: data.first, into: &span)
            }
        }
        var checksum: UInt64 = 0
        for vector in output.joined() {
            for lane in 0..<16 {
                let index = RunningIndex(packed: vector[lane])
                checksum &+=
                    UInt64((index.index ?? -1) + 1) &+ UInt64(index.primary.bits) << 10 &+ UInt64(index.valid.bits)
                    << 16
            }
        }
        return BenchResult(
            stage: stage, rate: timed.median, unit: "station-hours/s", copyRatio: timed.median / copyRate,
            checksum: checksum, range: timed.range)
    }

    // MARK: - Rows

    /// The 24 h mean alone: a year of 1024 channels, row by row.
    private func rollingMean() throws -> BenchResult {
        let channelCount = 1024
        let rows = channelRows(channelCount: channelCount, hourCount: CoreStages.hourCount)
        let groupCount = channelCount / 16
        let empty = [Lanes](repeating: Lanes(repeating: 0), count: groupCount)
        var output = [[Lanes]](repeating: empty, count: CoreStages.hourCount)
        let timed = try stopwatch.rate(of: channelCount * CoreStages.hourCount) {
            var means = try RollingMeans(channelCount: channelCount, hours: 24, hoursNeeded: 20)
            for hour in 0..<CoreStages.hourCount {
                let range = hour * groupCount..<(hour + 1) * groupCount
                try means.advance(to: Hour(start: Int32(hour)), rows.span.extracting(range))
                var span = output[hour].mutableSpan
                try means.means(into: &span)
            }
        }
        return BenchResult(
            stage: "core.rolling24.time-major", rate: timed.median, unit: "elements/s",
            checksum: sum(output.joined()), range: timed.range)
    }

    /// What one row costs, by its width.
    private func row(laneCount: Int) throws -> BenchResult {
        let hourCount = max(48, min(200_000, 6_000_000 / laneCount))
        // A day of rows, over and over: the cost of a row, not of fetching a year of them.
        let rows = channelRows(channelCount: laneCount, hourCount: 24)
        var means = try RollingMeans(channelCount: laneCount, hours: 24, hoursNeeded: 20)
        let groupCount = means.groupCount
        var output = [Lanes](repeating: Lanes(repeating: 0), count: groupCount)
        var hour = Hour(start: 0)
        let timed = try stopwatch.rate(of: hourCount) {
            for _ in 0..<hourCount {
                let place = Int(hour.start % 24) * groupCount
                try means.advance(to: hour, rows.span.extracting(place..<place + groupCount))
                var span = output.mutableSpan
                try means.means(into: &span)
                hour = hour + 1
            }
        }
        return BenchResult(
            stage: "core.row.\(laneCount)", rate: timed.median, unit: "rows/s", checksum: sum(output),
            range: timed.range,
            details: [
                ("picosecondsPerLane", Int64(1e12 / timed.median / Double(laneCount))),
                ("bytesPerChannel", Int64(RollingMeans.bytesPerChannel(hours: 24))),
            ])
    }

    private func channelRows(channelCount: Int, hourCount: Int) -> [Lanes] {
        var random = SplitMix(seed: 2)
        let groupCount = (channelCount + 15) / 16
        var rows = [Lanes](
            repeating: Lanes(repeating: Concentration.missing(.absent).packed), count: groupCount * hourCount)
        for place in rows.indices {
            for lane in 0..<16 where place % groupCount * 16 + lane < channelCount {
                let isMissing = random.next(20) == 0
                rows[place][lane] =
                    isMissing ? Concentration.missing(.fault).packed : Int32(random.next(200_000))
            }
        }
        return rows
    }

    private func sum(_ rows: some Sequence<Lanes>) -> UInt64 {
        var sum: UInt64 = 0
        for row in rows { for lane in 0..<16 { sum &+= UInt64(UInt32(bitPattern: row[lane])) } }
        return sum
    }

    // MARK: - Streaming

    /// The way of a live network: one sample a minute from each of 10,000 channels, folded into hour means, windows and the
    /// reports of each hour, with the code that `run` runs.
    private func streaming() throws -> BenchResult {
        let stationCount = 1667
        let hourCount = 30
        var checksum: UInt64 = 0
        let sampleCount = stationCount * Pollutant.count * 60 * hourCount
        let timed = try stopwatch.rate(of: sampleCount) {
            checksum = 0
            var windows = [StationWindows](repeating: StationWindows(), count: stationCount)
            var channels = [HourAccumulator](repeating: HourAccumulator(), count: stationCount * Pollutant.count)
            var random = SplitMix(seed: 3)
            for number in 0..<hourCount {
                let hour = Hour(start: Int32(number))
                let level = Int32(random.next(200_000))
                for minute in 0..<60 as Range<Int32> {
                    for place in channels.indices {
                        // Cheap to make, so that making them is not what is measured.
                        let value = Concentration(
                            thousandths: level + Int32(truncatingIfNeeded: place & 1023) * 100 + minute)
                        channels[place].add(value, atSecond: minute * 60)
                    }
                }
                for station in 0..<stationCount {
                    var row = HourRow()
                    for pollutant in 0..<Pollutant.count {
                        row.lanes[pollutant] = channels[station * Pollutant.count + pollutant].close().packed
                    }
                    try windows[station].advance(to: hour, row)
                    for kind in [ReportKind.realtime, .running24] {
                        let report = windows[station].report(kind, edition: .hj633Of2026)
                        checksum &+= UInt64(report.index.map { $0 + 1 } ?? 0)
                    }
                }
            }
        }
        return BenchResult(
            stage: "core.streaming", rate: timed.median, unit: "samples/s", checksum: checksum, range: timed.range,
            details: [
                ("channels", Int64(stationCount * Pollutant.count)),
                (
                    "bytesPerChannel",
                    Int64(MemoryLayout<HourAccumulator>.stride + MemoryLayout<StationWindows>.stride / Pollutant.count)
                ),
            ])
    }

    // MARK: - The machine

    /// The largest cache that the system tells of; 32 MiB where it tells of none.
    private static var lastLevelCacheBytes: Int {
        var largest = 0
        for index in 0..<8 {
            guard let file = try? TableFile.read("/sys/devices/system/cpu/cpu0/cache/index\(index)/size") else {
                continue
            }
            let text = String(decoding: file, as: UTF8.self)
            if let kibibytes = Int(text.prefix { $0.isNumber }) { largest = max(largest, kibibytes << 10) }
        }
        return largest > 0 ? largest : 32 << 20
    }
}
