package import Response
package import Warnings

/// What follows from a level: `English+Response.swift`, `Chinese+Response.swift`.
package protocol ResponseWords {
    func text(_ text: Bilingual) -> String
    func response(to level: WarningLevel, in area: String?) -> String
    var noLevelNoMeasures: String { get }
    func measureKind(_ kind: Measure.Kind) -> String
    func measureStatus(_ status: MeasureInForce.Status) -> String?
    var inPrinciple: String { get }
    func neverRestricted(_ vehicles: [String]) -> String
    func industry(_ industry: Industry, at level: WarningLevel) -> String
    func list(_ items: [String]) -> String
    /// A text, and what is to be noted of it.
    func noted(_ text: String, _ notes: [String]) -> String
    func rhythm(_ rhythm: PublicChannel.Rhythm) -> String
    func responseIsGood(_ folder: String, _ plan: ResponsePlan) -> String
}

extension ResponseWords {
    /// A measure: what is to be done, with what makes it wait, who carries it out, and the clause.
    package func measure(_ entry: MeasureInForce, _ departments: [Department]) -> String {
        let measure = entry.measure
        return self.measure(
            text(measure.text), isPrinciple: measure.isPrinciple, waits: measureStatus(entry.status),
            departments: departments.filter { measure.departments.contains($0.id) }.map { text($0.name) },
            clause: measure.clause)
    }

    /// The same from texts.
    package func measure(
        _ text: String, isPrinciple: Bool, waits: String?, departments: [String], clause: String
    ) -> String {
        let notes = [
            isPrinciple ? inPrinciple : nil, waits, departments.isEmpty ? nil : list(departments), clause,
        ]
        return noted(text, notes.compactMap(\.self))
    }
}
