package import AQICore

/// Reports, clauses and columns.
extension English {
    package func report(_ kind: ReportKind) -> String { "\(kind.name) report" }
    package func explainHeader(_ edition: String, _ kind: ReportKind) -> String { "\(edition), \(report(kind))" }
    package func clause(_ text: String) -> String { text }
    package func column(_ name: String) -> String { name }

    package func explainRounded(_ value: String, step: String) -> String {
        "rounded half to even to \(step): \(value)"
    }
    package var explainNotRounded: String { "taken as it is: this edition rounds no concentration before the index" }
    package var explainSubstitute: String {
        "above the table: the 24 h mean (SO2) or the hour (O3) is judged instead; none that has an index is given"
    }
    package var explainNotAboveZero: String { "not above 0: IAQI 0" }
    package func explainBeyond(_ last: String, index: Int32) -> String {
        "above \(last), the table's end: IAQI \(index)"
    }
    package func explainBetween(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String {
        "between \(low) (IAQI \(lowIndex)) and \(high) (IAQI \(highIndex))"
    }
    package func explainUp(_ index: Int32) -> String { "rounded up: \(index)" }
    package func explainTruncated(_ value: String, step: String) -> String { "cut to \(step): \(value)" }
    package func explainNearest(_ index: Int32) -> String { "rounded to the nearest, halves up: \(index)" }
    package func explainBelow(_ first: String) -> String { "below \(first), where the table begins: no IAQI" }
    package func explainExtrapolated(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String {
        "above \(high), the table's end: the line from \(low) (IAQI \(lowIndex)) to \(high) (IAQI \(highIndex)) goes on"
    }
    package func explainDayInstead(_ day: String) -> String { "the 24 h mean is judged instead: \(day)" }
    package func explainWeight(smallest: String, largest: String, weight: String) -> String {
        "smallest \(smallest), largest \(largest): weight w = \(weight) (their quotient, at least 1/2)"
    }
    package func explainNoNowCast(have: Int32, need: Int32) -> String {
        "\(have) of the newest 3 hours, \(need) are needed: no NowCast"
    }
    package func explainIndex(_ index: Int32, level: Int, _ name: String, primary: String) -> String {
        "AQI = largest IAQI = \(index), level \(level) (\(name)), primary pollutant: \(primary)"
    }
}
