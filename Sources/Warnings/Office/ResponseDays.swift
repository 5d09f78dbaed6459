package import AQICore

/// The days of a response: each is reported on the day after it.
///
/// Source: Plan 七: the day after a response of level III or higher starts; that each further day is reported, too, is ours.
package struct ResponseDays: Equatable, Codable, Sendable {
    /// The first day, by its number, that is not reported.
    private var next: Int32?
    /// The last day, once the response is over.
    private var last: Int32?

    package init() {}

    package mutating func begin(at time: Instant) {
        next = next ?? Hour(containing: time).day.number
        last = nil
    }

    /// A response that ends at midnight has no part of the day that begins then.
    package mutating func end(at time: Instant) { last = Hour(containing: time + -1).day.number }

    /// The days that are over by a time, each once, oldest first.
    package mutating func over(by time: Instant) -> [NaturalDay] {
        var days: [NaturalDay] = []
        while let day = next, NaturalDay(number: day).lastHour.endingLabel <= time {
            if last.map({ day > $0 }) ?? false {
                next = nil
                break
            }
            days.append(NaturalDay(number: day))
            next = day + 1
        }
        if let last, let day = next, day > last { next = nil }
        // A clock that jumped years ahead brings no thousands of reports.
        return Array(days.suffix(31))
    }
}
