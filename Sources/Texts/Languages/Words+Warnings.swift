package import Warnings

/// The warnings' people: `English+Warnings.swift`, `Chinese+Warnings.swift`.
package protocol WarningWords: Sendable {
    func simulatedPerson(_ role: Role) -> String
    func refusal(_ refusal: Refusal) -> String
    func ledgerLine(_ line: LedgerLine) -> String?
    func storedHourJudged(time: String) -> String
    func storedHoursChanged(next time: String) -> String
    func monitorMustRun(_ path: String) -> String
    func controlFailed(_ path: String) -> String
    func forecastTooLarge(_ path: String, bytes: Int) -> String
    func draftStands(_ draft: Draft, evidence: String) -> String
    func draftSigned(_ signature: Draft.Signature) -> String
    func draftDeclined(_ decline: Draft.Decline) -> String
    func draftAwaits(_ role: Role) -> String
    var orderAwaitsFirstHour: String { get }
    func orderStands(from authority: String, _ level: WarningLevel, isRegional: Bool, consent: WarningLevel?) -> String
    func adviceStands(from authority: String, _ level: WarningLevel) -> String
    func consentIsMissing(of authority: String, to level: WarningLevel) -> String
    func areaLevel(_ area: AreaLevel) -> String
    func dustHours(from first: String, to last: String, isProposed: Bool) -> String
    func forecastInUse(issuer: String, issued: String, through: String) -> String
    func consultationDue(_ cause: Consultations.Cause, by time: String, isOverdue: Bool) -> String
    func skillTitle(_ issuer: String) -> String
    var skillHeader: [String] { get }
    var skillNone: String { get }
    var baselineIsIndicative: String { get }
}
