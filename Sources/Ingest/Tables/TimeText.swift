package import AQICore

/// ISO 8601 points in time as the tables write them.
package enum TimeText {
    /// Reads `2017-01-01T08:00:00+08:00` and its shorter forms from `bytes[range]`.
    ///
    /// A space may stand for `T`; `24:00` is the end of the day; seconds, or minutes and seconds, may be absent, a part of
    /// a second counts as a whole one; without an offset the time is UTC+08:00. The label is taken as it stands: whether it names the
    /// end or the start of a period is the caller's to know.
    ///
    /// - Returns: The instant, or nil where the text is none.
    /// With `wholeSeconds` a part of a second is refused: what labels an hour has none.
    package static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>, wholeSeconds: Bool = false) -> Instant? {
        guard var scanner = Scanner(bytes, range), let date = scanner.date() else { return nil }
        guard scanner.take("T") || scanner.take("t") || scanner.take(" ") else { return nil }
        guard let hour = scanner.number(digits: 2), hour <= 24 else { return nil }
        var minute: Int32 = 0
        var second: Int32 = 0
        if scanner.take(":") {
            guard let value = scanner.number(digits: 2), value < 60 else { return nil }
            minute = value
            if scanner.take(":") {
                guard let value = scanner.number(digits: 2), value < 60 else { return nil }
                second = value
                if scanner.take(".") || scanner.take(",") {
                    guard let isZero = scanner.fraction() else { return nil }
                    // What becomes known within a second is not known at its beginning.
                    if !isZero {
                        guard !wholeSeconds else { return nil }
                        second += 1
                    }
                }
            }
        }
        if hour == 24, minute != 0 || second != 0 { return nil }
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let days = Int64(date.daysSince1970)
        return Instant(
            seconds: days * 86_400 + Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second)
                - Int64(offset) * 60)
    }

    /// Reads a point in time from a string; see ``parse(_:_:)``.
    package static func parse(_ text: String) -> Instant? {
        let bytes = Array(text.utf8)
        return parse(bytes.span, 0..<bytes.count)
    }

    /// Reads a date, `2017-01-01`, from `bytes[range]`.
    package static func parseDate(_ bytes: Span<UInt8>, _ range: Range<Int>) -> NaturalDay? {
        guard var scanner = Scanner(bytes, range), let date = scanner.date(), scanner.isAtEnd else { return nil }
        return NaturalDay(date)
    }

    /// Reads a date from a string.
    package static func parseDate(_ text: String) -> NaturalDay? {
        let bytes = Array(text.utf8)
        return parseDate(bytes.span, 0..<bytes.count)
    }

    private struct Scanner {
        /// No point in time is longer.
        static let longest = 48
        var bytes = InlineArray<48, UInt8>(repeating: 0)
        var position = 0
        let end: Int

        init?(_ text: Span<UInt8>, _ range: Range<Int>) {
            guard range.count <= Scanner.longest else { return nil }
            end = range.count
            for place in 0..<end { bytes[place] = text[range.lowerBound + place] }
        }

        var isAtEnd: Bool { position == end }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard position < end, bytes[position] == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        mutating func number(digits: Int) -> Int32? {
            guard end - position >= digits else { return nil }
            var value: Int32 = 0
            for place in position..<position + digits {
                let digit = Int32(bytes[place]) - 48
                guard digit >= 0, digit <= 9 else { return nil }
                value = value * 10 + digit
            }
            position += digits
            return value
        }

        /// Passes over decimals: whether all are 0, or nil where there are none.
        mutating func fraction() -> Bool? {
            let start = position
            var isZero = true
            while position < end, bytes[position] >= 48, bytes[position] <= 57 {
                if bytes[position] != 48 { isZero = false }
                position += 1
            }
            return position > start ? isZero : nil
        }

        mutating func date() -> CivilDate? {
            guard let year = number(digits: 4), year >= 1, take("-"), let month = number(digits: 2),
                take("-"), let day = number(digits: 2)
            else { return nil }
            return CivilDate(year: year, month: month, day: day)
        }

        /// Minutes ahead of UTC.
        mutating func offset() -> Int32? {
            if isAtEnd { return NaturalDay.hoursAheadOfUTC * 60 }
            if take("Z") || take("z") { return 0 }
            let west = take("-")
            guard west || take("+"), let hours = number(digits: 2), hours < 24 else { return nil }
            var minutes: Int32 = 0
            if !isAtEnd {
                _ = take(":")
                guard let value = number(digits: 2), value < 60 else { return nil }
                minutes = value
            }
            return (hours * 60 + minutes) * (west ? -1 : 1)
        }
    }
}
