/// What a report evaluates: the pollutants, ozone twice (largest hour and largest running 8 h mean).
///
/// Source: HJ 633-2012 4.1 table 1; HJ 633-2026 table 3.
public enum Indicator: UInt8, Sendable {
    /// PM2.5.
    case pm25 = 0
    /// PM10.
    case pm10 = 1
    /// Sulphur dioxide.
    case so2 = 2
    /// Nitrogen dioxide.
    case no2 = 3
    /// Carbon monoxide.
    case co = 4
    /// Ozone, one hour.
    case o3 = 5
    /// Ozone, running 8 h mean.
    case o3EightHours = 6

    /// How many there are.
    public static let count = 7

    /// All seven, in the order of every table and file.
    public static let all: InlineArray<7, Indicator> = [.pm25, .pm10, .so2, .no2, .co, .o3, .o3EightHours]

    /// The place in tables, 0...6.
    public var index: Int { Int(rawValue) }

    /// The concentration of a pollutant itself; of ozone that of the hour.
    public init(_ pollutant: Pollutant) {
        self = Indicator(rawValue: pollutant.rawValue) ?? .o3
    }

    /// The pollutant whose concentration is evaluated.
    public var pollutant: Pollutant { Pollutant(rawValue: rawValue) ?? .o3 }
}

/// Several indicators at once, as the primary pollutants of an index.
public struct IndicatorSet: Equatable, Hashable, Sendable {
    /// Bit `indicator.rawValue` is set where the indicator belongs to the set.
    public var bits: UInt8

    /// The set with the given bits.
    public init(bits: UInt8 = 0) {
        self.bits = bits
    }

    /// The set of up to three indicators.
    init(_ first: Indicator, _ second: Indicator? = nil, _ third: Indicator? = nil) {
        self.init(bits: 1 << first.rawValue)
        if let second { insert(second) }
        if let third { insert(third) }
    }

    /// No indicator.
    static var none: IndicatorSet { IndicatorSet(bits: 0) }
    /// All seven.
    static var all: IndicatorSet { IndicatorSet(bits: 0b111_1111) }
    /// The six hours.
    static var hours: IndicatorSet { IndicatorSet(bits: 0b011_1111) }
    /// The means of 24 hours, ozone by its 8 h mean alone.
    static var running24: IndicatorSet { IndicatorSet(bits: 0b101_1111) }

    /// Whether the set holds an indicator.
    public func contains(_ indicator: Indicator) -> Bool { bits & (1 << indicator.rawValue) != 0 }

    /// Adds an indicator.
    public mutating func insert(_ indicator: Indicator) { bits |= 1 << indicator.rawValue }

    /// Whether it holds none.
    public var isEmpty: Bool { bits == 0 }
}
