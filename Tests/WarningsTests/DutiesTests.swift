import AQICore
import Testing

@testable import Warnings

/// Plan 三 and 七: what falls due in a replay.
@Suite("Warnings: what falls due beside them") struct DutiesTests {
    private struct Story {
        var engine = WarningEngine(plan: .langfang2019)
        var duties = Duties()
        var now: Int32 = 0
        var log: [String] = []

        mutating func air(_ index: Int32, _ hours: Int) {
            for _ in 0..<hours {
                now += 1
                let hour = Timeline.hour(now)
                let events = engine.step(Timeline.row(pm25: Timeline.pm25(index)), at: hour)
                log += events.map { "\(now) \($0.kind) \($0.level)" }
                log += duties.follow(&engine, events, at: hour).map { due in
                    let hours = (due.by - Timeline.hour(1).beginning) / 3600
                    let what =
                        switch due.kind {
                        case .consultation(let cause): "consultation \(cause.rawValue)"
                        case .reportDue(let day): "report of day \(day.number - Timeline.firstDay.number)"
                        case .summaryDue: "summary"
                        }
                    return "\(now) \(what) by \(hours)"
                }
            }
        }

        var duty: [String] { log.filter { !$0.contains("consultation") } }
    }

    @Test func `each day of a response is reported on the day after it, and its summary within two days of the lift`() {
        var story = Story()
        story.air(250, 44)
        story.air(20, 60)
        // Issued in hour 44 of day 1, lifted in hour 89 of day 3.
        #expect(
            story.duty == [
                "44 issued yellow", "48 report of day 1 by 72", "72 report of day 2 by 96", "87 lifted yellow",
                "87 summary by 135", "96 report of day 3 by 120",
            ])
        story.air(20, 100)
        #expect(story.duty.count == 6)
    }

    @Test func `consultations are due at once with heavy air, then twice a day until a day after it`() {
        var story = Story()
        story.air(20, 30)
        story.air(250, 20)
        story.air(20, 60)
        let consultations = story.log.filter { $0.contains("consultation") }
        #expect(
            consultations.prefix(2) == [
                "25 consultation heatingSeason by 25", "32 consultation heavyWithoutWarning by 32",
            ])
        #expect(consultations.dropFirst(2).prefix(3).allSatisfy { $0.contains("heavyWithoutWarning") })
        #expect(consultations.last?.contains("heatingSeason") == true)
    }

    @Test(arguments: [
        (150 as Int32, 3 as Int32, false), (151, 2, false), (151, 3, true), (151, 5, true), (151, 6, false),
    ])
    func `moderate pollution foreseen in 3 to 5 days is a reason to meet`(index: Int32, day: Int32, isDue: Bool) {
        var city = Timeline(.langfang2019)
        city.air(20, 24)
        for other in 1...7 as ClosedRange<Int32> { city.foresee(other == day ? index : 90, day: other) }
        #expect(city.engine.foresees(above: 150, in: 3...5) == isDue)
    }

    @Test func `days of a response: midnight belongs to the day before, a jump of the clock brings a month at most`() {
        let day = Timeline.firstDay
        func noon(_ days: Int32) -> Instant { NaturalDay(number: day.number + days).firstHour.beginning + 43_200 }
        func midnight(_ days: Int32) -> Instant { NaturalDay(number: day.number + days).lastHour.endingLabel }
        var days = ResponseDays()
        days.begin(at: noon(0))
        #expect(days.over(by: midnight(0) + -1) == [])
        #expect(days.over(by: midnight(0)) == [day])
        #expect(days.over(by: noon(1)) == [])
        days.end(at: midnight(1))
        #expect(days.over(by: midnight(1)).map(\.number) == [day.number + 1])
        #expect(days.over(by: midnight(9)) == [])
        // Lifted and issued again on the same day: that day once.
        days.begin(at: noon(3))
        days.end(at: noon(3) + 60)
        days.begin(at: noon(3) + 120)
        days.end(at: noon(4))
        #expect(days.over(by: midnight(5)).map { $0.number - day.number } == [3, 4])
        days.begin(at: noon(10))
        #expect(days.over(by: noon(800)).count == 31)
        // Issued and lifted at midnight: no part of any day.
        var none = ResponseDays()
        none.begin(at: midnight(0))
        none.end(at: midnight(0))
        #expect(none.over(by: midnight(5)) == [])
    }
}
