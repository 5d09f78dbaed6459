import AQICore
import Response
import Testing

@testable import Warnings

/// Plan 四(四), 四(五): the way of a notice to the public, channel by channel.
@Suite("Response: notices") struct NoticeTests {
    private static func at(_ minutes: Int64) -> Instant { ResponseStory.at(minutes) }

    private func due(_ story: ResponseStory, _ channel: Int, at minutes: Int64) -> PublicChannel.Due? {
        story.notices.last?.due(ResponseStory.plan.channels[channel], at: Self.at(minutes))
    }

    @Test func `an issue goes out at once; each channel is due, then repeats in its rhythm, and may be overdue`() throws
    {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        #expect(story.notices.map(\.number) == [1] && story.notices[0].handedOver == nil)
        #expect(due(story, 0, at: 600)?.isOverdue == false && due(story, 0, at: 601)?.isOverdue == true)
        story.ledger += try story.desk.handOver(1, by: "watch", at: Self.at(601))
        try story.send(1, "radio", at: 602)
        try story.send(1, "短信", at: 602)
        #expect(due(story, 0, at: 610) == .init(time: Self.at(662), isOverdue: false))
        #expect(due(story, 0, at: 663)?.isOverdue == true)
        #expect(due(story, 1, at: 5000) == nil, "once is once")
        try story.send(1, "radio", at: 660)
        #expect(due(story, 0, at: 663)?.time == Self.at(720))
        story.ledger += try story.desk.acknowledge(1, by: "sms", by: "watch", at: Self.at(604))
        let sendings = story.notices[0].sendings
        #expect(sendings.map(\.times) == [2, 1] && sendings[1].acknowledged?.person == "watch")
        #expect(
            story.ledger.map(\.kind).filter { $0 != .tasks } == [
                .notice, .noticeHandedOver, .noticeSent, .noticeSent, .noticeSent, .noticeAcknowledged,
            ])
    }

    @Test func `a new level is a new notice, which each channel must send; the old one is sent no more`() throws {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        try story.send(1, "sms", at: 601)
        story.happens(.upgraded, .red, at: 700)
        #expect(due(story, 1, at: 700)?.time == Self.at(700))
        story.refused(.noNotice(1, current: 2)) { try $0.send(1, "radio", at: 701) }
    }

    /// Minutes between a lift and the next issue, and how many notices the two are.
    @Test(arguments: [(0, 1), (59, 1), (60, 1), (61, 2)] as [(Int64, Int)])
    func `a lift and the issue for the next spell within an hour are one notice`(minutes: Int64, count: Int) throws {
        var story = ResponseStory()
        story.happens(.issued, .red, at: 600)
        story.happens(.lifted, .red, at: 6000)
        #expect(due(story, 0, at: 6001)?.isOverdue == false, "it waits for an issue")
        story.refused(.noticeWaits(until: Self.at(6060) + 1)) { try $0.send(2, "radio", at: 6060) }
        story.happens(.issued, .yellow, at: 6000 + minutes)
        #expect(story.notices.count == 1 + count)
        let last = try #require(story.notices.last)
        #expect(last.events.map(\.kind) == (count == 1 ? [.lifted, .issued] : [.issued]))
        #expect(
            last.level == .yellow && last.start == Self.at(6000 + minutes) && !last.isHeld(at: Self.at(6000 + minutes)))
        try story.send(last.number, "radio", at: 6000 + minutes + 1)
        // Both are in the ledger.
        #expect(
            story.ledger.last { $0.kind == .notice }?[.action]
                == (count == 1 ? "lifted red + issued yellow" : "issued yellow"))
    }

    @Test func `a lift alone goes out when its hour is over, once on every channel`() throws {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        story.happens(.lifted, .yellow, at: 6000)
        #expect(story.notices.last?.level == nil && story.notices.last?.isHeld(at: Self.at(6060)) == true)
        #expect(due(story, 0, at: 6062)?.isOverdue == true)
        try story.send(2, "radio", at: 6062)
        #expect(due(story, 0, at: 20_000) == nil, "a lift is not repeated")
        #expect(due(story, 1, at: 6063)?.isOverdue == true)
    }

    @Test func `an upgrade within the hour, or a second issue, joins nothing`() {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        story.happens(.lifted, .yellow, at: 6000)
        story.happens(.issued, .yellow, at: 6010)
        story.happens(.upgraded, .orange, at: 6020)
        story.happens(.lifted, .orange, at: 6030)
        story.happens(.issued, .red, at: 6040)
        #expect(
            story.notices.map { $0.events.map(\.kind) } == [
                [.issued], [.lifted, .issued], [.upgraded], [.lifted, .issued],
            ])
    }

    @Test func `what cannot be is refused by name, and changes nothing`() throws {
        var story = ResponseStory()
        story.refused(.noNotice(1, current: nil)) { try $0.send(1, "radio", at: 1) }
        story.happens(.issued, .yellow, at: 600)
        story.refused(.unknownChannel("fax", known: ["radio", "sms"])) { try $0.send(1, "fax", at: 601) }
        story.refused(.notSent("radio")) {
            $0.ledger += try $0.desk.acknowledge(1, by: "radio", by: "watch", at: Self.at(601))
        }
        story.refused(.unknownPerson("x", known: ["watch"])) {
            $0.ledger += try $0.desk.handOver(1, by: "x", at: Self.at(601))
        }
        story.ledger += try story.desk.handOver(1, by: "watch", at: Self.at(601))
        story.refused(.doneAlready("1")) { $0.ledger += try $0.desk.handOver(1, by: "watch", at: Self.at(602)) }
        try story.send(1, "radio", at: 603)
        story.ledger += try story.desk.acknowledge(1, by: "radio", by: "watch", at: Self.at(604))
        story.refused(.doneAlready("radio")) {
            $0.ledger += try $0.desk.acknowledge(1, by: "radio", by: "watch", at: Self.at(605))
        }
    }

    @Test func `notices survive a restart in the middle of the hour that a lift waits`() throws {
        var story = ResponseStory()
        story.happens(.issued, .yellow, at: 600)
        story.happens(.lifted, .yellow, at: 6000)
        try story.restart()
        story.happens(.issued, .orange, at: 6030)
        #expect(story.notices.last?.events.count == 2)
    }

    @Test func `simulated people do all there is to do, and repeat by the hour`() {
        var story = ResponseStory()
        story.desk = ResponseDesk(
            plan: ResponseStory.plan, people: [Person(name: "simulated", roles: [])], actsByItself: true)
        story.happens(.issued, .yellow, at: 600)
        story.pass(to: 3000)
        #expect(story.rounds.allSatisfy { !$0.isOpen } && story.notices[0].handedOver != nil)
        #expect(story.notices[0].sendings[0].times == 41 && story.notices[0].sendings[1].times == 1)
        story.happens(.lifted, .yellow, at: 3030)
        #expect(story.notices.last?.sendings.allSatisfy { $0.times == 0 } == true)
        story.pass(to: 3180)
        #expect(story.notices.last?.sendings.map(\.times) == [1, 1])
    }
}
