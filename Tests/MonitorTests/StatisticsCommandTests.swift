import Foundation
import TestSupport
import Testing

@Suite("statistics") struct StatisticsCommandTests {
    private static let path = "beijing-12-stations/hourly-2016-12_2017-01.csv"

    /// Half to even of a fraction, by whole numbers.
    private func halfToEven(_ top: Int, over bottom: Int) -> Int {
        let (whole, rest) = (top / bottom, top % bottom)
        return rest * 2 > bottom || (rest * 2 == bottom && whole % 2 == 1) ? whole + 1 : whole
    }

    @Test func `months of Beijing are the means and percentiles of the published daily values`() throws {
        guard let table = try SharedData.path(StatisticsCommandTests.path) else { return }
        let daily = PlainTable(try Program.run("compute", table, "--report", "daily").output)
        let statistics = PlainTable(try Program.run("statistics", table).output)
        var compared = 0
        for row in statistics.rows where row["period"] == "2016-12" || row["period"] == "2017-01" {
            let pollutant = try #require(row["pollutant"])
            // Hundredths, so that CO's tenths and means of them are whole.
            let values = daily.rows.filter {
                $0["station"] == row["station"] && $0["time"]?.hasPrefix(row["period"] ?? "") == true
            }
            .compactMap { $0[pollutant].flatMap(Double.init) }.map { Int(($0 * 10).rounded()) }
            #expect(row["days"] == "\(values.count)")
            // In tenths of the unit: rounded to one decimal, CO to two.
            let scale = pollutant == "co" ? 10 : 1
            let wanted: Int
            if row["statistic"] == "mean" {
                wanted = halfToEven(values.reduce(0, +) * scale, over: values.count)
            } else {
                let percent = try #require(Int(row["statistic"]?.dropFirst() ?? ""))
                let sorted = values.sorted()
                let place = (sorted.count - 1) * percent
                let (low, high) = (sorted[place / 100], sorted[min(place / 100 + 1, sorted.count - 1)])
                wanted = halfToEven((low * 100 + (high - low) * (place % 100)) * scale, over: 100)
            }
            let value = try #require(Double(row["value"] ?? ""))
            #expect(Int((value * 10 * Double(scale)).rounded()) == wanted, "\(row)")
            compared += 1
        }
        #expect(compared == 12 * 2 * 6)
    }

    @Test func `a year with two months is not valid and is not compared with its limit, a full one is`() throws {
        let folder = try TemporaryFolder()
        var text = "station,time,pm25\n"
        // A year of 2025 with 40 µg/m³: above 35, class 2 of GB 3095-2012.
        var date = Date(timeIntervalSince1970: 1_735_664_400)
        let formatter = ISO8601DateFormatter()
        formatter.timeZone = TimeZone(secondsFromGMT: 28_800)
        for _ in 0..<365 * 24 {
            text += "A,\(formatter.string(from: date)),40\n"
            date += 3600
        }
        let full = try folder.write("full.csv", text)
        let rows = PlainTable(try Program.run("statistics", full).output).rows
        let year = try #require(
            rows.first { $0["period"] == "2025" && $0["statistic"] == "mean" && $0["pollutant"] == "pm25" })
        #expect(
            year["valid"] == "yes" && year["limit"] == "35" && year["exceedance"] == "0.14" && year["days"] == "365")
        let p95 = try #require(
            rows.first { $0["period"] == "2025" && $0["statistic"] == "p95" && $0["pollutant"] == "pm25" })
        #expect(p95["value"] == "40" && p95["limit"] == "75" && p95["exceedance"] == "")
        let so2 = try #require(rows.first { $0["period"] == "2025" && $0["pollutant"] == "so2" })
        #expect(so2["valid"] == "no" && so2["value"] == "" && so2["note"] == "month 1: 0 of 27 days")
        let short = try folder.write(
            "short.csv", text.split(separator: "\n").prefix(1 + 59 * 24).joined(separator: "\n") + "\n")
        let partial = PlainTable(try Program.run("statistics", short, "--class", "1").output).rows
        let part = try #require(
            partial.first { $0["period"] == "2025" && $0["statistic"] == "mean" && $0["pollutant"] == "pm25" })
        #expect(
            part["valid"] == "no" && part["limit"] == "15" && part["exceedance"] == ""
                && part["note"] == "month 3: 0 of 27 days")
        #expect(try Program.run("statistics", short, "--class", "3").status == 64)
    }
}
