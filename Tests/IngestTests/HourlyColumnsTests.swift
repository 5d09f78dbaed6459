import AQICore
import Ingest
import Testing

/// The header of the hourly table, and which column goes where.
@Suite("Ingest: columns of hourly tables") struct HourlyColumnsTests {
    static let names = ["station", "time", "pm25", "pm10", "so2", "no2", "co", "o3"]
    static let fields = ["Duke", "2017-01-01T08:00:00+08:00", "1", "2", "3", "4", "0.5", "6"]
    static let wanted: [Int32?] = [1000, 2000, 3000, 4000, 500, 6000]

    @Test func `the header of the contract is read`() throws {
        let read = try table(Self.names.joined(separator: ",") + "\n" + Self.fields.joined(separator: ",") + "\n")
        let series = try #require(read.series.first)
        #expect(series.station == "Duke")
        #expect(try series.first == hour(2017, 1, 1, 8))
        #expect(thousandths(series.rows[0]) == Self.wanted)
        #expect(read.ignoredColumns.isEmpty)
        #expect(read.unreadableValues == 0)
    }

    @Test(arguments: [21, 22] as [UInt64])
    func `columns may stand in any order`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for _ in 0..<200 {
            let order = Self.names.indices.shuffled(using: &random)
            let text = [Self.names, Self.fields].map { row in order.map { row[$0] }.joined(separator: ",") }
            let read = try table(text.joined(separator: "\r\n"))
            #expect(read.series.first.map { thousandths($0.rows[0]) } == Self.wanted, "seed \(seed): \(text)")
        }
    }

    @Test func `names of columns may be in capitals, quoted and padded`() throws {
        let read = try table("\u{FEFF}\"Station\", TIME ,PM25,\"CO\"\nA,2017-01-01 08:00,7,1.5\n")
        #expect(read.series.first.map { thousandths($0.rows[0]) } == [7000, nil, nil, nil, 1500, nil])
    }

    @Test func `a pollutant without a column is missing everywhere`() throws {
        let read = try table("time,station\n2017-01-01T08:00,A\n2017-01-01T09:00,A\n")
        #expect(read.series.first?.rows == [HourRow(), HourRow()])
        #expect(read.series.first?.rows[0][.pm25].reason == .absent)
    }

    @Test func `unknown columns are ignored and named`() throws {
        let read = try table("station,time,o3_8h,pm25,published_aqi,pm1\nA,2017-01-01T08:00,x,7,\"a,b\",not a number\n")
        #expect(read.ignoredColumns == ["o3_8h", "published_aqi", "pm1"])
        #expect(read.series.first.map { thousandths($0.rows[0]) } == [7000, nil, nil, nil, nil, nil])
    }

    @Test func `a flag column without its pollutant changes nothing`() throws {
        let read = try table("station,time,flag_pm25,pm10\nA,2017-01-01T08:00,D,7\n")
        #expect(read.series.first.map { thousandths($0.rows[0]) } == [nil, 7000, nil, nil, nil, nil])
    }

    @Test func `station and time must be there`() {
        #expect(throws: TableError(.missingColumn("station"), line: 1)) { try table("time,pm25\n") }
        #expect(throws: TableError(.missingColumn("time"), line: 1)) { try table("station,pm25\n") }
        #expect(throws: TableError(.missingColumn("station"), line: 3)) { try table("\n\nstations,time\n") }
        // A table without a header has its first record where the names should be.
        #expect(throws: TableError(.missingColumn("station"), line: 1)) {
            try table("A,2017-01-01T08:00,1,2,3,4,5,6\n")
        }
    }

    @Test func `a column that stands twice is refused, in whatever case`() {
        #expect(throws: TableError(.repeatedColumn("pm25"), line: 1)) { try table("station,time,pm25,PM25\n") }
        #expect(throws: TableError(.repeatedColumn("time"), line: 1)) { try table("station,time,time\n") }
        #expect(throws: TableError(.repeatedColumn("flag_co"), line: 1)) {
            try table("station,time,flag_co,co,flag_co\n")
        }
    }

    @Test func `columns without a name may stand beside each other`() throws {
        // A spreadsheet that once had more columns saves them as empty ones.
        let read = try table("station,time,pm25,,\nA,2017-01-01T08:00,7,,\n")
        #expect(read.series.first.map { thousandths($0.rows[0]) } == [7000, nil, nil, nil, nil, nil])
    }

    @Test func `a header alone is a table without stations`() throws {
        #expect(try table("station,time,pm25").series.isEmpty)
        #expect(try table("station,time,pm25\n\n").series.isEmpty)
        #expect(try table("station,time,pm25").cityMean(named: "city") == nil)
    }

    @Test(arguments: ["", "\n", "\r\n\r\n", "\u{FEFF}", "\u{FEFF}\n"])
    func `a table without even a header is empty`(text: String) {
        #expect(throws: TableError(.empty, line: 0)) { try table(text) }
    }
}
