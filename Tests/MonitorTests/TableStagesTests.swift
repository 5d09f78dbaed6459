import AQICore
import Store
import Testing
import Texts

@testable import aqi_monitor

@Suite("bench: tables") struct TableStagesTests {
    @Test func `both stages take the same table, and give the same each time`() throws {
        let stages = TableStages(stopwatch: Stopwatch(repetitions: 5), stationCount: 16, hourCount: 50)
        for name in TableStages.names {
            let result = try stages.run(name)
            #expect(result.stage == name)
            #expect(result.rate > 0)
            #expect(try result.checksum == stages.run(name).checksum)
            // A row read has a name, a label and six numbers; a row written has more of them.
            let bytes = try #require(result.details.first?.value)
            #expect(bytes > 16 * 50 * 35 && bytes < 16 * 50 * 120, "\(name): \(bytes)")
        }
    }
}

@Suite("export: lines of hours") struct HourlyLineTests {
    @Test func `the longest line fits the room that is asked for it`() {
        var record = HourlyRecord(station: String(repeating: "\"", count: 300), hour: Hour(start: .min), row: HourRow())
        for pollutant in Pollutant.allSix {
            record.row[pollutant] = Concentration(thousandths: 1_999_999_999)
            record.marks[pollutant] = SuspectMarks(bits: 63)
        }
        let line = String(capacity: record.longestCSV) { record.writeCSV(to: &$0) }
        #expect(line.hasSuffix("+Qpm+Qnox"))
        #expect(line.utf8.count <= record.longestCSV)
    }
}
