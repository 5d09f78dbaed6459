import Testing

@testable import Ingest

/// Time is an argument: nothing here waits.
@Suite("Ingest: the breaker of a device") struct BreakerTests {
    private let limits = Breaker.Limits(failures: 3, firstWaitMs: 1000, longestWaitMs: 8000)

    /// A breaker that has just opened, at 0.
    private func opened(seed: UInt64 = 1) -> Breaker {
        var breaker = Breaker(limits: limits, seed: seed)
        for _ in 0..<3 { _ = breaker.failed(at: 0) }
        return breaker
    }

    /// The first millisecond from `start` on at which the device is asked.
    private func firstProbe(_ breaker: inout Breaker, from start: Int64) -> Int64 {
        var now = start
        while breaker.permission(at: now) == .wait { now += 1 }
        return now
    }

    @Test func `it opens after so many failures in a row, and says so once`() {
        var breaker = Breaker(limits: limits, seed: 1)
        #expect(breaker.failed(at: 0) == false)
        #expect(breaker.failed(at: 0) == false)
        // An answer in between, and the row begins anew.
        breaker.succeeded()
        #expect([0, 0, 0].map { breaker.failed(at: $0) } == [false, false, true])
        #expect(!breaker.isClosed && breaker.permission(at: 1) == .wait)
        _ = firstProbe(&breaker, from: 0)
        #expect(breaker.failed(at: 1000) == false)
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `each wait is twice the one before, up to the longest, of which half is drawn`(seed: UInt64) {
        var breaker = opened(seed: seed)
        var now: Int64 = 0
        for wait: Int64 in [1000, 2000, 4000, 8000, 8000, 8000] {
            let probe = firstProbe(&breaker, from: now)
            #expect((wait / 2...wait).contains(probe - now))
            // Asked again, as after a poll that was cut off, it may still be probed.
            #expect(breaker.permission(at: probe) == .probe)
            now = probe
            _ = breaker.failed(at: now)
        }
        breaker.succeeded()
        #expect(breaker.isClosed && breaker.permission(at: now) == .ask)
        // It forgets how long it waited.
        for _ in 0..<3 { _ = breaker.failed(at: now) }
        #expect((500...1000).contains(firstProbe(&breaker, from: now) - now))
    }

    @Test func `devices that fell silent together are not tried together`() {
        let probes = (0..<32).map { seed in
            var breaker = opened(seed: stableHash("device \(seed)"))
            return firstProbe(&breaker, from: 0)
        }
        #expect(Set(probes).count > 20)
        // The same names, the same waits.
        var (one, other) = (opened(seed: stableHash("a")), opened(seed: stableHash("a")))
        #expect(firstProbe(&one, from: 0) == firstProbe(&other, from: 0))
    }

    @Test func `a clock that is set back does not keep a device out`() {
        var breaker = Breaker(limits: limits, seed: 1)
        for _ in 0..<3 { _ = breaker.failed(at: 1_000_000_000) }
        #expect(breaker.permission(at: 1_000_000_001) == .wait)
        #expect(breaker.permission(at: 5) == .probe)
    }
}

@Suite("Ingest: counters of a device") struct DeviceCountersTests {
    @Test func `each failure is counted where it belongs`() {
        var counters = DeviceCounters()
        for error in [.timeout, .timeout, .badReply, .lost(errno: 5), .exception(code: 2), .exception(code: 2)]
            as [ExchangeError]
        {
            counters.add(error)
        }
        #expect(counters.timeouts == 2 && counters.malformed == 1 && counters.losses == 1)
        #expect(counters.exceptions == [2: 2])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a percentile is never below the true one, and at most a quarter above`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for size in [1, 2, 7, 100, 3000] {
            var trips = RoundTrips()
            var all: [Int64] = []
            for _ in 0..<size {
                let trip = Int64(16 + random.next(1 << (5 + random.next(20))))
                all.append(trip)
                trips.add(microseconds: trip)
            }
            all.sort()
            for percent in [1, 50, 90, 99, 100] {
                let wanted = all[max(0, (size * percent + 99) / 100 - 1)]
                let got = try #require(trips.percentile(percent))
                #expect(got > wanted && got <= wanted + wanted / 4 + 1, "\(percent) % of \(size): \(got), \(wanted)")
            }
        }
    }

    @Test func `what lies beyond the histogram is counted at its ends`() {
        var trips = RoundTrips()
        #expect(trips.percentile(50) == nil)
        for trip in [Int64.min, -1, 0, 1, .max] { trips.add(microseconds: trip) }
        #expect(trips.total == 5)
        #expect(trips.percentile(50) == 20)
        #expect(trips.percentile(100) == 1 << 27)
    }
}
