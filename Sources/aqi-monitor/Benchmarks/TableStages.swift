import AQICore
import Ingest
import Texts

/// The way of a table, on one core: text in memory, rows, reports, text.
enum TableStages {
    static let all = [
        Stage(
            name: "ingest.csv", unit: "rows", size: 420_000, sizeUnit: "rows",
            prepare: { size, _ in ingest(rows: size) }),
        Stage(
            name: "compute.realtime", unit: "rows", size: 420_000, sizeUnit: "rows",
            prepare: { size, _ in compute(rows: size) }),
    ]
    private static let stationCount = 48

    /// The text read into rows.
    private static func ingest(rows: Int) -> Trial {
        let hourCount = max(1, rows / stationCount)
        let text = table(hourCount: hourCount)
        var table = HourlyTable(series: [])
        return Trial(units: stationCount * hourCount) {
            table = try HourlyTableReader().read(text)
        } outcome: {
            var checksum: UInt64 = 0
            for row in table.series.lazy.flatMap(\.rows) {
                for lane in 0..<Pollutant.count { checksum &+= UInt64(UInt32(bitPattern: row.lanes[lane])) }
            }
            return .init(checksum: checksum, details: [("bytes", Int64(text.count))])
        }
    }

    /// All that `compute` does but the files: the text read, the reports of every hour, and their lines, which nobody takes.
    private static func compute(rows: Int) -> Trial {
        let hourCount = max(1, rows / stationCount)
        let text = table(hourCount: hourCount)
        var byteCount = 0
        var checksum: UInt64 = 0
        return Trial(units: stationCount * hourCount) {
            var bytes = 0
            var sum: UInt64 = 0
            var line: [UInt8] = []
            for series in try HourlyTableReader().read(text).series {
                let longest = IndexTable.longestRow(station: series.station)
                try series.forEachReport(.realtime, edition: { Edition(forPeriodEndingAt: $0.endingLabel) }) {
                    hour, report in
                    line.append(addingCapacity: longest) {
                        IndexTable.write(station: series.station, period: hour, report, to: &$0)
                    }
                    bytes += line.count + 1
                    sum &+= UInt64(report.index.map { $0 + 1 } ?? 0)
                    line.removeAll(keepingCapacity: true)
                }
            }
            (byteCount, checksum) = (bytes, sum)
        } outcome: {
            .init(checksum: checksum, details: [("bytes", Int64(byteCount))])
        }
    }

    /// A made-up table, station by station, in whole µg/m³ and tenths of CO as instruments show them.
    private static func table(hourCount: Int) -> [UInt8] {
        let data = BenchData(stationCount: stationCount, hourCount: hourCount, air: .ordinary, seed: 4)
        var random = SplitMix(seed: 5)
        var text = Array("station,time,pm25,pm10,so2,no2,co,o3\n".utf8)
        for station in 0..<stationCount {
            for hour in 0..<hourCount {
                let row = data.rows[station / 16 * hourCount + hour]
                text.append(addingCapacity: 128) { line in
                    line.append("Station\(station),")
                    line.append((data.first + Int32(hour)).endingLabel)
                    for place in 0..<5 {
                        line.append(ascii: ",")
                        if let value = row[Pollutant.allSix[place], station % 16].thousandths {
                            line.append(shortest: Int64(value), decimals: 3)
                        }
                    }
                    line.append(ascii: ",")
                    line.append(Int32(random.next(200)))
                    line.append(ascii: "\n")
                }
            }
        }
        return text
    }
}
