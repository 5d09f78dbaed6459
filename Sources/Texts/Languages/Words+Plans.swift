package import Warnings

/// A plan in words: `English+Plans.swift`, `Chinese+Plans.swift`.
package protocol PlanWords: Sendable {
    func planIsGood(_ path: String, name: String, title: String) -> String
    func planHeavy(above: Int32) -> String
    func planIssue(hours: Int32) -> String
    func planLift(hours: Int32) -> String
    func planEmergency(_ emergency: WarningPlan.Emergency) -> String
    func planRule(_ level: WarningLevel, _ conditions: [WarningPlan.Condition]) -> String
    func planClause(_ clause: String) -> String
}
