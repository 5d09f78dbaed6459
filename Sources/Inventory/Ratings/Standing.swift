import AQICore

/// How a plant stands on a day: the rating that holds, and whether its list does, with every reason.
///
/// Source: Plan 五(三), 五(五), 七(六).
package struct Standing: Sendable {
    /// What moved the rating, or would have.
    package enum Cause: Sendable {
        case indicator(RatingIndicator)
        case veto(Inspection)
        /// A veto that does not hold, with the reason in the record.
        case excepted(Inspection)
        case inspection(Inspection)
    }

    /// What the list says: the worst of the processes.
    package let stated: Rating
    package let rating: Rating
    package let causes: [Cause]
    /// The list on which the plant still is.
    package let membership: Membership?

    init(
        of plant: Plant, processes: some Sequence<PlantProcess>, indicators: some Sequence<RatingIndicator>,
        inspections: some Sequence<Inspection>, on day: NaturalDay
    ) {
        let stated = Rating.shortBoard(processes.map(\.rating)) ?? .none
        var rating = stated
        var causes: [Cause] = []
        for indicator in indicators where indicator.rating.isBelow(stated) {
            rating = Rating.shortBoard([rating, indicator.rating]) ?? rating
            causes.append(.indicator(indicator))
        }
        var isBreached = false
        for record in inspections where record.counts(on: day, rated: plant.rated) {
            if record.finding.isVeto, !record.exception.isEmpty {
                causes.append(.excepted(record))
                continue
            }
            if !record.finding.isVeto { isBreached = true }
            if rating.isBarredByVeto { rating = .c }
            causes.append(record.finding.isVeto ? .veto(record) : .inspection(record))
        }
        self.stated = stated
        self.rating = rating
        self.causes = causes
        membership = plant.membership.flatMap {
            $0.holds(rating: rating, isBreached: isBreached, on: day) ? $0 : nil
        }
    }
}

extension Membership {
    /// Whether a plant with this rating is still on the list on a day.
    ///
    /// Source: Plan 五(五)1 (no stop "as long as they run stably within limits"), 五(五)3 ("off the list at once on breach").
    func holds(rating: Rating, isBreached: Bool, on day: NaturalDay) -> Bool {
        guard !isBreached, until.map({ day <= $0 }) ?? true else { return false }
        return ground == .ratedA || ground == .leader ? rating.isOfTheBest : true
    }
}
