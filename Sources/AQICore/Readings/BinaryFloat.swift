extension Concentration {
    /// Reads an IEEE 754 binary32 number from its bits and turns it into thousandths, rounded half to even, without any
    /// floating-point arithmetic.
    ///
    /// NaN, infinity and numbers beyond 2,000,000 units either way are missing with `fault`: no instrument measures them.
    ///
    /// Source: IEEE 754-2019 3.4; GB/T 8170-2008 3.2.
    public init(binary32 bits: UInt32) {
        let fault = Concentration.missing(.fault)
        let exponent = Int32(truncatingIfNeeded: (bits >> 23) & 0xFF)
        let fraction = UInt64(bits & 0x7F_FFFF)
        guard exponent != 0xFF else {
            self = fault
            return
        }
        // value = significand * 2^shift
        let significand = exponent == 0 ? fraction : fraction | 0x80_0000
        let shift = (exponent == 0 ? 1 : exponent) - 150
        var thousandths = significand * 1000
        if shift >= 0 {
            // 2,000,000 is below 2^21, so a significand of 24 bits cannot be shifted up at all; 0 never gets here.
            self = fault
            return
        }
        let places = UInt64(truncatingIfNeeded: -shift)
        if places > 40 {
            thousandths = 0
        } else {
            let rest = thousandths & ((1 << places) - 1)
            let half: UInt64 = 1 << (places - 1)
            thousandths >>= places
            if rest > half || (rest == half && thousandths & 1 != 0) { thousandths += 1 }
        }
        // A significand of 24 bits times 1000 is below 2^34.
        let magnitude = Int64(truncatingIfNeeded: thousandths)
        self = Concentration(measured: bits >> 31 == 0 ? magnitude : -magnitude)
    }
}

extension Concentration {
    /// Reads an IEEE 754 binary64 number from its bits and turns it into thousandths, rounded half to even, without any
    /// floating-point arithmetic.
    ///
    /// NaN, infinity and numbers beyond 2,000,000 units either way are missing with `fault`: no instrument measures them.
    ///
    /// Source: IEEE 754-2019 3.4; GB/T 8170-2008 3.2.
    public init(binary64 bits: UInt64) {
        let fault = Concentration.missing(.fault)
        let exponent = Int64(truncatingIfNeeded: (bits >> 52) & 0x7FF)
        let fraction = bits & 0xF_FFFF_FFFF_FFFF
        guard exponent != 0x7FF else {
            self = fault
            return
        }
        // value = significand * 2^shift
        let significand = exponent == 0 ? fraction : fraction | 0x10_0000_0000_0000
        let shift = (exponent == 0 ? 1 : exponent) - 1075
        if shift >= 0 {
            // 2,000,000 is below 2^21, so a significand of 53 bits cannot be shifted up at all; 0 never gets here.
            self = fault
            return
        }
        // 53 bits and the 10 of a thousand: below 2^63, so 64 places or more leave less than a half.
        var thousandths = significand * 1000
        if shift <= -64 {
            thousandths = 0
        } else {
            let places = UInt64(truncatingIfNeeded: -shift)
            let rest = thousandths & ((1 << places) - 1)
            let half: UInt64 = 1 << (places - 1)
            thousandths >>= places
            if rest > half || (rest == half && thousandths & 1 != 0) { thousandths += 1 }
        }
        let magnitude = Int64(truncatingIfNeeded: thousandths)
        self = Concentration(measured: bits >> 63 == 0 ? magnitude : -magnitude)
    }
}
