@testable import Warnings

/// The two plans as `domain/langfang-plan.md` and the contract have them, written a second time: MonitorTests compares what is
/// shipped with the same.
extension WarningPlan {
    static let langfang2019 = WarningPlan(
        name: "langfang-2019", title: "廊坊市重污染天气应急预案 (2019-09-29)", heavyAbove: Bound(200, "四(一)"),
        issueAhead: Bound(72, "四(二)"), lift: Bound(36, "四(三)"),
        emergency: Emergency(level: .yellow, hourAbove: 300, aheadAbove: 200, clause: "四(二)"),
        rules: [
            Rule(
                level: .red,
                conditions: [.days(above: 200, atLeast: 4), .days(above: 300, atLeast: 2), .aheadAbove(300)],
                clause: "四(一)"),
            Rule(level: .red, conditions: [.aheadReaching(500)], clause: "四(一)"),
            Rule(level: .orange, conditions: [.days(above: 200, atLeast: 3)], clause: "四(一)"),
            Rule(level: .yellow, conditions: [.days(above: 200, atLeast: 2)], clause: "四(一)"),
        ])

    static let national2024 = WarningPlan(
        name: "national-2024", title: "环大气〔2024〕6号", heavyAbove: Bound(150, "环大气〔2024〕6号"),
        issueAhead: Bound(72, "廊坊预案 四(二)"), lift: Bound(36, "环大气〔2024〕6号"),
        emergency: Emergency(level: .yellow, hourAbove: 300, aheadAbove: 200, clause: "廊坊预案 四(二)"),
        rules: [
            Rule(
                level: .red,
                conditions: [.days(above: 200, atLeast: 3), .days(above: 300, atLeast: 1), .aheadAbove(300)],
                clause: "环大气〔2024〕6号"),
            Rule(level: .orange, conditions: [.days(above: 200, atLeast: 2)], clause: "环大气〔2024〕6号"),
            Rule(level: .orange, conditions: [.days(above: 150, atLeast: 3)], clause: "环大气〔2024〕6号"),
            Rule(level: .yellow, conditions: [.days(above: 200, atLeast: 1)], clause: "环大气〔2024〕6号"),
            Rule(level: .yellow, conditions: [.days(above: 150, atLeast: 2)], clause: "环大气〔2024〕6号"),
        ])

    static let shipped = [langfang2019, national2024]
}
