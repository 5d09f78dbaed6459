import AQICore
import GRDB

/// Why a row was replaced.
package enum RevisionReason: String, Sendable {
    /// Readings of a closed hour came late.
    case lateReadings = "late readings"
    /// A table was imported over what stood there.
    case imported = "import"
}

/// Keeps rows as they were before they are replaced.
///
/// Source: GB 3095-2026 6.3: data that are corrected stay, with the reason.
struct Revisions {
    private var hourly: RowStatement
    private var index: RowStatement
    private var hours: Occupied
    private var indices: Occupied
    private let time: Int64
    private let reason: String

    init(_ batch: StoreBatch, _ database: Database) throws {
        time = batch.time.seconds
        reason = batch.reason.rawValue
        hours = Occupied(
            database, batch.hours.lazy.map(\.hour.beginning.seconds),
            sql: "SELECT 1 FROM hourly WHERE station = ? AND start BETWEEN ? AND ? LIMIT 1")
        indices = Occupied(
            database, batch.indices.lazy.map(\.start),
            sql: "SELECT 1 FROM air_index WHERE station = ? AND report = ? AND start BETWEEN ? AND ? LIMIT 1")
        hourly = try RowStatement(
            database, sql: Revisions.sql("hourly", subject: "'hourly'", columns: HourlyRecord.columns, key: "start = ?")
        )
        index = try RowStatement(
            database,
            sql: Revisions.sql(
                "air_index", subject: "'air_index ' || report", columns: IndexRecord.columns,
                key: "report = ? AND start = ?"))
    }

    /// Copies the row that stands at a key into `revision`, where it differs from what is to come.
    private static func sql(_ table: String, subject: String, columns: String, key: String) -> String {
        let names = columns.split(separator: ",").map { $0.drop { $0 == " " } }
        let pairs = names.map { "'\($0)', \($0)" }.joined(separator: ", ")
        let differs = names.map { "\($0) IS NOT ?" }.joined(separator: " OR ")
        return """
            INSERT INTO revision (subject, station, start, replaced, reason, body)
            SELECT \(subject), station, start, ?, ?, json_object(\(pairs)) FROM \(table)
            WHERE station = ? AND \(key) AND (\(differs))
            """
    }

    mutating func keep(_ record: HourlyRecord, station: Int64) throws {
        guard try hours.mayHave(record.hour.beginning.seconds, of: station) else { return }
        hourly.bind(time)
        hourly.bind(reason)
        record.bind(to: &hourly, station: station)
        try hourly.run()
    }

    mutating func keep(_ record: IndexRecord, station: Int64) throws {
        guard try indices.mayHave(record.start, of: station, report: record.report.kind) else { return }
        index.bind(time)
        index.bind(reason)
        record.bind(to: &index, station: station, withLength: false)
        try index.run()
    }
}

/// Where rows stand already: nearly always nowhere, and one question a station and report of a batch tells.
private struct Occupied {
    private struct Key: Hashable {
        var station: Int64
        var report: ReportKind?
    }

    private let database: Database
    private let sql: String
    private let first: Int64
    private let last: Int64
    /// The newest row of what was empty and is written by this batch: what is not newer may be there. Nil for what was not empty.
    private var newest: [Key: Int64?] = [:]

    init(_ database: Database, _ starts: some Sequence<Int64>, sql: String) {
        self.database = database
        self.sql = sql
        var (first, last) = (Int64.max, Int64.min)
        for start in starts { (first, last) = (min(first, start), max(last, start)) }
        (self.first, self.last) = (first, last)
    }

    /// Whether there may be a row at a start of the batch that is about to be written.
    mutating func mayHave(_ start: Int64, of station: Int64, report: ReportKind? = nil) throws -> Bool {
        let key = Key(station: station, report: report)
        if let known = newest[key] {
            guard let last = known, start > last else { return true }
        } else {
            let arguments: StatementArguments =
                report.map { [station, $0.name, first, last] } ?? [station, first, last]
            guard try Int.fetchOne(database, sql: sql, arguments: arguments) == nil else {
                newest[key] = .some(nil)
                return true
            }
        }
        newest[key] = start
        return false
    }
}
