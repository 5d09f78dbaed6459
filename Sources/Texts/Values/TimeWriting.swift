package import AQICore

extension Instant {
    /// `2017-01-01T08:00:00+08:00`: the instant in UTC+8.
    package var iso8601: String {
        let (date, hour, minute, second) = parts
        return "\(date.iso8601)T\(pad(hour)):\(pad(minute)):\(pad(second))+08:00"
    }

    /// `08:05` in UTC+8.
    package var clock: String {
        let (_, hour, minute, _) = parts
        return "\(pad(hour)):\(pad(minute))"
    }

    /// `2017-01-01 08:05` in UTC+8.
    package var dateAndClock: String { "\(parts.date.iso8601) \(clock)" }

    private var parts: (date: CivilDate, hour: Int32, minute: Int32, second: Int32) {
        let local = seconds + Int64(NaturalDay.hoursAheadOfUTC) * 3600
        let day = (local >= 0 ? local : local - 86_399) / 86_400
        let rest = Int32(local - day * 86_400)
        return (CivilDate(daysSince1970: Int32(day)), rest / 3600, rest / 60 % 60, rest % 60)
    }
}

extension CivilDate {
    /// `2017-01-01`.
    package var iso8601: String {
        let digits = String(year)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-\(pad(month))-\(pad(day))"
    }
}

private func pad(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
