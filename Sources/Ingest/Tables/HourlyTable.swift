package import AQICore

/// The hours of one station, without gaps from its first to its last.
package struct HourlySeries: Equatable, Sendable {
    package var station: String
    /// The first hour; `rows[n]` is the hour `first + n`.
    package var first: Hour
    package var rows: [HourRow]

    package init(station: String, first: Hour, rows: [HourRow]) {
        self.station = station
        self.first = first
        self.rows = rows
    }

    package var last: Hour { first + Int32(rows.count - 1) }

    /// The row of an hour; all missing outside the series.
    package subscript(hour: Hour) -> HourRow {
        let place = Int(hour - first)
        return rows.indices.contains(place) ? rows[place] : HourRow()
    }
}

/// A table of hourly concentrations, as `docs/formats.md` describes it.
package struct HourlyTable: Equatable, Sendable {
    /// One series a station, in the order of the names' code points.
    package var series: [HourlySeries]
    /// Columns that nobody knows.
    package var ignoredColumns: [String] = []
    /// Values that were taken as missing because they could not be read; only a lenient reader has any.
    package var unreadableValues = 0

    package init(series: [HourlySeries]) {
        self.series = series.sorted { $0.station.utf8.lexicographicallyPrecedes($1.station.utf8) }
    }

    /// The mean of the stations' concentrations hour by hour, of those that have one, rounded half to even to a
    /// thousandth; from the first hour of any station to the last of any.
    ///
    /// Source: HJ 663, city values are means of concentrations, not of indices.
    package func cityMean(named name: String) -> HourlySeries? {
        guard let first = series.map(\.first).min(), let last = series.map(\.last).max() else { return nil }
        let count = Int(last - first) + 1
        var rows: [HourRow] = []
        rows.reserveCapacity(count)
        for offset in 0..<count {
            rows.append(HourRow(meanOf: series.lazy.map { $0[first + Int32(offset)] }))
        }
        return HourlySeries(station: name, first: first, rows: rows)
    }
}

extension HourRow {
    /// The mean of several stations' concentrations, of those that have one, rounded half to even to a thousandth.
    package init(meanOf rows: some Sequence<HourRow>) {
        var means = InlineArray<6, Mean>(repeating: Mean())
        for row in rows {
            for place in means.indices {
                means[place].add(Concentration(packed: row.lanes[place]))
            }
        }
        self.init()
        for place in means.indices where means[place].count > 0 {
            lanes[place] = Concentration(thousandths: means[place].rounded(toStep: 1)).packed
        }
    }
}
