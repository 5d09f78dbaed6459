import AQICore
import ArgumentParser
import Store
import Texts

struct ExportCalibrations: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrations",
        abstract:
            "What zero and span gas, and other phases that are no measurement, gave; one line a channel and phase.",
        discussion: """
            mean, smallest and largest are those of the last third of the readings, in µg/m³ (co: mg/m³); a verdict needs a
            reference and a limit in the configuration. --from and --to go by the end of a phase.

            EXAMPLE
              aqi-monitor export calibrations --store air.db --from 2026-11-01T00:00 --json
            """)

    @OptionGroup var options: ExportOptions

    mutating func run() throws {
        let reader = try StoreReader(path: options.store)
        var output = try Output(path: options.output)
        if !options.json { try output.line(CalibrationRow.header) }
        try reader.read { queries in
            try queries.forEachCalibration(
                stations: options.stations, from: options.from?.instant, through: options.to?.instant
            ) { try output.line(options.json ? $0.json.line : $0.csv) }
        }
        try output.finish()
    }
}

extension CalibrationRow {
    static let header = members.joined(separator: ",")

    private static let members = [
        "station", "device", "parameter", "kind", "flag", "begun", "ended", "source", "person", "reason", "count",
        "settled", "mean", "smallest", "largest", "reference", "deviation", "limit", "verdict",
    ]

    /// In the order of ``members``.
    private var values: [JSON] {
        func number(_ value: Int64?) -> JSON {
            value.map { .number(DecimalWriting.shortest($0, decimals: 3)) } ?? .null
        }
        return [
            .string(station), .string(device), .string(result.channel.parameter.name),
            .string(orNull: CalibrationKind(result.flag)?.name), .string(result.flag.text),
            .string(result.begun.iso8601), .string(result.ended.iso8601), .string(result.source.name),
            .string(orNull: person), .string(orNull: reason), .integer(Int64(result.count)),
            .integer(Int64(result.settled.count)), number(result.mean.map(Int64.init)),
            number(result.smallest.thousandths.map(Int64.init)), number(result.largest.thousandths.map(Int64.init)),
            number(result.reference.map(Int64.init)), number(result.deviation), number(result.limit.map(Int64.init)),
            .string(result.verdict.name),
        ]
    }

    var csv: String {
        values.map { value in
            switch value {
            case .string(let text): CSV.field(text)
            case .null: ""
            default: value.line
            }
        }.joined(separator: ",")
    }

    var json: JSON { .object(Array(zip(CalibrationRow.members, values))) }
}
