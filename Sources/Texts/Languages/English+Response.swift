package import Response
package import Warnings

/// What follows from a level.
extension English {
    package func text(_ text: Bilingual) -> String { text.en }
    package func response(to level: WarningLevel, in area: String?) -> String {
        "\(warning(level)), response \(level.response)" + (area.map { ", \($0)" } ?? "")
    }
    package var noLevelNoMeasures: String {
        "no warning is in force: there are no measures; ask what a level asks for with --level yellow, orange or red"
    }
    package func measureKind(_ kind: Measure.Kind) -> String {
        switch kind {
        case .publicProtection: "Public protection"
        case .advised: "Advised"
        case .industry: "Mandatory: industry"
        case .mobileSources: "Mandatory: mobile sources"
        case .areaSources: "Mandatory: area sources"
        case .other: "Mandatory: other"
        }
    }
    package func measureStatus(_ status: MeasureInForce.Status) -> String? {
        switch status {
        case .runs: nil
        case .waitsForResponse: "starts with the response"
        case .waitsForPollution: "starts with the pollution itself"
        case .waitsForIndex(let index): "only once the observed daily mean AQI has reached \(index)"
        case .excepted(.emergencyDay): "not on the day of an emergency issue"
        case .excepted(.freezing): "not in freezing weather"
        }
    }
    package var inPrinciple: String { "in principle" }
    package func neverRestricted(_ vehicles: [String]) -> String {
        "Never kept off the road: \(vehicles.joined(separator: ", "))"
    }
    package func industry(_ industry: Industry, at level: WarningLevel) -> String {
        let trucks =
            industry.isTruckRuled
            ? "; heavy trucks of China IV and older (gas included) carry no raw materials or products" : ""
        return "\(industry.number) \(industry.name.en): \(industry.measure(at: level)?.en ?? notAvailable)\(trucks)"
    }
    package func rhythm(_ rhythm: PublicChannel.Rhythm) -> String {
        switch rhythm {
        case .once: "once, at once"
        case .throughout: "throughout the response"
        case .every(let minutes): "every \(minutes) minutes"
        case .daily: "at once, or next morning if the edition has closed, then daily"
        }
    }
    package func list(_ items: [String]) -> String { items.joined(separator: ", ") }
    package func noted(_ text: String, _ notes: [String]) -> String {
        notes.isEmpty ? text : "\(text) (\(notes.joined(separator: "; ")))"
    }
    package func responseIsGood(_ folder: String, _ plan: ResponsePlan) -> String {
        "\(folder): good: \(plan.city.name.en): \(plan.measures.count) measures, \(plan.industries.count) industries, "
            + "\(plan.departments.count) departments, \(plan.areas.count) areas, \(plan.channels.count) channels"
    }
}
