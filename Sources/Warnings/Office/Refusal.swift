package import AQICore

/// Why the office does not do what it is asked; it stays as it was. Words are made in `Texts`.
package enum Refusal: Error, Equatable, Codable, Sendable {
    case unknownPerson(String, known: [String])
    /// The person does not hold the role whose turn it is.
    case wrongRole(String, needs: Role)
    case signedAlready(String)
    /// The proposal is gone, or never was; the one that stands now, if any.
    case otherProposal(Int, current: Int?)
    case declinedAlready(Int)
    case nothingInForce
    /// Nothing falls below an order.
    case orderStands(from: String)
    case noOrder(from: String)
    /// No hour has been decided yet.
    case noHours
    /// A step that needs a reason has none, or one that is too long.
    case badText(String)
    /// Dust in this range cannot be: backwards, longer than a month, or too far away.
    case badHours
    case unknownArea(String, known: [String])
    /// The province's level is kept unless the province consents (Plan 六).
    case needsConsent
    /// Above the level of a regional warning only with the consent of who issued it (Plan 六).
    case needsHigherConsent(from: String, to: WarningLevel)
    /// An order that is no regional warning is a floor: above it nobody's consent is needed.
    case needsNoConsent(from: String)
    /// Not later than what the issuer sent before.
    case forecastNotNewer(issuer: String, issued: Instant)
    case forecastFromFuture(Instant)
    /// It ends before what a lift or a downgrade needs, so many hours from now: a part of a file, perhaps.
    case forecastStopsShort(last: Hour, hours: Int32)
    /// Two values for one day.
    case forecastContradicts(day: Hour)
    /// All of its hours are over, or it has none.
    case forecastOver
    /// It speaks of hours that are further away than this many days, before or after now.
    case forecastTooFar(days: Int)
    case tooManyIssuers(Int)

    // The response (`ResponseDesk`).

    /// No such task, or it is closed.
    case noTask(Int, open: [Int])
    case unknownParty(String, known: [String])
    /// A list of measures is acknowledged, all else is reported.
    case wrongStep(Int)
    /// Who or what did it already.
    case doneAlready(String)
    /// Only the newest notice is sent.
    case noNotice(Int, current: Int?)
    case unknownChannel(String, known: [String])
    /// The next spell's issue goes out with it.
    case noticeWaits(until: Instant)
    case notSent(String)

    /// The longest text that is taken, characters.
    private static let longestText = 4000

    /// Refuses a text that says nothing, and one that is too long.
    package static func check(_ text: String) throws(Refusal) {
        guard text.contains(where: { !$0.isWhitespace }), text.count <= longestText else {
            throw .badText(String(text.prefix(40)))
        }
    }
}
