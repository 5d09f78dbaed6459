import AQICore
import TestSupport
import Testing

@testable import Warnings

/// Alarms as ISA-18.2 has them: active or not, acknowledged or not, shelved for a time.
@Suite("Warnings: alarms") struct AlarmBoardTests {
    private static let silent = Alarm.Condition(.deviceSilent, "rack: SO2")
    private static let disk = Alarm.Condition(.storeTrouble)

    private func time(_ seconds: Int64) -> Instant { Instant(seconds: 1_000_000 + seconds) }

    @Test func `an alarm goes when it is over and known, in whichever order`() throws {
        for isKnownFirst in [true, false] {
            var board = AlarmBoard()
            #expect(board.step([Self.silent], at: time(0)).count == 1)
            #expect(board.step([Self.silent], at: time(1)).isEmpty)
            #expect(board.alarms.map(\.state) == [.unacknowledged])
            if isKnownFirst {
                try board.acknowledge(1, by: "Li", at: time(2))
                #expect(board.alarms.map(\.state) == [.acknowledged])
                _ = board.step([], at: time(3))
            } else {
                _ = board.step([], at: time(2))
                #expect(board.alarms.map(\.state) == [.returned])
                try board.acknowledge(1, by: "Li", at: time(3))
            }
            #expect(board.alarms.isEmpty)
        }
    }

    @Test func `one that comes back calls again, under the same number while it is listed, under another after`() throws
    {
        var board = AlarmBoard()
        _ = board.step([Self.silent], at: time(0))
        _ = board.step([], at: time(10))
        _ = board.step([Self.silent], at: time(20))
        #expect(board.alarms.map(\.number) == [1] && board.alarms[0].since == time(20))
        try board.acknowledge(1, by: "Li", at: time(21))
        _ = board.step([], at: time(30))
        _ = board.step([Self.silent, Self.disk], at: time(40))
        #expect(board.alarms.map(\.number) == [2, 3] && board.alarms.allSatisfy { $0.state == .unacknowledged })
    }

    @Test func `a shelved alarm does not call, however often it comes and goes, until its time is over`() throws {
        var board = AlarmBoard()
        _ = board.step([Self.silent], at: time(0))
        try board.shelve(1, until: time(3600), by: "Li", reason: "pump", at: time(1))
        for second in 2..<100 {
            _ = board.step(second % 2 == 0 ? [] : [Self.silent], at: time(Int64(second)))
            #expect(board.alarms.map(\.calls) == [false])
        }
        let news = board.step([Self.silent], at: time(3600))
        #expect(news == [.unshelved(board.alarms[0])] && board.alarms[0].state == .unacknowledged)
    }

    @Test func `what is wrong is refused and changes nothing`() throws {
        var board = AlarmBoard()
        _ = board.step([Self.silent], at: time(0))
        let before = board
        #expect(throws: AlarmBoard.Refusal.noSuchAlarm(2)) { try board.acknowledge(2, by: "Li", at: time(1)) }
        #expect(throws: AlarmBoard.Refusal.nameless) { try board.acknowledge(1, by: " \n", at: time(1)) }
        #expect(throws: AlarmBoard.Refusal.notShelved(1)) { try board.unshelve(1, by: "Li") }
        for until: Int64 in [-1, 0, 59, 7 * 86_400 + 1, .max - 2_000_000] {
            #expect(throws: AlarmBoard.Refusal.badTime) {
                try board.shelve(1, until: time(until), by: "Li", reason: "", at: time(0))
            }
        }
        #expect(board == before)
        try board.acknowledge(1, by: "Li", at: time(1))
        #expect(throws: AlarmBoard.Refusal.acknowledgedAlready(1)) { try board.acknowledge(1, by: "Li", at: time(2)) }
    }

    @Test func `after a start nothing is over before all is known`() {
        var board = AlarmBoard()
        _ = board.step([Self.silent], at: time(0))
        #expect(board.step([], at: time(1), isComplete: false).isEmpty && board.alarms[0].cleared == nil)
        #expect(board.step([], at: time(2)).count == 1)
    }

    @Test func `it takes no more than it can hold, and goes on when there is room`() throws {
        var board = AlarmBoard()
        let many = Set((0..<AlarmBoard.most + 10).map { Alarm.Condition(.stationStale, "\($0)") })
        _ = board.step(many, at: time(0))
        #expect(board.alarms.count == AlarmBoard.most)
        try board.acknowledge(1, by: "Li", at: time(1))
        let gone = board.alarms[0].condition
        _ = board.step(many.subtracting([gone]), at: time(2))
        #expect(board.alarms.count == AlarmBoard.most && board.alarms.last?.number == AlarmBoard.most + 1)
    }

    // A walk through all steps; what must hold is said of every state, not of examples.
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `whatever happens, what holds is listed, and only what is over and known is not`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let conditions = (0..<4).map { Alarm.Condition(.suspectValue, "\($0)") }
        var board = AlarmBoard()
        for second in 0..<2000 {
            let now = time(Int64(second) * 30)
            let holding = Set(conditions.filter { _ in random.chance(50) })
            let before = board.alarms
            let news = board.step(holding, at: now)
            let comment: Comment = "seed \(seed), step \(second)"
            #expect(Set(board.alarms.filter { $0.cleared == nil }.map(\.condition)) == holding, comment)
            #expect(Set(board.alarms.map(\.number)).count == board.alarms.count, comment)
            #expect(board.alarms.allSatisfy { $0.shelf.map { $0.until > now } ?? true }, comment)
            // Nothing that called has gone without anybody knowing.
            for alarm in before where alarm.calls {
                #expect(board.alarms.contains { $0.number == alarm.number }, comment)
            }
            // Each condition that began was told, once.
            let held = Set(before.filter { $0.cleared == nil }.map(\.condition))
            let raised = news.compactMap { if case .raised(let alarm) = $0 { alarm.condition } else { nil } }
            #expect(Set(raised) == holding.subtracting(held) && raised.count == Set(raised).count, comment)
            guard let alarm = board.alarms.randomElement(using: &random) else { continue }
            switch random.integer(0...3) {
            case 0: _ = try? board.acknowledge(alarm.number, by: "Li", at: now)
            case 1:
                _ = try? board.shelve(
                    alarm.number, until: now + Int64(random.integer(0...600)), by: "Li", reason: "", at: now)
            case 2: _ = try? board.unshelve(alarm.number, by: "Li")
            default: break
            }
        }
    }
}
