import AQICore
import ArgumentParser
import Ingest
import Texts

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One index with its whole arithmetic: rounding, breakpoints, formula, clause.",
        discussion: """
            The pollutants named are taken as the site's plan, so the others do not block the index. Units: µg/m³, co mg/m³.

            EXAMPLES
              aqi-monitor explain pm25=61 pm10=80
              aqi-monitor explain o3_8h=170 pm25=40 --rules hj633-2012
              aqi-monitor explain so2=801 --report realtime --json
            """)

    enum Report: String, ExpressibleByArgument, CaseIterable {
        case realtime
        case daily

        var kind: ReportKind { self == .realtime ? .realtime : .daily }
    }

    @Argument(help: "NAME=VALUE ...: pm25, pm10, so2, no2, co, o3, o3_8h.")
    var values: [String]

    @Option(help: "realtime or daily.")
    var report: Report = .daily

    @Option(help: "Edition of HJ 633; auto takes the one in force today.")
    var rules: RulesOption = .auto

    @Flag(help: "One line of JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        let edition = rules.edition(forPeriodEndingWith: Hour(containing: WallClock.now))
        let rules = edition.rules
        var means = [Mean?](repeating: nil, count: Indicator.count)
        for text in values {
            let (indicator, mean) = try parse(text)
            guard rules.table(of: indicator, in: report.kind) != nil else {
                throw ValidationError(
                    "\(indicator.name): not part of the \(report.rawValue) report of \(edition.name).")
            }
            guard means[indicator.index] == nil else { throw ValidationError("\(indicator.name): named twice.") }
            means[indicator.index] = mean
        }
        var results = InlineArray<7, IndicatorResult>(repeating: .notMonitored)
        for indicator in Indicator.allSeven {
            guard let table = rules.table(of: indicator, in: report.kind) else {
                results[indicator.index] = .notReported
                continue
            }
            guard let mean = means[indicator.index] else { continue }
            results[indicator.index] = rules.evaluate(mean, of: indicator.pollutant, by: table)
        }
        // HJ 633-2012 table 1, note (3): above 800 the hour is judged; where it is named it stands in.
        if case .value(let shown, subIndex: nil) = results[Indicator.o3EightHours.index],
            let hour = results[Indicator.o3.index].subIndex
        {
            results[Indicator.o3EightHours.index] = .value(concentration: shown, subIndex: hour)
        }
        let report = IndexReport(kind: report.kind, edition: edition, results: results)
        var output = try Output(path: nil)
        if json {
            try output.line(jsonObject(report).line)
        } else {
            let explanation = Explanation(words: Session.words, report: report, means: means)
            for line in explanation.lines { try output.line(line) }
        }
        try output.finish()
    }

    private func parse(_ text: String) throws -> (Indicator, Mean) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let indicator = Indicator.allSeven.first(where: { $0.name == parts[0] }) else {
            throw ValidationError(
                "\(text): write NAME=VALUE with one of \(Indicator.allSeven.map(\.name).joined(separator: ", ")).")
        }
        guard case .thousandths(let value, _) = DecimalText.parse(Array(parts[1].utf8).span, 0..<parts[1].utf8.count),
            value >= indicator.pollutant.lowestLegal, value <= 2_000_000_000
        else {
            throw ValidationError(
                "\(text): a plain decimal from \(indicator == .co ? "-0.5" : "-10") to 2000000 is wanted.")
        }
        return (indicator, Mean(Int32(value)))
    }

    private func jsonObject(_ report: IndexReport) -> JSON {
        .object([
            ("rules", .string(report.edition.name)), ("report", .string(report.kind.name)),
            ("aqi", .integer(orNull: report.index)),
            ("level", .integer(orNull: report.level.map { Int32($0.rawValue) })),
            ("primary", .array(report.primary.names.map(JSON.string))),
            (
                "iaqi",
                .object(
                    Indicator.allSeven.compactMap { indicator in
                        guard case .value(_, let subIndex) = report[indicator] else { return nil }
                        return (indicator.name, .integer(orNull: subIndex))
                    })
            ),
        ])
    }
}
