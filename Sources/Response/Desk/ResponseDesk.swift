package import AQICore
package import Warnings

/// What follows from a warning that is signed: who must do and report what, and how the public is told.
///
/// A pure state machine like the office that it follows: events, persons' steps and the time come in, lines of the ledger go out. A
/// step that cannot be taken throws a ``Refusal`` and changes nothing.
///
/// Source: Plan 四(四), 四(五), 五, 七.
package struct ResponseDesk: Sendable {
    /// What must survive a restart.
    package struct State: Equatable, Codable, Sendable {
        package internal(set) var tasks = TaskBook()
        package internal(set) var notices = NoticeBook()

        package init() {}
    }

    /// The office of the headquarters among those who report: it sums up to the province.
    package static let office = "office"
    /// In the plan's table of departments: the areas together.
    private static let allAreas = "areas"

    package private(set) var state = State()
    package let plan: ResponsePlan
    package let people: [Person]
    package let areas: [String]
    /// Whether the people are simulated and do at once what there is to do: the demo.
    package let actsByItself: Bool

    package init(plan: ResponsePlan, people: [Person] = [], areas: [String] = [], actsByItself: Bool = false) {
        self.plan = plan
        self.people = people
        self.areas = areas.isEmpty ? plan.areas.map(\.name.zh) : areas
        self.actsByItself = actsByItself
    }

    package mutating func restore(_ state: State?) { if let state { self.state = state } }

    // MARK: - Who

    /// The areas and the departments that have something to do at a level.
    package func parties(at level: WarningLevel) -> [String] {
        let measures = plan.measures(in: Situation(level: level))
        return areas + plan.departments(of: measures).map(\.id).filter { $0 != ResponseDesk.allAreas }
    }

    /// All that report.
    private var reporters: [String] {
        areas + plan.departments.map(\.id).filter { $0 != ResponseDesk.allAreas } + [ResponseDesk.office]
    }

    /// The area or department that a person means, by its id or its name in either language.
    private func party(_ name: String) -> String {
        plan.departments.first { $0.isCalled(name) }?.id
            ?? plan.areas.first { $0.isCalled(name) && areas.contains($0.name.zh) }?.name.zh ?? name
    }

    private func channel(_ name: String) -> String {
        plan.channels.first { [$0.id, $0.name.zh, $0.name.en].contains(name) }?.id ?? name
    }

    // MARK: - What happens

    /// Follows what the office did.
    package mutating func follow(_ outcome: WarningOffice.Outcome, at time: Instant) -> [LedgerLine] {
        var lines: [LedgerLine] = []
        for event in outcome.events where event.kind != .proposed {
            let notice = state.notices.tell(event, channels: plan.channels, at: time)
            lines.append(line(.notice, notice, at: time))
            let round =
                event.kind == .lifted
                ? state.tasks.end(for: reporters, at: time)
                : state.tasks.start(
                    event.level, warning: event.number, for: parties(at: event.level), at: time)
            lines += [round].compactMap(\.self).map { line(.tasks, $0, at: time) }
        }
        for entry in outcome.ledger where entry.kind == .area {
            guard let level = WarningLevel(rawValue: entry[.level]) else { continue }
            let round = state.tasks.startArea(level, for: entry[.area], at: time)
            lines += [round].compactMap(\.self).map { line(.tasks, $0, at: time) }
        }
        if actsByItself { lines += act(at: time) }
        return lines
    }

    /// An hour is over.
    package mutating func pass(to time: Instant) -> [LedgerLine] {
        var lines = state.tasks.pass(to: time, for: reporters, office: ResponseDesk.office).map {
            line(.tasks, $0, at: time)
        }
        if actsByItself { lines += act(at: time) }
        return lines
    }

    // MARK: - Tasks

    /// An area or a department has its list of measures.
    package mutating func acknowledge(
        task number: Int, for party: String, by name: String, at time: Instant
    ) throws(Refusal) -> [LedgerLine] {
        try people.named(name)
        let party = self.party(party)
        try state.tasks.finish(number, for: party, by: name, report: nil, at: time)
        return [LedgerLine(.taskAcknowledged, at: time, by: name, ["task": "\(number)", "party": party])]
    }

    /// An area, a department or the office reports.
    package mutating func report(
        task number: Int, for party: String, text: String, by name: String, at time: Instant
    ) throws(Refusal) -> [LedgerLine] {
        try people.named(name)
        let party = self.party(party)
        try state.tasks.finish(number, for: party, by: name, report: text, at: time)
        return [
            LedgerLine(
                .taskReported, at: time, by: name, ["task": "\(number)", "party": party, "text": text])
        ]
    }

    // MARK: - Publication

    /// The newest notice went to the release centre (预警信息发布中心).
    package mutating func handOver(_ number: Int, by name: String, at time: Instant) throws(Refusal) -> [LedgerLine] {
        try people.named(name)
        try state.notices.handOver(number, by: name, at: time)
        return [LedgerLine(.noticeHandedOver, at: time, by: name, ["notice": "\(number)"])]
    }

    /// A channel sent the newest notice, for the first time or again.
    package mutating func send(
        _ number: Int, by channel: String, by name: String, at time: Instant
    ) throws(Refusal) -> [LedgerLine] {
        try people.named(name)
        let channel = self.channel(channel)
        try state.notices.send(number, by: channel, at: time)
        return [LedgerLine(.noticeSent, at: time, by: name, ["notice": "\(number)", "channel": channel])]
    }

    /// A channel confirmed that it has the newest notice out.
    package mutating func acknowledge(
        _ number: Int, by channel: String, by name: String, at time: Instant
    ) throws(Refusal) -> [LedgerLine] {
        try people.named(name)
        let channel = self.channel(channel)
        try state.notices.acknowledge(number, by: channel, person: name, at: time)
        return [LedgerLine(.noticeAcknowledged, at: time, by: name, ["notice": "\(number)", "channel": channel])]
    }

    // MARK: - Simulated people

    /// They do what there is to do, each once; what repeats they repeat by the hour.
    private mutating func act(at time: Instant) -> [LedgerLine] {
        guard let person = people.first?.name else { return [] }
        var lines: [LedgerLine] = []
        for round in state.tasks.rounds {
            for party in round.outstanding {
                lines +=
                    (try? round.kind == .measures
                        ? acknowledge(task: round.number, for: party, by: person, at: time)
                        : report(task: round.number, for: party, text: "simulated", by: person, at: time)) ?? []
            }
        }
        guard let notice = state.notices.newest, !notice.isHeld(at: time) else { return lines }
        if notice.handedOver == nil { lines += (try? handOver(notice.number, by: person, at: time)) ?? [] }
        for channel in plan.channels where notice.due(channel, at: time).map({ $0.time <= time }) ?? false {
            lines += (try? send(notice.number, by: channel.id, by: person, at: time)) ?? []
        }
        return lines
    }

    // MARK: - The ledger

    private func line(_ kind: LedgerLine.Kind, _ round: TaskRound, at time: Instant) -> LedgerLine {
        LedgerLine(
            kind, at: time,
            [
                "task": "\(round.number)", "cause": round.kind.rawValue, "level": round.level?.rawValue ?? "",
                "day": round.day.map { "\($0.number)" } ?? "", "due": "\(round.due.seconds)",
                "parties": round.parties.joined(separator: ", "),
            ])
    }

    private func line(_ kind: LedgerLine.Kind, _ notice: Notice, at time: Instant) -> LedgerLine {
        LedgerLine(
            kind, at: time,
            [
                "notice": "\(notice.number)",
                "action": notice.events.map { "\($0.kind) \($0.level)" }.joined(separator: " + "),
                "due": "\(notice.start.seconds)",
            ])
    }
}
