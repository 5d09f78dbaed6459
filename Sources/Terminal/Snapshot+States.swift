package import AQICore
import Warnings

extension Snapshot {
    /// Seconds after which a value that nothing newer follows is stale. **[ours]**
    package static let staleAfter: Int64 = 300
    /// Seconds by which a station's clock may be off: beyond, minutes and hours get the wrong values.
    package static let clockTolerance: Int64 = 30
}

extension Snapshot.Line {
    /// Seconds since the newest value; nil before the first.
    package func age(at now: Instant) -> Int64? { measured.map { now - $0 } }

    /// Whether nothing came for so long that the value says nothing of the air any more.
    package func isStale(at now: Instant) -> Bool { age(at: now).map { $0 > Snapshot.staleAfter } ?? false }

    /// The letters that say what is wrong with the line, most urgent first; empty where nothing is.
    package func mark(at now: Instant) -> String {
        if let latest, latest.isMissing { return latest.reason.text }
        if isStale(at: now) { return "!" }
        return marks.suspicions.isEmpty ? "" : "Q"
    }
}

extension Snapshot.Other {
    package func isStale(at now: Instant) -> Bool { now - measured > Snapshot.staleAfter }
}

extension Snapshot.Station {
    /// What it measures: the six pollutants, and what else there is.
    package var channels: [Parameter] { Pollutant.allSix.map(\.parameter) + others.map(\.parameter) }

    /// Seconds since the newest value of any pollutant; nil before the first.
    package func age(at now: Instant) -> Int64? { lines.compactMap { $0.age(at: now) }.min() }

    package func isStale(at now: Instant) -> Bool { age(at: now).map { $0 > Snapshot.staleAfter } ?? true }
}

extension Snapshot.Sender {
    package var isClockOff: Bool { clockOffset.map { $0.magnitude > UInt64(Snapshot.clockTolerance) } ?? false }
}

extension Snapshot {
    /// Alarms at which somebody should act.
    package var calling: Int { alarms.count { $0.calls } }
}
