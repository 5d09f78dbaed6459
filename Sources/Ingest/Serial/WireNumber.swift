/// A number as an instrument writes it, exact.
package enum WireNumber: Equatable, Sendable {
    /// `significand * 10^exponent`; at most 15 digits, exponents of -15 ... 15.
    case decimal(Int64, exponent: Int)
    /// binary32, by its bits; no NaN, no infinity.
    case binary32(UInt32)

    package init(_ integer: Int64) { self = .decimal(integer, exponent: 0) }

    /// The number in thousandths of what it counts, after scale and offset, rounded once, half to even; nil where it is too
    /// large. `divisor` as in ``RegisterNumber/thousandths(scale:offset:divisor:)``.
    package func thousandths(
        scale: ExactDecimal = .one, offset: ExactDecimal = .zero, divisor: Int64 = 1_000_000
    ) -> Int64? {
        switch self {
        case .binary32(let bits):
            return RegisterNumber(.f32, bits: UInt64(bits))?
                .thousandths(scale: scale, offset: offset, divisor: divisor)
        case .decimal(let significand, let exponent):
            // 50 bits by 63 are 113; by 10^15 at most 2^50 more, where only what fits is let through.
            let product = Int128(significand) * Int128(scale.billionths)
            if exponent >= 0 {
                let power = WireNumber.powers[exponent]
                let (scaled, overflow) = product.multipliedReportingOverflow(by: power)
                guard !overflow, scaled.magnitude < 1 << 120 else { return nil }
                return RegisterNumber.divided(scaled + Int128(offset.billionths), by: Int128(divisor), more: false)
            }
            let power = WireNumber.powers[-exponent]
            return RegisterNumber.divided(
                product + Int128(offset.billionths) * power, by: Int128(divisor) * power, more: false)
        }
    }

    private static let powers: [Int128] = (0...15).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

    /// Reads a decimal with or without an exponent, as `-0.240`, `12` and `4.000E+1`; nil for what is none or has more digits
    /// than any instrument gives.
    package static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) -> WireNumber? {
        var place = range.lowerBound
        let isNegative = readSign(bytes, &place, range.upperBound)
        var significand: Int64 = 0
        var exponent = 0
        var digits = 0
        var hasPoint = false
        while place < range.upperBound {
            let byte = bytes[place]
            if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else if byte >= 0x30, byte <= 0x39 {
                significand = significand * 10 + Int64(byte - 0x30)
                guard significand < 1_000_000_000_000_000 else { return nil }
                digits += 1
                if hasPoint { exponent -= 1 }
            } else {
                break
            }
            place += 1
        }
        guard digits > 0 else { return nil }
        if place < range.upperBound {
            guard bytes[place] | 0x20 == UInt8(ascii: "e") else { return nil }
            place += 1
            guard let written = readInteger(bytes, &place, range.upperBound), place == range.upperBound else {
                return nil
            }
            exponent += written
        }
        return decimal(isNegative ? -significand : significand, power: exponent)
    }

    /// A decimal, its exponent brought within bounds; nil where that cannot be done exactly.
    static func decimal(_ significand: Int64, power: Int) -> WireNumber? {
        if significand == 0 { return .decimal(0, exponent: 0) }
        guard (-15...15).contains(power) else { return nil }
        return .decimal(significand, exponent: power)
    }

    /// Reads a sign, if there is one; whether it is minus.
    static func readSign(_ bytes: Span<UInt8>, _ place: inout Int, _ end: Int) -> Bool {
        guard place < end else { return false }
        let byte = bytes[place]
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") { place += 1 }
        return byte == UInt8(ascii: "-")
    }

    /// Reads an integer of at most three digits with its sign.
    static func readInteger(_ bytes: Span<UInt8>, _ place: inout Int, _ end: Int) -> Int? {
        let isNegative = readSign(bytes, &place, end)
        var number = 0
        var digits = 0
        while place < end, bytes[place] >= 0x30, bytes[place] <= 0x39 {
            number = number * 10 + Int(bytes[place] - 0x30)
            digits += 1
            guard digits <= 3 else { return nil }
            place += 1
        }
        return digits == 0 ? nil : isNegative ? -number : number
    }

    /// A number in hexadecimal digits, at most eight of them.
    static func hexadecimal(_ bytes: Span<UInt8>, _ range: Range<Int>) -> WireNumber? {
        guard (1...8).contains(range.count) else { return nil }
        var number: Int64 = 0
        for place in range {
            guard let digit = hexadecimalDigit(bytes[place]) else { return nil }
            number = number << 4 | Int64(digit)
        }
        return WireNumber(number)
    }

    /// A whole number that is not negative and has 32 bits; nil for any other.
    package var word: UInt32? {
        guard case .decimal(let significand, exponent: 0) = self else { return nil }
        return UInt32(exactly: significand)
    }
}

/// What a frame says of an item.
package enum SerialValue: Equatable, Sendable {
    case number(WireNumber)
    /// It is there, and marked as no value.
    case invalid
    /// The frame does not speak of it.
    case absent
}

/// The next word between spaces, line feeds and tabs; moves on behind it. nil at the end.
func nextWord(_ bytes: Span<UInt8>, _ place: inout Int, _ end: Int) -> Range<Int>? {
    while place < end, bytes[place] <= 0x20 { place += 1 }
    let start = place
    while place < end, bytes[place] > 0x20 { place += 1 }
    return start < place ? start..<place : nil
}

/// Whether bytes from a place on are these.
func hasBytes(_ bytes: Span<UInt8>, _ wanted: [UInt8], at start: Int) -> Bool {
    guard start >= 0, start + wanted.count <= bytes.count else { return false }
    for place in wanted.indices where bytes[start + place] != wanted[place] { return false }
    return true
}
