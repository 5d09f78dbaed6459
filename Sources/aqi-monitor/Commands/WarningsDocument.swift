import AQICore
import ArgumentParser
import Documents
import Ingest
import Store
import Texts
import Warnings

struct WarningsDocument: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document",
        abstract: "A document of the plan, as Markdown, HTML for A4, plain text or a CAP 1.2 message.",
        discussion: """
            KIND       what it is                                        of what
            forecast   the forecast report of annex 3, to be signed      now, or --at
            bulletin   the warning bulletin                              the newest change, or --number
            notice     what the public hears at once: an issue, a        the newest notice, or --number
                       change, a lift, a lift and the next issue
            day        the day-after report                              yesterday, or the day of --at
            summary    the summary of a spell, with its curve            the newest warning, or --number
            year       the year's assessment, 1 May to 30 April          the year of --at

            What nobody has written is a blank to fill in; --field and --fields fill it before. A CAP message with a blank is
            refused.

            EXAMPLES
              aqi-monitor warnings document bulletin --store air.db --format html --out bulletin.html
              aqi-monitor warnings document summary --number 3 --lang zh --fields summary.json --store air.db
              aqi-monitor warnings document notice --format cap --sender 13100041600000 --field weather=calm --store air.db
              aqi-monitor warnings document summary --events events.jsonl --observed hours.csv --forecast forecast.csv
            """)

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case forecast, bulletin, notice, day, summary, year
    }

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case md, html, text, cap
    }

    @Argument(help: "forecast, bulletin, notice, day, summary, year.")
    var kind: Kind

    @Option(help: "The number of a warning (default: the newest).")
    var number: Int?

    @Option(help: "md, html, text; cap of a notice.")
    var format: Format = .md

    @Option(help: "Of CAP: the code of the unit that issues, 14 digits.")
    var sender: String?

    @Option(help: "Of CAP: the release centre's code of heavy-pollution weather.")
    var eventCode: String?

    @Option(help: "The file to write (default: standard output).")
    var out: String?

    @OptionGroup var blanks: BlankOptions
    @OptionGroup var source: DocumentOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if format == .cap, kind != .notice { throw ValidationError(Session.words.goesWith("--format cap", "notice")) }
        if format == .cap { _ = try CAPOptions(sender: sender, isExercise: false, eventCode: nil) }
    }

    mutating func run() throws {
        let source = try self.source.read(hours: hours)
        let text = format == .cap ? try cap(source) : written(try document(source))
        var output = try Output(path: out)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            try output.line(String(line))
        }
        try output.finish()
    }

    private func written(_ document: Document) -> String {
        switch format {
        case .html: document.html
        case .text: document.plainText
        case .md, .cap: document.markdown
        }
    }

    private func cap(_ source: DocumentSource) throws -> String {
        let options = try CAPOptions(sender: sender, isExercise: source.isExercise, eventCode: eventCode)
        let notice = try notice(source)
        guard let message = source.messages(options).last(where: { $0.sent == notice.issued }) else {
            throw Failure(.noInput, Session.words.noWarningInStore)
        }
        try blanks.check([(message.identifier, notice)], of: source)
        return message.xml
    }

    private func document(_ source: DocumentSource) throws -> Document {
        let language = Session.language
        switch kind {
        case .forecast: return source.forecastReport(at: self.source.now, in: language)
        case .bulletin:
            guard let change = try changes(source).last(where: { $0.event.kind != .lifted }) else {
                throw Failure(.noInput, Session.words.noWarningInStore)
            }
            return source.bulletin(of: change, in: language)
        case .notice: return source.notice(try notice(source), in: language)
        case .day: return source.dayReport(of: day, in: language)
        case .summary:
            let changes = try changes(source)
            return source.summary(of: changes[0].event.number, until: self.source.now, in: language)
        case .year: return source.assessment(of: try year(), in: language)
        }
    }

    // MARK: - Of what

    /// The changes of the warning that is meant; never empty.
    private func changes(_ source: DocumentSource) throws -> [DocumentSource.Change] {
        let known = source.changes.filter { $0.issued <= self.source.now }
        let number = number ?? known.last?.event.number
        let changes = known.filter { $0.event.number == number }
        guard !changes.isEmpty else { throw Failure(.noInput, Session.words.noWarningInStore) }
        return changes
    }

    private func notice(_ source: DocumentSource) throws -> PublicNotice {
        guard let last = try changes(source).last,
            let notice = PublicNotice.all(of: source.changes).last(where: { $0.changes.contains(last) })
        else { throw Failure(.noInput, Session.words.noWarningInStore) }
        return notice
    }

    private var day: NaturalDay {
        source.at.map { Hour(containing: $0.instant).day }
            ?? NaturalDay(number: Hour(containing: source.now).day.number - 1)
    }

    /// The twelve months before May of the year.
    private func year() throws -> ClosedRange<NaturalDay> {
        let year = Hour(containing: source.now).day.date.year
        guard let first = CivilDate(year: year - 1, month: 5, day: 1),
            let last = CivilDate(year: year, month: 4, day: 30)
        else { throw ValidationError(Session.words.writeLike("--at", ["2026-11-16"])) }
        return NaturalDay(first)...NaturalDay(last)
    }

    /// The hours whose air is looked at.
    private func hours(_ source: DocumentSource) -> ClosedRange<Hour>? {
        let now = Hour(containing: self.source.now)
        switch kind {
        case .forecast: return now - 72...now
        case .day: return day.firstHour...day.lastHour
        case .year: return (try? year()).map { $0.lowerBound.firstHour...$0.upperBound.lastHour }
        case .bulletin, .notice, .summary:
            guard let changes = try? changes(source), let last = changes.last else { return nil }
            let hours = changes.map(\.event.hour) + changes.compactMap(\.event.spell?.first)
            let end = last.event.kind == .lifted ? last.event.hour : now
            return (hours.min() ?? now) - 24...max(end, hours.max() ?? now)
        }
    }
}

extension CAPOptions {
    init(sender: String?, isExercise: Bool, eventCode: String?) throws {
        guard let sender = sender.flatMap(CAPMessage.Sender.init) else {
            throw ValidationError(Session.words.senderWanted(sender.map { "--sender \"\($0)\"" } ?? "--sender"))
        }
        self.init(sender: sender)
        status = isExercise ? .exercise : .actual
        self.eventCode = eventCode
    }
}
