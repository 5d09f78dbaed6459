package import HJ212

/// A station as a centre knows it: who it says it is, and what of it is taken.
package struct WireStation: Equatable, Sendable {
    /// Which of a station's packets are its samples.
    package enum Source: String, CaseIterable, Sendable {
        /// 2011, at the moment of sampling; 2051 only where it was asked for, to fill a gap.
        case realtime
        /// 2051, the means of minutes.
        case minutes
    }

    package var mn: String
    package var password: String
    /// The station's place in the configuration.
    package var number: Int32
    package var dialect: Dialect
    package var source: Source
    package var channels: [WireChannel]

    package init(
        mn: String, password: String, number: Int32, dialect: Dialect = .hj212Of2017, source: Source = .realtime,
        channels: [WireChannel]
    ) {
        self.mn = mn
        self.password = password
        self.number = number
        self.dialect = dialect
        self.source = source
        self.channels = channels
    }
}

/// What a centre lets stations do.
package struct CentreRules: Sendable {
    package var isStrict = false
    /// Whether a station whose clock is off by more than ``clockTolerance`` is sent the time (1012).
    package var setsClocks = false
    /// Whether stations may be told to do something else than to set their clocks.
    package var allowsReverseControl = false
    /// Source: HJ 477-2009: 30 s from Beijing time.
    package var clockTolerance = CentreRules.standardClockTolerance
    package static let standardClockTolerance: Int64 = 30
    /// How far a station's values may lie ahead of us before they are refused, seconds.
    package var longestAhead: Int64 = 3600
    /// How far apart a station's values may lie before the minutes between are asked for (2051), seconds; nil asks for nothing.
    package var longestGap: Int64? = 300
    /// How old minutes may be to be asked for: older ones count in no hour any more.
    package var oldestGap: Int64 = 3 * 3600
    /// The longest data segment, bytes.
    package var longestData = 4096
    /// Packets a second of one connection, over ten seconds.
    package var packetsPerSecond = 50
    /// How long a connection may go without a usable packet: the first, and any later one, seconds.
    package var secondsToFirstPacket: Int64 = 60
    package var idleSeconds: Int64 = 900
    /// How much may come that cannot be used before a connection is closed.
    package var mostNoise = 1 << 16
    package var mostRefused = 100
    /// Connections of one address, and in all.
    package var connectionsPerAddress = 100
    package var connections = 10_000
    /// Whether packets of stations that are not configured are acknowledged, for looking at a line.
    package var acknowledgesAnybody = false

    package private(set) var stations: [WireStation]
    private let places: [String: Int]

    /// - Precondition: no MN twice.
    package init(stations: [WireStation]) {
        self.stations = stations
        places = Dictionary(uniqueKeysWithValues: stations.enumerated().map { ($0.element.mn, $0.offset) })
    }

    func place(of mn: String) -> Int? { places[mn] }
}
