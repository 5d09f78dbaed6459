/// Who is connected, and what stations did.
struct StationCensus {
    var tallies: [StationTally]
    var open = 0
    var perAddress: [String: Int] = [:]
    /// The connection on which a station spoke last, by its MN.
    var connections: [String: StationConnection] = [:]
    /// What stations were given since the rules were written, by their place in them.
    var passwords: [Int: String] = [:]
    /// Who waits for the answer of a station.
    var waiting: [Question: CheckedContinuation<StationAnswer, Never>] = [:]

    /// What a station was asked.
    struct Question: Hashable {
        var mn: String
        var number: Int
    }

    init(stations: Int) {
        tallies = [StationTally](repeating: StationTally(), count: stations)
    }
}

/// What became of a request to a station.
package enum StationAnswer: Equatable, Codable, Sendable {
    /// It did what it was asked, and told this, or sent this of the past.
    case done(value: String?, history: StationHistory? = nil)
    /// QnRtn, or ExeRtn, other than 1.
    case refused(result: Int)
    case unanswered
    case notConnected
    /// The same request is under way.
    case askedAlready
    /// The configuration does not allow it.
    case notAllowed
}
