package import Warnings

/// Something that is to be done while a level is in force. Data: `Langfang2019/measures.toml`.
///
/// Source: Plan 六(三), 附件5.
package struct Measure: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case publicProtection = "public-protection"
        case advised
        case industry
        case mobileSources = "mobile-sources"
        case areaSources = "area-sources"
        case other

        /// Whether people must, rather than should.
        package var isMandatory: Bool { self != .publicProtection && self != .advised }
    }

    /// What it waits for.
    package enum Start: String, CaseIterable, Sendable {
        /// The response of the level.
        case response
        /// The pollution itself (Plan 五(六)1).
        case pollution
    }

    /// When it does not hold although its level is in force.
    package enum Exception: String, CaseIterable, Sendable {
        /// On the day of an emergency issue (Plan 五(六)2).
        case emergencyDay = "emergency-day"
        /// In freezing weather (Plan 六(三)).
        case freezing
    }

    /// Which plants it is for (Plan 五(四)4).
    package enum Plants: String, CaseIterable, Sendable {
        case listed
        case unlisted
    }

    package let id: String
    package let kind: Kind
    /// The levels at which it holds.
    package let levels: ClosedRange<WarningLevel>
    package let start: Start
    package let exception: Exception?
    /// It holds only once the observed daily mean AQI has reached this.
    package let indexReaches: Int32?
    package let plants: Plants?
    /// Whether it keeps vehicles off the road; see ``ResponsePlan/restricts(_:vehicle:)``.
    package let restrictsTraffic: Bool
    /// 原则上: the plan itself allows exceptions; a person decides, with a reason.
    package let isPrinciple: Bool
    /// By their ids; empty where the plan names nobody.
    package let departments: [String]
    package let text: Bilingual
    package let clause: String

    package init(
        id: String, kind: Kind, levels: ClosedRange<WarningLevel>, start: Start = .response,
        exception: Exception? = nil, indexReaches: Int32? = nil, plants: Plants? = nil, restrictsTraffic: Bool = false,
        isPrinciple: Bool = false, departments: [String], text: Bilingual, clause: String
    ) {
        self.id = id
        self.kind = kind
        self.levels = levels
        self.start = start
        self.exception = exception
        self.indexReaches = indexReaches
        self.plants = plants
        self.restrictsTraffic = restrictsTraffic
        self.isPrinciple = isPrinciple
        self.departments = departments
        self.text = text
        self.clause = clause
    }
}
