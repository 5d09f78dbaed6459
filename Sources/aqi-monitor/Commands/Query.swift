import AQICore
import ArgumentParser
import Store
import Terminal
import Texts

struct Query: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Looks into a store: hours with their index, or whatever SQL asks for.",
        discussion: """
            Without --from the last 24 hours that are stored. Tables and views: docs/store.md. Nothing can be changed by --sql.

            EXAMPLES
              aqi-monitor query --store air.db
              aqi-monitor query --store air.db --station 1067A --from 2026-11-16 --to 2026-11-17
              aqi-monitor query --store air.db --sql "SELECT date, max(aqi) FROM daily GROUP BY date" --json
            """)

    @Option(help: "A query over the tables and views.")
    var sql: String?

    @OptionGroup var options: ExportOptions

    func validate() throws {
        guard sql == nil || (options.station.isEmpty && options.from == nil && options.to == nil) else {
            throw ValidationError(Session.words.notTogether("--sql", "--station, --from, --to"))
        }
    }

    mutating func run() throws {
        let reader = try options.open()
        var rows = RowWriter(try Output(path: options.output), isJSON: options.json)
        do {
            try reader.query(
                sql ?? hours, sql == nil ? try arguments(reader) : [],
                header: { names in
                    rows.names = sql == nil && !options.json ? names.map(Session.words.column) : names
                }
            ) {
                try rows.write($0)
            }
        } catch let error as StoreError {
            // What SQLite has against the query, not against the file.
            guard sql != nil, case .failed(let reason) = error.kind else { throw error }
            throw Failure(.wrongUsage, "--sql: \(reason)")
        }
        try rows.finish()
    }

    private func arguments(_ reader: StoreReader) throws -> [String?] {
        let last = try reader.read { try $0.lastHour(of: options.stations ?? $0.stations()) } ?? Hour(start: 0)
        let first = options.firstHour ?? last - 23
        return options.station + ["\(first.beginning.seconds)", "\((options.lastHour ?? last).beginning.seconds)"]
    }

    private var hours: String {
        let marks = options.station.map { _ in "?" }.joined(separator: ", ")
        return """
            SELECT key AS station, strftime('%Y-%m-%d %H:%M', hourly.start + 32400, 'unixepoch') AS time, aqi,
                hourly.pm25 / 1000.0 AS pm25, hourly.pm10 / 1000.0 AS pm10, hourly.so2 / 1000.0 AS so2,
                hourly.no2 / 1000.0 AS no2, hourly.co / 1000.0 AS co, hourly.o3 / 1000.0 AS o3,
                CASE WHEN replace(flags, ',', '') = '' THEN '' ELSE flags END AS flags
            FROM hourly JOIN station ON station.id = hourly.station
                LEFT JOIN air_index ON air_index.station = hourly.station AND report = 'realtime'
                    AND air_index.start = hourly.start
            WHERE \(marks.isEmpty ? "" : "key IN (\(marks)) AND ")hourly.start BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)
            ORDER BY key COLLATE BINARY, hourly.start
            """
    }
}

/// Rows as columns for people, numbers to the right, or as JSON lines.
private struct RowWriter: ~Copyable {
    typealias Cell = (text: String?, isNumber: Bool)

    private var output: Output
    private let isJSON: Bool
    var names: [String] = []
    /// The first rows: they say how wide the columns are.
    private var head: [[Cell]] = []
    private var widths: [Int]?
    private static let headRows = 500

    init(_ output: consuming Output, isJSON: Bool) {
        self.output = output
        self.isJSON = isJSON
    }

    mutating func write(_ row: [Cell]) throws {
        if isJSON {
            let members = zip(names, row).map { name, cell in
                (name, cell.text.map { cell.isNumber ? JSON.number($0) : .string($0) } ?? .null)
            }
            return try output.line(JSON.object(members).line)
        }
        if widths != nil { return try line(row) }
        head.append(row)
        if head.count == RowWriter.headRows { try begin() }
    }

    mutating func finish() throws {
        if !isJSON, widths == nil { try begin() }
        try output.finish()
    }

    private mutating func begin() throws {
        widths = names.indices.map { column in
            head.reduce(names[column].columns) { max($0, $1[column].text?.columns ?? 1) }
        }
        if !names.isEmpty { try line(names.enumerated().map { ($1, head.first?[$0].isNumber ?? false) }) }
        for row in head { try line(row) }
        head = []
    }

    private mutating func line(_ row: [Cell]) throws {
        var text = ""
        for (cell, width) in zip(row, widths ?? []) {
            let shown = (cell.text ?? "-").harmless
            let gap = String(repeating: " ", count: max(0, width - shown.columns))
            if !text.isEmpty { text += "  " }
            text += cell.isNumber ? gap + shown : shown + gap
        }
        while text.last == " " { text.removeLast() }
        try output.line(text)
    }
}
