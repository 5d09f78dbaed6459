package import AQICore
package import Warnings

/// What decides which measures run: all that the plan makes them depend on.
package struct Situation: Equatable, Codable, Sendable {
    /// The level in force in the city; nil without a warning.
    package var level: WarningLevel?
    /// The levels of areas that adjust, with the city's consent (Plan 六), by their names.
    package var areaLevels: [String: WarningLevel] = [:]
    /// Whether the response has started; a warning is issued ahead of it.
    package var hasStarted = true
    /// Whether the pollution itself is here. **[ours]**: the observed 24 h index is, or was in this spell, above the plan's base.
    package var isPollutionHere = true
    /// The day, in UTC+8, of an emergency issue.
    package var isEmergencyDay = false
    package var isFreezing = false
    /// The observed daily mean AQI, never a forecast; nil where it is unknown.
    package var observedIndex: Int32?

    package init(level: WarningLevel?) { self.level = level }

    /// As the warning engine knows it now. Whether it freezes it does not know: a person does.
    ///
    /// Source: Plan 五(六)1, 五(六)2, 六(三). **[ours]**: the response starts, as it was published,
    /// with the first window of the spell that was foreseen.
    package init(_ engine: WarningEngine, at now: Instant) {
        self.init(level: engine.state.inForce?.level)
        hasStarted = engine.spellInForce.map { $0.starts.beginning <= now } ?? true
        isPollutionHere = engine.hasPollutionCome
        isEmergencyDay =
            engine.state.inForce?.emergency.map {
                Situation.isEmergencyDay(issued: $0.endingLabel, isEmergency: true, now: now)
            } ?? false
        observedIndex = engine.latestIndex24.index
    }

    /// The level in force in an area; in the city with nil.
    package func level(in area: String?) -> WarningLevel? { area.flatMap { areaLevels[$0] } ?? level }

    /// Whether a moment lies on the day of an emergency issue.
    package static func isEmergencyDay(issued: Instant, isEmergency: Bool, now: Instant) -> Bool {
        isEmergency && Hour(containing: issued).day == Hour(containing: now).day
    }
}

/// A measure of the level in force, and whether it runs.
package struct MeasureInForce: Equatable, Sendable {
    package enum Status: Equatable, Sendable {
        case runs
        /// The response has not started.
        case waitsForResponse
        /// The pollution itself is not here.
        case waitsForPollution
        /// The observed daily mean AQI has not reached this, or is not known.
        case waitsForIndex(Int32)
        case excepted(Measure.Exception)
    }

    package let measure: Measure
    package let status: Status
}

extension Measure {
    /// Whether it runs; nil where its level is not in force.
    func status(in situation: Situation, area: String?) -> MeasureInForce.Status? {
        guard let level = situation.level(in: area), levels.contains(level) else { return nil }
        switch start {
        case .response: if !situation.hasStarted { return .waitsForResponse }
        case .pollution: if !situation.isPollutionHere { return .waitsForPollution }
        }
        if let indexReaches, situation.observedIndex ?? -1 < indexReaches { return .waitsForIndex(indexReaches) }
        switch exception {
        case .emergencyDay where situation.isEmergencyDay: return .excepted(.emergencyDay)
        case .freezing where situation.isFreezing: return .excepted(.freezing)
        default: return .runs
        }
    }
}
