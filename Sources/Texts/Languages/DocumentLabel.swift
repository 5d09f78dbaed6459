/// The fixed words of documents, each once a language: `English+Documents.swift`, `Chinese+Documents.swift`.
package enum DocumentLabel: CaseIterable, Sendable {
    // Of all documents
    case blank, drawnUp, exercise, notKnown, remarks, signedAt, signer
    // A warning
    case addressees, area, areaLevels, areasAndDepartments, basis, body, degree, emergency, issuer, measures, number
    case observedIndex, pollutionComes, primaryPollutant, reason, repetition, responseFrom, responseUntil, signedBy
    case timeOfIssue, heavyPollution, liftReason, nextWarning, weather, warningLevel
    // Repetition
    case channel, rhythm, remarkOfChannel
    // The forecast report of annex 3
    case weatherStation, monitoringStation, expertsAdvice, headquartersOffice, forecastInUse, nextDays, noForecast
    // Days and spells
    case day, dayByDay, observed, forecast, deviation, heavyHours, unknownHours, warningInForce, noWarningInForce
    case bodies, carriedOut, plantsChecked, findings, reportedBy, notReported
    case changes, change, duration, peak, daysAbove200, daysAbove300, curve, plantsCompliance, lessons
    // The year's assessment
    case period, warningsOfYear, level, issued, lifted, warningsByLevel, count, daysByAirQuality, airQuality
    case unknownDays, forecastSkill, dataCoverage, ozoneLeftOut, implementation, effect, problems, amendments
    case assessmentDue
}
