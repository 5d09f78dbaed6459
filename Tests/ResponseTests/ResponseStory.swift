import AQICore
import Foundation
import Response
import Testing

@testable import Warnings

/// A desk at which warnings are issued and lifted at given minutes; minute 0 is 2026-12-01T00:00+08:00.
struct ResponseStory {
    static let day = NaturalDay(CivilDate(year: 2026, month: 12, day: 1) ?? CivilDate(daysSince1970: 0))

    static func at(_ minutes: Int64) -> Instant { day.firstHour.beginning + minutes * 60 }

    static let plan = ResponsePlan(
        measures: [
            Measure(
                id: "sites", kind: .areaSources, levels: .yellow ... .red, departments: ["areas", "housing"],
                text: name("工地"), clause: "六(三)"),
            Measure(
                id: "trucks", kind: .mobileSources, levels: .orange ... .red, departments: ["police"],
                text: name("货车"), clause: "六(三)"),
        ], industries: [],
        departments: ["areas", "housing", "police"].map {
            Department(id: $0, name: Bilingual(zh: "\($0)局", en: $0), clause: "附件5")
        },
        city: Response.Area(name: name("廊坊市"), code: "131000", clause: ""),
        areas: [Response.Area(name: Bilingual(zh: "三河市", en: "Sanhe"), code: "131082", clause: "二(三)")],
        freeVehicles: [],
        channels: [
            PublicChannel(id: "radio", name: name("广播"), rhythm: .every(minutes: 60), note: nil, clause: "四(五)4"),
            PublicChannel(id: "sms", name: name("短信"), rhythm: .once, note: nil, clause: "四(五)4"),
        ])

    private static func name(_ zh: String) -> Bilingual { Bilingual(zh: zh, en: zh) }

    var desk = ResponseDesk(plan: plan, people: [Person(name: "watch", roles: [])])
    var ledger: [LedgerLine] = []
    private var hour: Int64 = 0
    private var warning = 0

    var rounds: [TaskRound] { desk.state.tasks.rounds }
    var notices: [Notice] { desk.state.notices.notices }

    /// Something happens to the warning; the hours before have passed.
    mutating func happens(_ kind: WarningEvent.Kind, _ level: WarningLevel, at minutes: Int64) {
        pass(to: minutes)
        if kind == .issued { warning += 1 }
        let event = WarningEvent(
            hour: Hour(containing: Self.at(minutes)), kind: kind, level: level, basis: .observed, number: warning,
            primary: IndicatorSet(), evidence: .init())
        var outcome = WarningOffice.Outcome()
        outcome.events = [event]
        ledger += desk.follow(outcome, at: Self.at(minutes))
    }

    /// The hours up to a minute pass.
    mutating func pass(to minutes: Int64) {
        while (hour + 1) * 60 <= minutes {
            hour += 1
            ledger += desk.pass(to: Self.at(hour * 60))
        }
    }

    mutating func acknowledge(_ task: Int, _ party: String, at minutes: Int64) throws {
        ledger += try desk.acknowledge(task: task, for: party, by: "watch", at: Self.at(minutes))
    }

    mutating func report(_ task: Int, _ party: String, _ text: String = "done", at minutes: Int64) throws {
        ledger += try desk.report(task: task, for: party, text: text, by: "watch", at: Self.at(minutes))
    }

    mutating func send(_ notice: Int, _ channel: String, at minutes: Int64) throws {
        ledger += try desk.send(notice, by: channel, by: "watch", at: Self.at(minutes))
    }

    /// The desk as it comes back after a stop.
    mutating func restart() throws {
        let text = try JSONEncoder().encode(desk.state)
        var other = ResponseDesk(plan: Self.plan, people: desk.people)
        other.restore(try JSONDecoder().decode(ResponseDesk.State.self, from: text))
        #expect(other.state == desk.state)
        desk = other
    }

    /// A step that is refused, and leaves everything as it was.
    mutating func refused(
        _ refusal: Refusal, location: SourceLocation = #_sourceLocation,
        _ step: (inout ResponseStory) throws -> Void
    ) {
        let (state, lines) = (desk.state, ledger.count)
        #expect(throws: refusal, sourceLocation: location) { try step(&self) }
        #expect(desk.state == state && ledger.count == lines, sourceLocation: location)
    }
}
