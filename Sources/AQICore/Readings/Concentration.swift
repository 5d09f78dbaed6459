/// A concentration in thousandths of its unit (µg/m³, CO mg/m³), or the reason why there is none.
///
/// Four bytes either way, so that rows of them are plain vectors of integers: a value is its thousandths, and a missing
/// one lies in the lowest 64 patterns of `Int32`, where its ``DataFlag`` is kept. Legal concentrations reach from -10,000 to
/// 2,000,000,000 thousandths.
public struct Concentration: Equatable, Hashable, Sendable {
    /// The packed form; see above.
    public let packed: Int32

    /// Everything at or above this is a value.
    static let lowestValue: Int32 = .min + 64

    /// A value in thousandths of the unit. One of the 64 lowest integers, below anything that can be measured, is taken as
    /// missing with ``DataFlag/negative``.
    public init(thousandths: Int32) {
        packed =
            thousandths >= Concentration.lowestValue
            ? thousandths : Concentration.missing(.negative).packed
    }

    /// A measured value in thousandths of the unit; one that no instrument gives, beyond 2,000,000,000 either way, is
    /// missing with ``DataFlag/fault``.
    public init(measured thousandths: Int64) {
        self =
            thousandths.magnitude <= 2_000_000_000
            ? Concentration(packed: Int32(truncatingIfNeeded: thousandths)) : .missing(.fault)
    }

    /// No value, and why.
    public static func missing(_ reason: DataFlag) -> Concentration {
        Concentration(packed: .min + Int32(reason.rawValue))
    }

    /// Reads the packed form back.
    public init(packed: Int32) {
        self.packed = packed
    }

    /// The value in thousandths of the unit, or nil where it is missing.
    public var thousandths: Int32? { isMissing ? nil : packed }

    /// Whether there is no value.
    public var isMissing: Bool { packed < Concentration.lowestValue }

    /// Why there is no value; `normal` where there is one.
    public var reason: DataFlag {
        isMissing ? DataFlag(rawValue: UInt8(truncatingIfNeeded: packed &- .min)) ?? .unknown : .normal
    }
}

/// The six hourly concentrations of one station.
public struct HourRow: Equatable, Sendable {
    /// Lane `pollutant.index` holds the packed concentration; lanes 6 and 7 are always absent.
    public var lanes: SIMD8<Int32>

    /// A row in which everything is missing for one reason.
    public init(missing reason: DataFlag = .absent) {
        lanes = SIMD8(repeating: Concentration.missing(.absent).packed)
        for lane in 0..<Pollutant.count { lanes[lane] = Concentration.missing(reason).packed }
    }

    /// The concentration of one pollutant.
    public subscript(pollutant: Pollutant) -> Concentration {
        get { Concentration(packed: lanes[pollutant.index]) }
        set { lanes[pollutant.index] = newValue.packed }
    }

    /// Whether there is no value at all.
    public var isEmpty: Bool { all(lanes .< SIMD8(repeating: Concentration.lowestValue)) }
}
