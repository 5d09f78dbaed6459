package import AQICore

/// What reports, clauses and columns are called: `English+Reports.swift`, `Chinese+Reports.swift`.
package protocol ReportWords {
    func report(_ kind: ReportKind) -> String
    func explainHeader(_ edition: String, _ kind: ReportKind) -> String
    /// Where a standard says it, as `table 3`.
    func clause(_ text: String) -> String
    /// A column of a query.
    func column(_ name: String) -> String
}
