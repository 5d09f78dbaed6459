import AQICore
import CAllocations
import Foundation
import Ingest
import TestSupport
import Testing

@Suite("Ingest: calibration as a state machine") struct CalibrationTests {
    private static let person = CalibrationPerson(name: "Li", reason: "monthly")

    private func plan(isScheduled: Bool) -> CalibrationPlan {
        var plan = CalibrationPlan()
        plan.recoveryMinutes = 2
        plan.longestMinutes = 3
        if isScheduled {
            plan.schedule = CalibrationSchedule([
                .init(minuteOfDay: 45, phases: [.init(.zero, minutes: 2), .init(.span, minutes: 1)])
            ])
        }
        return plan
    }

    private static let commands: [[Int: CalibrationCommand]] = [
        [:], [1: .begin(.maintenance, person), 3: .end], [2: .begin(.zero, person)],
    ]

    @Test func `every short story of status, schedule and person comes out as a slow reading of it says`() throws {
        let alphabet: [DataFlag?] = [nil, .normal, .zeroCheck, .calibration, .maintenance, .fault]
        var stories = 0
        for isScheduled in [false, true] {
            for commands in Self.commands {
                for number in 0..<7776 {
                    var story = CalibrationStory(plan: plan(isScheduled: isScheduled), commands: commands)
                    var rest = number
                    for _ in 0..<5 {
                        story.statuses.append(alphabet[rest % 6])
                        rest /= 6
                    }
                    let found = try story.run()
                    if found != story.slowly() {
                        Issue.record("\(story.statuses) \(isScheduled) \(commands): \(found), not \(story.slowly())")
                        return
                    }
                    stories += 1
                }
            }
        }
        #expect(stories == 46_656)
    }

    private func story(_ random: inout SeededRandom) -> CalibrationStory {
        let flags: [DataFlag?] = [
            nil, .normal, .normal, .overRange, .zeroCheck, .zeroCalibration, .spanCalibration, .precisionCheck,
            .calibration, .maintenance, .fault, .stopped, .recovering,
        ]
        var story = CalibrationStory(plan: plan(isScheduled: random.chance(50)))
        story.plan.isCheck = random.chance(50)
        story.plan.recoveryMinutes = random.integer(0...4)
        var isCommanded = false
        while story.statuses.count < 40 {
            let flag = flags[random.integer(0...flags.count - 1)]
            story.statuses += [DataFlag?](repeating: flag, count: random.integer(1...6))
        }
        for minute in story.statuses.indices where random.chance(15) {
            if isCommanded, random.chance(50) {
                story.commands[minute] = .end
            } else {
                let kind = CalibrationKind.allKinds[random.integer(0...4)]
                story.commands[minute] = .begin(kind, CalibrationPerson(name: "Li", reason: "\(minute)"))
            }
            isCommanded = story.commands[minute] != .end
        }
        return story
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `long stories do, too, and a restart at any minute changes no flag and no phase`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let story = story(&random)
        let whole = try story.run()
        #expect(whole == story.slowly())
        let cut = random.integer(1...39)
        let parts = try story.run(restarts: [cut, cut + 1, 25])
        #expect(parts.map(\.flag) == whole.map(\.flag), "cut at \(cut)")
        func phases(_ minutes: [CalibrationStory.Minute]) -> [CalibrationRecord] {
            minutes.flatMap(\.records).map { record in
                // What was read before a restart is lost.
                var record = record
                let result = record.result
                record.result = CalibrationResult(
                    [], channel: result.channel, flag: result.flag, source: result.source, begun: result.begun,
                    ended: result.ended)
                return record
            }
        }
        #expect(phases(parts) == phases(whole), "cut at \(cut)")
    }

    @Test func `a program that starts in a scheduled phase, or just after one, knows it without a store`() {
        for (minutes, flag) in [
            (0, .normal), (1, .zeroCheck), (2, .zeroCheck), (3, .spanCheck), (4, .recovering), (5, .recovering),
            (6, .normal),
        ] as [(Int64, DataFlag)] {
            var story = CalibrationStory(plan: plan(isScheduled: true))
            story.statuses = [.normal]
            var calibration = Calibration(story.device)
            _ = calibration.step(status: .normal, at: CalibrationStory.start + minutes * 60, milliseconds: 7)
            #expect(calibration.flag == flag, "\(minutes)")
        }
    }

    @Test func `a phase that went by between two rounds is waited for all the same`() {
        let story = CalibrationStory(plan: plan(isScheduled: true))
        var calibration = Calibration(story.device)
        _ = calibration.step(status: .normal, at: CalibrationStory.start, milliseconds: 0)
        _ = calibration.step(status: .normal, at: CalibrationStory.start + 260, milliseconds: 260_000)
        #expect(calibration.flag == .recovering)
    }

    @Test func `a clock that is set back or ahead neither lengthens nor shortens a recovery`() {
        let story = CalibrationStory(plan: plan(isScheduled: false))
        for jump in [-86_400, -90, 90, 86_400] as [Int64] {
            var calibration = Calibration(story.device)
            let start = CalibrationStory.start
            _ = calibration.step(status: .zeroCheck, at: start, milliseconds: 0)
            let over = calibration.step(status: .normal, at: start + jump, milliseconds: 60_000)
            let result = over.records.first?.result
            #expect(result.map { $0.ended >= $0.begun } == true)
            _ = calibration.step(status: .normal, at: start + (119 - jump), milliseconds: 179_000)
            #expect(calibration.flag == .recovering, "\(jump)")
            _ = calibration.step(status: .normal, at: start + jump, milliseconds: 180_000)
            #expect(calibration.flag == .normal, "\(jump)")
        }
    }

    @Test func `a memory under a clock that was set waits no longer than a recovery, and nonsense waits not at all`()
        throws
    {
        let story = CalibrationStory(plan: plan(isScheduled: false))
        for (text, flag) in [
            ("{\"recoveringUntil\": 1895279440}", DataFlag.recovering), ("{\"recoveringUntil\": 5}", .normal),
            ("{\"recoveringUntil\": \(Int64.min)}", .normal), ("{\"recoveringUntil\": \(Int64.max)}", .normal),
            ("{\"phase\": {\"flag\": \"??\", \"source\": \"status\", \"begun\": 0}}", .normal),
            (
                "{\"phase\": {\"flag\": \"CZ\", \"source\": \"status\", \"begun\": \(Int64.min)}, \"told\": \"CZ\"}",
                .normal
            ),
            (
                "{\"phase\": {\"flag\": \"CZ\", \"source\": \"status\", \"begun\": 0}, \"told\": \"CZ\"}",
                .zeroCalibration
            ),
            ("{\"told\": \"D\"}", .normal),
        ] {
            let memory = try JSONDecoder().decode(CalibrationMemory.self, from: Data(text.utf8))
            var calibration = Calibration(story.device, remembering: memory)
            _ = calibration.step(status: nil, at: CalibrationStory.start, milliseconds: 0)
            #expect(calibration.flag == flag, "\(text)")
            _ = calibration.step(status: .normal, at: CalibrationStory.start + 1, milliseconds: 1000)
            _ = calibration.step(status: .normal, at: CalibrationStory.start + 200, milliseconds: 200_000)
            #expect(calibration.flag == .normal)
        }
    }

    @Test func `a schedule is every so many days, across midnight, counted from its first day`() {
        let midnight = NaturalDay(number: 20_000).firstHour.beginning
        let schedule = CalibrationSchedule([
            .init(
                minuteOfDay: 1430, everyDays: 7, firstDay: NaturalDay(number: 20_021),
                phases: [.init(.zero, minutes: 15), .init(.span, minutes: 15)])
        ])
        for day in -20..<20 as Range<Int64> {
            for minute in 0..<1440 as Range<Int64> {
                let sinceBegin = ((day * 1440 + minute - 1430) % 10_080 + 10_080) % 10_080
                let wanted: CalibrationKind? = sinceBegin < 15 ? .zero : sinceBegin < 30 ? .span : nil
                let window = schedule.window(at: midnight + day * 86_400 + minute * 60 + 59)
                if window?.kind != wanted { Issue.record("\(day) \(minute): \(String(describing: window))") }
            }
        }
    }

    @Test func `the result is the last third, exact, and judged by the rounded mean with the limit's ends included`() {
        var random = SeededRandom(seed: 7)
        for count in 0..<40 {
            let values = (0..<count).map { _ in Int32(random.integer(-20_000...90_000)) }
            let result = CalibrationResult(
                values, channel: channel(.so2), flag: .spanCheck, source: .status, begun: noon, ended: noon,
                reference: 30_000, limit: 5000)
            let last = values.suffix(count - count * 2 / 3)
            #expect(result.count == Int32(count) && result.settled.count == Int32(last.count))
            #expect(result.settled.sum == last.reduce(0) { $0 + Int64($1) })
            #expect(result.smallest.thousandths == last.min() && result.largest.thousandths == last.max())
            guard !last.isEmpty else {
                #expect(result.mean == nil && result.deviation == nil && result.verdict == .notJudged)
                continue
            }
            let exact = Decimal(result.settled.sum) / Decimal(last.count)
            var (rounded, input) = (Decimal(), exact)
            // Invariant: both are values of this test.
            unsafe NSDecimalRound(&rounded, &input, 0, .bankers)
            #expect(result.mean.map { Decimal($0) } == rounded)
            let isNear = abs(rounded - 30_000) <= 5000
            #expect(result.verdict == (last.count < 3 ? .notJudged : isNear ? .passed : .failed))
        }
        func verdict(_ value: Int32, reference: Int32?, limit: Int32?) -> CalibrationVerdict {
            CalibrationResult(
                [Int32](repeating: value, count: 9), channel: channel(.so2), flag: .zeroCheck, source: .status,
                begun: noon, ended: noon, reference: reference, limit: limit
            ).verdict
        }
        #expect(
            verdict(5000, reference: 0, limit: 5000) == .passed && verdict(5001, reference: 0, limit: 5000) == .failed)
        #expect(
            verdict(-5000, reference: 0, limit: 5000) == .passed && verdict(-5001, reference: 0, limit: 5000) == .failed
        )
        #expect(verdict(0, reference: 0, limit: 0) == .passed && verdict(0, reference: 0, limit: nil) == .notJudged)
        // As far apart as can be.
        #expect(verdict(.min + 64, reference: 2_000_000_000, limit: 2_000_000_000) == .failed)
    }

    @Test func `a device that measures takes nothing from the heap`() {
        let story = CalibrationStory(plan: plan(isScheduled: true))
        var calibration = Calibration(story.device)
        let readings = [Reading(channel: channel(.so2), time: noon, value: Concentration(thousandths: 1))]
        func rounds(_ calibration: inout Calibration) {
            // Not `for … in`: built for debugging, a range of Int64 takes its iterator from the heap.
            var second: Int64 = 0
            while second < 1000 {
                let outcome = calibration.step(
                    status: .normal, at: CalibrationStory.start + 3600 + second, milliseconds: second * 1000)
                calibration.add(readings, status: .normal)
                if outcome.hasChanged { Issue.record("\(second)") }
                second += 1
            }
        }
        rounds(&calibration)
        let before = allocations_of_this_thread()
        rounds(&calibration)
        let after = allocations_of_this_thread()
        #expect(after == before)
    }
}
