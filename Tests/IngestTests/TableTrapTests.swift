import AQICore
import Ingest
import Testing

/// Traps into which earlier versions fell; the reason stands beside each.
@Suite("Ingest: traps of tables") struct TableTrapTests {
    private static let header = "station,time,pm25,pm10\n"

    // A wrong number: with a decimal comma the values move one column to the right, and nothing is said of it. The contract
    // lets `--lenient` excuse values, not the shape of a record.
    @Test func `a record with too many fields is refused even where lenient`() {
        #expect(throws: TableError(.fieldCount(have: 5, need: 4), line: 2)) {
            try table(Self.header + "A,2017-01-01T08:00,35,7,80\n", lenient: true)
        }
    }

    // As before, a record that was cut off: its last value may be half a number, and nothing is counted.
    @Test func `a record with too few fields is refused where lenient, or its values are counted`() throws {
        let read = try? table(Self.header + "A,2017-01-01T08:00,3", lenient: true)
        #expect(read == nil || read?.unreadableValues == 2)
    }

    // contracts.md: "not on the hour -> 65". Decimals of a second are dropped before the hour is checked.
    @Test func `a label that lies a part of a second past the hour is not on the hour`() {
        for text in [
            "2017-01-01T08:00:00.5", "2017-01-01T07:59:59.5", "2017-01-01T08:00:00.001+08:00", "2017-01-01T24:00:00,9",
        ] {
            #expect(throws: (any Error).self, "\(text)") { try table("station,time\nA,\"\(text)\"\n") }
        }
    }

    // contracts.md: "An error names the line where the record begins". The forecast reader names line 0.
    @Test func `a time of issue that is none is named with its line`() {
        #expect(throws: TableError(.badTime("yesterday"), line: 3)) {
            try ForecastTableReader.read(
                Array(
                    """
                    issued,time,pm25
                    2016-12-01T08:00,2016-12-01T09:00,1
                    yesterday,2016-12-01T09:00,1

                    """.utf8))
        }
    }

    // contracts.md: "the newest forecast issued at or before t replaces all earlier ones". Issues are told apart by their
    // text: one that is spelled in two ways becomes two, of which one replaces the other.
    @Test func `an issue whose time is spelled in two ways is one issue`() throws {
        let read = try ForecastTableReader.read(
            Array(
                """
                issued,time,pm25
                2016-12-01T08:00:00+08:00,2016-12-01T09:00,1
                2016-12-01 08:00,2016-12-01T10:00,2
                """.utf8))
        guard case .hourly(let issues) = read else {
            Issue.record("read as \(read)")
            return
        }
        #expect(issues.count == 1)
        #expect(issues.first?.series.rows.map { $0[.pm25].thousandths } == [1000, 2000])
    }

    // A value of another station: the name of the record before is compared by its bytes in the file, where the quoted
    // "a""b" (named a"b) and the plain a""b look the same.
    @Test func `a plain name is not taken for a quoted one with doubled quotes`() throws {
        let text = "station,time,pm25\n\"a\"\"b\",2017-01-01T08:00,1\na\"\"b,2017-01-01T09:00,2\n"
        guard let read = try? table(text) else { return }  // to refuse the plain quotes is right too (RFC 4180, 2.5)
        #expect(read.series.map(\.station) == ["a\"\"b", "a\"b"].sorted())
    }

    // The text of a doubled quote is looked for among characters, and a quote with a combining mark is another character.
    @Test func `a doubled quote before a combining mark is one quote`() throws {
        for mark in ["\u{301}", "\u{FE0F}", "\u{20E3}"] {
            let name = try readRecords("\"a\"\"\(mark)b\"").first?.fields.first
            #expect(name.map { Array($0.unicodeScalars) } == Array("a\"\(mark)b".unicodeScalars))
        }
    }

    // A CR ends a line everywhere but inside quotes: with lines that end so, the lines of later errors are too low.
    @Test func `a carriage return inside quotes counts as a line`() throws {
        #expect(try readRecords("a\r\"b\r\"\rc\r").map(\.line) == [1, 2, 4])
    }

    // FLT_MAX as C's "%f" prints it stands for a missing value in the files of some loggers. More digits than a
    // concentration has are refused before the sentinels are looked at.
    @Test func `a sentinel may have any number of digits`() throws {
        let text = "340282346638528859811704183484516925440.000000"
        let read = try table("station,time,pm25\nA,2017-01-01T08:00,\(text)\n", missing: [text])
        #expect(read.series.first?.rows[0][.pm25] == .missing(.absent))
    }

    // contracts.md: unknown columns are ignored with one note.
    @Test func `an unknown column may stand twice`() throws {
        let read = try table("station,time,note,note\nA,2017-01-01T08:00,x,y\n")
        #expect(read.ignoredColumns == ["note", "note"] || read.ignoredColumns == ["note"])
    }

    // The hourly reader refuses it, for nobody knows which is meant; the daily forecast takes the first.
    @Test func `a column that stands twice in a daily forecast is refused`() {
        #expect(throws: TableError(.repeatedColumn("aqi"), line: 1)) {
            try ForecastTableReader.read(Array("issued,date,aqi,aqi\n2016-12-01T16:00,2016-12-02,260,80\n".utf8))
        }
    }

    // The demo's carbon monoxide loses its tenths to an integer division before the noise is put on: 0.1 in clean air, else
    // close to a whole number, and up to 1 mg/m³ below its course.
    @Test func `the carbon monoxide of the episode moves in tenths`() {
        let values = (0..<Episode.length).compactMap { Episode(seed: 1).row($0)[.co].thousandths }
        // At 150 µg/m³ of PM2.5 the course is 0.4 + 1.35 mg/m³.
        #expect(values.contains { (1200...1800).contains($0) })
    }
}
