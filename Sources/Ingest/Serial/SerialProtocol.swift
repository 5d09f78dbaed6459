/// A serial protocol: how frames are told apart, what is asked, and what an answer says.
package protocol SerialDialect: FrameFormat {
    /// Reads what selects a value, as a configuration writes it; nil for what this protocol has not.
    static func item(_ text: String) -> SerialItem?
    /// How an item is written.
    static var itemExample: String { get }
    /// The requests that bring all items of a device; none where the instrument speaks by itself.
    static func requests(for device: SerialDevice) -> [SerialRequest]
    /// What a usable frame is to a request; of instruments that speak by themselves, to nil.
    static func match(_ frame: Span<UInt8>, _ request: SerialRequest?, of device: SerialDevice) -> FrameMatch
    /// What a frame says of an item.
    static func value(of item: SerialItem, in frame: Span<UInt8>) -> SerialValue
    /// In which unit it says so, where it tells.
    static func unit(of item: SerialItem, in frame: Span<UInt8>) -> MeasuringUnit?
    /// What makes an instrument measure that refuses because it does not; nil where there is no such thing.
    static var wake: [UInt8]? { get }
    /// Which addresses the instruments of a line can have; nil where they have none.
    static var addresses: ClosedRange<Int>? { get }
}

extension SerialDialect {
    package static func unit(of item: SerialItem, in frame: Span<UInt8>) -> MeasuringUnit? { nil }
    package static var wake: [UInt8]? { nil }
    package static var addresses: ClosedRange<Int>? { nil }
}

/// What selects a value in the frames of a protocol.
package struct SerialItem: Hashable, Sendable {
    /// As a configuration writes it.
    package var text: String
    /// Its name in the protocol, where it has one.
    var name: [UInt8] = []
    /// Its number in the protocol, and which part of what goes by that number.
    var number = 0
    var part = 0
}

/// Bytes that make an instrument answer.
package struct SerialRequest: Equatable, Sendable {
    package var bytes: [UInt8]
    /// What of the answer shows that it answers this.
    var key: [UInt8] = []

    package init(bytes: [UInt8], key: [UInt8] = []) {
        self.bytes = bytes
        self.key = key
    }
}

/// What a frame is to a request.
package enum FrameMatch: Equatable, Sendable {
    case answer
    /// An answer to something else.
    case stranger
    /// The instrument cannot, or will not.
    case refusal(Int)
}

/// The serial protocols by their names in configurations and on the command line.
package enum SerialProtocol: String, CaseIterable, Sendable {
    case bayernHessen = "bayern-hessen"
    case cLink = "c-link"
    case ak = "ak"
    case serinusAdvanced = "serinus-advanced"
    case pmsx003 = "pmsx003"
    case sds011 = "sds011"
    case sps30 = "sps30"
    case line = "line"

    package var name: String { rawValue }

    package var dialect: any SerialDialect.Type {
        switch self {
        case .bayernHessen: BayernHessen.self
        case .cLink: CLink.self
        case .ak: AK.self
        case .serinusAdvanced: SerinusAdvanced.self
        case .pmsx003: PMSx003.self
        case .sds011: SDS011.self
        case .sps30: SPS30.self
        case .line: TextLine.self
        }
    }

    /// A decoder that has seen nothing yet.
    package func makeScanner() -> any FrameScanning {
        func make<Dialect: SerialDialect>(_: Dialect.Type) -> any FrameScanning { FrameScanner<Dialect>() }
        return make(dialect)
    }

    /// Whether its instruments send by themselves, unasked.
    package var isStream: Bool { self == .pmsx003 || self == .sds011 }
}
