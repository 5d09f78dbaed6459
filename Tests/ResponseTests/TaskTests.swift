import AQICore
import Response
import Testing

@testable import Warnings

/// Plan 五 (接警 ... 上报), 七, 八: what areas, departments and the office have to do, and who has not.
@Suite("Response: tasks") struct TaskTests {
    private static func at(_ minutes: Int64) -> Instant { ResponseStory.at(minutes) }
    private let day: Int64 = 24 * 60

    @Test
    func `when a level starts each area and department with measures at it gets its list, to acknowledge in an hour`()
        throws
    {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        let round = try #require(story.rounds.first)
        #expect(round.kind == .measures && round.level == .yellow && round.warning == 1)
        // The police have nothing to do at yellow.
        #expect(round.parties == ["三河市", "housing"] && round.outstanding == round.parties)
        #expect(round.due == Self.at(660) && !round.isLate(at: Self.at(660)) && round.isLate(at: Self.at(660) + 1))
        try story.acknowledge(1, "Sanhe", at: 610)
        #expect(story.rounds[0].outstanding == ["housing"])
        try story.acknowledge(1, "housing局", at: 620)
        #expect(!story.rounds[0].isOpen && !story.rounds[0].isLate(at: Self.at(5000)))
        #expect(story.ledger.filter { $0.kind == .taskAcknowledged }.map { $0[.party] } == ["三河市", "housing"])
    }

    @Test func `a new level brings new lists, and nobody waits for the old ones`() {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        story.happens(.upgraded, .orange, at: 700)
        #expect(story.rounds.map(\.isOpen) == [false, true] && story.rounds[0].isSuperseded)
        #expect(story.rounds[1].parties == ["三河市", "housing", "police"])
        story.happens(.downgraded, .yellow, at: 800)
        #expect(story.rounds.map(\.isOpen) == [false, false, true])
        story.refused(.noTask(1, open: [3])) { try $0.acknowledge(1, "housing", at: 810) }
    }

    @Test func `each day of a response is reported on the day after, by all and by the office`() throws {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        story.pass(to: day - 1)
        #expect(story.rounds.count == 1)
        story.pass(to: day)
        let report = try #require(story.rounds.last)
        #expect(report.kind == .dailyReport && report.day == ResponseStory.day && report.level == .yellow)
        #expect(report.parties == ["三河市", "housing", "police", "office"])
        #expect(report.due == Self.at(2 * day) && !report.isLate(at: report.due) && report.isLate(at: report.due + 1))
        try story.report(2, "police", "检查货车 40 辆", at: day + 60)
        #expect(story.rounds[1].done.map(\.text) == ["检查货车 40 辆"])
        #expect(story.rounds[1].outstanding == ["三河市", "housing", "office"])
        // A lift in the morning of the third day: it is reported, too, and then no more.
        story.happens(.lifted, .yellow, at: 2 * day + 480)
        story.pass(to: 6 * day)
        #expect(
            story.rounds.filter { $0.kind == .dailyReport }.compactMap(\.day).map {
                $0.number - ResponseStory.day.number
            } == [0, 1, 2])
    }

    @Test func `within two days of the lift all sum the response up`() throws {
        var story = ResponseStory()
        story.happens(.issued, .orange, at: 600)
        story.happens(.lifted, .orange, at: 900)
        let summary = try #require(story.rounds.last)
        #expect(summary.kind == .summary && summary.level == .orange && summary.warning == 1)
        #expect(summary.due == Self.at(900 + 2 * day))
        #expect(!summary.isLate(at: summary.due) && summary.isLate(at: summary.due + 1))
        #expect(summary.parties.contains("office"))
        // What was not acknowledged by then nobody waits for.
        #expect(!story.rounds[0].isOpen)
    }

    @Test func `an area with a level of its own gets a list of its own`() throws {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        var outcome = WarningOffice.Outcome()
        outcome.ledger = [
            LedgerLine(.area, at: Self.at(620), by: "watch", reason: "x", ["area": "三河市", "level": "orange"]),
            LedgerLine(.area, at: Self.at(620), by: "watch", reason: "x", ["area": "三河市", "level": "as the city"]),
        ]
        story.ledger += story.desk.follow(outcome, at: Self.at(620))
        #expect(story.rounds.map(\.parties) == [["三河市", "housing"], ["三河市"]])
        #expect(story.rounds[1].level == .orange && story.rounds[0].isOpen)
    }

    @Test(
        arguments: [
            (3, 31, []), (4, 1, [.assessment]), (5, 31, [.assessment]), (6, 1, []), (8, 31, []),
            (9, 1, [.filing]), (9, 30, [.filing]), (10, 1, []),
        ] as [(Int32, Int32, [TaskRound.Kind])])
    func `by the year: the assessment by the end of May, amendments filed by the end of September`(
        month: Int32, day: Int32, kinds: [TaskRound.Kind]
    ) throws {
        var desk = ResponseDesk(plan: ResponseStory.plan)
        let noon = NaturalDay(try #require(CivilDate(year: 2027, month: month, day: day))).firstHour + 12
        _ = desk.pass(to: noon.endingLabel)
        #expect(desk.state.tasks.rounds.map(\.kind) == kinds)
        // Once a year.
        _ = desk.pass(to: (noon + 1).endingLabel)
        #expect(desk.state.tasks.rounds.count == kinds.count)
        guard let round = desk.state.tasks.rounds.first else { return }
        let last = try #require(
            CivilDate(year: 2027, month: kinds == [.filing] ? 9 : 5, day: kinds == [.filing] ? 30 : 31))
        #expect(round.parties == ["office"] && round.due == NaturalDay(last).lastHour.endingLabel)
        _ = desk.pass(to: (noon + 366 * 24).endingLabel)
        #expect(desk.state.tasks.rounds.map(\.kind) == kinds + kinds)
    }

    @Test func `what cannot be is refused by name, and changes nothing`() throws {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        story.pass(to: day)
        story.refused(.noTask(9, open: [1, 2])) { try $0.acknowledge(9, "housing", at: 610) }
        story.refused(.unknownParty("police", known: ["三河市", "housing"])) { try $0.acknowledge(1, "police", at: 610) }
        story.refused(.unknownParty("石家庄市", known: ["三河市", "housing"])) { try $0.acknowledge(1, "石家庄市", at: 610) }
        story.refused(.wrongStep(1)) { try $0.report(1, "housing", at: 610) }
        story.refused(.wrongStep(2)) { try $0.acknowledge(2, "housing", at: 610) }
        story.refused(.badText(" ")) { try $0.report(2, "housing", " ", at: 610) }
        story.refused(.unknownPerson("nobody", known: ["watch"])) {
            $0.ledger += try $0.desk.report(task: 2, for: "housing", text: "x", by: "nobody", at: Self.at(610))
        }
        try story.acknowledge(1, "housing", at: 610)
        story.refused(.doneAlready("housing")) { try $0.acknowledge(1, "housing", at: 611) }
    }

    @Test func `tasks survive a restart, and what fell due meanwhile comes with the next hour`() throws {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        try story.acknowledge(1, "housing", at: 610)
        try story.restart()
        #expect(story.rounds[0].outstanding == ["三河市"])
        // Three days off.
        story.ledger += story.desk.pass(to: Self.at(3 * day + 60))
        #expect(story.rounds.filter { $0.kind == .dailyReport }.count == 3)
        #expect(story.rounds[1].isLate(at: Self.at(3 * day + 60)))
    }

    @Test func `a year in which nobody does anything takes bounded memory`() {
        var story = ResponseStory()
        for week in 0..<80 as Range<Int64> {
            story.happens(.issued, .yellow, at: week * 7 * day + 600)
            story.happens(.lifted, .yellow, at: (week * 7 + 5) * day)
        }
        #expect(story.rounds.count <= 200 && story.notices.count <= 50)
        #expect(story.rounds.last?.kind == .summary)
    }
}
