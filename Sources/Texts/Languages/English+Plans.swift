package import Warnings

/// A plan in words.
extension English {
    package func outOfOrder(_ what: String, after higher: String) -> String {
        "\(what) never comes to bear: wherever it holds, a rule of \(higher) holds already; thresholds rise with the level, "
            + "and rules stand from red down to yellow"
    }
    package func planIsGood(_ path: String, name: String, title: String) -> String {
        "\(path): the plan \(name), \(title), is good. What it says:"
    }
    package func planHeavy(above: Int32) -> String {
        "An hour is heavy when the index of the 24 hours up to it, ozone left out, is above \(above)."
    }
    package func planIssue(hours: Int32) -> String {
        "A spell of heavy hours counts once its first 24 hours begin within \(hours) hours."
    }
    package func planLift(hours: Int32) -> String {
        "A warning is lifted, or lowered, when the air is known to stay better for \(hours) hours; a shorter gap parts no spells."
    }
    package func planEmergency(_ emergency: WarningPlan.Emergency) -> String {
        "Emergency, \(warning(emergency.level)): the index of the hour is above \(emergency.hourAbove) without notice, and that of "
            + "the day 24 hours ahead above \(emergency.aheadAbove)."
    }
    package func planRule(_ level: WarningLevel, _ conditions: [WarningPlan.Condition]) -> String {
        "\(warning(level)): "
            + conditions.map { condition in
                switch condition {
                case .days(let above, 1): "a day (24 hours in a row) above \(above)"
                case .days(let above, let count): "\(count) days (of 24 hours, not overlapping) above \(above)"
                case .aheadAbove(let bound): "hours above \(bound) still to come"
                case .aheadReaching(let bound): "an hour of \(bound) or more still to come"
                }
            }.joined(separator: ", and ") + "."
    }
    package func planClause(_ clause: String) -> String { "[\(clause)]" }
}
