import AQICore

/// What came for a request of history, until the station said that it is done.
package struct StationHistory: Equatable, Codable, Sendable {
    /// Minutes, hours or days.
    package private(set) var records = 0
    /// Numbers in them; what a flag makes invalid is none.
    package private(set) var values = 0
    /// The beginnings of the first and the last, UTC seconds.
    package private(set) var times: ClosedRange<Int64>?
    private var latest: Int64?

    package init() {}

    /// Counts a packet; those of one time are one record.
    mutating func add(_ count: Int, at time: Instant) {
        let second = time.seconds
        if latest != second { records += 1 }
        latest = second
        values += count
        times = times.map { min($0.lowerBound, second)...max($0.upperBound, second) } ?? second...second
    }
}
