import AQICore
import ArgumentParser
import Ingest
import Store
import Texts
import Warnings

struct WarningsForecast: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast", abstract: "Hands a forecast to the running monitor; the newest of all issuers counts.",
        discussion: """
            CSV, issued,time,pm25,pm10,so2,no2,co or issued,date,aqi, or the same as JSON, an object a line. Of a file with
            several issues the newest is taken.

            EXAMPLES
              aqi-monitor warnings forecast forecast.csv --issuer 市气象台 --as 李四
              aqi-monitor warnings forecast days.jsonl --issuer 省站 --as 李四
            """)

    @Argument(help: "The file, or - for standard input.")
    var file: String

    @Option(help: "Who made it.")
    var issuer: String

    @OptionGroup var desk: DeskOptions

    mutating func run() async throws {
        let bytes = try TableFile.read(file)
        // Read here first: what is wrong is said with its line.
        _ = try IssuedForecast(table: bytes, path: file)
        let most = ControlService.longestRequest / 2
        guard bytes.count <= most else { throw Failure(.badData, Session.words.forecastTooLarge(file, bytes: most)) }
        try await desk.carryOut(.forecast(issuer: issuer, table: String(decoding: bytes, as: UTF8.self)))
    }
}

struct WarningsSkill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "skill", abstract: "How the forecasts did against what came, by issuer and lead day.",
        discussion: """
            With --observed: how the built-in baseline would have done on those hours, beside persistence; it is indicative
            and issues nothing.

            EXAMPLES
              aqi-monitor warnings skill --store air.db
              aqi-monitor warnings skill --observed hours.csv
            """)

    @OptionGroup var monitor: MonitorOptions

    @Option(help: "An hourly table: judge the baseline on it instead, station by station.")
    var observed: String?

    @Flag(help: "A line of JSON a row.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        var output = try Output(path: nil)
        if let observed {
            try judgeBaseline(observed, &output)
        } else {
            let status = try await monitor.warnings().status
            for line in lines(status.office.forecasts) { try output.line(line.harmless) }
        }
        try output.finish()
    }

    private func lines(_ desk: ForecastDesk) -> [String] {
        let words = Session.words
        var lines: [String] = []
        for issuer in desk.issuers where !issuer.skill.isEmpty {
            if json {
                lines += issuer.skill.map { row(issuer.name, $0).line }
                continue
            }
            lines += [words.skillTitle(issuer.name), "  " + words.skillHeader.joined(separator: "\t")]
            lines += issuer.skill.map { tally in
                "  "
                    + [
                        "\(tally.lead)", "\(tally.days)", tenths(tally.bias), tenths(tally.rootMeanSquareError),
                        percent(tally.hitRate), percent(tally.falseAlarmRatio),
                    ].joined(separator: "\t")
            }
        }
        return lines.isEmpty && !json ? [words.skillNone] : lines
    }

    private func row(_ issuer: String, _ tally: SkillTally) -> JSON {
        func number(_ value: Double?) -> JSON { value.map { .number(tenths($0)) } ?? .null }
        func share(_ value: Double?) -> JSON { value.map { .number(thousandths($0)) } ?? .null }
        return .object([
            ("issuer", .string(issuer)), ("leadDay", .integer(Int64(tally.lead))),
            ("days", .integer(Int64(tally.days))),
            ("bias", number(tally.bias)), ("rmse", number(tally.rootMeanSquareError)),
            ("hitRate", share(tally.hitRate)),
            ("falseAlarmRatio", share(tally.falseAlarmRatio)),
        ])
    }

    private func judgeBaseline(_ file: String, _ output: inout Output) throws {
        let table = try HourlyTableReader().readFile(file)
        let scores = table.series.map { series in
            BaselineScore.judge(first: series.first, rows: series.rows, leads: [24, 48, 72])
        }
        if !json { try output.line(Session.words.baselineIsIndicative) }
        for lead in [24, 48, 72] as [Int32] {
            let total = scores.reduce(BaselineScore(lead: lead)) { sum, station in
                station.first { $0.lead == lead }.map { sum + $0 } ?? sum
            }
            guard let baseline = total.baselineError, let persistence = total.persistenceError else { continue }
            let gain = 1 - baseline / persistence
            if json {
                try output.line(
                    JSON.object([
                        ("leadHours", .integer(Int64(lead))), ("cases", .integer(Int64(total.cases))),
                        ("baseline", .number(tenths(baseline))), ("persistence", .number(tenths(persistence))),
                        ("gain", .number(thousandths(gain))), ("indicative", .bool(true)),
                    ]).line)
            } else {
                try output.line(
                    "  \(lead) h: \(tenths(baseline)), persistence \(tenths(persistence)) "
                        + "(\(percent(gain)) less, \(total.cases) cases)")
            }
        }
    }

    private func tenths(_ value: Double?) -> String { value.map { decimal($0, places: 1) } ?? "-" }
    private func thousandths(_ value: Double) -> String { decimal(value, places: 3) }
    private func percent(_ value: Double?) -> String { value.map { decimal($0 * 100, places: 0) + " %" } ?? "-" }

    /// A decimal without an exponent.
    private func decimal(_ value: Double, places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let number = Int64((value * scale).rounded())
        let digits = "\(number.magnitude)"
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let sign = number < 0 ? "-" : ""
        return places == 0 ? sign + padded : sign + padded.dropLast(places) + "." + padded.suffix(places)
    }
}
