package import AQICore

/// What an inspection or a review found at a plant: a record that is never changed.
///
/// Source: Plan 五(三), 七(六).
package struct Inspection: Equatable, Sendable {
    package enum Finding: String, CaseIterable, Sendable {
        // The eight of the veto, 五(三).
        /// Within two years.
        case seriousViolation = "serious-violation"
        /// In the data of automatic monitoring.
        case repeatedExceedances = "repeated-exceedances"
        /// None, built before it, or not as approved.
        case permit
        case complaints
        case notPutRight = "not-put-right"
        case offSpecCoal = "off-spec-coal"
        /// Below 80 %.
        case cleanTransport = "clean-transport"
        /// On this year's list, and not done by the end of October.
        case capacityRemoval = "capacity-removal"
        // Those of 七(六): to C, and off the guaranteed list, at once.
        case ratingNotHeld = "rating-not-held"
        case violation
        case measuresNotCarriedOut = "measures-not-carried-out"
        /// A plant that is on no list runs as usual.
        case unlistedRunning = "unlisted-running"

        package var isVeto: Bool {
            switch self {
            case .seriousViolation, .repeatedExceedances, .permit, .complaints, .notPutRight, .offSpecCoal,
                .cleanTransport, .capacityRemoval:
                true
            case .ratingNotHeld, .violation, .measuresNotCarriedOut, .unlistedRunning: false
            }
        }
    }

    package var day: NaturalDay
    package var plant: String
    package var finding: Finding
    /// Who found it.
    package var person: String
    package var reason: String
    /// Why a veto does not hold here, "in principle"; empty where it does.
    package var exception: String
    package var line: SourceLine

    package init(
        day: NaturalDay, plant: String, finding: Finding, person: String, reason: String, exception: String = "",
        line: SourceLine
    ) {
        self.day = day
        self.plant = plant
        self.finding = finding
        self.person = person
        self.reason = reason
        self.exception = exception
        self.line = line
    }

    /// Whether the record still counts on a day, for a plant whose ratings are of `rated`: a newer rating has taken into
    /// account what was found before **[ours]**, but a serious violation bars for two years.
    func counts(on today: NaturalDay, rated: NaturalDay?) -> Bool {
        guard day <= today else { return false }
        if finding == .seriousViolation { return today < day.addingYears(2) }
        return rated.map { day >= $0 } ?? true
    }
}

extension NaturalDay {
    /// The same date in another year; the last of February for the 29th where there is none.
    func addingYears(_ years: Int32) -> NaturalDay {
        let date = date
        let last = CivilDate.dayCount(year: date.year + years, month: date.month)
        guard let other = CivilDate(year: date.year + years, month: date.month, day: min(date.day, last)) else {
            preconditionFailure("\(date) \(years)")
        }
        return NaturalDay(other)
    }
}
