package import AQICore
import GRDB

/// One hour of one station.
package struct HourlyRecord: Equatable, Sendable {
    package var station: String
    package var hour: Hour
    package var row: HourRow

    package init(station: String, hour: Hour, row: HourRow) {
        self.station = station
        self.hour = hour
        self.row = row
    }
}

extension HourlyRecord {
    static let columns = "pm25, pm10, so2, no2, co, o3, flags"

    static let insert = """
        INSERT INTO hourly (station, start, \(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET pm25 = excluded.pm25, pm10 = excluded.pm10, so2 = excluded.so2,
            no2 = excluded.no2, co = excluded.co, o3 = excluded.o3, flags = excluded.flags
        """

    func arguments(station: Int64) -> StatementArguments {
        var values: [(any DatabaseValueConvertible)?] = [station, hour.beginning.seconds]
        var marks: [String] = []
        for pollutant in Pollutant.allSix {
            let concentration = row[pollutant]
            values.append(concentration.thousandths)
            marks.append(concentration.isMissing ? HourlyRecord.mark(concentration.reason) : "")
        }
        values.append(marks.joined(separator: ","))
        return StatementArguments(values)
    }

    /// A mark for the table: an absent value without a mark of its own is `-`, so that it differs from a normal one.
    private static func mark(_ flag: DataFlag) -> String { flag == .absent ? "-" : flag.text }

    /// Reads the six values and the marks that begin at column `first`.
    static func row(_ row: Row, from first: Int) -> HourRow {
        let flags: String = row[first + 6]
        let marks = flags.split(separator: ",", omittingEmptySubsequences: false)
        var hour = HourRow()
        for pollutant in Pollutant.allSix {
            let place = pollutant.index
            if let thousandths: Int32 = row[first + place] {
                hour[pollutant] = Concentration(thousandths: thousandths)
            } else {
                let mark = place < marks.count ? String(marks[place]) : "-"
                hour[pollutant] = .missing(mark == "-" ? .absent : DataFlag(text: mark))
            }
        }
        return hour
    }
}
