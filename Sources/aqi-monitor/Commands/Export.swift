import AQICore
import ArgumentParser
import Ingest
import Store
import Texts

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What a store holds, as CSV or JSON lines.",
        discussion: """
            EXAMPLES
              aqi-monitor export hourly --store air.db
              aqi-monitor export index --store air.db --report running24 --from 2026-11-01
              aqi-monitor export daily --store air.db --from 2026-11-01 --to 2026-11-30
              aqi-monitor export samples --store air.db --from 2026-11-16T08:00 --to 2026-11-16T09:00
              aqi-monitor export warnings --store air.db
              aqi-monitor export calibrations --store air.db
            """,
        subcommands: [
            ExportHourly.self, ExportDaily.self, ExportIndex.self, ExportSamples.self, ExportWarnings.self,
            ExportCalibrations.self,
        ])
}

/// Which part of a store.
struct ExportOptions: ParsableArguments {
    @Option(help: "The store.")
    var store: String

    @Option(help: "Only this station; may be given several times.")
    var station: [String] = []

    @Option(help: "Only periods that end after this time, as 2026-11-16T08:00; a date, as 2026-11-16, is its 0:00.")
    var from: TimeOption?

    @Option(help: "Only periods that end at this time, as 2026-11-16T08:00, or before; a date is its 24:00.")
    var to: TimeOption?

    @Flag(help: "JSON lines instead of CSV.")
    var json = false

    @Option(name: .shortAndLong, help: "Write here instead of standard output; the file appears when it is whole.")
    var output: String?

    @OptionGroup var common: CommonOptions

    /// The stations asked for, or nil for all.
    var stations: [String]? { station.isEmpty ? nil : station }

    /// Opens the store; a station that it does not have is told, not passed over.
    func open() throws -> StoreReader {
        let reader = try StoreReader(path: store)
        let known = try reader.read { try $0.stations() }
        if let unknown = station.first(where: { !known.contains($0) }) {
            throw Failure(.badData, Session.words.unknownStation(unknown, store, known: known))
        }
        return reader
    }

    /// The first hour: a period that ends after `from` has its last hour there or later.
    var firstHour: Hour? { from.map { Hour(containing: $0.instant) } }
    /// The last hour that ends at `to` or before.
    var lastHour: Hour? { to.map { Hour(containing: $0.end) - 1 } }
}

struct ExportHourly: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hourly",
        abstract: "Hour means in the form that compute reads, with the marks of missing and of suspect values.",
        discussion: """
            EXAMPLE
              aqi-monitor export hourly --store air.db --from 2026-11-01 -o november.csv
            """)

    @OptionGroup var options: ExportOptions

    mutating func run() throws {
        let reader = try options.open()
        var output = try Output(path: options.output)
        let names = Pollutant.allSix.map(\.name)
        if !options.json {
            try output.line((["station", "time"] + names + names.map { "flag_\($0)" }).joined(separator: ","))
        }
        try reader.forEachHour(
            stations: options.stations, from: options.firstHour, through: options.lastHour
        ) { record in
            if options.json { return try output.line(record.json.line) }
            try output.line(capacity: record.longestCSV) { record.writeCSV(to: &$0) }
        }
        try output.finish()
    }
}

struct ExportIndex: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Indices as they were computed, in the columns of compute.",
        discussion: """
            EXAMPLE
              aqi-monitor export index --store air.db --report running24 --from 2026-11-01
            """)

    @Option(help: "realtime, running24 or daily.")
    var report: ReportOption = .realtime

    @OptionGroup var options: ExportOptions

    mutating func run() throws { try options.writeIndices(report.kind) }
}

struct ExportDaily: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daily", abstract: "The natural days, as export index --report daily.",
        discussion: """
            EXAMPLE
              aqi-monitor export daily --store air.db --from 2026-11-01 --to 2026-11-30
            """)

    @OptionGroup var options: ExportOptions

    mutating func run() throws { try options.writeIndices(.daily) }
}

extension ExportOptions {
    fileprivate func writeIndices(_ kind: ReportKind) throws {
        let reader = try open()
        var output = try Output(path: output)
        if !json { try output.line(IndexTable.header) }
        try reader.forEachIndex(kind, stations: stations, from: firstHour, through: lastHour) { record in
            let (station, period, report) = (record.station, record.period, record.report)
            if json {
                return try output.line(IndexTable.json(station: station, period: period, report).line)
            }
            try output.line(capacity: IndexTable.longestRow(station: station)) {
                IndexTable.write(station: station, period: period, report, to: &$0)
            }
        }
        try output.finish()
    }
}

struct ExportSamples: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "samples",
        abstract: "Every sample, labelled by its own second: station,time,parameter,value,flag; in order of minutes.",
        discussion: """
            EXAMPLE
              aqi-monitor export samples --store air.db --from 2026-11-16T08:00 --to 2026-11-16T09:00
            """)

    @OptionGroup var options: ExportOptions

    mutating func run() throws {
        let reader = try options.open()
        var output = try Output(path: options.output)
        if !options.json { try output.line("station,time,parameter,value,flag") }
        let (from, end) = (options.from?.instant, options.to?.end)
        try reader.forEachMinute(
            stations: options.stations,
            from: from.map { Hour(containing: $0).beginning.seconds / 60 } ?? SampleRows.firstMinute,
            before: end.map { ($0.seconds + 59) / 60 } ?? SampleRows.lastMinute
        ) { minute in
            var lines: [String] = []
            minute.forEachReading(station: 0) { reading in
                if let from, reading.time < from { return }
                if let end, reading.time >= end { return }
                lines.append(options.json ? reading.json(minute.station).line : reading.csv(minute.station))
            }
            for line in lines { try output.line(line) }
        }
        try output.finish()
    }
}

extension Reading {
    fileprivate var flag: String { value.isMissing ? value.reason.text : "" }

    fileprivate func csv(_ station: String) -> String {
        let number = value.thousandths.map { DecimalWriting.shortest(thousandths: $0) } ?? ""
        return "\(CSV.field(station)),\(time.iso8601),\(channel.parameter.name),\(number),\(flag)"
    }

    fileprivate func json(_ station: String) -> JSON {
        .object([
            ("station", .string(station)), ("time", .string(time.iso8601)),
            ("parameter", .string(channel.parameter.name)),
            ("value", value.thousandths.map { .number(DecimalWriting.shortest(thousandths: $0)) } ?? .null),
            ("flag", .string(flag)),
        ])
    }
}

struct ExportWarnings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "warnings",
        abstract: "Warning events of the whole city, one JSON object a line, as warnings replay prints them.",
        discussion: """
            EXAMPLE
              aqi-monitor export warnings --store air.db --from 2026-11-01
            """)

    @OptionGroup var options: ExportOptions

    func validate() throws {
        guard options.station.isEmpty else {
            throw ValidationError(Session.words.warningsHaveNoStation("--station"))
        }
    }

    mutating func run() throws {
        let reader = try options.open()
        var output = try Output(path: options.output)
        // Some hundreds a year. Whoever takes the lines in slowly holds no read of the store.
        var lines: [String] = []
        try reader.read { queries in
            try queries.forEachWarning { hour, line in
                if let first = options.firstHour, hour < first { return }
                if let last = options.lastHour, hour > last { return }
                lines.append(line)
            }
        }
        for line in lines { try output.line(line) }
        try output.finish()
    }
}

extension HourlyRecord {
    /// How long a line can be: the name all quotes, and beside it six numbers and six times all marks.
    var longestCSV: Int { 2 * station.utf8.count + 512 }

    /// The record as a line of the hourly table with all columns of flags.
    func writeCSV(to text: inout OutputSpan<UInt8>) {
        text.append(field: station)
        text.append(ascii: ",")
        text.append(hour.endingLabel)
        for pollutant in Pollutant.allSix {
            text.append(ascii: ",")
            if let thousandths = row[pollutant].thousandths { text.append(shortest: Int64(thousandths), decimals: 3) }
        }
        for pollutant in Pollutant.allSix {
            text.append(ascii: ",")
            text.append(mark(pollutant))
        }
    }

    var json: JSON {
        var members: [(String, JSON)] = [("station", .string(station)), ("time", .string(hour.endingLabel.iso8601))]
        for pollutant in Pollutant.allSix {
            members.append(
                (
                    pollutant.name,
                    row[pollutant].thousandths.map { .number(DecimalWriting.shortest(thousandths: $0)) } ?? .null
                ))
        }
        for pollutant in Pollutant.allSix where row[pollutant].isMissing || !marks[pollutant].isEmpty {
            members.append(("flag_\(pollutant.name)", .string(mark(pollutant))))
        }
        return .object(members)
    }
}
