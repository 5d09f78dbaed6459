import Ingest
import Texts

extension DeviceCounters {
    /// The counters as they are stored.
    var json: JSON {
        var members: [(String, JSON)] = [
            ("answered", answered), ("timeouts", timeouts), ("checksums", checksums), ("malformed", malformed),
            ("late", late), ("resyncs", resyncs), ("losses", losses),
        ].map { ($0, .integer(Int64(clamping: $1))) }
        members.append(
            (
                "exceptions",
                .object(
                    exceptions.sorted { $0.key < $1.key }.map { ("\($0.key)", .integer(Int64(clamping: $0.value))) })
            ))
        for percent in [50, 99] {
            if let time = roundTrips.percentile(percent) { members.append(("p\(percent)Microseconds", .integer(time))) }
        }
        return .object(members)
    }
}
