package import AQICore
import HJ212

/// A packet of a platform, as far as a station needs it.
struct PlatformMessage {
    var command: Int?
    /// The name of a request, or of what is acknowledged.
    var qn: String
    var password: String?
    var mn: String
    var begin: Instant?
    var end: Instant?
    var realtimeInterval: Int?
    /// The factor that a command is about.
    var factor: String?

    init(_ packet: borrowing Packet, in data: Span<UInt8>) {
        command = packet.cn
        qn = (packet.value("QN") ?? packet.qn)?.text(in: data) ?? ""
        password = packet.pw?.text(in: data)
        mn = packet.mn.text(in: data)
        begin = packet.value("BeginTime").flatMap { WireTime.read($0, in: data) }?.instant
        end = packet.value("EndTime").flatMap { WireTime.read($0, in: data) }?.instant
        realtimeInterval = packet.value("RtdInterval")?.number(in: data)
        factor = packet.value("PolId")?.text(in: data)
    }
}

/// What a platform wants to be calibrated.
package struct CalibrationOrder: Equatable, Sendable {
    /// The name of the request, and the station that it is about.
    package var qn: String
    package var mn: String
    package var station: String
    package var pollutant: Pollutant
}
