package import AQICore

/// Who tells the public, and how often. Data: `Langfang2019/organisation.toml`.
///
/// Source: Plan 四(五)4.
package struct PublicChannel: Equatable, Sendable {
    package enum Rhythm: Equatable, Sendable {
        /// At once, and not again.
        case once
        /// Stands from the start to the end of the response.
        case throughout
        case every(minutes: Int)
        /// At once; next morning where the day's edition has closed; then every day. Hours of the day in UTC+8.
        case daily(closesHour: Int, morningHour: Int)
    }

    package let id: String
    package let name: Bilingual
    package let rhythm: Rhythm
    package let note: Bilingual?
    package let clause: String

    package init(id: String, name: Bilingual, rhythm: Rhythm, note: Bilingual?, clause: String) {
        self.id = id
        self.name = name
        self.rhythm = rhythm
        self.note = note
        self.clause = clause
    }

    /// A sending that is due, or will be.
    package struct Due: Equatable, Sendable {
        package let time: Instant
        package let isOverdue: Bool

        package init(time: Instant, isOverdue: Bool) {
            self.time = time
            self.isOverdue = isOverdue
        }
    }

    /// When the warning must be sent next; nil where it need not be sent again.
    ///
    /// `start` is when it was issued, or its level changed; what was sent before was another warning. `end` is when the response
    /// ends, nil as long as nobody knows.
    package func due(start: Instant, end: Instant? = nil, last: Instant?, now: Instant) -> Due? {
        guard let time = next(start: start, last: last.flatMap { $0 < start ? nil : $0 }) else { return nil }
        if let end, time >= end { return nil }
        return Due(time: time, isOverdue: now > time)
    }

    private func next(start: Instant, last: Instant?) -> Instant? {
        switch rhythm {
        case .once, .throughout: last == nil ? start : nil
        case .every(let minutes): last.map { $0 + Int64(minutes) * 60 } ?? start
        case .daily(let closesHour, let morningHour):
            if let last {
                PublicChannel.hour(morningHour, on: PublicChannel.day(of: last, closing: closesHour) + 1)
            } else if start < PublicChannel.hour(closesHour, on: Hour(containing: start).day.number) {
                start
            } else {
                PublicChannel.hour(morningHour, on: Hour(containing: start).day.number + 1)
            }
        }
    }

    /// The day in whose edition something stands that was handed in at a time: the next one's after it has closed.
    private static func day(of time: Instant, closing hour: Int) -> Int32 {
        let day = Hour(containing: time).day.number
        return time < self.hour(hour, on: day) ? day : day + 1
    }

    private static func hour(_ hour: Int, on day: Int32) -> Instant {
        NaturalDay(number: day).firstHour.beginning + Int64(hour) * 3600
    }
}
