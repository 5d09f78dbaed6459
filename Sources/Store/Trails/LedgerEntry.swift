package import AQICore
import GRDB

/// A decision about warnings, in the order in which they were taken.
package struct LedgerEntry: Equatable, Sendable {
    package var time: Instant
    package var kind: String
    package var person: String
    package var reason: String
    /// One line of JSON.
    package var body: String
    /// Its place, once it is stored.
    package internal(set) var sequence: Int64 = 0
    /// Hashes of the entry before and of this one, once it is stored; empty where it is older than the chain.
    package internal(set) var previousHash: [UInt8] = []
    package internal(set) var hash: [UInt8] = []

    package init(time: Instant, kind: String, person: String, reason: String, body: String) {
        self.time = time
        self.kind = kind
        self.person = person
        self.reason = reason
        self.body = body
    }

    func insert(_ database: Database) throws {
        try HashChain.ledger.append([time.seconds, kind, person, reason, body], database)
    }
}
