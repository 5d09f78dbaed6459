/// A number as it lies in registers, exact: `significand * 2^exponent`.
struct RegisterNumber: Equatable {
    var significand: Int64
    var exponent: Int

    /// The number of a pattern of bits; nil for NaN and the infinities.
    ///
    /// Source: IEEE 754-2019 3.4 for the floats.
    init?(_ type: RegisterType, bits: UInt64) {
        switch type {
        case .u16, .u32: self.init(Int64(bits))
        case .i16: self.init(Int64(Int16(truncatingIfNeeded: bits)))
        case .i32: self.init(Int64(Int32(truncatingIfNeeded: bits)))
        case .f32: self.init(bits, exponentBits: 8, fractionBits: 23)
        case .f64: self.init(bits, exponentBits: 11, fractionBits: 52)
        }
    }

    private init(_ integer: Int64) {
        significand = integer
        exponent = 0
    }

    private init?(_ bits: UInt64, exponentBits: Int, fractionBits: Int) {
        let largest = 1 << exponentBits - 1
        let biased = Int(bits >> UInt64(fractionBits)) & largest
        guard biased != largest else { return nil }
        let fraction = Int64(bits & (1 << UInt64(fractionBits) - 1))
        let magnitude = biased == 0 ? fraction : fraction | 1 << Int64(fractionBits)
        // The bias is half of the largest exponent; the fraction is counted as an integer.
        exponent = max(biased, 1) - largest / 2 - fractionBits
        significand = bits >> UInt64(exponentBits + fractionBits) & 1 == 0 ? magnitude : -magnitude
    }

    /// `number * scale + offset` in units of `divisor` billionths, rounded once, half to even; nil beyond 2^62. The
    /// divisor is even: 1,000, 1,000,000 or 1,000,000,000, so that thousandths come out.
    ///
    /// Source: GB/T 8170-2008 3.2.
    func thousandths(scale: ExactDecimal = .one, offset: ExactDecimal = .zero, divisor: Int64 = 1_000_000) -> Int64? {
        // 53 bits by 63 are 116.
        var product = Int128(significand) * Int128(scale.billionths)
        guard product != 0 else { return RegisterNumber.divided(Int128(offset.billionths), by: divisor, more: false) }
        if exponent >= 0 {
            // Beyond 2^120 billionths; an offset has 63 bits.
            guard 128 - product.magnitude.leadingZeroBitCount + exponent <= 120 else { return nil }
            product <<= exponent
            return RegisterNumber.divided(product + Int128(offset.billionths), by: divisor, more: false)
        }
        // The offset is brought to the same power of two, of at most 60: 63 bits and 60 are 123. What of the product
        // lies below that is not lost but remembered: it only decides whether a half is more than a half.
        let places = min(-exponent, 60)
        let dropped = min(-exponent - places, 127)
        let kept = product >> dropped
        let more = kept << dropped != product
        return RegisterNumber.divided(
            kept + Int128(offset.billionths) << places, by: Int128(divisor) << places, more: more)
    }

    private static func divided(_ number: Int128, by divisor: Int64, more: Bool) -> Int64? {
        divided(number, by: Int128(divisor), more: more)
    }

    /// The quotient of a number, and a fraction of 1 `more`, by an even divisor, rounded half to even.
    static func divided(_ number: Int128, by divisor: Int128, more: Bool) -> Int64? {
        if let number = Int64(exactly: number), let divisor = Int64(exactly: divisor) {
            // Nearly always, and several times as fast.
            let quotient = rounded(number.quotientAndRemainder(dividingBy: divisor), by: divisor, more: more)
            return quotient.magnitude < 1 << 62 ? quotient : nil
        }
        let quotient = rounded(number.quotientAndRemainder(dividingBy: divisor), by: divisor, more: more)
        return quotient.magnitude < 1 << 62 ? Int64(quotient) : nil
    }

    @inline(__always)
    private static func rounded<Number: FixedWidthInteger & SignedInteger>(
        _ parts: (quotient: Number, remainder: Number), by divisor: Number, more: Bool
    ) -> Number {
        var (quotient, remainder) = parts
        if remainder < 0 {
            quotient -= 1
            remainder += divisor
        }
        let half = divisor / 2
        if remainder > half || (remainder == half && (more || quotient & 1 != 0)) { quotient += 1 }
        return quotient
    }
}
