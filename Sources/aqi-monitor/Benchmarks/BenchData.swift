import AQICore
import Glibc
import Ingest

/// The hours that the benchmarks work on: made up, the same for everybody.
///
/// A region's haze comes and goes over days, stations lie above and below it, gases follow it, and 5 % of the hours are
/// missing, mostly in runs. Particulates lead three quarters of the hours, NO2 the clean ones.
struct BenchData {
    /// Which pollutant is made to lead.
    enum Air {
        /// As above.
        case ordinary
        /// All five near the same sub-index: nothing can be passed over.
        case level
    }

    let stationCount: Int
    let hourCount: Int
    /// Block after block of sixteen stations, hour after hour.
    let rows: [BlockRow]
    /// 2025-01-01, 00:00-01:00.
    let first = Hour(endingAtLabel: Instant(seconds: 1_735_664_400))

    var stationHours: Int { stationCount * hourCount }
    /// Five concentrations of four bytes, and which are there.
    static let bytesPerStationHour = MemoryLayout<BlockRow>.stride / BlockRow.stationCount

    /// Station-hours of a batch whose input is larger than any cache of the machine.
    static let batchSize =
        max(lastLevelCacheBytes * 4, 160 << 20) / (bytesPerStationHour * hoursOfYear * 16) * 16 * hoursOfYear
    private static let hoursOfYear = 8760

    /// Stations and hours that make up so many station-hours, or a few more: a year of many, less than a year of sixteen.
    static func shape(_ stationHours: Int) -> (stations: Int, hours: Int) {
        let hours = min(hoursOfYear, max(24, stationHours / 16))
        return (max(1, stationHours / hours / 16) * 16, hours)
    }

    /// So many station-hours.
    init(stationHours: Int, air: Air, seed: UInt64) {
        let shape = BenchData.shape(stationHours)
        self.init(stationCount: shape.stations, hourCount: shape.hours, air: air, seed: seed)
    }

    init(stationCount: Int, hourCount: Int, air: Air, seed: UInt64) {
        let stationCount = (stationCount + 15) / 16 * 16
        self.stationCount = stationCount
        self.hourCount = hourCount
        var random = SplitMix(seed: seed)
        // The region's PM2.5, tenths of µg/m³: a walk that is pulled back to 45.
        var haze: [Int] = []
        var level = 450
        for _ in 0..<hourCount {
            level += (450 - level) / 60 + random.next(161) - 80
            level = min(max(level, 40), 4000)
            haze.append(level)
        }
        var rows: [BlockRow] = []
        rows.reserveCapacity(stationCount / 16 * hourCount)
        for _ in 0..<stationCount / 16 {
            // Sixteen neighbours: one region, shifted in time, each with a factor of its own.
            let shift = random.next(hourCount)
            var factors = [Int](repeating: 0, count: 16)
            for lane in 0..<16 { factors[lane] = 800 + random.next(400) }
            var silentUntil = [Int](repeating: 0, count: 16 * 5)
            for hour in 0..<hourCount {
                var row = BlockRow()
                for lane in 0..<16 {
                    let own = haze[(hour + shift) % hourCount] * factors[lane] / 1000
                    let values = BenchData.values(haze: own, air, &random)
                    for place in 0..<5 {
                        if hour >= silentUntil[lane * 5 + place], random.next(1000) < 10 {
                            silentUntil[lane * 5 + place] = hour + 1 + random.next(10)
                        }
                        let isSilent = hour < silentUntil[lane * 5 + place]
                        row[Pollutant.allSix[place], lane] =
                            isSilent ? .missing(.fault) : Concentration(thousandths: Int32(values[place]))
                    }
                }
                rows.append(row)
            }
        }
        self.rows = rows
    }

    /// Thousandths of PM2.5, PM10, SO2, NO2, CO, as instruments show them: whole µg/m³, CO tenths.
    private static func values(haze: Int, _ air: Air, _ random: inout SplitMix) -> InlineArray<5, Int> {
        func noisy(_ tenths: Int) -> Int { tenths * (900 + random.next(200)) / 10_000 * 1000 }
        switch air {
        case .ordinary:
            return [
                noisy(haze), noisy(haze * 13 / 10 + 150), noisy(haze / 10 + 30),
                noisy(haze * 35 / 100 + 120 + random.next(150)), (4 + haze / 100 + random.next(3)) * 100,
            ]
        case .level:
            return [
                noisy(haze), noisy(haze * 14 / 10), noisy(haze * 2), noisy(haze * 115 / 100),
                (haze * 57 / 1000 + random.next(3)) * 100,
            ]
        }
    }

    /// Raw 32-bit integers, hour by hour, pollutant by pollutant, station by station: for other implementations.
    func write(to path: String) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Output.Failed(path: path, errno: errno, isCreation: true) }
        defer { close(descriptor) }
        var line = [Int32](repeating: 0, count: 5 * stationCount)
        for hour in 0..<hourCount {
            for block in 0..<stationCount / 16 {
                let row = rows[block * hourCount + hour]
                for place in 0..<5 {
                    for lane in 0..<16 {
                        line[place * stationCount + block * 16 + lane] = row[Pollutant.allSix[place], lane].packed
                    }
                }
            }
            // Invariant: write(2) reads the bytes of the array, no more.
            let count = unsafe line.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count == line.count * 4 else { throw Output.Failed(path: path, errno: errno, isCreation: false) }
        }
    }

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
