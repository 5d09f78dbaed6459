/// What a plan asks of the air before it wants a warning. Data: `Plans/*.toml`, or a city's own file.
///
/// All indices but that of the hour are `A`: the index of the 24 h mean concentrations, ozone left out (Plan 四, 一(三)).
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

    /// What calls for a level: all of the conditions. A level may have several rules, each of which is enough.
    package struct Rule: Equatable, Sendable {
        package let level: WarningLevel
        package let conditions: [Condition]
        /// The clause of the plan.
        package let clause: String

        package init(level: WarningLevel, conditions: [Condition], clause: String) {
            self.level = level
            self.conditions = conditions
            self.clause = clause
        }
    }

    /// Severe pollution that came without notice.
    package struct Emergency: Equatable, Sendable {
        package let level: WarningLevel
        /// The index of the hour is above this.
        package let hourAbove: Int32
        /// `A` 24 hours later is known to be above this.
        package let aheadAbove: Int32
        package let clause: String

        package init(level: WarningLevel, hourAbove: Int32, aheadAbove: Int32, clause: String) {
            self.level = level
            self.hourAbove = hourAbove
            self.aheadAbove = aheadAbove
            self.clause = clause
        }
    }

    /// A number of the plan, and the clause that it is from.
    package struct Bound: Equatable, Sendable {
        package let value: Int32
        package let clause: String

        package init(_ value: Int32, _ clause: String) {
            self.value = value
            self.clause = clause
        }
    }

    package let name: String
    /// The document, as people name it.
    package let title: String
    /// An hour is heavy when its index is above this.
    package let heavyAbove: Bound
    /// A spell counts once its first 24 h window begins within so many hours.
    package let issueAhead: Bound
    /// Hours for which the air must be known to stay below the base before a warning is lifted.
    package let lift: Bound
    /// Nil where the plan knows no such thing.
    package let emergency: Emergency?
    /// From the highest level down.
    package let rules: [Rule]

    package init(
        name: String, title: String, heavyAbove: Bound, issueAhead: Bound, lift: Bound, emergency: Emergency?,
        rules: [Rule]
    ) {
        self.name = name
        self.title = title
        self.heavyAbove = heavyAbove
        self.issueAhead = issueAhead
        self.lift = lift
        self.emergency = emergency
        self.rules = rules
    }

    /// An hour is heavy when its index is above this.
    package var base: Int32 { heavyAbove.value }
    var liftHours: Int32 { lift.value }
}

extension WarningPlan.Condition {
    /// Whether the other condition holds wherever this one does.
    func implies(_ other: WarningPlan.Condition) -> Bool {
        switch (self, other) {
        case (.days(let above, let count), .days(let otherAbove, let otherCount)):
            above >= otherAbove && count >= otherCount
        case (.aheadAbove(let bound), .aheadAbove(let other)): bound >= other
        case (.aheadReaching(let bound), .aheadReaching(let other)): bound >= other
        case (.aheadReaching(let bound), .aheadAbove(let other)): bound > other
        case (.aheadAbove(let bound), .aheadReaching(let other)): bound >= other - 1
        default: false
        }
    }
}

extension WarningPlan.Rule {
    /// Whether the other rule is met wherever this one is.
    package func implies(_ other: WarningPlan.Rule) -> Bool {
        other.conditions.allSatisfy { wanted in conditions.contains { $0.implies(wanted) } }
    }

    /// Whether this rule asks for fewer days above a bound than the other asks for above the same.
    package func asksForFewerDays(than other: WarningPlan.Rule) -> Bool {
        conditions.contains { own in
            other.conditions.contains { theirs in
                guard case .days(let above, let count) = own, case .days(above, let otherCount) = theirs else {
                    return false
                }
                return count < otherCount
            }
        }
    }
}
