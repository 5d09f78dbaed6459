package import AQICore

/// What falls due beside the warnings themselves, for a replay, which knows no people: a consultation counts as held when it is due.
package struct Duties: Sendable {
    package enum Kind: Equatable, Sendable {
        case consultation(Consultations.Cause)
        /// The report of a day of the response.
        case reportDue(NaturalDay)
        /// The summary of a response that is over.
        case summaryDue
    }

    package struct Due: Equatable, Sendable {
        package let hour: Hour
        package let kind: Kind
        /// Until when.
        package let by: Instant
        /// The level in force, or the one that was lifted.
        package let level: WarningLevel?
        /// The number of its warning.
        package let number: Int
    }

    private var consultations = Consultations()
    private var days = ResponseDays()
    private var latest: (level: WarningLevel, number: Int)?

    package init() {}

    /// Follows an engine by an hour.
    ///
    /// Source: Plan 三, 七: the report on the day after, the summary within two days of the end.
    package mutating func follow(_ engine: inout WarningEngine, _ events: [WarningEvent], at hour: Hour) -> [Due] {
        let now = hour.endingLabel
        var kinds: [(Kind, Instant)] = []
        let due = consultations.follow(
            hour, isHeavy: engine.latestIndexHour.isAbove(200), isWarned: engine.state.inForce != nil,
            isForeseen: engine.foresees(above: 150, in: 3...5))
        if let due {
            consultations.hold(at: now)
            kinds.append((.consultation(due.cause), due.by))
        }
        var hasEnded = false
        for event in events {
            latest = (event.level, event.number)
            switch event.kind {
            case .issued: days.begin(at: now)
            case .lifted:
                days.end(at: now)
                hasEnded = true
            case .upgraded, .downgraded, .proposed: break
            }
        }
        kinds += days.over(by: now).map { (.reportDue($0), $0.lastHour.endingLabel + 86_400) }
        if hasEnded { kinds.append((.summaryDue, now + 2 * 86_400)) }
        let isConcerned = engine.state.inForce != nil
        return kinds.map { kind, by in
            let level = if case .consultation = kind, !isConcerned { WarningLevel?.none } else { latest?.level }
            return Due(hour: hour, kind: kind, by: by, level: level, number: level == nil ? 0 : latest?.number ?? 0)
        }
    }
}

extension WarningEngine {
    /// Whether the index of a whole day, so many days after today, is foreseen above a bound.
    mutating func foresees(above bound: Int32, in days: ClosedRange<Int32>) -> Bool {
        guard let series = series() else { return false }
        return days.contains { series[NaturalDay(number: series.now.day.number + $0).lastHour].isAbove(bound) }
    }
}
