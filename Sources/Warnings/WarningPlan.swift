/// What a plan asks of the air before it wants a warning.
///
/// All indices are `A`: the index of the 24 h mean concentrations, ozone left out (Plan 四, 一(三)).
package struct WarningPlan: Equatable, Sendable {
    /// One thing that must hold.
    package enum Condition: Equatable, Sendable {
        /// At least so many 24 h windows with an index above a bound, none of which overlap.
        case days(above: Int32, atLeast: Int)
        /// An index above a bound is still to come.
        case aheadAbove(Int32)
        /// The largest index still to come reaches a bound.
        case aheadReaching(Int32)
    }

    /// A level and what calls for it: any of the alternatives, each of which needs all its conditions.
    package struct Rule: Equatable, Sendable {
        package let level: WarningLevel
        package let anyOf: [[Condition]]
        /// The clause of the plan.
        package let clause: String
    }

    package let name: String
    /// The issuing city, as the warning names it.
    package let title: String
    /// An hour is heavy when its index is above this.
    package let base: Int32
    /// From the highest level down.
    package let rules: [Rule]

    /// 廊坊市重污染天气应急预案, 2019-09-29, 四(一).
    package static let langfang2019 = WarningPlan(
        name: "langfang-2019", title: "廊坊市重污染天气应急预案 (2019-09-29)", base: 200,
        rules: [
            Rule(
                level: .red,
                anyOf: [
                    [
                        .days(above: 200, atLeast: 4), .days(above: 300, atLeast: 2),
                        .aheadAbove(300),
                    ],
                    [.aheadReaching(500)],
                ], clause: "四(一)"),
            Rule(level: .orange, anyOf: [[.days(above: 200, atLeast: 3)]], clause: "四(一)"),
            Rule(level: .yellow, anyOf: [[.days(above: 200, atLeast: 2)]], clause: "四(一)"),
        ])

    /// 环大气〔2024〕6号.
    package static let national2024 = WarningPlan(
        name: "national-2024", title: "环大气〔2024〕6号", base: 150,
        rules: [
            Rule(
                level: .red,
                anyOf: [
                    [
                        .days(above: 200, atLeast: 3), .days(above: 300, atLeast: 1),
                        .aheadAbove(300),
                    ]
                ], clause: "环大气〔2024〕6号"),
            Rule(
                level: .orange,
                anyOf: [[.days(above: 200, atLeast: 2)], [.days(above: 150, atLeast: 3)]],
                clause: "环大气〔2024〕6号"),
            Rule(
                level: .yellow,
                anyOf: [[.days(above: 200, atLeast: 1)], [.days(above: 150, atLeast: 2)]],
                clause: "环大气〔2024〕6号"),
        ])

    /// The plans that come with the program.
    package static let shipped = [langfang2019, national2024]

    /// Hours for which the air must be known to stay below the base before a warning is lifted.
    ///
    /// Source: Plan 四(四): 36 hours and more.
    static let liftHours: Int32 = 36
    /// A spell counts once its first 24 h window begins within so many hours.
    ///
    /// Source: Plan 四(二): issued 72 h ahead where possible.
    static let issueAheadHours: Int32 = 72
}
