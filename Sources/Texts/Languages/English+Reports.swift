package import AQICore

/// Reports, clauses and columns.
extension English {
    package func report(_ kind: ReportKind) -> String { "\(kind.name) report" }
    package func explainHeader(_ edition: String, _ kind: ReportKind) -> String { "\(edition), \(report(kind))" }
    package func clause(_ text: String) -> String { text }
    package func column(_ name: String) -> String { name }
}
