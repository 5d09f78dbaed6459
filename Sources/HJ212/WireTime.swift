package import AQICore

/// Times as HJ 212 writes them: `YYYYMMDDhhmmss`, with milliseconds behind in QN, always Beijing time (UTC+8).
///
/// DataTime of 2011 is the moment of sampling; of 2051, 2061 and 2031 it is the **start** of the interval. So 08:00:00 of an hour
/// (2061) is the hour that the store begins at 08:00 and tables call 09:00.
///
/// Source: HJ 212-2017, 6.3.3 (QN) and table 5 (DataTime).
package enum WireTime {
    /// Reads 14 digits, or 17 with milliseconds; nil for what is no time.
    package static func read(
        _ text: TextRange, in data: Span<UInt8>
    ) -> (instant: Instant, milliseconds: Int?)? {
        let count = text.range.count
        guard count == 14 || count == 17 else { return nil }
        var position = text.range.lowerBound
        func number(_ digits: Int) -> Int32? {
            var number: Int32 = 0
            for _ in 0..<digits {
                guard let digit = data[position].digit else { return nil }
                number = number * 10 + Int32(digit)
                position += 1
            }
            return number
        }
        guard let year = number(4), let month = number(2), let day = number(2), let hour = number(2),
            let minute = number(2), let second = number(2), year >= 1970, hour < 24, minute < 60, second < 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var milliseconds: Int?
        if count == 17 {
            guard let rest = number(3) else { return nil }
            milliseconds = Int(rest)
        }
        let hours = Int64(date.daysSince1970) * 24 - Int64(NaturalDay.hoursAheadOfUTC) + Int64(hour)
        return (Instant(seconds: hours * 3600 + Int64(minute) * 60 + Int64(second)), milliseconds)
    }

    /// `YYYYMMDDhhmmss`.
    package static func text(_ instant: Instant) -> String {
        let local = instant.seconds + Int64(NaturalDay.hoursAheadOfUTC) * 3600
        let day = (local >= 0 ? local : local - 86_399) / 86_400
        let date = CivilDate(daysSince1970: Int32(clamping: day))
        let rest = local - day * 86_400
        return digits(Int64(date.year), 4) + digits(Int64(date.month), 2) + digits(Int64(date.day), 2)
            + digits(rest / 3600, 2) + digits(rest / 60 % 60, 2) + digits(rest % 60, 2)
    }

    /// The name of a request, QN: a time with milliseconds.
    package static func qn(_ instant: Instant, milliseconds: Int) -> String {
        text(instant) + digits(Int64(milliseconds % 1000), 3)
    }

    private static func digits(_ number: Int64, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }
}
