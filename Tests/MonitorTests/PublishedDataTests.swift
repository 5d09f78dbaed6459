import Foundation
import Ingest
import TestSupport
import Testing

/// What the national platform and two cities published, row by row.
@Suite("compute: published data") struct PublishedDataTests {
    private static let pollutants = ["pm25", "pm10", "so2", "no2", "co", "o3"]

    @Test(arguments: [
        ("national-hours/cnemc_20170707T16.csv", 1324), ("langfang-2020/langfang_20200326_20200402.csv", 238),
        ("jinan-2020/hourly-2020-12-07_10.csv", 4750),
    ])
    func `every published index is met where all six pollutants are there`(file: String, expected: Int) throws {
        guard let path = try SharedData.path(file) else { return }
        let published = try Self.records(path)
        let result = try Program.run("compute", path)
        #expect(result.status == 0)
        var computed: [String: [String: String]] = [:]
        for row in PlainTable(result.output).rows { computed["\(row["station"] ?? "") \(row["time"] ?? "")"] = row }

        var compared = 0
        for record in published
        where Self.pollutants.allSatisfy({ Double(record[$0] ?? "") != nil }) && record["published_aqi"] != "" {
            let time = (record["time"] ?? "").replacing(" ", with: "T")
            let row = computed["\(record["station"] ?? "") \(time)"] ?? [:]
            compared += 1
            #expect(row["aqi"] == record["published_aqi"], "\(record)")
            for pollutant in Self.pollutants {
                guard let index = record["published_iaqi_\(pollutant)"], !index.isEmpty else { continue }
                #expect(row["iaqi_\(pollutant)"] == index, "\(pollutant) in \(record)")
            }
        }
        #expect(compared == expected)
    }

    @Test func `the primary pollutants of the national platform are met`() throws {
        guard let path = try SharedData.path("national-hours/cnemc_20170707T16.csv") else { return }
        let names = [
            "细颗粒物(PM2.5)": "pm25", "颗粒物(PM10)": "pm10", "二氧化硫": "so2", "二氧化氮": "no2", "一氧化碳": "co", "臭氧1小时": "o3",
        ]
        let result = try Program.run("compute", path)
        var computed: [String: [String: String]] = [:]
        for row in PlainTable(result.output).rows { computed[row["station"] ?? ""] = row }
        var compared = 0
        for record in try Self.records(path)
        where Self.pollutants.allSatisfy({ Double(record[$0] ?? "") != nil }) && record["published_primary"] != "" {
            let published = (record["published_primary"] ?? "").split(separator: ",").compactMap { names[String($0)] }
            guard !published.isEmpty else { continue }
            let ours = (computed[record["station"] ?? ""]?["primary"] ?? "").split(separator: "+").map(String.init)
            compared += 1
            #expect(Set(ours) == Set(published), "\(record)")
        }
        #expect(compared == 440)
    }

    /// The records of a table that may quote its fields.
    private static func records(_ path: String) throws -> [[String: String]] {
        var reader = CSVRecords(try TableFile.read(path))
        guard try reader.next() else { return [] }
        let header = reader.fields.map { reader.text($0) }
        var records: [[String: String]] = []
        while try reader.next() {
            records.append(Dictionary(uniqueKeysWithValues: zip(header, reader.fields.map { reader.text($0) })))
        }
        return records
    }
}
