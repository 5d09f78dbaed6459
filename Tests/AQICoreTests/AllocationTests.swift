import AQICore
import CAllocations
import TestSupport
import Testing

/// A station streams for years: what is taken from the heap at every step is one day's fragmentation, another day's pause.
@Suite("AQICore: nothing from the heap once set up") struct AllocationTests {
    /// How often the heap is asked while `work` runs, after it ran once.
    private func allocations(_ work: () throws -> Void) rethrows -> UInt64 {
        try work()
        let before = allocations_of_this_thread()
        try work()
        return allocations_of_this_thread() - before
    }

    @Test func `the count sees an allocation`() {
        #expect(allocations { withExtendedLifetime([Int](repeating: 1, count: Int.random(in: 10...20))) {} } >= 1)
    }

    @Test func `samples, hours, windows, marks and reports of a station`() throws {
        var windows = StationWindows()
        var check = QualityCheck(thresholds: .standard)
        var channels = InlineArray<6, HourAccumulator>(repeating: HourAccumulator())
        var hour = Hour(start: 490_000)
        var random = SeededRandom(seed: 1)
        var sum: Int32 = 0
        let count = try allocations {
            for _ in 0..<50 {
                var row = HourRow()
                for place in 0..<Pollutant.count {
                    // Not `for … in`: built for debugging, a range of Int32 takes its iterator from the heap.
                    var second: Int32 = 0
                    while second < 3600 {
                        let value = Int32(truncatingIfNeeded: random.next() >> 44)
                        channels[place].add(Concentration(thousandths: value), atSecond: second)
                        second += 60
                    }
                    row.lanes[place] = channels[place].close().packed
                }
                try windows.advance(to: hour, row)
                _ = try check.examine(row, nox: .missing(.absent), at: hour)
                let edition = Edition(forPeriodEndingAt: hour.endingLabel)
                sum &+= windows.report(.realtime, edition: edition).index ?? 0
                sum &+= windows.report(.running24, edition: edition).index ?? 0
                sum &+= windows.report(.daily, edition: edition).index ?? 0
                hour = hour + 1
            }
        }
        #expect(count == 0, "sum \(sum)")
    }

    @Test func `rows of a thousand channels`() throws {
        var means = try RollingMeans(channelCount: 1000, hours: 24, hoursNeeded: 20)
        let row = [Lanes](repeating: Lanes(repeating: 12_345), count: means.groupCount)
        var output = row
        var hour = Hour(start: 0)
        let count = try allocations {
            for _ in 0..<50 {
                try means.advance(to: hour, row.span)
                var span = output.mutableSpan
                try means.means(into: &span)
                hour = hour + 1
            }
        }
        #expect(count == 0)
    }

    @Test func `a batch of hours`() throws {
        let batch = try RunningIndexBatch(nil)
        let rows = [BlockRow](repeating: BlockRow(), count: 100)
        var output = [Lanes](repeating: Lanes(repeating: 0), count: 100)
        let first = Hour(endingAtLabel: Instant(seconds: 1_772_294_400)) - 50
        let count = try allocations {
            var span = output.mutableSpan
            try batch.evaluate(rows.span, from: first, into: &span)
        }
        #expect(count == 0)
    }
}
