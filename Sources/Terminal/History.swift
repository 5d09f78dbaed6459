package import AQICore

/// The hours of one station up to now, for what shows a course of time.
package struct History: Equatable, Sendable {
    /// The longest that is kept at hand: 30 days.
    package static let longest: Int32 = 30 * 24

    /// The station's key.
    package var station: String
    package var first: Hour
    /// Consecutive hours; those without anything are absent.
    package var rows: [HourRow]

    package init(station: String, first: Hour, rows: [HourRow]) {
        self.station = station
        self.first = first
        self.rows = rows
    }

    /// The last hour; before the first where there is none.
    package var last: Hour { first + Int32(rows.count) - 1 }

    /// A concentration; absent outside.
    package subscript(hour: Hour, pollutant: Pollutant) -> Concentration {
        let place = Int(hour.start) - Int(first.start)
        return rows.indices.contains(place) ? rows[place][pollutant] : .missing(.absent)
    }

    /// The newest hours of a pollutant, oldest first.
    package func newest(_ count: Int, _ pollutant: Pollutant) -> [Concentration] {
        rows.suffix(count).map { $0[pollutant] }
    }
}
