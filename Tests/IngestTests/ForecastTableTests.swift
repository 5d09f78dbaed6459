import AQICore
import Testing

@testable import Ingest

private func forecast(_ text: String) throws(TableError) -> ForecastTable {
    try ForecastTableReader.read(Array(text.utf8))
}

/// contracts.md, `warnings replay`: `issued,time,pm25,...` by the hour or `issued,date,aqi` by the day.
@Suite("Ingest: forecast tables") struct ForecastTableTests {
    @Test func `hours are gathered by issue, in the order of issue`() throws {
        let read = try forecast(
            """
            issued,time,pm25,pm10,so2,no2,co
            2016-12-02T08:00:00+08:00,2016-12-02T10:00:00+08:00,12.345,20,3,4,0.5
            2016-12-01T08:00:00+08:00,2016-12-01T10:00:00+08:00,2,,,,
            2016-12-01T08:00:00+08:00,2016-12-01T09:00:00+08:00,1,,,,
            2016-12-02T08:00:00+08:00,2016-12-02T12:00:00+08:00,14,NA,,,
            """)
        guard case .hourly(let issues) = read else {
            Issue.record("read as \(read)")
            return
        }
        #expect(try issues.map(\.issued) == [hour(2016, 12, 1, 8).endingLabel, hour(2016, 12, 2, 8).endingLabel])
        #expect(try issues[0].series.first == hour(2016, 12, 1, 9))
        #expect(issues[0].series.rows.map { $0[.pm25].thousandths } == [1000, 2000])
        #expect(issues[1].series.rows.map { $0[.pm25].thousandths } == [12_345, nil, 14_000])
        #expect(issues[1].series.rows[0][.co].thousandths == 500)
    }

    @Test func `an issue may become known at any minute and in any offset`() throws {
        // Two spellings, so that the order of the texts is not the order of the instants.
        let read = try forecast(
            "issued,time,pm25\n2016-12-01T23:45:00Z,2016-12-02T09:00,2\n2016-12-02T07:30:12+08:00,2016-12-02T09:00,1\n")
        guard case .hourly(let issues) = read else {
            Issue.record("read as \(read)")
            return
        }
        #expect(issues.map { $0.series.rows[0][.pm25].thousandths } == [1000, 2000])
        #expect(issues[1].issued - issues[0].issued == 14 * 60 + 48)
    }

    @Test func `columns may stand in any order, and unknown ones do not matter`() throws {
        let read = try forecast("CO,model,Issued,pm25,TIME\n0.5,\"x,y\",2016-12-01T08:00,7,2016-12-01T09:00\n")
        guard case .hourly(let issues) = read else {
            Issue.record("read as \(read)")
            return
        }
        #expect(issues.map { thousandths($0.series.rows[0]) } == [[7000, nil, nil, nil, 500, nil]])
    }

    @Test func `days are kept one by one in the order of issue, and an empty one is unknown`() throws {
        let read = try forecast(
            """
            issued,date,aqi
            2016-12-02T16:00:00+08:00,2016-12-03,260
            2016-12-01T16:00:00+08:00,2016-12-03,180
            2016-12-02T16:00:00+08:00,2016-12-04,
            2016-12-02T16:00:00+08:00,2016-12-05,NA
            2016-12-02T16:00:00+08:00,2016-12-06,0
            2016-12-02T16:00:00+08:00,2016-12-07,500.000
            """)
        let first = try hour(2016, 12, 1, 16).endingLabel
        let second = try hour(2016, 12, 2, 16).endingLabel
        func day(_ number: Int32) throws -> NaturalDay {
            NaturalDay(try #require(CivilDate(year: 2016, month: 12, day: number)))
        }
        #expect(
            try read
                == .daily([
                    .init(issued: first, day: day(3), index: 180), .init(issued: second, day: day(3), index: 260),
                    .init(issued: second, day: day(4), index: nil), .init(issued: second, day: day(5), index: nil),
                    .init(issued: second, day: day(6), index: 0), .init(issued: second, day: day(7), index: 500),
                ]))
    }

    @Test func `days of one issue stay in the order of the table`() throws {
        // Of two values of one date the newest holds; issued at once, the one that stands later.
        let read = try forecast(
            "issued,date,aqi\n" + (0..<60).map { "2016-12-02T16:00,2016-12-03,\($0)\n" }.joined())
        guard case .daily(let values) = read else {
            Issue.record("read as \(read)")
            return
        }
        #expect(values.map(\.index) == (0..<60).map(Int32.init))
    }

    @Test(
        arguments: [
            ("", .empty, 0), ("time,pm25\n", .missingColumn("issued"), 1), ("date,aqi\n", .missingColumn("issued"), 1),
            ("issued,date\n", .missingColumn("aqi"), 1), ("issued,pm25\n", .missingColumn("time"), 1),
            ("issued,date,aqi\n2016-12-02T16:00,2016-12-03\n", .fieldCount(have: 2, need: 3), 2),
            ("issued,date,aqi\n\n\nx,2016-12-03,1\n", .badTime("x"), 4),
            ("issued,date,aqi\n2016-12-02T16:00,2016-12-32,1\n", .badDate("2016-12-32"), 2),
            ("issued,date,aqi\n2016-12-02T16:00,2016-12-03T00:00,1\n", .badDate("2016-12-03T00:00"), 2),
            ("issued,date,aqi\n2016-12-02T16:00,2016-12-03,x\n", .badNumber(column: "aqi", text: "x"), 2),
            ("issued,date,aqi\n2016-12-02T16:00,2016-12-03,100.5\n", .badNumber(column: "aqi", text: "100.5"), 2),
            ("issued,date,aqi\n2016-12-02T16:00,2016-12-03,100.0001\n", .badNumber(column: "aqi", text: "100.0001"), 2),
            (
                "issued,date,aqi\n2016-12-02T16:00,2016-12-03,501\n",
                .outOfRange(column: "aqi", text: "501", lowest: "0", highest: "500"), 2
            ),
            (
                "issued,date,aqi\n2016-12-02T16:00,2016-12-03,-1\n",
                .outOfRange(column: "aqi", text: "-1", lowest: "0", highest: "500"), 2
            ),
            ("issued,time,pm25\n2016-12-02T16:00,2016-12-03T08:30,1\n", .notOnTheHour("2016-12-03T08:30"), 2),
            ("issued,time,pm25\n2016-12-02T16:00,2016-12-03T08:00,x\n", .badNumber(column: "pm25", text: "x"), 2),
        ] as [(String, TableError.Kind, Int)])
    func `what is wrong is named with its line`(text: String, kind: TableError.Kind, line: Int) {
        #expect(throws: TableError(kind, line: line)) { try forecast(text) }
    }

    @Test func `two values for one hour of one issue are refused`() throws {
        let error = TableError(
            .contradicts(station: "2016-12-02T16:00", hour: try hour(2016, 12, 3, 8), line: 2), line: 3)
        #expect(throws: error) {
            try forecast(
                "issued,time,pm25\n2016-12-02T16:00,2016-12-03T08:00,1\n2016-12-02T16:00,2016-12-03T08:00,2\n")
        }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: TableError(.notUTF8, line: 2)) {
            try ForecastTableReader.read(Array("issued,date,aqi\n".utf8) + [0xD5, 0xBE, 0xB5, 0xE3])
        }
    }
}
