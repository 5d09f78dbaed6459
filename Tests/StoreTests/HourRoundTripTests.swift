import AQICore
import Store
import TestSupport
import Testing

@Suite("Store: hours") struct HourRoundTripTests {
    /// Every flag there is.
    static let flags = (UInt8(0)..<64).compactMap(DataFlag.init)

    @Test func `an hour comes back with every flag in every column`() throws {
        let folder = try TemporaryFolder()
        #expect(Self.flags.count == 24)
        var hours: [(Int32, HourRow)] = []
        for flag in Self.flags {
            for pollutant in Pollutant.allSix {
                var hour = row(Int32(hours.count))
                hour[pollutant] = .missing(flag)
                hours.append((Int32(hours.count), hour))
            }
        }
        let written = batch("A", hours)
        let store = try MonitorStore(path: folder.file("a.db"))
        try store.write(written)
        #expect(try store.read { try $0.hours() } == written.hours)
        #expect(try StoreReader(path: store.path).read { try $0.hours() } == written.hours)
    }

    @Test func `values come back exactly, from the least to the largest`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        let values: [Int32] = [
            0, 1, -1, 35_700, -500, -10_000, 2_000_000_000, .max, .min + 64, 999, 1000, 1001, -999_000,
        ]
        let written = batch("A", values.enumerated().map { (Int32($0.offset), row($0.element)) })
        try store.write(written)
        #expect(try store.read { try $0.hours() } == written.hours)
    }

    @Test func `every set of marks comes back in every column, and its value with it`() throws {
        let folder = try TemporaryFolder()
        var written = StoreBatch()
        for bits in UInt8(0)..<64 {
            for pollutant in Pollutant.allSix {
                var record = HourlyRecord(station: "A", hour: first + Int32(written.hours.count), row: row(Int32(bits)))
                record.marks[pollutant] = SuspectMarks(bits: bits)
                // A neighbour that is missing keeps its reason.
                record.row[pollutant == .o3 ? .pm25 : .o3] = .missing(.calibration)
                written.hours.append(record)
            }
        }
        let store = try MonitorStore(path: folder.file("a.db"))
        try store.write(written)
        #expect(try store.read { try $0.hours() } == written.hours)
        // Bit 0 is the range, bit 3 the spike: what a person with the shell sees.
        #expect(
            try sqlite3(store.path, "SELECT flags FROM hourly ORDER BY start LIMIT 1 OFFSET \(0b1001 * 6 + 1)")
                == [",Qrange+Qspike,,,,C"])
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `random hours of several stations come back, station by station, each in order of time`(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        var random = Random(seed: seed)
        var written = StoreBatch()
        for station in ["天坛", "a", "B", "站,\"'; DROP TABLE hourly; --", "\n", " "] {
            for offset in Array(Int32(0)..<50).shuffled(using: &random).prefix(40) {
                var hour = HourRow()
                for pollutant in Pollutant.allSix {
                    hour[pollutant] =
                        random.below(3) == 0
                        ? .missing(Self.flags[random.below(Self.flags.count)])
                        : Concentration(thousandths: Int32(random.below(3_000_000)) - 10_000)
                }
                written.hours.append(HourlyRecord(station: station, hour: first + offset, row: hour))
            }
        }
        let store = try MonitorStore(path: folder.file("a.db"))
        try store.write(written)
        let sorted = written.hours.sorted {
            let (left, right) = (Array($0.station.utf8), Array($1.station.utf8))
            return left == right ? $0.hour < $1.hour : left.lexicographicallyPrecedes(right)
        }
        #expect(try store.read { try $0.hours() } == sorted, "seed \(seed)")
        #expect(try store.read { try $0.stations() } == ["\n", " ", "B", "a", "天坛", "站,\"'; DROP TABLE hourly; --"])
    }

    @Test func `a span of hours has both its ends`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        try store.write(batch("A", (0..<10).map { (Int32($0), row(Int32($0))) }))
        try store.write(batch("B", (5..<15).map { (Int32($0), row(Int32($0))) }))
        func offsets(_ stations: [String]?, _ from: Int32?, _ through: Int32?) throws -> [Int32] {
            try store.read { queries in
                try queries.hours(
                    stations: stations, from: from.map { first + $0 }, through: through.map { first + $0 }
                )
                .map { $0.hour - first }
            }
        }
        #expect(try offsets(["A"], 3, 5) == [3, 4, 5])
        #expect(try offsets(["A"], nil, 1) == [0, 1])
        #expect(try offsets(["B"], 13, nil) == [13, 14])
        #expect(try offsets(["A"], 5, 3) == [])
        #expect(try offsets(["B", "A"], 8, 9) == [8, 9, 8, 9])
        #expect(try offsets(nil, 9, 10) == [9, 9, 10])
        #expect(try offsets(["C"], nil, nil) == [])
        #expect(try offsets([], nil, nil) == [])
    }

    @Test func `the last hour is that of the stations asked for`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        #expect(try store.read { try $0.lastHour(of: ["A"]) } == nil)
        try store.write(batch("A", [(3, row(1)), (7, row(1))]))
        try store.write(batch("B", [(9, row(1))]))
        #expect(try store.read { try $0.lastHour(of: ["A"]) } == first + 7)
        #expect(try store.read { try $0.lastHour(of: ["A", "B", "C"]) } == first + 9)
        #expect(try store.read { try $0.lastHour(of: ["C"]) } == nil)
    }

    @Test func `hours before 1970 are hours too`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        var written = StoreBatch()
        written.hours = [-500_000, -2, -1, 0].map { HourlyRecord(station: "A", hour: Hour(start: $0), row: row(1)) }
        try store.write(written)
        #expect(try store.read { try $0.hours() } == written.hours)
        #expect(try store.read { try $0.lastHour(of: ["A"]) } == Hour(start: 0))
    }
}
