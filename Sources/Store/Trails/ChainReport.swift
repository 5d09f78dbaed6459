import GRDB

/// Whether a trail is as it was written.
package struct ChainReport: Equatable, Sendable {
    /// Why a row does not fit.
    package enum Fault: Equatable, Sendable {
        /// Its fields are not those that were hashed.
        case changed
        /// Before it a row is gone, was put in, or was changed together with its hash.
        case broken
        /// It has no hash, though rows before it have.
        case unchained
        /// Rows after it are gone: the table has counted further.
        case cutOff
    }

    package let table: String
    package var rows = 0
    /// Of them those at the beginning that are older than the chain. They are covered from its first row on.
    package var olderRows = 0
    /// The hash of the last row that fits. Whoever notes it elsewhere can tell later that nothing before was rewritten.
    package var head = HashChain.beginning
    /// The first row that does not fit.
    package var fault: (sequence: Int64, kind: Fault)?
    /// Whether the hash that was asked for is that of a row that fits; nil where none was.
    package var isFound: Bool?

    init(table: String) {
        self.table = table
    }

    package static func == (left: ChainReport, right: ChainReport) -> Bool {
        left.table == right.table && left.rows == right.rows && left.olderRows == right.olderRows
            && left.head == right.head && left.fault?.sequence == right.fault?.sequence
            && left.fault?.kind == right.fault?.kind && left.isFound == right.isFound
    }
}

extension StoreQueries {
    /// Follows the chains of the trails from their first row on, each up to the first row that does not fit. `noted` is a hash that
    /// was the newest once.
    package func verifyTrails(noted: [UInt8]? = nil) throws -> [ChainReport] {
        try [HashChain.ledger, .audit].filter { try database.tableExists($0.table) }.map {
            try verify($0, noted: noted)
        }
    }

    private func verify(_ chain: HashChain, noted: [UInt8]?) throws -> ChainReport {
        var report = ChainReport(table: chain.table)
        report.isFound = noted.map { _ in false }
        var last: Int64 = 0
        try chain.forEachRow(database) { link in
            guard report.fault == nil else { return }
            let hash = HashChain.hash(after: report.head, link.fields)
            let isOlder = report.rows == report.olderRows
            switch (link.previousHash, link.hash) {
            case (nil, nil) where isOlder: report.olderRows += 1
            case (_, nil), (nil, _): report.fault = (link.sequence, .unchained)
            case (let previous?, _) where previous != report.head: report.fault = (link.sequence, .broken)
            case (_, let own?) where own != hash: report.fault = (link.sequence, .changed)
            default: break
            }
            guard report.fault == nil else { return }
            report.rows += 1
            report.head = hash
            last = link.sequence
            if hash == noted { report.isFound = true }
        }
        let counted = try Int64.fetchOne(
            database, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [chain.table])
        if report.fault == nil, let counted, counted > last { report.fault = (last, .cutOff) }
        return report
    }
}
