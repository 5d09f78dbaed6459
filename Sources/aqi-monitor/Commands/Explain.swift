import AQICore
import ArgumentParser
import Ingest
import Texts

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "One index with its whole arithmetic: rounding, breakpoints, formula, clause.",
        discussion: """
            The pollutants named are taken as the site's plan, so the others do not block
            the index. Values, by edition:
            \(Edition.all.map { "  \($0.name): \($0.text.values)" }.joined(separator: "\n"))

            so2_24h is the 24 h mean that is judged where the hour so2 is above its table.
            A list of up to 12 hours, oldest first, NA where one is missing, gives the
            NowCast, under an edition that has one, as us-epa-2024 of pm25 and pm10.

            EXAMPLES
              aqi-monitor explain pm25=61 pm10=80
              aqi-monitor explain o3_8h=170 pm25=40 --rules hj633-2012
              aqi-monitor explain so2=801 --report realtime --json
              aqi-monitor explain pm25=35.9 o3_8h=0.078 --rules us-epa-2024
              aqi-monitor explain pm25=34.9,43,50,NA,69.2 --rules us-epa-2024
            """)

    enum Report: String, ExpressibleByArgument, CaseIterable {
        case realtime
        case daily

        var kind: ReportKind { self == .realtime ? .realtime : .daily }
    }

    @Argument(help: "NAME=VALUE ...: pm25, pm10, so2, so2_24h, no2, co, o3, o3_8h.")
    var values: [String]

    @Option(help: "realtime or daily (default: daily; realtime of a list of hours).")
    var report: Report?

    @Option(help: "Edition of the index; auto takes that of HJ 633 in force today.")
    var rules: RulesOption = .auto

    @Flag(help: "One line of JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        let edition = rules.edition(forPeriodEndingWith: Hour(containing: WallClock.now))
        let rules = edition.rules
        let kind = (report ?? (values.contains { $0.contains(",") } ? .realtime : .daily)).kind
        var given = [Explanation.Given?](repeating: nil, count: Indicator.count)
        for text in values { try take(text, into: &given, edition, kind) }
        var results = InlineArray<7, IndicatorResult>(repeating: .notMonitored)
        for indicator in Indicator.allSeven {
            guard let table = rules.table(of: indicator, in: kind) else {
                results[indicator.index] = .notReported
                continue
            }
            guard let one = given[indicator.index] else { continue }
            if let mean = one.mean {
                // Above the 8 h table of ozone the hour is judged; where it is named it stands in.
                let other = indicator == .o3EightHours ? given[Indicator.o3.index]?.mean : one.day
                results[indicator.index] = rules.evaluate(
                    mean, by: table, above: other, by: rules.substitute(for: indicator))
            } else if let hours = one.hours {
                results[indicator.index] = .missing(
                    .tooFewHours(have: NowCast.countOfNewest(of: hours), need: NowCast.hoursNeeded))
            } else {
                throw ValidationError(Session.words.goesWith("so2_24h", "so2"))
            }
        }
        let report = IndexReport(kind: kind, edition: edition, results: results)
        var output = try Output(path: nil)
        if json {
            try output.line(jsonObject(report).line)
        } else {
            for line in Explanation(words: Session.words, report: report, given: given).lines { try output.line(line) }
        }
        try output.finish()
    }

    /// Takes one NAME=VALUE.
    private func take(
        _ text: String, into given: inout [Explanation.Given?], _ edition: Edition, _ kind: ReportKind
    ) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let isDay = parts[0] == "so2_24h"
        guard parts.count == 2, let indicator = isDay ? .so2 : Indicator.allSeven.first(where: { $0.name == parts[0] })
        else {
            throw ValidationError(
                Session.words.writeLike(text, ["NAME=VALUE"], of: Indicator.allSeven.map(\.name) + ["so2_24h"]))
        }
        let name = parts[0]
        guard let table = edition.rules.table(of: indicator, in: kind), !isDay || table.beyond.defers else {
            throw ValidationError(Session.words.notInReport(name, Session.words.report(kind), edition.name))
        }
        var one = given[indicator.index] ?? Explanation.Given()
        guard (isDay ? one.day : one.mean) == nil, one.hours == nil else {
            throw ValidationError(Session.words.namedTwice(name))
        }
        let list = parts[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if isDay {
            one.day = Mean(try thousandths(parts[1], of: indicator, edition, in: text))
        } else if list.count == 1 {
            one.mean = Mean(try thousandths(parts[1], of: indicator, edition, in: text))
        } else {
            guard edition.rules.nowCast.contains(indicator) else {
                throw ValidationError(Session.words.noHoursOf(name, edition.name))
            }
            guard kind == .realtime else {
                throw ValidationError(Session.words.hoursAreOfNow(text))
            }
            guard list.count <= Int(NowCast.hours) else {
                throw ValidationError(Session.words.within("\(text): \(list.count)", 1...Int(NowCast.hours)))
            }
            var hours = InlineArray<12, Concentration>(repeating: .missing(.absent))
            for (place, value) in zip(hours.indices.suffix(list.count), list) {
                if HourlyTableReader.isMissing(value) { continue }
                hours[place] = Concentration(thousandths: try thousandths(value, of: indicator, edition, in: text))
            }
            guard hours.indices.contains(where: { !hours[$0].isMissing }) else {
                throw ValidationError(Session.words.mustNotBeEmpty(text))
            }
            one.hours = hours
            one.mean = NowCast(of: hours).map { Mean($0.thousandths) }
        }
        given[indicator.index] = one
    }

    /// A value in the unit of the edition, in thousandths of the unit of its table.
    private func thousandths(
        _ value: String, of indicator: Indicator, _ edition: Edition, in text: String
    ) throws -> Int32 {
        let unit = edition.text.units[indicator.pollutant.index]
        let (lowest, highest) = (indicator.pollutant.lowestLegal, Int64(2_000_000_000))
        guard
            case .thousandths(let nearest, let inexact) = DecimalText.parse(
                Array(value.utf8).span, 0..<value.utf8.count, decimals: unit.decimals),
            nearest > lowest || (nearest == lowest && inexact >= 0),
            nearest < highest || (nearest == highest && inexact <= 0)
        else {
            throw ValidationError(
                Session.words.decimalWanted(
                    text, from: DecimalWriting.shortest(lowest, decimals: unit.decimals),
                    to: DecimalWriting.shortest(highest, decimals: unit.decimals), unit.name))
        }
        // An edition that cuts must not see a value that was rounded up before.
        return Int32(edition.rules.preparation == .truncated && inexact < 0 ? nearest - 1 : nearest)
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
