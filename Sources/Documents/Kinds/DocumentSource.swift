package import AQICore
package import Response
package import Warnings

/// What documents are made of: warnings, their response, and the air.
package struct DocumentSource: Sendable {
    /// Something that happened to a warning, and its signature.
    package struct Change: Equatable, Sendable {
        package let event: WarningEvent
        /// When it was issued: the moment of the last signature.
        package let issued: Instant
        /// Who signed last, by name; nil where nobody wrote it down.
        package let signer: String?

        package init(event: WarningEvent, issued: Instant, signer: String?) {
            self.event = event
            self.issued = issued
            self.signer = signer
        }
    }

    /// A forecast as the plan measures it.
    package struct Foreseen: Equatable, Sendable {
        package let issuer: String?
        package let issued: Instant
        package let course: IndexCourse

        package init(issuer: String?, issued: Instant, course: IndexCourse) {
            self.issuer = issuer
            self.issued = issued
            self.course = course
        }
    }

    package let response: ResponsePlan
    /// Above it the air is heavy.
    package let base: Int32
    /// Oldest first; nothing that was only proposed.
    package var changes: [Change] = []
    /// Areas with a level of their own, now.
    package var areaLevels: [AreaLevel] = []
    /// What areas and departments reported.
    package var rounds: [TaskRound] = []
    package var observed: IndexCourse?
    /// Oldest first.
    package var forecasts: [Foreseen] = []
    package var issuers: [ForecastDesk.Issuer] = []
    package var fields = DocumentFields()
    package var isExercise = false

    package init(response: ResponsePlan, base: Int32) {
        self.response = response
        self.base = base
    }

    /// The newest forecast that had been issued by a moment.
    func forecast(at time: Instant) -> Foreseen? { forecasts.last { $0.issued <= time } }

    /// The changes of a warning, from its issue to its lift.
    func changes(of number: Int) -> [Change] { changes.filter { $0.event.number == number } }

    /// The level in force at a moment; nil without a warning.
    func level(at time: Instant) -> WarningLevel? {
        changes.last { $0.issued <= time }.flatMap { $0.event.kind == .lifted ? nil : $0.event.level }
    }
}
