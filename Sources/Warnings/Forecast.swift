package import AQICore

/// A forecast of hourly concentrations of the city.
package struct Forecast: Equatable, Sendable {
    /// When it became known.
    package var issued: Instant
    /// The first hour it speaks of; `rows[n]` is the hour `first + n`.
    package var first: Hour
    package var rows: [HourRow]

    package init(issued: Instant, first: Hour, rows: [HourRow]) {
        self.issued = issued
        self.first = first
        self.rows = rows
    }

    package var last: Hour { first + Int32(rows.count - 1) }

    package subscript(hour: Hour) -> HourRow {
        let place = Int(hour - first)
        return rows.indices.contains(place) ? rows[place] : HourRow()
    }
}

/// A forecast of the daily index of one date.
package struct DailyForecast: Equatable, Sendable {
    /// When it became known.
    package var issued: Instant
    package var day: NaturalDay
    /// 0...500, or nil where it takes an earlier value back.
    package var index: Int32?

    package init(issued: Instant, day: NaturalDay, index: Int32?) {
        self.issued = issued
        self.day = day
        self.index = index
    }
}
