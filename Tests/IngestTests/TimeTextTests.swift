import AQICore
import Ingest
import Testing

@Suite("Ingest: points in time") struct TimeTextTests {
    /// 2017-01-01T08:00+08:00 is midnight in Greenwich; 17,167 days after 1970-01-01.
    static let eight = Instant(seconds: 17_167 * 86_400)

    @Test(arguments: [
        "2017-01-01T08:00:00+08:00", "2017-01-01 08:00:00+08:00", "2017-01-01T08:00+08:00", "2017-01-01 08:00+08:00",
        // Without an offset the time is UTC+08:00.
        "2017-01-01T08:00:00", "2017-01-01 08:00:00", "2017-01-01T08:00", "2017-01-01 08:00",
        // Other offsets, and the short forms of them that ISO 8601-1:2019 4.3.13 has.
        "2017-01-01T00:00:00Z", "2017-01-01T00:00Z", "2017-01-01T08:00:00+0800", "2017-01-01T08:00:00+08",
        "2016-12-31T19:00:00-05:00", "2017-01-01T05:30:00+05:30", "2016-12-31T20:15:00-03:45",
        "2016-12-31T24:00:00Z", "2016-12-31 24:00Z", "2017-01-01T08:00:00.000+08:00",
    ])
    func `every form that the contract allows names the same instant`(text: String) {
        #expect(TimeText.parse(text) == Self.eight)
    }

    @Test(arguments: [
        "", "2017", "2017-01-01", "2017-01-01T", "08:00", "2017-01-01T8:00", "2017-1-1T08:00", "17-01-01T08:00",
        "2017/01/01 08:00", "20170101T0800", "2017-01-01_08:00", "2017-01-01  08:00", " 2017-01-01T08:00",
        "2017-01-01T08:00 ", "2017-01-01T08:00:00 +08:00", "2017-01-01T08:00:00+8", "2017-01-01T08:00:00+08:",
        "2017-01-01T08:00:00+08:0", "2017-01-01T08:00:00+08:60", "2017-01-01T08:00:00+24:00", "2017-01-01T08:00:00+",
        "2017-01-01T08:00:00CST", "2017-01-01T08:00:00ZZ", "2017-01-01T08:00:", "2017-01-01T08:00:0",
        "2017-01-01T08:60:00", "2017-01-01T08:00:60", "2017-01-01T25:00:00", "2017-01-01T24:00:01",
        "2017-01-01T24:01:00", "2017-01-01T99:00", "2017-00-01T08:00", "2017-13-01T08:00", "2017-01-00T08:00",
        "2017-01-32T08:00", "2017-04-31T08:00", "2017-02-29T08:00", "1900-02-29T08:00", "0000-01-01T08:00",
        "-2017-01-01T08:00", "+2017-01-01T08:00", "2017-01-01T-8:00", "２０１７-01-01T08:00", "42736.3333", "NaT",
        "2017-01-01T08:00:00+08:00x", "2017-01-01T08:00:00.+08:00",
    ])
    func `what is no point in time is none`(text: String) {
        #expect(TimeText.parse(text) == nil)
    }

    @Test func `the calendar is that of Gregory, day by day for two centuries`() throws {
        // An oracle that only counts: 1970-01-01 lies 25,567 days after 1900-01-01.
        var number: Int64 = -25_567
        for year in 1900...2100 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for month in 1...12 {
                for day in 1...32 {
                    let text = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
                    let instant = TimeText.parse(text + "T00:00Z")
                    if day <= lengths[month - 1] {
                        #expect(instant == Instant(seconds: number * 86_400), "\(text)")
                        number += 1
                    } else {
                        #expect(instant == nil, "\(text)")
                    }
                }
            }
        }
        #expect(number == 47_847)
    }

    @Test func `24 o'clock is the beginning of the next day`() {
        for (last, first) in [
            ("2016-12-31", "2017-01-01"), ("2016-02-28", "2016-02-29"), ("2016-02-29", "2016-03-01"),
            ("2017-02-28", "2017-03-01"), ("1969-12-31", "1970-01-01"),
        ] {
            #expect(TimeText.parse("\(last)T24:00:00+08:00") == TimeText.parse("\(first)T00:00:00+08:00"))
        }
        #expect(TimeText.parse("9999-12-31T24:00:00Z") == Instant(seconds: 253_402_300_800))
    }

    @Test func `every offset of whole minutes counts from Greenwich`() throws {
        let noon = try #require(TimeText.parse("2017-06-15T12:00:00Z"))
        for minutes in -1439...1439 {
            let (hour, minute) = (abs(minutes) / 60, abs(minutes) % 60)
            let sign = minutes < 0 ? "-" : "+"
            let (hh, mm) = ("\(hour < 10 ? "0" : "")\(hour)", "\(minute < 10 ? "0" : "")\(minute)")
            let wanted = noon + Int64(-minutes * 60)
            #expect(TimeText.parse("2017-06-15T12:00:00\(sign)\(hh):\(mm)") == wanted)
            #expect(TimeText.parse("2017-06-15 12:00\(sign)\(hh)\(mm)") == wanted)
        }
    }

    @Test func `times before 1970 have full hours too`() throws {
        let label = try #require(TimeText.parse("1969-12-31T23:00:00Z"))
        #expect(label == Instant(seconds: -3600))
        #expect(label.secondsIntoHour == 0)
        #expect(Hour(endingAtLabel: label) == Hour(start: -2))
        #expect(TimeText.parse("1969-12-31T22:59:59Z")?.secondsIntoHour == 3599)
        #expect(TimeText.parse("0001-01-01T00:00:00Z") == Instant(seconds: -62_135_596_800))
    }

    @Test func `a label names the hour that ends there`() throws {
        // contracts.md: 2017-01-01T08:00:00+08:00 is the hour 07:00-08:00.
        let label = try #require(TimeText.parse("2017-01-01T08:00:00+08:00"))
        #expect(Hour(endingAtLabel: label).beginning == Self.eight + -3600)
        #expect(try Hour(endingAtLabel: label) == hour(2017, 1, 1, 8))
    }

    @Test func `a date is a date alone`() {
        func date(_ text: String) -> NaturalDay? {
            let bytes = Array("x\(text)y".utf8)
            return TimeText.parseDate(bytes.span, 1..<bytes.count - 1)
        }
        #expect(date("2017-01-01") == NaturalDay(number: 17_167))
        #expect(date("2016-02-29") == NaturalDay(number: 16_860))
        for text in ["", "2017-02-29", "2017-01-01T00:00", "2017-1-1", "2017-01-01 ", "20170101", "2017/01/01"] {
            #expect(date(text) == nil, "\(text)")
        }
    }
}
