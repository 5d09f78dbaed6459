import AQICore
import Response
import Testing

/// Who repeats the warning how often: Plan 四(五)4.
@Suite("Response: repetition") struct RepetitionTests {
    private static func channel(_ rhythm: PublicChannel.Rhythm) -> PublicChannel {
        PublicChannel(id: "c", name: Bilingual(zh: "", en: ""), rhythm: rhythm, note: nil, clause: "四(五)4")
    }

    /// 2026-12-01T00:00+08:00 and so many minutes.
    private static func at(_ minutes: Int64) -> Instant {
        NaturalDay(CivilDate(year: 2026, month: 12, day: 1) ?? CivilDate(daysSince1970: 0)).firstHour.beginning
            + minutes * 60
    }

    @Test(arguments: [
        PublicChannel.Rhythm.once, .throughout, .every(minutes: 30), .daily(closesHour: 22, morningHour: 9),
    ])
    func `what was never sent is due at the issue, and overdue a second later`(rhythm: PublicChannel.Rhythm) {
        let (channel, start) = (Self.channel(rhythm), Self.at(600))
        #expect(channel.due(start: start, last: nil, now: start) == .init(time: start, isOverdue: false))
        #expect(channel.due(start: start, last: nil, now: start + 1) == .init(time: start, isOverdue: true))
    }

    @Test(arguments: [PublicChannel.Rhythm.once, .throughout])
    func `what is sent once, or stands throughout, is not due again`(rhythm: PublicChannel.Rhythm) {
        let channel = Self.channel(rhythm)
        #expect(channel.due(start: Self.at(0), last: Self.at(0), now: Self.at(10_000)) == nil)
        // What was sent before was another warning, or another level.
        #expect(channel.due(start: Self.at(10), last: Self.at(9), now: Self.at(10))?.time == Self.at(10))
    }

    @Test func `every half hour is due 30 minutes after the last sending, on both sides`() {
        let channel = Self.channel(.every(minutes: 30))
        let last = Self.at(605)
        for (now, isOverdue) in [(last, false), (last + 1800, false), (last + 1801, true)] {
            #expect(
                channel.due(start: Self.at(600), last: last, now: now)
                    == .init(time: Self.at(635), isOverdue: isOverdue))
        }
    }

    @Test func `nothing is due at the end of the response or later`() {
        let channel = Self.channel(.every(minutes: 60))
        func due(_ end: Instant) -> PublicChannel.Due? {
            channel.due(start: Self.at(0), end: end, last: Self.at(60), now: Self.at(60))
        }
        #expect(due(Self.at(120)) == nil)
        #expect(due(Self.at(120) + 1)?.time == Self.at(120))
    }

    @Test func `newspapers print at once until the edition closes, then next morning, then daily`() {
        let channel = Self.channel(.daily(closesHour: 22, morningHour: 9))
        func next(_ start: Int64, _ last: Int64?) -> Instant? {
            channel.due(start: Self.at(start), last: last.map(Self.at), now: Self.at(start))?.time
        }
        let (closing, day) = (Int64(22 * 60), Int64(24 * 60))
        #expect(next(closing - 1, nil) == Self.at(closing - 1))
        #expect(next(closing, nil) == Self.at(day + 9 * 60))
        // Handed in before and after the edition closed.
        #expect(next(0, closing - 1) == Self.at(day + 9 * 60))
        #expect(next(0, closing) == Self.at(2 * day + 9 * 60))
        #expect(next(0, day + 8 * 60) == Self.at(2 * day + 9 * 60))
    }
}
