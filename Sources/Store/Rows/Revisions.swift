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
    private let isHour: Statement
    private let isIndex: Statement
    private let hourly: Statement
    private let index: Statement
    private let time: Int64
    private let reason: String

    init(_ batch: StoreBatch, _ database: Database) throws {
        time = batch.time.seconds
        reason = batch.reason.rawValue
        isHour = try database.cachedStatement(sql: "SELECT 1 FROM hourly WHERE station = ? AND start = ?")
        isIndex = try database.cachedStatement(
            sql: "SELECT 1 FROM air_index WHERE station = ? AND report = ? AND start = ?")
        hourly = try database.cachedStatement(
            sql: Revisions.sql("hourly", subject: "'hourly'", columns: HourlyRecord.columns, key: "start = ?"))
        index = try database.cachedStatement(
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

    func keep(_ record: HourlyRecord, station: Int64) throws {
        // Nearly always there is none, and that is quickly known.
        guard try Int.fetchOne(isHour, arguments: [station, record.hour.beginning.seconds]) != nil else { return }
        // The arguments of the insertion: station, start, then the values.
        try hourly.execute(arguments: [time, reason] + record.arguments(station: station))
    }

    func keep(_ record: IndexRecord, station: Int64) throws {
        guard try Int.fetchOne(isIndex, arguments: [station, record.report.kind.name, record.start]) != nil else {
            return
        }
        try index.execute(arguments: [time, reason] + record.revisionArguments(station: station))
    }
}
