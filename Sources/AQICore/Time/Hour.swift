/// One hour of time, named by where it **starts**: hours since 1970-01-01T00:00Z.
///
/// Inside the program every hour is this. Outside, in China, an hour is named by where it **ends**, in UTC+8: the value
/// of 07:00-08:00 is "08:00". The two conversions have names: ``init(endingAtLabel:)`` and ``endingLabel``.
public struct Hour: Comparable, Hashable, Sendable {
    /// Hours from 1970-01-01T00:00Z to the start of this hour.
    public var start: Int32

    /// The hour that starts `start` hours after 1970-01-01T00:00Z.
    public init(start: Int32) {
        self.start = start
    }

    /// The hour in which an instant lies; the instant of a full hour belongs to the hour that starts there.
    public init(containing instant: Instant) {
        start = Int32(truncatingIfNeeded: (instant.seconds - instant.secondsIntoHour) / 3600)
    }

    /// Reads an hour-**ending** label: the hour that ends at `label`.
    public init(endingAtLabel label: Instant) {
        start = Int32(truncatingIfNeeded: label.seconds / 3600) - 1
    }

    /// Writes the hour-**ending** label: the instant at which the hour is over.
    public var endingLabel: Instant { Instant(seconds: (Int64(start) + 1) * 3600) }

    /// The instant at which the hour begins.
    public var beginning: Instant { Instant(seconds: Int64(start) * 3600) }

    /// The hour `hours` later.
    public static func + (hour: Hour, hours: Int32) -> Hour { Hour(start: hour.start + hours) }
    /// The hour `hours` earlier.
    public static func - (hour: Hour, hours: Int32) -> Hour { Hour(start: hour.start - hours) }
    /// How many hours `right` comes before `left`.
    public static func - (left: Hour, right: Hour) -> Int32 { left.start - right.start }
    /// Whether `left` comes before `right`.
    public static func < (left: Hour, right: Hour) -> Bool { left.start < right.start }

    /// The natural day of UTC+8 to which the hour belongs.
    public var day: NaturalDay {
        NaturalDay(number: (start + NaturalDay.hoursAheadOfUTC).flooredDivision(by: 24))
    }

    /// 1...24: the number of the hour in its natural day, which is also its hour-ending label in UTC+8.
    public var numberInDay: Int32 { self - day.firstHour + 1 }
}

/// A natural day of UTC+8, 00:00 to 24:00: the hours labelled 01:00 ... 24:00.
///
/// Source: GB 3095-2026 3, "24-hour mean: natural day"; HJ 663, Beijing time.
public struct NaturalDay: Comparable, Hashable, Sendable {
    /// China keeps one time, eight hours ahead of UTC, all year.
    public static let hoursAheadOfUTC: Int32 = 8

    /// Days since 1970-01-01 in UTC+8.
    public var number: Int32

    /// The day that lies `number` days after 1970-01-01 in UTC+8.
    public init(number: Int32) {
        self.number = number
    }

    /// The day of a calendar date.
    public init(_ date: CivilDate) {
        number = date.daysSince1970
    }

    /// The first hour of the day, 00:00-01:00 in UTC+8.
    public var firstHour: Hour { Hour(start: number * 24 - NaturalDay.hoursAheadOfUTC) }
    /// The last hour of the day, 23:00-24:00 in UTC+8.
    public var lastHour: Hour { firstHour + 23 }
    /// The calendar date.
    public var date: CivilDate { CivilDate(daysSince1970: number) }

    /// Whether `left` comes before `right`.
    public static func < (left: NaturalDay, right: NaturalDay) -> Bool { left.number < right.number }
}

/// A point in time: UTC seconds since 1970-01-01T00:00Z, leap seconds not counted.
public struct Instant: Comparable, Hashable, Sendable {
    /// Seconds since 1970-01-01T00:00Z.
    public var seconds: Int64

    /// The instant `seconds` after 1970-01-01T00:00Z.
    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// 0...3599: the seconds since the last full hour.
    public var secondsIntoHour: Int64 { ((seconds % 3600) + 3600) % 3600 }

    /// 0...59: the minute of the hour.
    public var minuteOfHour: Int32 { Int32(truncatingIfNeeded: secondsIntoHour / 60) }

    /// The instant `seconds` later.
    public static func + (instant: Instant, seconds: Int64) -> Instant {
        Instant(seconds: instant.seconds + seconds)
    }
    /// The seconds from `right` to `left`.
    public static func - (left: Instant, right: Instant) -> Int64 { left.seconds - right.seconds }
    /// Whether `left` comes before `right`.
    public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}
