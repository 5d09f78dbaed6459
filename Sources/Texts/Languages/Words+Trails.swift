package import Warnings

/// The trails: `English+Trails.swift`, `Chinese+Trails.swift`.
package protocol TrailWords {
    func ledgerKind(_ kind: LedgerLine.Kind) -> String
    func trailHolds(_ table: String, rows: Int, older: Int, head: String) -> String
    func trailIsChanged(_ table: String, row: Int64) -> String
    func trailIsBroken(_ table: String, row: Int64) -> String
    func trailIsUnchained(_ table: String, row: Int64) -> String
    func trailIsCutOff(_ table: String, row: Int64) -> String
    /// An empty ledger, or one without steps of a kind.
    func noSteps(of kind: String?) -> String
    func noSteps(ofProposal number: Int) -> String
    func trailsLack(_ hash: String) -> String
}
