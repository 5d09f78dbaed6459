import TestSupport
import Testing

@testable import AQICore

/// The compact hour against the whole one, after every step.
@Suite("AQICore: the compact hour") struct CompactHourTests {
    private static let flags: [DataFlag] = [.calibration, .communication, .fault, .maintenance]

    private static func value(_ random: inout SeededRandom, badPercent: Int) -> Concentration {
        if random.chance(badPercent) { return .missing(flags[random.integer(0...3)]) }
        return Concentration(
            thousandths: Int32(random.integer(random.chance(5) ? -10_000...2_000_000_000 : 20_000...30_000)))
    }

    private static func check(_ compact: CompactHour, _ whole: HourAccumulator, _ about: String) {
        #expect(compact.result == whole.result && compact.soFar == whole.soFar, "\(about)")
        #expect(compact.isBackfilled == whole.isBackfilled, "\(about)")
        var (left, right): ([SampleMinute], [SampleMinute]) = ([], [])
        compact.accumulator.forEachMinute { left.append($1) }
        whole.forEachMinute { right.append($1) }
        #expect(left == right, "\(about)")
        #expect(compact.accumulator.newestMinute == whole.newestMinute, "\(about)")
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `it says what the whole one says, whatever comes in whatever order`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var (compact, whole) = (CompactHour(), HourAccumulator())
        let interval = [1, 5, 7, 15, 30, 60][random.integer(0...5)]
        let (bad, late, record) = ([0, 5, 40][random.integer(0...2)], random.integer(0...8), random.integer(0...3))
        var second = random.integer(0...120)
        while second < 3700 {
            var times = [second]
            // Late ones, ones ahead, and the same again.
            if random.chance(late) { times.append(random.integer(0...3599)) }
            if random.chance(late) { times.append(second) }
            if random.chance(1) { times.append(-1) }
            for time in times {
                let value = Self.value(&random, badPercent: bad)
                let isNew = compact.add(value, atSecond: Int32(time))
                #expect(isNew == whole.add(value, atSecond: Int32(time)), "seed \(seed)")
            }
            if random.chance(record) {
                let minute = Int32(random.integer(-1...60))
                let value = Self.value(&random, badPercent: 10)
                let isNew = compact.fill(value, minute: minute)
                #expect(isNew == whole.fill(value, minute: minute), "seed \(seed)")
            }
            if second % 60 < interval || random.chance(2) {
                Self.check(compact, whole, "seed \(seed), second \(second)")
            }
            if random.chance(1) { compact.trim() }
            second += interval + (random.chance(3) ? random.integer(0...400) : 0)
        }
        Self.check(compact, whole, "seed \(seed), at the end")
    }

    @Test func `every set of seconds of a minute comes back, even ones and others`() {
        var random = SeededRandom(seed: 9)
        let all = (1 << 60 as UInt64) - 1
        var sets: [UInt64] = [1, 1 << 59, all, all ^ 1, 0b1011]
        for first in 0..<60 as Range<UInt64> {
            for step in 1...60 as ClosedRange<UInt64> {
                sets.append(stride(from: first, to: 60, by: Int(step)).reduce(0) { $0 | 1 << $1 })
            }
        }
        for _ in 0..<5000 { sets.append(random.next() & all | 1) }
        var before = PackedMinute()
        var bytes: [UInt8] = []
        var minutes: [SampleMinute] = []
        for set in sets {
            var minute = SampleMinute()
            for second in 0..<60 as Range<UInt8> where set & 1 << UInt64(second) != 0 {
                _ = minute.add(Concentration(thousandths: Int32(random.integer(0...50_000))), atSecond: second)
            }
            minute.pack(at: UInt8(minutes.count % 60), after: &before, into: &bytes)
            minutes.append(minute)
        }
        var position = 0
        before = PackedMinute()
        for (place, minute) in minutes.enumerated() {
            #expect(SampleMinute(packed: bytes.span, &position, &before) == minute)
            #expect(Int(before.place) == place % 60)
        }
        #expect(position == bytes.count)
    }

    @Test(arguments: [1, 30, 60])
    func `an hour of regular samples takes less than half a kilobyte`(interval: Int) {
        var random = SeededRandom(seed: 1)
        var hour = CompactHour()
        for second in stride(from: 0, to: 3600, by: interval) {
            hour.add(Concentration(thousandths: Int32(random.integer(20_000...30_000))), atSecond: Int32(second))
        }
        hour.trim()
        #expect(hour.bytes < 512 && MemoryLayout<HourAccumulator>.stride > 1400, "\(hour.bytes)")
    }
}
