import AQICore
import Foundation
import Ingest
import Testing

/// Every way in which an hourly table can be wrong, and the line on which its record begins.
@Suite("Ingest: errors of hourly tables") struct TableErrorsTests {
    private static let header = "station,time,pm25,co\n"
    private static let good = "A,2017-01-01T08:00:00+08:00,35,0.5\n"

    @Test(
        arguments: [
            ("B,2017-01-01T08:00:00+08:00,35\n", .fieldCount(have: 3, need: 4)),
            ("B,2017-01-01T08:00:00+08:00,35,0.5,\n", .fieldCount(have: 5, need: 4)),
            ("B,2017-01-01T08:00:00+08:00,1,078,0.5\n", .fieldCount(have: 5, need: 4)),
            ("B\n", .fieldCount(have: 1, need: 4)),
            ("B,\"2017-01-01T08:00:00+08:00,35,0.5\n", .unclosedQuote),
            ("\"B\"x,2017-01-01T08:00:00+08:00,35,0.5\n", .textAfterQuote),
            (",2017-01-01T08:00:00+08:00,35,0.5\n", .emptyStation),
            ("\"\",2017-01-01T08:00:00+08:00,35,0.5\n", .emptyStation),
            ("B,,35,0.5\n", .badTime("")),
            ("B,yesterday,35,0.5\n", .badTime("yesterday")),
            ("B,2017-02-29T08:00:00+08:00,35,0.5\n", .badTime("2017-02-29T08:00:00+08:00")),
            ("B,2017/1/1 8:00,35,0.5\n", .badTime("2017/1/1 8:00")),
            ("B,2017-01-01T08:30:00+08:00,35,0.5\n", .notOnTheHour("2017-01-01T08:30:00+08:00")),
            ("B,2017-01-01T08:00:01+08:00,35,0.5\n", .notOnTheHour("2017-01-01T08:00:01+08:00")),
            ("B,2017-01-01T08:00:00+05:30,35,0.5\n", .notOnTheHour("2017-01-01T08:00:00+05:30")),
            ("B,2017-01-01T08:00:00+08:00,\"3,5\",0.5\n", .badNumber(column: "pm25", text: "3,5")),
            ("B,2017-01-01T08:00:00+08:00,35,0.5mg\n", .badNumber(column: "co", text: "0.5mg")),
            (
                "B,2017-01-01T08:00:00+08:00,-999,0.5\n",
                .outOfRange(column: "pm25", text: "-999", lowest: "-10", highest: "2000000")
            ),
            (
                "B,2017-01-01T08:00:00+08:00,35,-0.6\n",
                .outOfRange(column: "co", text: "-0.6", lowest: "-0.5", highest: "2000000")
            ),
        ] as [(String, TableError.Kind)])
    func `an error names the line on which its record begins`(bad: String, kind: TableError.Kind) {
        #expect(throws: TableError(kind, line: 2)) { try table(Self.header + bad) }
        // Behind empty lines, CRLF, and records that run over several lines.
        let crlf = (Self.header + Self.good + "\n\n\"A\n\n\",2017-01-01T09:00:00+08:00,1,1\n")
            .replacingOccurrences(of: "\n", with: "\r\n")
        #expect(throws: TableError(kind, line: 8)) { try table(crlf + bad + Self.good) }
        #expect(throws: TableError(kind, line: 6)) { try table("\u{FEFF}\n\n\n" + Self.header + Self.good + bad) }
    }

    @Test func `the first error of a table is the one that is told`() {
        #expect(throws: TableError(.badTime("x"), line: 2)) {
            try table(Self.header + "A,x,1,1\nA,2017-01-01T08:00:00+08:00,y,1\n")
        }
    }

    /// A header and a station, as Excel in China saves them.
    @Test(
        arguments: [
            // 站点 and 万寿西宫 in GBK (GB 18030).
            [0xD5, 0xBE, 0xB5, 0xE3], [0xCD, 0xF2, 0xCA, 0xD9, 0xCE, 0xF7, 0xB9, 0xAC],
            // UTF-8 cut short, overlong, a surrogate, beyond the last plane; Latin 1; half of UTF-16.
            [0xE4, 0xB8], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE9], [0xFF, 0xFE],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are refused on their line`(bytes: [UInt8]) {
        let reader = HourlyTableReader()
        let text = Array((Self.header + Self.good).utf8)
        let rest = Array(",2017-01-01T08:00:00+08:00,1,1\n".utf8)
        #expect(throws: TableError(.notUTF8, line: 3)) { try reader.read(text + bytes + rest) }
        #expect(throws: TableError(.notUTF8, line: 1)) { try reader.read(bytes + text) }
        // Also at the very end, and where a column is not even used.
        #expect(throws: TableError(.notUTF8, line: 3)) { try reader.read(text + bytes) }
        #expect(throws: TableError(.notUTF8, line: 1)) { try HourlyTableReader(isLenient: true).read(bytes + text) }
    }

    @Test func `a whole file in GBK is refused, converted it is read`() throws {
        // What `iconv -f UTF-8 -t GB18030` makes of 万寿西宫.
        let name: [UInt8] = [0xCD, 0xF2, 0xCA, 0xD9, 0xCE, 0xF7, 0xB9, 0xAC]
        let gbk = Array("station,time,pm25\r\n".utf8) + name + Array(",2017-01-01 08:00,35\r\n".utf8)
        #expect(throws: TableError(.notUTF8, line: 2)) { try HourlyTableReader().read(gbk) }
        #expect(try table("station,time,pm25\r\n万寿西宫,2017-01-01 08:00,35\r\n").series.map(\.station) == ["万寿西宫"])
    }
}
