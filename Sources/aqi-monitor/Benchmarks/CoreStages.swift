import AQICore
import Glibc
import Ingest
import Store
import Warnings

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

    static let batch = "core.batch.running24"
    /// The rate beside which the batch is put.
    static let copy = "memory.copy"
    /// All of them, in the order of the data's way.
    static let names = [batch, "core.rolling24", "core.streaming", "core.row"]

    func run(_ name: String, writingDataTo path: String?, _ report: (BenchResult) throws -> Void) throws {
        switch name {
        case CoreStages.batch: try runBatch(writingDataTo: path, report)
        case "core.rolling24": try report(rollingMean())
        case "core.streaming": try report(streaming())
        default: for laneCount in [6, 60, 600, 6000, 60_000, 1_000_000] { try report(row(laneCount: laneCount)) }
        }
    }

    // MARK: - Batch

    /// memcpy, the batch on ordinary air, and on air in which no pollutant can be passed over.
    private func runBatch(writingDataTo path: String?, _ report: (BenchResult) throws -> Void) throws {
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
                stage: CoreStages.copy, rate: copied.median, unit: "station-hours/s", copyRatio: 1, range: copied.range,
                details: [
                    ("bytes", Int64(data.stationHours * BenchData.bytesPerStationHour)),
                    ("stations", Int64(data.stationCount)), ("hours", Int64(data.hourCount)),
                ]))
        copy = []
        try report(evaluate(data, CoreStages.batch, copyRate: copied.median))
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
            checksum: checksum, range: timed.range, details: [("stations", Int64(data.stationCount))])
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

    /// The way of a live network: one sample a minute from each of 10,000 channels through the deterministic core of `run`: hour
    /// means, marks, windows, the reports of each hour, and the warning engine of the city.
    private func streaming() -> BenchResult {
        let stationCount = 1667
        let hourCount = 30
        let stations = (0..<stationCount).map { Configuration.Station(key: "\($0)", name: "") }
        let first = Hour(endingAtLabel: Instant(seconds: 1_735_664_400))
        var checksum: UInt64 = 0
        let sampleCount = stationCount * Pollutant.count * 60 * hourCount
        let timed = stopwatch.rate(of: sampleCount) {
            checksum = 0
            var monitor = Monitor(stations: stations, plan: WarningPlan.shipped[1], settle: 0)
            var random = SplitMix(seed: 3)
            var readings: [Reading] = []
            readings.reserveCapacity(stationCount * Pollutant.count)
            for minute in 0...hourCount * 60 {
                let now = first.beginning + Int64(minute * 60)
                let level = Int32(random.next(200_000))
                readings.removeAll(keepingCapacity: true)
                for station in 0..<stationCount {
                    for place in 0..<Pollutant.count {
                        // Cheap to make, so that making them is not what is measured.
                        guard let parameter = Parameter(rawValue: UInt8(place)) else { continue }
                        readings.append(
                            Reading(
                                channel: Channel(station: Int32(station), parameter: parameter), time: now,
                                value: Concentration(thousandths: level + Int32(station & 1023) * 100)))
                    }
                }
                for effect in monitor.step(readings, at: now) {
                    if case .index(let record) = effect { checksum &+= UInt64(record.report.index.map { $0 + 1 } ?? 0) }
                }
            }
        }
        return BenchResult(
            stage: "core.streaming", rate: timed.median, unit: "samples/s", checksum: checksum, range: timed.range,
            details: [
                ("channels", Int64(stationCount * Pollutant.count)),
                ("bytesPerChannel", Int64(Monitor.bytesPerStation / Pollutant.count)),
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
