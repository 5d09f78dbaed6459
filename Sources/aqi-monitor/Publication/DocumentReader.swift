import AQICore
import Documents
import Foundation
import Ingest
import Response
import Store
import Texts
import Warnings

/// Puts together what documents are made of: from a store, or from the files of a replay.
struct DocumentReader {
    /// What a document looks at: hours, and the warning it is about.
    var plan: WarningPlan
    var source: DocumentSource

    init(plan: WarningPlan, response: ResponsePlan) {
        self.plan = plan
        source = DocumentSource(response: response, base: plan.base)
    }

    // MARK: - From a store

    /// The warnings of a store, each with its signature as the ledger has it.
    mutating func readWarnings(_ reader: StoreReader) throws {
        var events: [WarningEvent] = []
        let signatures = try reader.read { queries in
            if try queries.state(Pipeline.simulationState) != nil, !source.isExercise {
                source.isExercise = true
                Session.say(Session.words.storeIsSimulated(reader.path))
            }
            try queries.forEachWarning { hour, body in
                guard let event = RecordedEvent.read(body.utf8) else {
                    throw Failure(.badData, Session.words.badEventInStore(hour.endingLabel.iso8601))
                }
                if event.kind != .proposed { events.append(event) }
            }
            return try queries.ledger().filter { $0.kind == LedgerLine.Kind.issued.rawValue }
        }
        source.changes = events.map { event in
            // Signed in the hour after that of the decision, before the next one is decided.
            let decided = event.hour.endingLabel
            let action = "\"\(event.kind) \(event.level)\""
            let signature = signatures.first {
                $0.body.contains(action) && (0...2 * 3600).contains($0.time - decided)
            }
            return .init(
                event: event, issued: signature?.time ?? decided, signer: signature.map(\.person))
        }
        let status = try WarningStatus(reader: reader)
        source.issuers = status.office.forecasts.issuers
        source.areaLevels = status.office.areas
        source.rounds = status.response?.tasks.rounds ?? []
    }

    /// The city's hours of a store, and the forecast in use.
    mutating func readAir(_ reader: StoreReader, stations: [String]?, hours: ClosedRange<Hour>) throws {
        var series: [String: HourlySeries] = [:]
        // A day before, for the first window.
        let first = hours.lowerBound - 23
        try reader.read { queries in
            try queries.forEachHour(stations: stations, from: first, through: hours.upperBound) { record in
                var own = series[record.station] ?? HourlySeries(station: record.station, first: first, rows: [])
                while own.last < record.hour - 1 { own.rows.append(HourRow()) }
                own.rows.append(record.row)
                series[record.station] = own
            }
        }
        let status = try WarningStatus(reader: reader)
        let city = HourlyTable(series: Array(series.values)).cityMean(named: "city")
        take(city, dust: status.office.dust)
        guard let inUse = status.office.forecasts.inUse else { return }
        if let hourly = status.office.forecasts.hourly {
            add(hourly, issuer: inUse.issuer, after: city)
        } else if let course = IndexCourse(days: status.office.forecasts.daily) {
            source.forecasts.append(.init(issuer: inUse.issuer, issued: inUse.issued, course: course))
        }
    }

    // MARK: - From files

    /// The events that `warnings replay` printed.
    mutating func readEvents(_ path: String) throws {
        let lines = try TableFile.read(path).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (place, line) in lines.enumerated() where line.contains(where: { $0 > 32 }) {
            guard let event = RecordedEvent.read(line) else {
                throw Failure(
                    .badData, Session.words.inTable(path, line: place + 1, Session.words.notAnEvent))
            }
            guard event.kind != .proposed else { continue }
            source.changes.append(.init(event: event, issued: event.hour.endingLabel, signer: nil))
        }
    }

    /// The hours of a table, and the forecasts of another.
    mutating func readAir(observed: String?, forecast: String?) throws {
        let city = try observed.flatMap { try HourlyTableReader().readFile($0).cityMean(named: "city") }
        if observed != nil { take(city, dust: HourRanges()) }
        guard let forecast else { return }
        do {
            switch try ForecastJSON.read(try TableFile.read(forecast)) {
            case .hourly(let issues):
                for issue in issues {
                    let forecast = Forecast(issued: issue.issued, first: issue.series.first, rows: issue.series.rows)
                    add(forecast, issuer: nil, after: city)
                }
            case .daily(let values):
                for (issued, days) in Dictionary(grouping: values, by: \.issued).sorted(by: { $0.key < $1.key }) {
                    let indices = days.reduce(into: [NaturalDay: Int32]()) { $0[$1.day] = $1.index }
                    guard let course = IndexCourse(days: indices) else { continue }
                    source.forecasts.append(.init(issuer: nil, issued: issued, course: course))
                }
            }
        } catch let error as TableError {
            throw TableProblem(path: forecast, error: error)
        }
    }

    private mutating func take(_ city: HourlySeries?, dust: HourRanges) {
        source.observed = city.map { IndexCourse(first: $0.first, rows: $0.rows, plan: plan, dust: dust) }
    }

    private mutating func add(_ forecast: Forecast, issuer: String?, after city: HourlySeries?) {
        let course = IndexCourse(forecast, after: { city?[$0] ?? HourRow() }, plan: plan)
        source.forecasts.append(.init(issuer: issuer, issued: forecast.issued, course: course))
    }

    // MARK: - What people write

    /// The fields of a JSON file, and single ones beside it; a name that nobody knows is refused.
    mutating func readFields(_ path: String?, and texts: [FieldOption]) throws {
        var object: [String: Any] = [:]
        if let path {
            let data = Data(try TableFile.read(path))
            guard let read = (try? JSONSerialization.jsonObject(with: data)) as? [String: Any] else {
                throw Failure(.badData, Session.words.notFields(path))
            }
            object = read
        }
        let names = DocumentFields.CodingKeys.allCases.map(\.rawValue)
        if let unknown = object.keys.filter({ !names.contains($0) }).min() {
            throw Failure(.badData, Session.words.unknownField(path ?? "--field", unknown, known: names.sorted()))
        }
        for field in texts { object[field.name.rawValue] = field.text }
        // What nobody can read is not filled in.
        object = object.filter { ($0.value as? String)?.contains { !$0.isWhitespace } ?? true }
        do {
            let data = try JSONSerialization.data(withJSONObject: object)
            source.fields = try JSONDecoder().decode(DocumentFields.self, from: data)
        } catch {
            throw Failure(.badData, Session.words.notFields(path ?? "--field"))
        }
    }
}
