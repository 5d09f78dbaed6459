package import AQICore

/// What reports, clauses and columns are called: `English+Reports.swift`, `Chinese+Reports.swift`.
package protocol ReportWords {
    func report(_ kind: ReportKind) -> String
    func explainHeader(_ edition: String, _ kind: ReportKind) -> String
    /// Where a standard says it, as `table 3`.
    func clause(_ text: String) -> String
    /// A column of a query.
    func column(_ name: String) -> String

    func explainRounded(_ value: String, step: String) -> String
    var explainNotRounded: String { get }
    var explainSubstitute: String { get }
    var explainNotAboveZero: String { get }
    func explainBeyond(_ last: String, index: Int32) -> String
    func explainBetween(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String
    func explainUp(_ index: Int32) -> String
    func explainTruncated(_ value: String, step: String) -> String
    func explainNearest(_ index: Int32) -> String
    func explainBelow(_ first: String) -> String
    func explainExtrapolated(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String
    func explainDayInstead(_ day: String) -> String
    func explainWeight(smallest: String, largest: String, weight: String) -> String
    func explainNoNowCast(have: Int32, need: Int32) -> String
    func explainIndex(_ index: Int32, level: Int, _ name: String, primary: String) -> String
}
