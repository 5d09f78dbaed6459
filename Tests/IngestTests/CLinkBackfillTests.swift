import AQICore
import TestSupport
import Testing

@testable import Ingest

@Suite("Ingest: which records are asked for") struct CLinkBackfillTests {
    private let noon = Instant(seconds: 1_780_000_020 / 60 * 60)

    /// The times of what `lrec back count` gives of an instrument that records each minute, whose clock is ahead by `off`.
    private func records(_ wanted: (back: Int, count: Int), at now: Instant, off: Int64, without lost: Range<Instant>?)
        -> [Instant]
    {
        let newest = (now.seconds + off) / 60 * 60
        let all = stride(from: newest - 600 * 60, through: newest, by: 60).map { Instant(seconds: $0) }
            .filter { !(lost?.contains($0) ?? false) }
        return Array(all.suffix(wanted.back).prefix(wanted.count))
    }

    @Test(arguments: 1...100 as ClosedRange<UInt64>)
    func `every whole minute of a gap is asked for, with clocks that differ and rounds of any length`(seed: UInt64)
        throws
    {
        var random = SeededRandom(seed: seed)
        var backfill = CLinkBackfill()
        let off = Int64(random.integer(-55...55))
        let pause = Int64([1, 10, 30, 60].randomElement(using: &random) ?? 10)
        let gap = Int64(random.integer(130...9000))
        backfill.heard(at: noon)
        // After a start the three hours before are asked for; that is over here.
        backfill = try finished(backfill, at: noon, off: off)
        var now = noon + 12_000 + gap
        backfill.heard(at: noon + 12_000)
        backfill = try finished(backfill, at: noon + 12_000, off: off)
        backfill.heard(at: now)
        var filled: Set<Int64> = []
        var rounds = 0
        while rounds < 1000 {
            rounds += 1
            now = now + pause
            backfill.heard(at: now)
            guard let wanted = backfill.wanted(at: now) else {
                if rounds > 200 / Int(pause) { break }
                continue
            }
            #expect(wanted.count <= CLinkBackfill.bite)
            let times = records(wanted, at: now, off: off, without: nil)
            if let (period, minutes) = try backfill.take(times, at: now) {
                for time in times where minutes.contains(time + -period) { filled.insert((time + -period).seconds) }
            }
        }
        let first = (noon + 12_000).seconds / 60 * 60
        let wanted = stride(from: first, to: (noon + 12_000 + gap).seconds / 60 * 60, by: 60)
        #expect(Set(wanted).subtracting(filled).isEmpty, "seed \(seed)")
    }

    private func finished(_ started: CLinkBackfill, at now: Instant, off: Int64) throws -> CLinkBackfill {
        var backfill = started
        var now = now + 120
        for _ in 0..<400 {
            guard let wanted = backfill.wanted(at: now) else { break }
            _ = try backfill.take(records(wanted, at: now, off: off, without: nil), at: now)
            now = now + 10
        }
        #expect(backfill.wanted(at: now) == nil)
        return backfill
    }

    @Test func `an instrument that was off for a while, too, ends the asking`() throws {
        var backfill = CLinkBackfill()
        backfill.heard(at: noon)
        var now = noon + 120
        var rounds = 0
        while let wanted = backfill.wanted(at: now), rounds < 1000 {
            let lost = noon + -7200..<noon + -1800
            _ = try backfill.take(records(wanted, at: now, off: 0, without: lost), at: now)
            now = now + 10
            rounds += 1
        }
        #expect(rounds < 200)
    }

    @Test func `a clock that is off, long records and no answer are told, and nothing is asked again`() {
        func trouble(_ times: [Int64]) -> RecordTrouble? {
            var backfill = CLinkBackfill()
            backfill.heard(at: noon)
            do throws(RecordTrouble) {
                for _ in 0..<3 { _ = try backfill.take(times.map { noon + 120 + $0 }, at: noon + 120) }
                return nil
            } catch {
                #expect(backfill.wanted(at: noon + 130) == nil)
                return error
            }
        }
        #expect(trouble([-60, 0]) == nil && trouble([-120, -60]) == nil)
        #expect(trouble([540, 600]) == .clock(seconds: 600))
        #expect(trouble([-660, -600]) == .clock(seconds: -600))
        #expect(trouble([-3600, 0]) == .period && trouble([-30, 0]) == .period && trouble([0]) == .period)
        #expect(trouble([]) == .noAnswer)
    }
}
