import AQICore
import Testing
import Texts

extension IndexTable {
    /// One row as a string.
    static func row(station: String, period: Hour, _ report: IndexReport) -> String {
        String(capacity: longestRow(station: station)) { write(station: station, period: period, report, to: &$0) }
    }
}

/// What was written before there was a buffer to write into: string by string, from the standard library's numbers.
private enum SlowWriting {
    static func pad(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }

    static func date(_ date: CivilDate) -> String {
        let digits = String(date.year)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-\(pad(date.month))-\(pad(date.day))"
    }

    static func time(_ instant: Instant) -> String {
        let local = instant.seconds + 28_800
        let day = (local >= 0 ? local : local - 86_399) / 86_400
        let rest = Int32(local - day * 86_400)
        let clock = [rest / 3600, rest / 60 % 60, rest % 60].map(pad).joined(separator: ":")
        return "\(date(CivilDate(daysSince1970: Int32(day))))T\(clock)+08:00"
    }
}

@Suite("Texts: bytes written into a buffer") struct ByteWritingTests {
    static let edges: [Int32] = [
        .min, .min + 1, .max, .max - 1, 99_999_999, 100_000_000, 100_000_001, 999_999_999, 1_000_000_000, -99_999_999,
        -100_000_000,
    ]

    @Test func `an integer is written as the standard library writes it`() {
        for number in Array(Int32(-120_000)...120_000) + Self.edges {
            #expect(String(capacity: 11) { $0.append(number) } == "\(number)")
        }
        #expect(String(capacity: 20) { $0.append(UInt64.max) } == "18446744073709551615")
    }

    @Test(arguments: 1...20)
    func `an integer of a width has zeros before it, and is never cut`(digits: Int) {
        for number in Array(UInt64(0)...12_000) + [9_999_999, 10_000_000, 99_999_999, 100_000_000, .max] {
            let plain = "\(number)"
            let wanted = String(repeating: "0", count: max(0, digits - plain.count)) + plain
            #expect(String(capacity: 20) { $0.append(number, digits: digits) } == wanted)
        }
    }

    @Test func `the label of every hour of five years is written as before`() {
        // 2015-12-31 to 2021: two leap years, and the hours of every day.
        for start in Int32(16_800 * 24)...Int32(18_630 * 24) {
            let label = Hour(start: start).endingLabel
            #expect(label.iso8601 == SlowWriting.time(label))
        }
    }

    @Test func `the date of every day from the year 0 to 11,000 is written as before`() {
        for day in stride(from: Int32(-719_528), through: 3_300_000, by: 1) {
            let date = CivilDate(daysSince1970: day)
            let (written, wanted) = (date.iso8601, SlowWriting.date(date))
            if written != wanted { Issue.record("\(written), not \(wanted)") }
        }
    }

    @Test func `every second of a day is written as before, on both sides of 1970`() {
        for second in Int64(-90_000)...90_000 {
            let (written, wanted) = (Instant(seconds: second).iso8601, SlowWriting.time(Instant(seconds: second)))
            if written != wanted { Issue.record("\(written), not \(wanted)") }
        }
    }

    @Test func `the longest row fits the room that is asked for it`() {
        for reason in [
            MissingReason.tooFewHours(have: .min, need: .min), .tooFewWindows(have: .min, need: .min),
            .flagged(.suspect), .flagged(.absent),
        ] {
            let report = IndexReport(
                kind: .realtime, edition: .hj633Of2012,
                results: InlineArray<7, IndicatorResult>(repeating: .missing(reason)), index: .min)
            let station = String(repeating: "\"", count: 300)
            #expect(IndexTable.row(station: station, period: Hour(start: .min), report).hasPrefix("\"\"\""))
        }
        let report = IndexReport(
            kind: .realtime, edition: .hj633Of2012,
            results: InlineArray<7, IndicatorResult>(repeating: .value(concentration: .min, subIndex: .max)),
            index: .max)
        let row = IndexTable.row(station: "", period: Hour(start: .max - 1), report)
        #expect(row.hasSuffix(",pm25+pm10+so2+no2+co+o3+o3_8h" + report.longestValues + ","))
    }
}

extension IndexReport {
    /// The concentrations and sub-indices of the longest row.
    fileprivate var longestValues: String {
        ",-2147483,-2147483,-2147483,-2147483,-2147483.6,-2147483,-2147483" + String(repeating: ",2147483647", count: 7)
    }
}
