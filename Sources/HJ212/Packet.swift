package import AQICore

/// The commands that a station or a centre sends.
///
/// Source: HJ 212-2017, table 6; HJ/T 212-2005, table 5.
package enum Command {
    package static let getTime = 1011
    package static let setTime = 1012
    package static let askTimeSet = 1013
    package static let getRealtimeInterval = 1061
    package static let setRealtimeInterval = 1062
    package static let getMinuteInterval = 1063
    package static let setMinuteInterval = 1064
    package static let setPassword = 1072
    package static let realtime = 2011
    package static let day = 2031
    package static let minutes = 2051
    package static let hours = 2061
    package static let calibrate = 3011
    package static let sample = 3012
    package static let requestAnswer = 9011
    package static let executionAnswer = 9012
    package static let noticeAcknowledged = 9013
    package static let dataAcknowledged = 9014
    package static let heartbeat = 9015

    /// Those that bring values or states of a station.
    package static let uploads: Set<Int> = [2011, 2021, 2031, 2041, 2051, 2061, 2081]
}

/// One packet: a view of its data segment, in which every range lies.
package struct Packet: Sendable {
    /// `factor-kind=value`, as `a34004-Rtd=30`, or `factor=value`, as `DataTime=...`.
    package struct Item: Equatable, Sendable {
        /// Items of one group belong together: groups are parted by semicolons.
        package var group: UInt16
        package var factor: Code
        package var kind: Code
        package var factorRange: TextRange
        package var kindRange: TextRange
        package var value: TextRange
    }

    package internal(set) var frame: Frame
    package internal(set) var qn: TextRange?
    package internal(set) var st: Int?
    package internal(set) var cn: Int?
    package internal(set) var pw: TextRange?
    package internal(set) var mn = TextRange.empty
    package internal(set) var flag: Int?
    package internal(set) var pnum: Int?
    package internal(set) var pno: Int?
    /// RF=1, HJ 212-2025: the packet was sent before.
    package internal(set) var isResent = false
    package internal(set) var items: [Item] = []
    /// When the values were measured (2011), or where their interval begins (2051, 2061, 2031).
    package internal(set) var dataTime: Instant?
    package internal(set) var sins: Sins = []
    /// Why the packet cannot be used: then no part of it may be.
    package internal(set) var fault: Fault?

    init(frame: Frame) {
        self.frame = frame
    }

    /// Bit 0 of Flag: the sender waits for an answer.
    package var wantsAnswer: Bool { (flag ?? 0) & 1 != 0 }
    /// Bit 1: one of several packets.
    package var isPart: Bool { (flag ?? 0) & 2 != 0 }
    /// Bits 2 to 7: 0 for HJ/T 212-2005, 1 for HJ 212-2017, 2 for HJ 212-2025.
    package var version: Int { (flag ?? 0) >> 2 }

    /// Whether it can be used as it is: with sins in a lenient decoder only.
    package func isUsable(strict: Bool) -> Bool { fault == nil && (!strict || sins.isEmpty) }

    /// What is wrong with it, by name.
    package var problems: [String] { sins.names + (fault.map { [$0.rawValue] } ?? []) }

    /// The value of an item without a kind, as `BeginTime`.
    package func value(_ key: String) -> TextRange? {
        let code = Code(key)
        return items.first { $0.factor == code && $0.kind.isEmpty }?.value
    }
}
