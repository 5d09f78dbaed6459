import AQICore
import ArgumentParser
import Ingest
import Texts
import Warnings

struct WarningsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "warnings", abstract: "The heavy-pollution warning plan.",
        discussion: """
            EXAMPLES
              aqi-monitor warnings list                                     what is in force, what waits for whom
              aqi-monitor warnings sign 3 --as 张三
              aqi-monitor warnings measures --level orange
              aqi-monitor warnings document bulletin --format html --out bulletin.html
              aqi-monitor warnings replay --plan langfang-2019 --observed hours.csv
            """,
        subcommands: [
            WarningsList.self, WarningsShow.self, WarningsSign.self, WarningsDecline.self, WarningsLift.self,
            WarningsOrder.self, WarningsDust.self, WarningsForecast.self, WarningsSkill.self,
            WarningsConsultation.self, WarningsArea.self, WarningsTasks.self, WarningsPublication.self,
            WarningsMeasures.self, WarningsDocument.self,
            WarningsPublish.self, WarningsReplay.self,
        ])
}

struct WarningsReplay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Runs the warning plan over recorded hours, forecasts and orders.",
        discussion: """
            Prints one JSON object a line for each warning issued, upgraded, downgraded or lifted; with --due also what falls
            due beside them: consultation, reportDue, summaryDue. The same files give the same bytes.

            EXAMPLES
              aqi-monitor warnings replay --plan langfang-2019 --observed hours.csv
              aqi-monitor warnings replay --plan our-city.toml --observed hours.csv --due
              aqi-monitor warnings replay --plan national-2024 --observed hours.csv --forecast forecast.csv --events orders.jsonl
            """)

    @Option(help: "langfang-2019, national-2024, or the file of a plan.")
    var plan: String

    @Option(help: "Hourly table of the city's stations, or of the city.")
    var observed: String

    @Option(help: "Forecasts: issued,time,pm25,pm10,so2,no2,co or issued,date,aqi.")
    var forecast: String?

    @Option(help: "Orders, consents, signatures and dust hours, one JSON object a line.")
    var events: String?

    @Option(help: "auto signs at once with the right role; none only prints what is proposed.")
    var sign: SignOption = .auto

    @Flag(help: "Also print consultations, daily reports and summaries when they fall due.")
    var due = false

    @Flag(help: "Count values that cannot be read as missing, instead of refusing the file.")
    var lenient = false

    @OptionGroup var common: CommonOptions

    enum SignOption: String, ExpressibleByArgument, CaseIterable {
        case auto
        case none
    }

    mutating func run() throws {
        let name = plan
        guard WarningPlan.isFile(name) || WarningPlan.shipped.contains(where: { $0.name == name }) else {
            throw ValidationError(
                Session.words.oneOf("--plan \(name)", WarningPlan.shipped.map(\.name) + ["FILE.toml"]))
        }
        let plan = try WarningPlan.named(name)
        var table = TableOptions()
        table.lenient = lenient
        table.missing = nil
        guard let city = try table.read(observed).cityMean(named: "city") else {
            throw Failure(.badData, Session.words.noHours(observed))
        }
        var inputs: [TimedInput] = []
        if let forecast { inputs += try TimedInput.forecasts(forecast) }
        if let events { inputs += try TimedInput.events(events) }
        // Stable: what the files give for one moment keeps its order.
        inputs = inputs.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(
            \.element)

        var engine = WarningEngine(plan: plan, signing: sign == .auto ? .automatic : .none)
        var duties = Duties()
        var output = try Output(path: nil)
        var next = inputs.startIndex
        for (offset, row) in city.rows.enumerated() {
            let hour = city.first + Int32(offset)
            while next < inputs.endIndex, inputs[next].time <= hour.endingLabel {
                inputs[next].apply(&engine)
                next += 1
            }
            let events = engine.step(row, at: hour)
            for event in events { try output.line(event.json.line) }
            guard due else { continue }
            for due in duties.follow(&engine, events, at: hour) { try output.line(due.json.line) }
        }
        try output.finish()
    }
}

extension Duties.Due {
    /// The lines of `warnings replay --due` beside the contract's.
    fileprivate var json: JSON {
        var members: [(String, JSON)] = [("time", .string(hour.endingLabel.iso8601))]
        switch kind {
        case .consultation(let cause):
            members += [("event", .string("consultation")), ("cause", .string(cause.rawValue))]
        case .reportDue(let day):
            members += [("event", .string("reportDue")), ("day", .string(day.date.iso8601))]
        case .summaryDue: members.append(("event", .string("summaryDue")))
        }
        return .object(
            members + [
                ("by", .string(by.iso8601)), ("level", .string(orNull: level?.rawValue)),
                ("spell", number == 0 ? .null : .integer(Int64(number))),
            ])
    }
}

extension WarningEvent {
    /// The event as the contract of `warnings replay` has it.
    var json: JSON {
        var members: [(String, JSON)] = [
            ("time", .string(hour.endingLabel.iso8601)),
            ("event", .string(kind.rawValue)),
        ]
        if let proposal { members.append(("proposes", .string(proposal.rawValue))) }
        members += [
            ("level", .string(level.rawValue)),
            ("response", .string(level.response)),
            ("basis", .string(basis.rawValue)),
            ("spell", .integer(Int64(number))),
            ("starts", .string(orNull: spell?.starts.endingLabel.iso8601)),
            ("ends", .string(orNull: spell?.last.endingLabel.iso8601)),
            ("primary", .array(primary.names.map(JSON.string))),
            ("signedBy", .string(orNull: signedBy?.rawValue)),
            (
                "evidence",
                .object(
                    [
                        ("index24", .integer(orNull: evidence.index24)),
                        ("indexHour", .integer(orNull: evidence.indexHour)),
                        ("largestAhead", .integer(orNull: evidence.largestAhead)),
                    ]
                        + evidence.days.sorted { $0.key < $1.key }.map {
                            ("daysAbove\($0.key)", .integer(Int64($0.value)))
                        } + [
                            ("forecastHours", .integer(Int64(evidence.forecastHours))),
                            ("emergency", .bool(isEmergency)),
                        ])
            ),
        ]
        return .object(members)
    }
}
