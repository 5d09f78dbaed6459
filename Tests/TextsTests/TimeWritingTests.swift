import AQICore
import Foundation
import Testing
import Texts

@Suite("Texts: times") struct TimeWritingTests {
    @Test func `an instant is written in UTC+8 as the contract has it`() {
        // contracts.md: 2017-01-01T08:00:00+08:00 is midnight in Greenwich, day 17,167.
        let eight = Instant(seconds: 17_167 * 86_400)
        #expect(eight.iso8601 == "2017-01-01T08:00:00+08:00")
        #expect(eight.clock == "08:00")
        #expect(eight.dateAndClock == "2017-01-01 08:00")
        #expect((eight + 59).iso8601 == "2017-01-01T08:00:59+08:00")
        let midnight = Instant(seconds: eight.seconds - 28_800)
        #expect(midnight.iso8601 == "2017-01-01T00:00:00+08:00")
        #expect((midnight + -1).iso8601 == "2016-12-31T23:59:59+08:00")
        #expect((midnight + -1).clock == "23:59")
    }

    @Test func `times before 1970 and far ones are written whole`() {
        #expect(Instant(seconds: 0).iso8601 == "1970-01-01T08:00:00+08:00")
        #expect(Instant(seconds: -1).iso8601 == "1970-01-01T07:59:59+08:00")
        #expect(Instant(seconds: -28_801).iso8601 == "1969-12-31T23:59:59+08:00")
        #expect(Instant(seconds: -62_135_596_800).iso8601 == "0001-01-01T08:00:00+08:00")
        #expect(Instant(seconds: 253_402_271_999).iso8601 == "9999-12-31T23:59:59+08:00")
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `random times agree with Foundation's calendar`(seed: UInt64) throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 8 * 3600))
        func two(_ number: Int?) -> String { number.map { $0 < 10 ? "0\($0)" : "\($0)" } ?? "" }
        var state = seed
        for _ in 0..<1500 {
            // A linear congruence is random enough for a calendar; 1700 ... 2300, where Foundation too is Gregorian.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let seconds = Int64(state >> 30) - 8_520_336_000
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: Double(seconds)))
            let date = "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
            let instant = Instant(seconds: seconds)
            #expect(
                instant.iso8601 == "\(date)T\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))+08:00",
                "seed \(seed)")
            #expect(instant.dateAndClock == "\(date) \(two(parts.hour)):\(two(parts.minute))")
        }
    }

    @Test func `a date has four digits of the year and two of the rest`() throws {
        for (year, month, day, text) in [
            (2017, 1, 1, "2017-01-01"), (2016, 2, 29, "2016-02-29"), (1999, 12, 31, "1999-12-31"),
            (7, 6, 5, "0007-06-05"),
        ] as [(Int32, Int32, Int32, String)] {
            #expect(try #require(CivilDate(year: year, month: month, day: day)).iso8601 == text)
        }
    }

    @Test func `the hour-ending label of the last hour of a day is midnight of the next`() throws {
        let day = NaturalDay(try #require(CivilDate(year: 2016, month: 12, day: 31)))
        #expect(day.lastHour.endingLabel.iso8601 == "2017-01-01T00:00:00+08:00")
        #expect(day.firstHour.endingLabel.iso8601 == "2016-12-31T01:00:00+08:00")
        #expect(day.date.iso8601 == "2016-12-31")
    }
}
