package import AQICore

extension Instant {
    /// `2017-01-01T08:00:00+08:00`: the instant in UTC+8.
    package var iso8601: String { String(capacity: 32) { $0.append(self) } }

    /// `08:05` in UTC+8.
    package var clock: String { String(capacity: 32) { $0.append(clockOf: parts) } }

    /// `2017-01-01 08:05` in UTC+8.
    package var dateAndClock: String {
        String(capacity: 32) { text in
            let parts = parts
            text.append(parts.date)
            text.append(ascii: " ")
            text.append(clockOf: parts)
        }
    }

    fileprivate typealias Parts = (date: CivilDate, hour: UInt64, minute: UInt64, second: UInt64)

    fileprivate var parts: Parts {
        let local = seconds + Int64(NaturalDay.hoursAheadOfUTC) * 3600
        let day = (local >= 0 ? local : local - 86_399) / 86_400
        let rest = UInt64(local - day * 86_400)
        return (CivilDate(daysSince1970: Int32(day)), rest / 3600, rest / 60 % 60, rest % 60)
    }
}

extension CivilDate {
    /// `2017-01-01`.
    package var iso8601: String { String(capacity: 32) { $0.append(self) } }
}

extension OutputSpan where Element == UInt8 {
    /// `2017-01-01T08:00:00+08:00`: the instant in UTC+8; 32 bytes at most.
    package mutating func append(_ instant: Instant) {
        let parts = instant.parts
        append(parts.date)
        append(ascii: "T")
        append(clockOf: parts)
        append(ascii: ":")
        append(parts.second, digits: 2)
        append("+08:00")
    }

    /// `2017-01-01`.
    package mutating func append(_ date: CivilDate) {
        if date.year < 0 { append(ascii: "-") }
        append(UInt64(date.year.magnitude), digits: 4)
        append(ascii: "-")
        append(UInt64(date.month.magnitude), digits: 2)
        append(ascii: "-")
        append(UInt64(date.day.magnitude), digits: 2)
    }

    fileprivate mutating func append(clockOf parts: Instant.Parts) {
        append(parts.hour, digits: 2)
        append(ascii: ":")
        append(parts.minute, digits: 2)
    }
}
