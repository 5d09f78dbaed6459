import AQICore
import Testing

@Suite("AQICore: hours and their labels") struct HourTests {
    @Test func `a label names the hour that ends there, and the hour gives the label back`() {
        for start: Int32 in -50_000...50_000 {
            let hour = Hour(start: start)
            // In China the value of 07:00-08:00 is "08:00": the label is one hour after the start.
            guard hour.endingLabel.seconds == (Int64(start) + 1) * 3600,
                Hour(endingAtLabel: hour.endingLabel) == hour,
                hour.beginning.seconds == Int64(start) * 3600
            else {
                Issue.record("hour \(start)")
                continue
            }
        }
        let far: [Int32] = [-5_000_000, 17_000_000]
        for start in far { #expect(Hour(endingAtLabel: Hour(start: start).endingLabel).start == start) }
    }

    @Test func `the hours of a natural day are the labels 01 to 24 of UTC+8`() {
        for number: Int32 in [-150_000, -366, -1, 0, 1, 17_151, 20_512, 20_513, 150_000] {
            let day = NaturalDay(number: number)
            let midnight = Int64(number) * 86_400 - 8 * 3600
            for place: Int32 in 1...24 {
                let hour = day.firstHour + (place - 1)
                #expect(hour.endingLabel.seconds == midnight + Int64(place) * 3600)
                #expect(hour.numberInDay == place)
                #expect(hour.day == day)
            }
            #expect(day.lastHour - day.firstHour == 23)
            #expect((day.lastHour + 1).day == NaturalDay(number: number + 1))
            #expect((day.firstHour - 1).day == NaturalDay(number: number - 1))
        }
    }

    @Test func `the number of the hour runs from 1 to 24 for ever, also before 1970`() {
        // 1970-01-01T00:00+08:00 is eight hours before the epoch.
        var number: Int32 = 1
        var day: Int32 = 0
        for start: Int32 in -8...30_000 {
            #expect(Hour(start: start).numberInDay == number && Hour(start: start).day.number == day)
            number += 1
            if number == 25 { (number, day) = (1, day + 1) }
        }
        (number, day) = (24, -1)
        for start in stride(from: Int32(-9), through: -30_000, by: -1) {
            #expect(Hour(start: start).numberInDay == number && Hour(start: start).day.number == day)
            number -= 1
            if number == 0 { (number, day) = (24, day - 1) }
        }
    }

    @Test func `an instant lies in the hour that began last, also before 1970`() {
        for start: Int32 in [-500_000, -25, -2, -1, 0, 1, 24, 411_640] {
            for second: Int64 in 0..<3600 {
                let instant = Instant(seconds: Int64(start) * 3600 + second)
                guard Hour(containing: instant).start == start, instant.secondsIntoHour == second,
                    Int64(instant.minuteOfHour) == second / 60
                else {
                    Issue.record("second \(second) of hour \(start)")
                    continue
                }
            }
        }
    }

    @Test func `hours are ordered, counted and moved like integers`() {
        let hour = Hour(start: 411_640)
        #expect(hour + 5 - hour == 5)
        #expect(hour - 5 < hour && hour < hour + 1)
        #expect(Instant(seconds: 100) + 20 - Instant(seconds: 90) == 30)
        #expect(NaturalDay(number: -1) < NaturalDay(number: 0))
    }
}

@Suite("AQICore: which edition holds") struct EditionTests {
    /// 2026-03-01T00:00+08:00, from the calendar.
    private func boundary() throws -> Instant {
        NaturalDay(try #require(CivilDate(year: 2026, month: 3, day: 1))).firstHour.beginning
    }

    @Test func `a period that ends as HJ 633-2026 comes into force is still judged by HJ 633-2012`() throws {
        let boundary = try boundary()
        #expect(boundary.seconds == 1_772_294_400)
        #expect(Edition(forPeriodEndingAt: boundary) == .hj633Of2012)
        #expect(Edition(forPeriodEndingAt: boundary + -1) == .hj633Of2012)
        #expect(Edition(forPeriodEndingAt: boundary + 1) == .hj633Of2026)
    }

    @Test func `the hour 23 to 24 of 28 February 2026 is 2012, the next hour 2026`() throws {
        let last = Hour(endingAtLabel: try boundary())
        #expect(last.numberInDay == 24)
        #expect(Edition(forPeriodEndingAt: last.endingLabel) == .hj633Of2012)
        #expect(Edition(forPeriodEndingAt: (last + 1).endingLabel) == .hj633Of2026)
        // The day that ends there, and the first whole day of the new edition.
        #expect(Edition(forPeriodEndingAt: last.day.lastHour.endingLabel) == .hj633Of2012)
        #expect(Edition(forPeriodEndingAt: (last + 1).day.lastHour.endingLabel) == .hj633Of2026)
    }

    @Test func `history and future are on their own side`() {
        #expect(Edition(forPeriodEndingAt: Instant(seconds: -1)) == .hj633Of2012)
        #expect(Edition(forPeriodEndingAt: Instant(seconds: 0)) == .hj633Of2012)
        #expect(Edition(forPeriodEndingAt: Instant(seconds: 4_000_000_000)) == .hj633Of2026)
    }
}
