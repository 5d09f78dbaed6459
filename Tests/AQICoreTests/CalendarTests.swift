import AQICore
import Testing

/// The Gregorian calendar, walked day by day; knows nothing but the lengths of the months.
private struct DayCounter: Equatable {
    var year: Int32
    var month: Int32
    var day: Int32

    /// Papal bull Inter gravissimas, 1582: every fourth year, but of the centuries only those that 400 divides.
    static func monthLength(_ year: Int32, _ month: Int32) -> Int32 {
        let isLeap = year % 400 == 0 ? true : year % 100 == 0 ? false : year % 4 == 0
        let lengths: [Int32] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return lengths[Int(month) - 1]
    }

    mutating func forward() {
        day += 1
        guard day > DayCounter.monthLength(year, month) else { return }
        day = 1
        month += 1
        guard month > 12 else { return }
        month = 1
        year += 1
    }

    mutating func back() {
        day -= 1
        guard day == 0 else { return }
        month -= 1
        if month == 0 {
            month = 12
            year -= 1
        }
        day = DayCounter.monthLength(year, month)
    }

    func agrees(on number: Int32) -> Bool {
        let date = CivilDate(daysSince1970: number)
        return date.year == year && date.month == month && date.day == day && date.daysSince1970 == number
    }
}

@Suite("AQICore: the calendar") struct CalendarTests {
    @Test func `every day from 1970 to the end of 2400 has its number and its date`() {
        var counter = DayCounter(year: 1970, month: 1, day: 1)
        var number: Int32 = 0
        while counter.year <= 2400 {
            if !counter.agrees(on: number) { Issue.record("day \(number) should be \(counter)") }
            counter.forward()
            number += 1
        }
        #expect(number == 157_420, "431 years with 105 leap days")
    }

    @Test func `every day before 1970 back to 1600 has its number and its date`() {
        var counter = DayCounter(year: 1969, month: 12, day: 31)
        var number: Int32 = -1
        while counter.year >= 1600 {
            if !counter.agrees(on: number) { Issue.record("day \(number) should be \(counter)") }
            counter.back()
            number -= 1
        }
        #expect(number == -135_141, "370 years with 90 leap days")
    }

    @Test(arguments: [1600, 1700, 1900, 1996, 1999, 2000, 2024, 2026, 2100, 2400] as [Int32])
    func `a date exists exactly where the calendar has it`(year: Int32) {
        for month: Int32 in -1...14 {
            for day: Int32 in -1...33 {
                let exists =
                    month >= 1 && month <= 12 && day >= 1 && day <= DayCounter.monthLength(year, month)
                let date = CivilDate(year: year, month: month, day: day)
                #expect((date != nil) == exists, "\(year)-\(month)-\(day)")
                guard let date else { continue }
                #expect(CivilDate(daysSince1970: date.daysSince1970) == date)
            }
        }
    }

    @Test func `days that everybody knows`() throws {
        // The first of them in `date -u -d 2000-02-29 +%s` / 86400 and so on.
        let known: [(Int32, Int32, Int32, Int32)] = [
            (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 2, 29, 11_016), (2016, 12, 16, 17_151), (2026, 3, 1, 20_513),
        ]
        for (year, month, day, number) in known {
            let date = try #require(CivilDate(year: year, month: month, day: day))
            #expect(date.daysSince1970 == number)
            #expect(NaturalDay(date).number == number)
            #expect(NaturalDay(number: number).date == date)
        }
    }
}
