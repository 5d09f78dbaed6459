import AQICore
import Store
import Testing
import Texts

@testable import aqi_monitor

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
