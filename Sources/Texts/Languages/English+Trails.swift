package import Warnings

/// The trails, and whether they are as they were written.
extension English {
    /// The word of `--kind`.
    package func ledgerKind(_ kind: LedgerLine.Kind) -> String { kind.rawValue }
    package func trailHolds(_ table: String, rows: Int, older: Int, head: String) -> String {
        "\(table): \(rows) rows, all as they were written"
            + (older > 0 ? " (the first \(older) are older than the chain)" : "") + "; newest hash \(head)"
    }
    package func trailIsChanged(_ table: String, row: Int64) -> String {
        "\(table): row \(row) was changed after it was written"
    }
    package func trailIsBroken(_ table: String, row: Int64) -> String {
        "\(table): row \(row) does not follow from the one before: a row was removed, put in or rewritten there"
    }
    package func trailIsUnchained(_ table: String, row: Int64) -> String {
        "\(table): row \(row) has no hash, though rows before it have: it was put in by hand"
    }
    package func trailIsCutOff(_ table: String, row: Int64) -> String {
        "\(table): rows after row \(row) were removed"
    }
    package func noSteps(of kind: String?) -> String {
        kind.map { "the ledger has no step of the kind \($0)" } ?? "the ledger is empty: no step has been taken yet"
    }
    package func noSteps(ofProposal number: Int) -> String { "the ledger has no step of a proposal \(number)" }
    package func trailsLack(_ hash: String) -> String {
        "no row has the hash \(hash) that was noted: the trails were rewritten, or are those of another store"
    }
}
