import AQICore
import Store
import Texts

/// What `doctor` says of a store.
struct StoreReport {
    private let path: String
    private let health: StoreHealth

    init(_ path: String) throws {
        self.path = path
        health = try StoreReader(path: path).health()
    }

    /// Writes the report to standard output.
    ///
    /// - Throws: ``Failure`` where the file is damaged, after the report.
    func write(json: Bool) throws {
        var output = try Output(path: nil)
        if json {
            try output.line(self.json.line)
        } else {
            for line in lines { try output.line(line.harmless) }
        }
        try output.finish()
        guard health.damages.isEmpty else { throw Failure(.badData, Session.words.storeIsDamaged(path)) }
    }

    private var lines: [String] {
        let words = Session.words
        var lines = health.damages.isEmpty ? [words.storeIsSound(path)] : health.damages
        lines.append(words.storeVersion(health.version, writer: health.writer))
        lines.append(
            words.storeSizes(
                file: StoreReport.megabytes(health.fileBytes), log: StoreReport.megabytes(health.logBytes),
                unused: StoreReport.megabytes(health.unusedBytes),
                free: health.freeDiskBytes.map(StoreReport.megabytes) ?? "?"))
        lines.append(
            words.storeStations(health.stations, last: health.lastHour.map { $0.endingLabel.dateAndClock } ?? "-"))
        lines += health.tables.map { "  \($0.name)  \(StoreReport.megabytes($0.bytes))" }
        lines += health.written.map { words.storeWritten($0.day.date.iso8601, StoreReport.megabytes($0.bytes)) }
        return lines
    }

    private var json: JSON {
        .object([
            ("store", .string(path)), ("sound", .bool(health.damages.isEmpty)),
            ("damages", .array(health.damages.map(JSON.string))), ("version", .string(health.version)),
            ("writer", .string(orNull: health.writer)), ("fileBytes", .integer(health.fileBytes)),
            ("logBytes", .integer(health.logBytes)), ("unusedBytes", .integer(health.unusedBytes)),
            ("freeDiskBytes", health.freeDiskBytes.map(JSON.integer) ?? .null), ("pageSize", .integer(health.pageSize)),
            ("stations", .array(health.stations.map(JSON.string))),
            ("lastHour", .string(orNull: health.lastHour?.endingLabel.iso8601)),
            ("tables", .object(health.tables.map { ($0.name, .integer($0.bytes)) })),
            ("writtenBytes", .object(health.written.map { ($0.day.date.iso8601, .integer($0.bytes)) })),
        ])
    }

    private static func megabytes(_ bytes: Int64) -> String {
        let tenths = (bytes + 50_000) / 100_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}
