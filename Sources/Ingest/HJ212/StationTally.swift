package import AQICore
import HJ212

/// How often a station did what, by name.
package struct StationTally: Equatable, Sendable {
    package var packets = 0
    package var refused = 0
    package var sins: [String: Int] = [:]
    /// Seconds by which the station's clock was ahead of ours at its last packet.
    package var clockOffset: Int64?
    /// The latest time of its values.
    package var latest: Instant?
    /// When it spoke last, good or not.
    package var heard: Instant?
    /// Whether a connection stands on which it spoke.
    package var isConnected = false

    package init() {}

    mutating func add(_ report: CentreSession.Report) {
        packets += 1
        if !report.isUsable { refused += 1 }
        if !report.sins.isEmpty { for name in report.sins.names { sins[name, default: 0] += 1 } }
        if let offset = report.clockOffset { clockOffset = offset }
        if let time = report.latest { latest = max(latest ?? time, time) }
    }
}
