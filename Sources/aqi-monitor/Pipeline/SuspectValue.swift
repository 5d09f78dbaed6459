import AQICore
import Texts

/// A value that looks wrong, and by which rules.
struct SuspectValue: Equatable {
    var station: String
    var hour: Hour
    var pollutant: Pollutant
    var thousandths: Int32
    var marks: SuspectMarks

    static let header = "station,time,pollutant,value,marks"

    private var time: String { hour.endingLabel.iso8601 }
    private var value: String { DecimalWriting.shortest(thousandths: thousandths) }

    var csv: String { "\(CSV.field(station)),\(time),\(pollutant.name),\(value),\(marks.text)" }

    var json: JSON {
        .object([
            ("station", .string(station)), ("time", .string(time)), ("pollutant", .string(pollutant.name)),
            ("value", .number(value)), ("marks", .array(marks.rules.map { .string($0.name) })),
        ])
    }
}
