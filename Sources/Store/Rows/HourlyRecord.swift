package import AQICore
import GRDB

/// One hour of one station.
package struct HourlyRecord: Equatable, Sendable {
    package var station: String
    package var hour: Hour
    package var row: HourRow
    /// Of the values that look wrong; they count like any other.
    package var marks: HourMarks

    package init(station: String, hour: Hour, row: HourRow, marks: HourMarks = HourMarks()) {
        self.station = station
        self.hour = hour
        self.row = row
        self.marks = marks
    }

    /// What is known of a value beside its size: why it is missing, or by which rules it is suspect; empty for a normal one.
    package func mark(_ pollutant: Pollutant) -> String {
        let concentration = row[pollutant]
        if concentration.isMissing { return concentration.reason.text }
        let marks = marks[pollutant]
        return marks.isEmpty ? "" : marks.text
    }
}

extension HourlyRecord {
    static let columns = "pm25, pm10, so2, no2, co, o3, flags"

    static let insert = """
        INSERT INTO hourly (station, start, \(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET pm25 = excluded.pm25, pm10 = excluded.pm10, so2 = excluded.so2,
            no2 = excluded.no2, co = excluded.co, o3 = excluded.o3, flags = excluded.flags
        WHERE pm25 IS NOT excluded.pm25 OR pm10 IS NOT excluded.pm10 OR so2 IS NOT excluded.so2
            OR no2 IS NOT excluded.no2 OR co IS NOT excluded.co OR o3 IS NOT excluded.o3 OR flags <> excluded.flags
        """

    /// Binds station, start, and the values of ``columns``.
    func bind(to statement: inout RowStatement, station: Int64) {
        statement.bind(station)
        statement.bind(hour.beginning.seconds)
        for pollutant in Pollutant.allSix { statement.bind(row[pollutant].thousandths) }
        statement.bind(flags)
    }

    /// Six marks, separated by commas.
    private var flags: String {
        var flags = ""
        for pollutant in Pollutant.allSix {
            let concentration = row[pollutant]
            if pollutant != .pm25 { flags += "," }
            // An absent value has no mark of its own: with `-` it differs from a normal one.
            flags += concentration.isMissing && concentration.reason == .absent ? "-" : mark(pollutant)
        }
        return flags
    }

    /// Reads the six values and the marks that begin at column `first`.
    init(station: String, hour: Hour, _ row: Row, from first: Int) {
        self.init(station: station, hour: hour, row: HourRow())
        let text: String = row[first + 6]
        // Most hours are whole, and nothing is to be said of them.
        let flags = text == ",,,,," ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
        for pollutant in Pollutant.allSix {
            let place = pollutant.index
            let flag = place < flags.count ? String(flags[place]) : "-"
            if let thousandths: Int32 = row[first + place] {
                self.row[pollutant] = Concentration(thousandths: thousandths)
                if !flags.isEmpty { marks[pollutant] = SuspectMarks(text: flag) ?? SuspectMarks() }
            } else {
                self.row[pollutant] = .missing(flag == "-" ? .absent : DataFlag(text: flag))
            }
        }
    }
}
