/// The six pollutants of the index, in the order of every table and file of this program.
///
/// Source: HJ 633-2012 4.1, HJ 633-2026 4.1.
public enum Pollutant: UInt8, Sendable {
    /// Particles up to 2.5 µm, µg/m³ at actual conditions.
    case pm25 = 0
    /// Particles up to 10 µm, µg/m³ at actual conditions.
    case pm10 = 1
    /// Sulphur dioxide, µg/m³.
    case so2 = 2
    /// Nitrogen dioxide, µg/m³.
    case no2 = 3
    /// Carbon monoxide, mg/m³.
    case co = 4
    /// Ozone, µg/m³.
    case o3 = 5

    /// How many there are.
    public static let count = 6

    /// All six in order.
    public static let all: InlineArray<6, Pollutant> = [.pm25, .pm10, .so2, .no2, .co, .o3]

    /// The place of the pollutant in rows and tables, 0...5.
    public var index: Int { Int(rawValue) }

    /// What is measured.
    public var parameter: Parameter {
        switch self {
        case .pm25: .pm25
        case .pm10: .pm10
        case .so2: .so2
        case .no2: .no2
        case .co: .co
        case .o3: .o3
        }
    }

    /// The step to which a published concentration is rounded, in thousandths of the unit: 1 µg/m³, CO 0.1 mg/m³.
    ///
    /// Source: HJ 633-2026 4.2.2, GB/T 8170.
    public var publishedStep: Int32 { self == .co ? 100 : 1000 }
}

/// Several pollutants at once.
public struct PollutantSet: Equatable, Hashable, Sendable {
    /// Bit `pollutant.rawValue` is set where the pollutant belongs to the set.
    public var bits: UInt8

    /// The set with the given bits.
    public init(bits: UInt8 = 0) {
        self.bits = bits
    }

    /// All six.
    public static let all = PollutantSet(bits: 0b11_1111)

    /// Whether the set holds a pollutant.
    public func contains(_ pollutant: Pollutant) -> Bool { bits & (1 << pollutant.rawValue) != 0 }

    /// Adds a pollutant.
    public mutating func insert(_ pollutant: Pollutant) { bits |= 1 << pollutant.rawValue }

    /// Takes a pollutant out.
    public mutating func remove(_ pollutant: Pollutant) { bits &= ~(1 << pollutant.rawValue) }

    /// Whether it holds none.
    public var isEmpty: Bool { bits == 0 }
}
