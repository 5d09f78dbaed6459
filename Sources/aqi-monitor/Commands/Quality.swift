import AQICore
import ArgumentParser
import Ingest
import Texts

struct Quality: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Values of an hourly table that look wrong, and by which rule. They stay valid: this is where to look.",
        discussion: """
            The table: as for compute. One line a suspect value; how many a rule has marked, on standard error.

            Qrange  outside the range that is believed
            Qneg    below zero by more than noise
            Qflat   the same value for hours
            Qspike  far above the hours before
            Qpm     PM2.5 above PM10
            Qnox    NO2 above NOx (run only: a table has no NOx)

            EXAMPLES
              aqi-monitor quality hours.csv
              aqi-monitor quality hours.csv --config station.toml --json
            """)

    @Argument(help: "The table, or - for standard input.")
    var file: String

    @Option(help: "Take the thresholds from the [quality] section of this configuration.")
    var config: String?

    @Flag(help: "JSON lines instead of CSV.")
    var json = false

    @OptionGroup var table: TableOptions

    @Option(name: .shortAndLong, help: "Write here instead of standard output; the file appears when it is whole.")
    var output: String?

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        let thresholds = try config.map(QualityThresholds.read) ?? .standard
        let table = try table.read(file)
        var output = try Output(path: output)
        var summary = Summary()
        if !json { try output.line(SuspectValue.header) }
        for series in table.series {
            try series.forEachValue(thresholds) { value in
                summary.add(value.marks)
                if !value.marks.isEmpty { try output.line(json ? value.json.line : value.csv) }
            }
        }
        try output.finish()
        summary.say(of: file)
    }

    /// How many values there were, and how many each rule has marked.
    private struct Summary {
        var values = 0
        var suspect = 0
        var byRule = [Int](repeating: 0, count: SuspectRule.count)

        mutating func add(_ marks: SuspectMarks) {
            values += 1
            if !marks.isEmpty { suspect += 1 }
            for rule in marks.rules { byRule[Int(rule.rawValue)] += 1 }
        }

        func say(of file: String) {
            let words = Session.words
            Session.say(words.suspectValues(file, suspect, of: values))
            for rule in SuspectRule.allSix where byRule[Int(rule.rawValue)] > 0 {
                Session.say("\(rule.name)  \(byRule[Int(rule.rawValue)])  \(words.suspectRule(rule))")
            }
        }
    }
}

extension HourlySeries {
    /// Runs the hours through a check and hands out every value with its marks, in order of time.
    func forEachValue(_ thresholds: QualityThresholds, _ body: (SuspectValue) throws -> Void) throws {
        var check = QualityCheck(thresholds: thresholds)
        for (offset, row) in rows.enumerated() {
            let hour = first + Int32(offset)
            let marks = try check.examine(row, at: hour)
            for pollutant in Pollutant.allSix {
                guard let thousandths = row[pollutant].thousandths else { continue }
                try body(
                    SuspectValue(
                        station: station, hour: hour, pollutant: pollutant, thousandths: thousandths,
                        marks: marks[pollutant]))
            }
        }
    }
}
