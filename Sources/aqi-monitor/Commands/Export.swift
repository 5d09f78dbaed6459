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
              aqi-monitor export index --store air.db --report running24 --from 2026-11-01T00:00
              aqi-monitor export warnings --store air.db
              aqi-monitor export calibrations --store air.db
            """,
        subcommands: [ExportHourly.self, ExportIndex.self, ExportWarnings.self, ExportCalibrations.self])
}

/// Which part of a store.
struct ExportOptions: ParsableArguments {
    @Option(help: "The store.")
    var store: String

    @Option(help: "Only this station; may be given several times.")
    var station: [String] = []

    @Option(help: "Only periods that end after this time.")
    var from: TimeOption?

    @Option(help: "Only periods that end at this time or before.")
    var to: TimeOption?

    @Flag(help: "JSON lines instead of CSV.")
    var json = false

    @Option(name: .shortAndLong, help: "Write here instead of standard output; the file appears when it is whole.")
    var output: String?

    @OptionGroup var common: CommonOptions

    /// The stations asked for, or nil for all.
    var stations: [String]? { station.isEmpty ? nil : station }
    /// The first hour: a period that ends after `from` has its last hour there or later.
    var firstHour: Hour? { from.map { Hour(containing: $0.instant) } }
    /// The last hour that ends at `to` or before.
    var lastHour: Hour? { to.map { Hour(containing: $0.instant) - 1 } }
}

struct ExportHourly: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hourly",
        abstract: "Hour means in the form that compute reads, with the marks of missing and of suspect values.")

    @OptionGroup var options: ExportOptions

    mutating func run() throws {
        let reader = try StoreReader(path: options.store)
        var output = try Output(path: options.output)
        let names = Pollutant.allSix.map(\.name)
        if !options.json {
            try output.line((["station", "time"] + names + names.map { "flag_\($0)" }).joined(separator: ","))
        }
        try reader.read { queries in
            try queries.forEachHour(
                stations: options.stations, from: options.firstHour, through: options.lastHour
            ) { record in
                if options.json { return try output.line(record.json.line) }
                try output.line(capacity: record.longestCSV) { record.writeCSV(to: &$0) }
            }
        }
        try output.finish()
    }
}

struct ExportIndex: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Indices as they were computed, in the columns of compute.")

    @Option(help: "realtime, running24 or daily.")
    var report: ReportOption = .realtime

    @OptionGroup var options: ExportOptions

    mutating func run() throws {
        let reader = try StoreReader(path: options.store)
        var output = try Output(path: options.output)
        if !options.json { try output.line(IndexTable.header) }
        try reader.read { queries in
            try queries.forEachIndex(
                report.kind, stations: options.stations, from: options.firstHour, through: options.lastHour
            ) { record in
                let (station, period, report) = (record.station, record.period, record.report)
                if options.json {
                    return try output.line(IndexTable.json(station: station, period: period, report).line)
                }
                try output.line(capacity: IndexTable.longestRow(station: station)) {
                    IndexTable.write(station: station, period: period, report, to: &$0)
                }
            }
        }
        try output.finish()
    }
}

struct ExportWarnings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "warnings", abstract: "Warning events, one JSON object a line, as warnings replay prints them.")

    @OptionGroup var options: ExportOptions

    mutating func run() throws {
        let reader = try StoreReader(path: options.store)
        var output = try Output(path: options.output)
        try reader.read { queries in
            try queries.forEachWarning { hour, line in
                if let first = options.firstHour, hour < first { return }
                if let last = options.lastHour, hour > last { return }
                try output.line(line)
            }
        }
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
