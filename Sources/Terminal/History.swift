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
    /// What was asked for beside the pollutants: as many hours as there are rows, in thousandths of its unit.
    package var others: [Parameter: [Concentration]]

    package init(station: String, first: Hour, rows: [HourRow], others: [Parameter: [Concentration]] = [:]) {
        self.station = station
        self.first = first
        self.rows = rows
        self.others = others
    }

    /// Whether the hours of a parameter are in it.
    package func has(_ parameter: Parameter) -> Bool { parameter.pollutant != nil || others[parameter] != nil }

    /// The last hour; before the first where there is none.
    package var last: Hour { first + Int32(rows.count) - 1 }

    /// A value; absent outside.
    package subscript(hour: Hour, parameter: Parameter) -> Concentration {
        let place = Int(hour.start) - Int(first.start)
        guard rows.indices.contains(place) else { return .missing(.absent) }
        if let pollutant = parameter.pollutant { return rows[place][pollutant] }
        guard let values = others[parameter], values.indices.contains(place) else { return .missing(.absent) }
        return values[place]
    }

    /// The newest hours of a pollutant, oldest first.
    package func newest(_ count: Int, _ pollutant: Pollutant) -> [Concentration] {
        rows.suffix(count).map { $0[pollutant] }
    }
}
