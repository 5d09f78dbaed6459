package import AQICore
import Response
package import Texts
import Warnings

extension DocumentSource {
    /// The report of a day of the response, drawn up on the day after: who did what, and who has not reported.
    ///
    /// Source: Plan 七.
    package func dayReport(of day: NaturalDay, in language: Language) -> Document {
        let words = language.words
        let end = day.lastHour.endingLabel
        let level = level(at: end) ?? level(at: day.firstHour.beginning)
        let hours = day.firstHour...day.lastHour
        let blocks: [Document.Block] = [
            .facts([
                Document.Fact(
                    words.label(.warningInForce),
                    level.map { words.response(to: $0, in: nil) } ?? words.label(.noWarningInForce)),
                Document.Fact(words.label(.observedIndex), index(observed?[day.lastHour], words)),
                Document.Fact(
                    words.label(.heavyHours),
                    observed.map { "\($0.part(hours).count { $0.map { $0 > base } ?? false })" }),
                Document.Fact(words.label(.unknownHours), observed.map { "\($0.part(hours).count { $0 == nil })" }),
            ]),
            .paragraph(words.label(.ozoneLeftOut)),
            bodies(rounds.last { $0.kind == .dailyReport && $0.day == day }, words),
            .facts([
                Document.Fact(words.label(.plantsCompliance), fields.plantsCompliance),
                Document.Fact(words.label(.remarks), fields.remarks),
            ]),
        ]
        let title = words.dayReportTitle(city: words.text(response.city.name), words.date(day.date))
        return Document(language, title: title, blocks: blocks)
    }

    /// The summary of a spell, within two days of the lift: what was decided, what the air did, who did what.
    ///
    /// Source: Plan 七.
    package func summary(of number: Int, until now: Instant, in language: Language) -> Document {
        let words = language.words
        let changes = changes(of: number)
        var document = Document(
            language, title: words.summaryTitle(city: words.text(response.city.name), number: number))
        guard let first = changes.first, let last = changes.last else { return document }
        let lift = last.event.kind == .lifted ? last.issued : nil
        let hours = span(of: changes, until: lift ?? now)
        let peak = observed?.peak(hours)
        document.blocks = [
            .facts([
                Document.Fact(words.label(.issued), words.when(first.issued)),
                Document.Fact(words.label(.lifted), lift.map(words.when)),
                Document.Fact(words.label(.duration), words.hours(Int(((lift ?? now) - first.issued) / 3600))),
                Document.Fact(
                    words.label(.peak), peak.map { words.indexAt($0.index, words.when($0.hour.endingLabel)) }),
                Document.Fact(words.label(.daysAbove200), observed.map { "\($0.days(above: 200, in: hours))" }),
                Document.Fact(words.label(.daysAbove300), observed.map { "\($0.days(above: 300, in: hours))" }),
                Document.Fact(words.label(.unknownHours), observed.map { "\($0.part(hours).count { $0 == nil })" }),
            ]),
            .table(
                Document.Table(
                    words.label(.changes),
                    header: [words.label(.timeOfIssue), words.label(.change), words.label(.signer)],
                    rows: changes.map {
                        [words.when($0.issued), words.change($0.event.kind, $0.event.level), $0.signer]
                    })),
        ]
        document.blocks += air(hours, foreseen: forecast(at: first.issued), words)
        document.blocks += [
            bodies(rounds.last { $0.kind == .summary && $0.warning == number }, words),
            .facts([
                Document.Fact(words.label(.plantsCompliance), fields.plantsCompliance),
                Document.Fact(words.label(.lessons), fields.problems),
            ]),
        ]
        return document
    }

    /// From the issue, or the beginning of the pollution where it came first, to the lift.
    private func span(of changes: [Change], until end: Instant) -> ClosedRange<Hour> {
        let hours = changes.compactMap(\.event.spell?.first) + changes.map(\.event.hour)
        let first = hours.min() ?? Hour(containing: end)
        return first...max(first, Hour(containing: end) - 1)
    }

    /// The curve, and its numbers day by day.
    private func air(_ hours: ClosedRange<Hour>, foreseen: Foreseen?, _ words: any Words) -> [Document.Block] {
        guard let observed else { return [] }
        func peak(_ course: IndexCourse?) -> String {
            course?.peak(hours).map { words.indexAt($0.index, words.when($0.hour.endingLabel)) }
                ?? words.label(.notKnown)
        }
        let forecastName = foreseen.map {
            words.list([words.label(.forecast), $0.issuer, words.when($0.issued)].compactMap(\.self))
        }
        let curve = Curve(
            title: words.label(.curve),
            description: words.curveDescription(observed: peak(observed), forecast: peak(foreseen?.course)),
            first: hours.lowerBound, observed: .init(name: words.label(.observed), indices: observed.part(hours)),
            forecast: .init(
                name: forecastName ?? words.label(.noForecast), indices: foreseen?.course.part(hours) ?? []),
            base: base)
        let days = hours.lowerBound.day.number...hours.upperBound.day.number
        let table = Document.Table(
            words.label(.dayByDay),
            header: [words.label(.day), words.label(.observed), words.label(.forecast), words.label(.deviation)],
            rows: days.map { number in
                let day = NaturalDay(number: number)
                let (came, said) = (observed[day.lastHour], foreseen?.course[day.lastHour])
                return [
                    words.date(day.date), index(came, words), index(said, words),
                    came.flatMap { came in said.map { "\($0 - came)" } } ?? "",
                ]
            })
        return [.curve(curve), .table(table), .paragraph(words.label(.ozoneLeftOut))]
    }

    private func index(_ index: Int32?, _ words: any Words) -> String {
        index.map { "\($0)" } ?? words.label(.notKnown)
    }

    /// Areas and departments, and what each reported: as people wrote it for this document, else as the round has it.
    private func bodies(_ round: TaskRound?, _ words: any Words) -> Document.Block {
        let known =
            response.areas.map(\.name) + response.departments.filter { $0.id != "areas" }.map(\.name)
        let reported = (round?.done ?? []).map { done in
            DocumentFields.Report(
                body: done.party == ResponseDesk.office
                    ? words.label(.headquartersOffice) : response.department(done.party)?.name.zh ?? done.party,
                carriedOut: done.text, reportedBy: done.person)
        }
        let reports = (fields.reports ?? []) + reported
        var rows = known.map { name -> [String?] in
            guard let report = reports.first(where: { $0.body == name.zh || $0.body == name.en }) else {
                return [words.text(name), words.label(.notReported), "", "", ""]
            }
            return row(words.text(name), report)
        }
        rows += reports.filter { report in !known.contains { $0.zh == report.body || $0.en == report.body } }
            .map { row($0.body, $0) }
        return .table(
            Document.Table(
                words.label(.bodies),
                header: [
                    words.label(.body), words.label(.carriedOut), words.label(.plantsChecked), words.label(.findings),
                    words.label(.reportedBy),
                ], rows: rows))
    }

    private func row(_ name: String, _ report: DocumentFields.Report) -> [String?] {
        [name, report.carriedOut, report.plantsChecked, report.findings, report.reportedBy]
    }
}
