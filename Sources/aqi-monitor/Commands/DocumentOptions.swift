import AQICore
import ArgumentParser
import Documents
import Ingest
import Response
import Store
import Texts
import Warnings

/// Where documents and messages take warnings and air from.
struct DocumentOptions: ParsableArguments {
    @Option(help: "Events as warnings replay prints them, instead of a store.")
    var events: String?

    @Option(help: "With --events: hourly table of the city's stations, or of the city.")
    var observed: String?

    @Option(help: "Forecasts, as warnings replay takes them; beside a store that keeps but the newest.")
    var forecast: String?

    @Option(help: "With --events: the plan by which the air is measured.")
    var plan = WarningPlan.usual.name

    @Option(help: "What people write: a JSON file, as {\"weather\": \"...\"}; docs/documents.md has the fields.")
    var fields: String?

    @Option(help: "One of these fields, as weather=\"calm, inversion\"; may be repeated.")
    var field: [FieldOption] = []

    @Option(help: "The moment of which is spoken, as 2026-11-16T08:00 (default: now).")
    var at: TimeOption?

    @Flag(help: "Says that it is an exercise.")
    var exercise = false

    @OptionGroup var monitor: MonitorOptions

    var now: Instant { at?.instant ?? WallClock.now }

    /// Reads the warnings, and then the air of the hours that they call for.
    func read(hours: (DocumentSource) -> ClosedRange<Hour>?) throws -> DocumentSource {
        let configuration = try monitor.config.map(Configuration.read)
        let plan = try configuration?.plan ?? WarningPlan.named(plan)
        let response = configuration.map { $0.response.limited(to: $0.areas) }
        var reader = DocumentReader(plan: plan, response: response ?? .shipped)
        reader.source.isExercise = exercise
        try reader.readFields(fields, and: field)
        if let events {
            try reader.readEvents(events)
            try reader.readAir(observed: observed, forecast: forecast)
        } else {
            let store = try StoreReader(path: try monitor.storePath())
            try reader.readWarnings(store)
            if let at { reader.source.changes.removeAll { $0.issued > at.instant } }
            // Nothing of what came after the moment that is spoken of.
            let last = at.map { Hour(containing: $0.instant) - 1 }
            if let hours = hours(reader.source), hours.lowerBound <= last ?? hours.upperBound {
                try reader.readAir(
                    store, stations: configuration?.stations.map(\.key),
                    hours: hours.lowerBound...min(hours.upperBound, last ?? hours.upperBound))
            }
            if let forecast { try reader.readAir(observed: nil, forecast: forecast) }
        }
        return reader.source
    }
}

/// A field that people write, as `weather=calm`; those that are more than a text stand in a file.
struct FieldOption: ExpressibleByArgument {
    let name: DocumentFields.CodingKeys
    let text: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let name = DocumentFields.CodingKeys(rawValue: parts[0]) else { return nil }
        self.name = name
        text = parts[1]
    }
}

/// Whether messages may go out with blanks.
struct BlankOptions: ParsableArguments {
    @Flag(help: "Hand over what is not filled in as a blank, instead of refusing it.")
    var blanks = false

    /// Refuses notices in which something is still to be filled in, each by its name and its fields.
    func check(_ notices: [(name: String, notice: PublicNotice)], of source: DocumentSource) throws {
        guard !blanks else { return }
        let words = Session.words
        var isComplete = true
        for (name, notice) in notices {
            let blanks = source.notice(notice, in: Session.language).blanks
            if blanks.isEmpty { continue }
            isComplete = false
            Session.say(words.notFilledIn(name, blanks.map { ($0.missing?.rawValue ?? "", $0.name) }))
        }
        if !isComplete { throw Failure(.badData, words.nothingHandedOver) }
    }
}
