/// A rule by which a value looks wrong. What it marks is *suspect*: the value stays, is valid, and counts everywhere. Only a
/// person with evidence from the instrument takes it out.
///
/// Source: HJ 818-2018, everything measured in normal operation is valid; CNEMC training material of 2017: "looks abnormal"
/// alone is no reason to invalidate.
public enum SuspectRule: UInt8, Sendable {
    /// Outside the range that is believed.
    case range = 0
    /// Below zero by more than the noise of the instrument.
    case negative = 1
    /// The same value for hours.
    case flatLine = 2
    /// Far above the hours before.
    case spike = 3
    /// PM2.5 above PM10, of which it is a part: both are marked, for either may be wrong.
    case particulateInversion = 4
    /// NO2 above NOx, of which it is a part.
    case no2AboveNOx = 5

    /// How many there are.
    public static let count = 6
}

/// The rules by which one value is suspect, and whether it was filled in; nothing for nearly every value.
public struct SuspectMarks: Equatable, Hashable, Sendable {
    /// Bit `rule.rawValue` is set where the rule marks the value.
    public var bits: UInt8

    /// The marks with the given bits.
    public init(bits: UInt8 = 0) {
        self.bits = bits
    }

    /// Re: filled in, in whole or in part, from the instrument's own records. It makes no value suspect.
    public var isBackfilled: Bool {
        get { bits & 0x80 != 0 }
        set { bits = newValue ? bits | 0x80 : bits & 0x7F }
    }

    /// The rules alone.
    public var suspicions: SuspectMarks { SuspectMarks(bits: bits & 0x7F) }

    /// Whether a rule is among them.
    public func contains(_ rule: SuspectRule) -> Bool { bits & (1 << rule.rawValue) != 0 }

    /// Adds a rule.
    public mutating func insert(_ rule: SuspectRule) { bits |= 1 << rule.rawValue }

    /// The marks that `earlier` has not.
    public func subtracting(_ earlier: SuspectMarks) -> SuspectMarks { SuspectMarks(bits: bits & ~earlier.bits) }

    /// Whether there is none.
    public var isEmpty: Bool { bits == 0 }
}

/// The marks of the six values of an hour.
public struct HourMarks: Equatable, Sendable {
    /// Lane `pollutant.index` holds the bits of its marks; lanes 6 and 7 are always empty.
    public var lanes = SIMD8<UInt8>(repeating: 0)

    /// No mark at all.
    public init() {}

    /// The marks of one pollutant.
    public subscript(pollutant: Pollutant) -> SuspectMarks {
        get { SuspectMarks(bits: lanes[pollutant.index]) }
        set { lanes[pollutant.index] = newValue.bits }
    }

    /// Marks the values that were filled in, and no others.
    public mutating func markBackfilled(_ pollutants: PollutantSet) {
        for place in 0..<Pollutant.count {
            lanes[place] = lanes[place] & 0x7F | (pollutants.bits >> UInt8(place) & 1) << 7
        }
    }

    /// Whether no value is marked.
    public var isEmpty: Bool { all(lanes .== SIMD8(repeating: 0)) }
}
