import AQICore
import Foundation
import Ingest
import TestSupport
import Testing

/// Real data made by others, `../shared/data`.
@Suite("Ingest: published tables") struct SharedTablesTests {
    private func read(_ name: String) throws -> HourlyTable? {
        guard let path = try SharedData.path(name) else { return nil }
        return try HourlyTableReader().read(try TableFile.read(path))
    }

    /// How many hours have a value, by pollutant.
    private func valueCounts(_ table: HourlyTable) -> [Int] {
        Pollutant.allSix.map { pollutant in
            table.series.reduce(0) { $0 + $1.rows.count { !$0[pollutant].isMissing } }
        }
    }

    @Test func `every value of twelve stations of Beijing is read as it stands`() throws {
        let name = "beijing-12-stations/hourly-2016-12_2017-01.csv"
        guard let path = try SharedData.path(name), let table = try read(name) else { return }
        #expect(table.series.count == 12)
        #expect(table.series.allSatisfy { $0.rows.count == 62 * 24 })
        #expect(table.ignoredColumns.isEmpty)
        // The file has no quotes, so cutting it at commas is a reader too.
        var values: [String: [HourRow]] = [:]
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
        #expect(lines.count == 12 * 62 * 24)
        for line in lines {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            var row = HourRow()
            for pollutant in Pollutant.allSix {
                guard let value = Double(fields[2 + pollutant.index]) else { continue }
                row[pollutant] = Concentration(thousandths: Int32((value * 1000).rounded()))
            }
            values[String(fields[0]), default: []].append(row)
        }
        for series in table.series {
            #expect(try series.first == hour(2016, 11, 30, 24), "the first label is 2016-12-01T00:00")
            #expect(series.rows == values[series.station], "\(series.station)")
        }
    }

    /// Rows, stations and values a pollutant, counted with Python's csv module.
    @Test(
        arguments: [
            ("jinan-2020/hourly-2020-12-07_10.csv", 5104, 176, [162, 159, 134, 136, 230, 232]),
            ("langfang-2020/langfang_20200326_20200402.csv", 320, 5, [69, 72, 67, 66, 70, 65]),
            ("national-hours/cnemc_20170707T16.csv", 1495, 1495, [35, 157, 37, 36, 36, 35]),
        ] as [(String, Int, Int, [Int])])
    func `published tables with quotes and line breaks are read whole`(
        name: String, rows: Int, stations: Int, missing: [Int]
    ) throws {
        guard let table = try read(name) else { return }
        #expect(table.series.count == stations)
        #expect(valueCounts(table) == missing.map { rows - $0 })
        #expect(table.ignoredColumns.contains("published_aqi"))
        let names = table.series.map { $0.station.unicodeScalars.map(\.value) }
        #expect(zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    }

    @Test func `a value behind three quoted line breaks stands where it was published`() throws {
        guard let table = try read("langfang-2020/langfang_20200326_20200402.csv") else { return }
        // Lines 112 and 118 of the file; five lines lie inside the quotes of 112.
        let series = try #require(table.series.first { $0.station == "药材公司" })
        #expect(try thousandths(series[hour(2020, 3, 31, 1)]) == [47_000, 79_000, 8000, 25_000, 400, 69_000])
        let college = try #require(table.series.first { $0.station == "北华航天学院" })
        #expect(try thousandths(college[hour(2020, 3, 31, 11)]) == [50_000, 87_000, 8000, 18_000, 600, 64_000])
    }

    @Test func `a gzip stream under the name of a table is unpacked as gzip does it`() throws {
        guard let path = try SharedData.path("beijing-published/beijing_all_20141231.csv") else { return }
        let (status, output) = try run(
            "/bin/gzip", ["-dc"], input: try Data(contentsOf: URL(fileURLWithPath: path)))
        try #require(status == 0)
        let bytes = try TableFile.read(path)
        #expect(bytes == [UInt8](output))
        #expect(bytes.starts(with: Array("date,hour,type,东四,天坛".utf8)))
    }

    @Test(arguments: ["beijing_all_20140116.csv", "beijing_all_20141231.csv", "beijing_extra_20161216.csv"])
    func `a table in a layout of its own is refused for its header`(name: String) throws {
        guard let path = try SharedData.path("beijing-published/\(name)") else { return }
        for lenient in [false, true] {
            #expect(throws: TableError(.missingColumn("station"), line: 1)) {
                try HourlyTableReader(isLenient: lenient).read(try TableFile.read(path))
            }
        }
    }

    @Test func `the city mean of the stations is the forecast that came true`() throws {
        // forecast-perfect.csv: "the city means that came", made by others, in thousandths, half to even.
        let name = "beijing-12-stations/forecast-perfect.csv"
        guard let table = try read("beijing-12-stations/hourly-2016-12_2017-01.csv"),
            let path = try SharedData.path(name)
        else { return }
        let city = try #require(table.cityMean(named: "Beijing"))
        #expect(city.rows.count == 62 * 24)
        guard case .hourly(let issues) = try ForecastTableReader.read(try TableFile.read(path)) else {
            Issue.record("\(name) was not read as hourly")
            return
        }
        // Issued daily at 08:00, 120 hours ahead, fewer at the end of January.
        #expect(issues.count == 62)
        var compared = 0
        for (place, issue) in issues.enumerated() {
            let eight = try hour(2016, 12, 1, 8) + Int32(24 * place)
            #expect(issue.issued == eight.endingLabel)
            #expect(issue.series.first == eight + 1)
            #expect(issue.series.rows.count == min(120, 62 * 24 - 9 - 24 * place))
            for offset in issue.series.rows.indices {
                var wanted = city[issue.series.first + Int32(offset)]
                wanted[.o3] = .missing(.absent)
                #expect(issue.series.rows[offset] == wanted, "issue \(place), hour \(offset)")
                compared += 1
            }
        }
        #expect(compared == 7155)
    }
}
