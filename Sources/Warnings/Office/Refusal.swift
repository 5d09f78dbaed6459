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
    /// Not later than what the issuer sent before.
    case forecastNotNewer(issuer: String, issued: Instant)
    case forecastFromFuture(Instant)
    /// All of its hours are over, or it has none.
    case forecastOver
    /// It speaks of hours that are further away than this many days, before or after now.
    case forecastTooFar(days: Int)
    case tooManyIssuers(Int)
}
