package import AQICore
import GRDB

/// A change that a person made: who, what, when, why.
package struct AuditEntry: Equatable, Sendable {
    package var time: Instant
    package var person: String
    /// What was changed, as `hourly 1067A 2026-11-16T08:00:00+08:00 pm25`.
    package var subject: String
    package var before: String?
    package var after: String?
    package var reason: String

    package init(
        time: Instant, person: String, subject: String, before: String? = nil, after: String? = nil, reason: String
    ) {
        self.time = time
        self.person = person
        self.subject = subject
        self.before = before
        self.after = after
        self.reason = reason
    }

    func insert(_ database: Database) throws {
        try HashChain.audit.append([time.seconds, person, subject, before, after, reason], database)
    }
}
