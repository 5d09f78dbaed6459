package import AQICore
import Response
package import Texts
import Warnings

extension DocumentSource {
    /// The assessment of twelve months: warnings, days by air quality, forecasts; the judgement is left to people.
    ///
    /// Source: Plan 八: before May, sent by the end of May; amendments filed by the end of September.
    package func assessment(of days: ClosedRange<NaturalDay>, in language: Language) -> Document {
        let words = language.words
        let period = words.period(from: words.date(days.lowerBound.date), to: words.date(days.upperBound.date))
        let indices = (days.lowerBound.number...days.upperBound.number).map {
            observed?[NaturalDay(number: $0).lastHour]
        }
        let known = indices.compactMap(\.self)
        var document = Document(language, title: words.assessmentTitle(city: words.text(response.city.name), period))
        document.blocks = [
            .facts([
                Document.Fact(words.label(.period), period),
                Document.Fact(words.label(.dataCoverage), words.percent(known.count, of: indices.count)),
                Document.Fact(words.label(.remarks), words.label(.assessmentDue)),
            ])
        ]
        document.blocks += warningTables(warnings(in: days), words)
        document.blocks += [
            airQuality(known, unknown: indices.count - known.count, words), .paragraph(words.label(.ozoneLeftOut)),
            skill(words),
            .facts([
                Document.Fact(words.label(.implementation), fields.implementation),
                Document.Fact(words.label(.effect), fields.effect),
                Document.Fact(words.label(.problems), fields.problems),
                Document.Fact(words.label(.amendments), fields.amendments),
            ]),
        ]
        return document
    }

    private func airQuality(_ known: [Int32], unknown: Int, _ words: any Words) -> Document.Block {
        var rows: [[String?]] = []
        for level in (1...6).compactMap(AirQualityLevel.init(rawValue:)) {
            let days = known.count { AirQualityLevel(index: $0) == level }
            rows.append([words.level(level), "\(days)"])
        }
        rows.append([words.label(.unknownDays), "\(unknown)"])
        return .table(
            Document.Table(
                words.label(.daysByAirQuality), header: [words.label(.airQuality), words.label(.count)], rows: rows))
    }

    /// Each warning, and how many of each level.
    private func warningTables(_ warnings: [[Change]], _ words: any Words) -> [Document.Block] {
        let header: [DocumentLabel] = [.number, .level, .issued, .lifted, .duration, .peak]
        var counts: [[String?]] = []
        for level in WarningLevel.allCases {
            let own = warnings.count { highest($0) == level }
            counts.append([words.warning(level), "\(own)"])
        }
        return [
            .table(
                Document.Table(
                    words.label(.warningsOfYear), header: header.map(words.label), rows: warnings.map { row($0, words) }
                )),
            .table(
                Document.Table(
                    words.label(.warningsByLevel), header: [words.label(.level), words.label(.count)], rows: counts)),
        ]
    }

    /// The warnings of which something happened in the period, each with its changes.
    private func warnings(in days: ClosedRange<NaturalDay>) -> [[Change]] {
        let numbers = Set(
            changes.filter { days.contains(Hour(containing: $0.issued).day) }.map(\.event.number))
        return numbers.sorted().map(changes(of:))
    }

    private func highest(_ changes: [Change]) -> WarningLevel? { changes.map(\.event.level).max() }

    private func row(_ changes: [Change], _ words: any Words) -> [String?] {
        let lift = changes.last.flatMap { $0.event.kind == .lifted ? $0.issued : nil }
        let first = changes.first?.issued
        let peak = first.flatMap { first in
            lift.flatMap { lift -> Int32? in
                let start = Hour(containing: first)
                return observed?.peak(start...max(start, Hour(containing: lift) - 1))?.index
            }
        }
        return [
            changes.first.map { "\($0.event.number)" }, highest(changes).map(words.warning), first.map(words.when),
            lift.map(words.when) ?? "",
            first.flatMap { first in lift.map { words.hours(Int(($0 - first) / 3600)) } } ?? "",
            peak.map { "\($0)" } ?? words.label(.notKnown),
        ]
    }

    /// How the forecasts of each issuer did, by lead day.
    private func skill(_ words: any Words) -> Document.Block {
        var rows: [[String?]] = []
        for issuer in issuers {
            for tally in issuer.skill {
                rows.append([
                    issuer.name, "\(tally.lead)", "\(tally.days)",
                    words.percent(tally.hits, of: tally.hits + tally.misses),
                    words.percent(tally.falseAlarms, of: tally.hits + tally.falseAlarms),
                ])
            }
        }
        let header = words.skillHeader
        guard !rows.isEmpty else {
            return .facts([Document.Fact(words.label(.forecastSkill), words.skillNone)])
        }
        return .table(
            Document.Table(
                words.label(.forecastSkill),
                header: [words.label(.issuer)] + header.prefix(2) + header.suffix(2), rows: rows))
    }
}
