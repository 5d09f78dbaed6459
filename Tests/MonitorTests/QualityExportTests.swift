import AQICore
import Store
import TestSupport
import Testing

/// Marks leave the store with the hours, and come back in without changing an index.
@Suite("export: suspect values") struct QualityExportTests {
    @Test(arguments: [1, 2] as [UInt64])
    func `an exported table shows the marks and computes to the same indices as without them`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let folder = try TemporaryFolder()
        var (marked, plain) = (StoreBatch(), StoreBatch())
        for place in 0..<60 as Range<Int32> {
            var record = HourlyRecord(station: "A", hour: Hour(start: 494_000) + place, row: HourRow())
            for pollutant in Pollutant.allSix {
                if random.chance(10) {
                    record.row[pollutant] = .missing(.maintenance)
                } else {
                    let largest = pollutant == .co ? 9000 : 500_000
                    record.row[pollutant] = Concentration(thousandths: Int32(random.integer(-400...largest)))
                }
            }
            plain.hours.append(record)
            for pollutant in Pollutant.allSix where !record.row[pollutant].isMissing && random.chance(50) {
                record.marks[pollutant] = SuspectMarks(bits: UInt8(random.integer(1...63)))
            }
            marked.hours.append(record)
        }
        var tables: [String] = []
        for (name, batch) in [("marked", marked), ("plain", plain)] {
            let store = try MonitorStore(path: folder.file("\(name).db"))
            try store.write(batch)
            try store.close()
            tables.append(try Program.run("export", "hourly", "--store", store.path).output)
        }
        for (row, record) in zip(PlainTable(tables[0]).rows, marked.hours) {
            for pollutant in Pollutant.allSix { #expect(row["flag_\(pollutant.name)"] == record.mark(pollutant)) }
        }
        #expect(tables[0] != tables[1])
        for report in ["realtime", "running24", "daily"] {
            let results = try tables.map { try Program.run("compute", "-", "--report", report, input: $0) }
            #expect(results[0].status == 0 && results[0].lines.count > 1)
            #expect(results[0].output == results[1].output, "seed \(seed), \(report)")
        }
        let json = try Program.run("export", "hourly", "--json", "--store", folder.file("marked.db")).lines
        for (line, record) in zip(json, marked.hours) {
            for pollutant in Pollutant.allSix {
                let mark = record.mark(pollutant)
                let isThere = line.contains(#""flag_\#(pollutant.name)":"\#(mark)""#)
                #expect(isThere != mark.isEmpty, "\(line)")
            }
        }
    }
}
