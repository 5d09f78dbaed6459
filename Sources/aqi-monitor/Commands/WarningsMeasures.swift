import AQICore
import ArgumentParser
import Response
import Texts
import Warnings

struct WarningsMeasures: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measures",
        abstract: "What is to be done at a level: by kind, department and industry, with the clause.",
        discussion: """
            Without --level it takes the level in force, that of the area included, from the running monitor or the store; a
            running monitor also says whether the response has started, whether the pollution is here, and what was observed.
            What makes a measure wait is shown behind it.

            EXAMPLES
              aqi-monitor warnings measures --level orange
              aqi-monitor warnings measures --level red --observed-aqi 500
              aqi-monitor warnings measures --level yellow --department police --emergency-day
              aqi-monitor warnings measures --level orange --industry 17
              aqi-monitor warnings measures --area 三河市 --freezing --json
              aqi-monitor warnings measures --write /etc/aqi-monitor/response
            """)

    @Option(help: "yellow, orange or red.")
    var level: WarningLevel?

    @Option(help: "An area, by name or code: 三河市, Sanhe, 131082.")
    var area: String?

    @Option(help: "Only an industry's row of annex 4, by number.")
    var industry: Int?

    @Option(help: "Only what a department carries out: housing, police, ... or its name.")
    var department: String?

    @Option(help: "The observed daily mean AQI.")
    var observedAqi: Int32?

    @Flag(help: "It is the day of an emergency issue: no traffic ban.")
    var emergencyDay = false

    @Flag(help: "It freezes: no sprinkling.")
    var freezing = false

    @Flag(help: "The pollution itself is not here yet: public protection waits.")
    var beforePollution = false

    @Flag(help: "The response has not started yet: all but public protection waits.")
    var beforeResponse = false

    @Option(help: "Write the response that is shipped into a folder, as files to change; see [warnings] response.")
    var write: String?

    @Flag(help: "One line of JSON.")
    var json = false

    @OptionGroup var monitor: MonitorOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        try WrongUsage.check("--observed-aqi", observedAqi, in: 0...500)
    }

    /// That the plan has what is asked for.
    private func check(_ plan: ResponsePlan) throws {
        if let industry, !plan.industries.contains(where: { $0.number == industry }) {
            throw ValidationError(
                Session.words.oneOf("--industry \(industry)", plan.industries.map { "\($0.number)" }))
        }
        if let department, !plan.departments.contains(where: { $0.isCalled(department) }) {
            throw ValidationError(
                Session.words.oneOf("--department \(department)", plan.departments.map(\.id)))
        }
    }

    mutating func run() async throws {
        if let write {
            return try NewFiles.write(
                ResponsePlan.files.map {
                    ($0.name, $0.shipped.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
                }, into: write)
        }
        let plan = try monitor.response()
        try check(plan)
        let area = try area.map { name in
            if let area = plan.areas.first(where: { $0.isCalled(name) }) { return area.name.zh }
            // A configuration may name areas of its own.
            let own = try monitor.config.map(Configuration.read)?.areas ?? []
            guard own.contains(name) else {
                throw ValidationError(Session.words.oneOf("--area \(name)", plan.areas.map(\.name.zh) + own))
            }
            return name
        }
        let situation = try await situation()
        guard let level = situation.level(in: area) else {
            var output = try Output(path: nil)
            try output.line(
                json ? JSON.object([("level", .null), ("measures", .array([]))]).line : Session.words.noLevelNoMeasures)
            return try output.finish()
        }
        let chosen = department.flatMap { name in plan.departments.first { $0.isCalled(name) } }
        let all = plan.measures(in: situation, area: area)
        let report = MeasureReport(
            plan: plan, level: level, area: area,
            measures: industry != nil
                ? [] : all.filter { entry in chosen.map { entry.measure.departments.contains($0.id) } ?? true },
            industries: plan.industries.filter { row in
                if let industry { return row.number == industry }
                return chosen.map { $0.id == "areas" } ?? true
            })
        var output = try Output(path: nil)
        for line in json ? [report.json.line] : report.lines(Session.words) { try output.line(line.harmless) }
        try output.finish()
    }

    private func situation() async throws -> Situation {
        var situation = Situation(level: level)
        if level == nil {
            let status = try await monitor.warnings().status
            situation = status.situation ?? Situation(level: status.rules.inForce?.level)
            for area in status.office.areas { situation.areaLevels[area.area] = area.level }
        }
        // What a person says goes before what the monitor knows.
        situation.observedIndex = observedAqi ?? situation.observedIndex
        if emergencyDay { situation.isEmergencyDay = true }
        if freezing { situation.isFreezing = true }
        if beforePollution { situation.isPollutionHere = false }
        if beforeResponse { situation.hasStarted = false }
        return situation
    }
}

/// The measures of a level as text and as JSON.
struct MeasureReport {
    let plan: ResponsePlan
    let level: WarningLevel
    let area: String?
    let measures: [MeasureInForce]
    let industries: [Industry]

    func lines(_ words: any Words) -> [String] {
        var lines = [words.response(to: level, in: area)]
        for kind in Measure.Kind.allCases {
            let own = measures.filter { $0.measure.kind == kind }
            if own.isEmpty { continue }
            lines += ["", words.measureKind(kind)]
            lines += own.map { "- " + words.measure($0, plan.departments) }
            if own.contains(where: \.measure.restrictsTraffic) {
                lines.append("  " + words.neverRestricted(plan.freeVehicles.map { words.text($0.name) }))
            }
        }
        if !industries.isEmpty { lines.append("") }
        return lines + industries.map { "\(words.industry($0, at: level)) [\($0.clause)]" }
    }

    var json: JSON {
        .object([
            ("level", .string(level.rawValue)), ("response", .string(level.response)),
            ("area", .string(orNull: area)), ("measures", .array(measures.map(object))),
            (
                "industries",
                .array(
                    industries.map { industry in
                        .object([
                            ("number", .integer(Int64(industry.number))), ("name", object(industry.name)),
                            ("trucks", .bool(industry.isTruckRuled)),
                            ("measure", industry.measure(at: level).map(object) ?? .null),
                            ("clause", .string(industry.clause)),
                        ])
                    })
            ),
        ])
    }

    private func object(_ entry: MeasureInForce) -> JSON {
        let measure = entry.measure
        return .object([
            ("id", .string(measure.id)), ("kind", .string(measure.kind.rawValue)),
            ("mandatory", .bool(measure.kind.isMandatory)), ("principle", .bool(measure.isPrinciple)),
            ("status", .string(entry.status.name)), ("departments", .array(measure.departments.map(JSON.string))),
            ("plants", .string(orNull: measure.plants?.rawValue)),
            (
                "exempt",
                .array(measure.restrictsTraffic ? plan.freeVehicles.map { .string($0.id) } : [])
            ),
            ("text", object(measure.text)), ("clause", .string(measure.clause)),
        ])
    }

    private func object(_ text: Bilingual) -> JSON { .object([("zh", .string(text.zh)), ("en", .string(text.en))]) }
}

extension MeasureInForce.Status {
    /// Its name in JSON.
    fileprivate var name: String {
        switch self {
        case .runs: "runs"
        case .waitsForResponse: "waits-for-response"
        case .waitsForPollution: "waits-for-pollution"
        case .waitsForIndex: "waits-for-index"
        case .excepted(.emergencyDay): "excepted-emergency-day"
        case .excepted(.freezing): "excepted-freezing"
        }
    }
}
