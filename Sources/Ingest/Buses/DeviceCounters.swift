/// How the exchanges with one device went since the program started.
package struct DeviceCounters: Equatable, Sendable {
    /// Requests that were answered.
    package var answered: UInt64 = 0
    /// Requests without an answer in time.
    package var timeouts: UInt64 = 0
    /// Answers with a wrong checksum.
    package var checksums: UInt64 = 0
    /// Answers that were wrong in another way: length, function, address.
    package var malformed: UInt64 = 0
    /// Refusals by exception code.
    package var exceptions: [Int: UInt64] = [:]
    /// Answers to earlier requests: drained, never used.
    package var late: UInt64 = 0
    /// Requests that came back from an adapter that echoes: passed over.
    package var echoes: UInt64 = 0
    /// How often the line had to fall silent, or a marker had to be answered, before a request could be trusted again.
    package var resyncs: UInt64 = 0
    /// Connections that broke under a request, or could not be made for one.
    package var losses: UInt64 = 0
    /// How long answers took.
    package var roundTrips = RoundTrips()

    package init() {}

    /// Counts a failure.
    mutating func add(_ error: ExchangeError) {
        switch error {
        case .cannotConnect, .lost: losses += 1
        case .timeout: timeouts += 1
        case .badReply: malformed += 1
        case .exception(let code): exceptions[code, default: 0] += 1
        }
    }
}

/// A histogram of round trips in fixed memory: four steps an octave, so that a percentile is at most a quarter too long.
package struct RoundTrips: Equatable, Sendable {
    /// 16 µs to 2^27 µs (more than two minutes).
    private static let octaves = 4..<27
    private static let stepsAnOctave = 4
    private var counts = [UInt64](repeating: 0, count: (octaves.count) * stepsAnOctave)
    /// Round trips counted.
    package private(set) var total: UInt64 = 0

    package init() {}

    /// Counts one round trip.
    mutating func add(microseconds: Int64) {
        counts[RoundTrips.place(of: microseconds)] += 1
        total += 1
    }

    /// The time within which so many hundredths of the answers came, in microseconds; nil before the first.
    package func percentile(_ percent: Int) -> Int64? {
        guard total > 0 else { return nil }
        let rank = max(1, (total * UInt64(percent) + 99) / 100)
        var seen: UInt64 = 0
        for (place, count) in counts.enumerated() {
            seen += count
            if seen >= rank { return RoundTrips.end(of: place) }
        }
        return nil
    }

    private static func place(of microseconds: Int64) -> Int {
        let longest = Int64(1) << Int64(octaves.upperBound)
        let value = min(max(microseconds, 1 << Int64(octaves.lowerBound)), longest - 1)
        let octave = 63 - value.leadingZeroBitCount
        let step = Int((value >> Int64(octave - 2)) & 3)
        return (octave - octaves.lowerBound) * stepsAnOctave + step
    }

    /// Where a step ends.
    private static func end(of place: Int) -> Int64 {
        let octave = Int64(octaves.lowerBound + place / stepsAnOctave)
        return (1 << octave) + Int64(place % stepsAnOctave + 1) << (octave - 2)
    }
}

/// The counters of a device, with its name.
package struct DeviceStatistics: Equatable, Sendable {
    package var device: String
    package var counters: DeviceCounters
    /// Whether it is asked like any other; false while it is only tried now and then.
    package var isAsked: Bool
    /// Whether it did not answer when it was asked last.
    package var isSilent: Bool
    /// Why its latest failure was one, however long ago; nil before the first.
    package var trouble: ExchangeError?
    /// Whether it measures the air, or what else.
    package var calibration: CalibrationState
}
