import AQICore
import Ingest
import Store
import Warnings

/// The stages of `AQICore`, on one core.
enum CoreStages {
    static let all =
        [
            batch("core.batch.running24", .ordinary), batch("core.batch.running24.level", .level),
            Stage(
                name: "core.report", unit: "reports", size: 400_000, sizeUnit: "reports",
                prepare: { size, _ in reports(size) }),
            Stage(
                name: "core.streaming", unit: "samples", size: 1667, sizeUnit: "stations",
                prepare: { size, _ in streaming(stationCount: size) }),
        ] + RowStages.all

    // MARK: - Batch

    private static func batch(_ name: String, _ air: BenchData.Air) -> Stage {
        Stage(
            name: name, unit: "station-hours", size: BenchData.batchSize, sizeUnit: "station-hours",
            limit: LimitStages.copy,
            prepare: { size, _ in try batch(BenchData(stationHours: size, air: air, seed: 1)) })
    }

    /// Hourly concentrations → 24 h means → sub-indices → index, primary pollutants, validity, packed.
    private static func batch(_ data: BenchData) throws -> Trial {
        let batch = try RunningIndexBatch(.hj633Of2012)
        let blockCount = data.stationCount / 16
        let empty = [Lanes](repeating: Lanes(repeating: 0), count: data.hourCount)
        var output = [[Lanes]](repeating: empty, count: blockCount)
        return Trial(units: data.stationHours) {
            for block in 0..<blockCount {
                let hours = block * data.hourCount..<(block + 1) * data.hourCount
                var span = output[block].mutableSpan
                try batch.evaluate(data.rows.span.extracting(hours), from: data.first, into: &span)
            }
        } outcome: {
            var checksum: UInt64 = 0
            for vector in output.joined() {
                for lane in 0..<16 {
                    let index = RunningIndex(packed: vector[lane])
                    checksum &+=
                        UInt64((index.index ?? -1) + 1) &+ UInt64(index.primary.bits) << 10
                        &+ UInt64(index.valid.bits) << 16
                }
            }
            return .init(
                checksum: checksum,
                details: [("stations", Int64(data.stationCount)), ("hours", Int64(data.hourCount))])
        }
    }

    // MARK: - One report

    /// Six concentrations of one hour → sub-indices, index, primary pollutants, as libraries of others do it, by HJ 633-2026.
    private static func reports(_ size: Int) -> Trial {
        let rows = (0..<size).map { number in
            var row = HourRow()
            for (place, pollutant) in Pollutant.allSix.enumerated() {
                let step = Int32(pollutant == .co ? 100 : 1000)
                row[pollutant] = Concentration(
                    thousandths: Int32(number * [7, 11, 3, 5, 13, 17][place] % [400, 500, 600, 300, 150, 500][place])
                        * step)
            }
            return row
        }
        var checksum: UInt64 = 0
        return Trial(units: size) {
            var sum: UInt64 = 0
            var windows = StationWindows()
            var hour = Hour(start: 0)
            for row in rows {
                try windows.advance(to: hour, row)
                let report = windows.report(.realtime, edition: .hj633Of2026, options: ReportOptions())
                sum &+= UInt64(report.index ?? 0) &+ UInt64(report.primary.bits) << 10
                hour = hour + 1
            }
            checksum = sum
        } outcome: {
            .init(checksum: checksum)
        }
    }

    // MARK: - Streaming

    /// The way of a live network: one sample a minute from each channel through the deterministic core of `run`: hour means,
    /// marks, windows, the reports of each hour, and the warning engine of the city. Thirty hours.
    private static func streaming(stationCount: Int) -> Trial {
        let hourCount = 30
        let stations = (0..<stationCount).map { Configuration.Station(key: "\($0)", name: "") }
        let first = Hour(endingAtLabel: Instant(seconds: 1_735_664_400))
        var checksum: UInt64 = 0
        var bytes = 0
        return Trial(units: stationCount * Pollutant.count * 60 * hourCount) {
            var sum: UInt64 = 0
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
                    if case .index(let record) = effect { sum &+= UInt64(record.report.index.map { $0 + 1 } ?? 0) }
                }
            }
            checksum = sum
            bytes = monitor.stationBytes
        } outcome: {
            .init(
                checksum: checksum,
                details: [
                    ("channels", Int64(stationCount * Pollutant.count)),
                    ("bytesPerChannel", Int64(bytes / (stationCount * Pollutant.count))),
                ])
        }
    }
}
