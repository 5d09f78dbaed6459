import AQICore
import ArgumentParser
import Ingest
import Texts

struct Compute: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The index of hourly concentrations: values, sub-indices, AQI, level, primary pollutant.",
        discussion: """
            The table: station,time,pm25,pm10,so2,no2,co,o3 in µg/m³ (CO mg/m³), labelled by the END of the hour, UTC+8.
            Plain or gzip; - reads standard input.

            EXAMPLES
              aqi-monitor compute hours.csv
              aqi-monitor compute hours.csv --report daily -o days.csv
              aqi-monitor compute hours.csv --report running24 --no-o3 --city Langfang
              zcat hours.csv.gz | aqi-monitor compute - --missing -999
            """)

    @Argument(help: "The table, or - for standard input.")
    var file: String

    @Option(help: "realtime: each hour; running24: the 24 hours that end there; daily: the natural day.")
    var report: ReportOption = .realtime

    @Option(help: "Edition of HJ 633; auto takes the one in force at the time of the data.")
    var rules: RulesOption = .auto

    @Flag(name: .customLong("no-o3"), help: "Leave ozone out: the measure of the warning plan.")
    var noO3 = false

    @Option(help: "Compute one city of this name from the mean of the stations' concentrations.")
    var city: String?

    @Option(help: "Pollutants outside the site's plan, as co,o3: shown as / and blocking nothing (HJ 633-2026 5.3.2).")
    var notMonitored: String?

    @OptionGroup var table: TableOptions

    @Option(name: .shortAndLong, help: "Write here instead of standard output; the file appears when it is whole.")
    var output: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard let edition = rules.edition, !edition.rules.isByMass else { return }
        throw ValidationError(
            Session.words.judgesByVolume(
                edition.name, title: edition.text.title,
                others: ["auto"] + Edition.all.filter { $0.rules.isByMass }.map(\.name)))
    }

    mutating func run() throws {
        let options = ReportOptions(includesOzone: !noO3, notMonitored: try PollutantSet(notMonitored: notMonitored))
        let table = try table.read(file)
        var output = try Output(path: output)
        try output.line(IndexTable.header)
        let series = city.map { name in table.cityMean(named: name).map { [$0] } ?? [] } ?? table.series
        for series in series {
            let rules = rules
            let longest = IndexTable.longestRow(station: series.station)
            try series.forEachReport(
                report.kind, options: options, edition: { rules.edition(forPeriodEndingWith: $0) }
            ) { hour, report in
                try output.line(capacity: longest) {
                    IndexTable.write(station: series.station, period: hour, report, to: &$0)
                }
            }
        }
        try output.finish()
    }
}

extension HourlySeries {
    /// Runs the hours of a station through its windows and hands out one report a period: every hour from the first to the
    /// last, or every natural day that these touch.
    func forEachReport(
        _ kind: ReportKind, options: ReportOptions = ReportOptions(), edition: (Hour) -> Edition,
        _ body: (Hour, IndexReport) throws -> Void
    ) throws {
        var windows = StationWindows()
        // The last day ends with its 24:00, whether or not the file does.
        let end = kind == .daily ? last.day.lastHour : last
        var hour = first
        while hour <= end {
            try windows.advance(to: hour, self[hour])
            if kind != .daily || hour == hour.day.lastHour {
                try body(hour, windows.report(kind, edition: edition(hour), options: options))
            }
            hour = hour + 1
        }
    }
}
