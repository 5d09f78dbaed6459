import AQICore
import TestSupport
import Testing

@Suite("AQICore: binary64 on the wire") struct Binary64Tests {
    /// The nearest thousandth of a double, nil where no instrument measures such a number.
    ///
    /// `n * 1000` does not fit a double, but its rounding error does: Dekker's two-product by a fused multiply-add gives the
    /// exact product as a sum, whose smaller part decides only at a tie and beside one.
    private func oracle(_ bits: UInt64) -> Int32? {
        let number = Double(bitPattern: bits)
        guard number.isFinite, number.magnitude < 3e6 else { return nil }
        let product = number * 1000
        let error = (-product).addingProduct(number, 1000)
        var nearest = product.rounded(.toNearestOrEven)
        // product - nearest is exact (Sterbenz); the true remainder is that plus the error.
        let remainder = product - nearest
        if remainder.magnitude == 0.5, error != 0 {
            nearest = error > 0 ? product.rounded(.up) : product.rounded(.down)
        } else if remainder + error > 0.5 {
            nearest += 1
        } else if remainder + error < -0.5 {
            nearest -= 1
        }
        // Beyond two million is judged by the rounded value, as it is with every other number on the wire.
        return nearest.magnitude <= 2e9 ? Int32(nearest) : nil
    }

    private func check(_ bits: UInt64, _ comment: @autoclosure () -> String = "") {
        let concentration = Concentration(binary64: bits)
        guard concentration.thousandths == oracle(bits) else {
            Issue.record("\(Double(bitPattern: bits)) (bits \(bits)) gives \(concentration) \(comment())")
            return
        }
        if concentration.isMissing, concentration.reason != .fault {
            Issue.record("\(Double(bitPattern: bits)): \(concentration.reason), not fault")
        }
    }

    @Test(arguments: [11, 12] as [UInt64])
    func `any pattern of bits is the nearest thousandth or a fault`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<60_000 {
            let bits = random.next()
            check(bits, "seed \(seed)")
            // The same digits with an exponent near those of concentrations.
            let exponent = UInt64(1023 - 60 + random.integer(0...90))
            check(bits & 0x800F_FFFF_FFFF_FFFF | exponent << 52, "seed \(seed)")
        }
    }

    @Test func `every exponent, with the first and last fractions`() {
        for exponent: UInt64 in 0...2047 {
            for fraction: UInt64 in [
                0, 1, 2, 3, 0x7_FFFF_FFFF_FFFF, 0x8_0000_0000_0000, 0x8_0000_0000_0001, 0xF_FFFF_FFFF_FFFE,
                0xF_FFFF_FFFF_FFFF,
            ] {
                check(exponent << 52 | fraction)
                check(1 << 63 | exponent << 52 | fraction)
            }
        }
    }

    @Test func `halves go to the even thousandth, their neighbours to the nearer one`() {
        // n/16 is n * 62.5 thousandths: every odd n is a tie that binary64 holds exactly.
        for numerator in 1...20_000 {
            let value = Double(numerator) / 16
            for near in [value, value.nextUp, value.nextDown] {
                check(near.bitPattern)
                check((-near).bitPattern)
            }
        }
        #expect(Concentration(binary64: (0.0625).bitPattern).thousandths == 62)
        #expect(Concentration(binary64: (0.0625).nextUp.bitPattern).thousandths == 63)
        #expect(Concentration(binary64: (0.1875).bitPattern).thousandths == 188)
        #expect(Concentration(binary64: (-0.0625).bitPattern).thousandths == -62)
    }

    @Test func `what binary32 holds reads the same in both`() {
        var random = SeededRandom(seed: 13)
        for _ in 0..<60_000 {
            let number = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
            guard !number.isNaN else { continue }
            let wide = Concentration(binary64: Double(number).bitPattern)
            #expect(wide == Concentration(binary32: number.bitPattern), "\(number)")
        }
    }

    @Test func `what is not a number, infinite, or beyond two million is a fault; the limits are values`() {
        let patterns: [UInt64] = [
            Double.nan.bitPattern, Double.signalingNaN.bitPattern, .max, Double.infinity.bitPattern,
            (-Double.infinity).bitPattern, Double.greatestFiniteMagnitude.bitPattern, (2_000_000.001).bitPattern,
            (-2_000_000.001).bitPattern, Double(1 << 52).bitPattern, Double(1 << 53).bitPattern,
        ]
        for pattern in patterns { #expect(Concentration(binary64: pattern) == .missing(.fault), "\(pattern)") }
        #expect(Concentration(binary64: (2_000_000.0).bitPattern).thousandths == 2_000_000_000)
        #expect(Concentration(binary64: (-2_000_000.0).bitPattern).thousandths == -2_000_000_000)
        for value in [0, -0.0, .leastNonzeroMagnitude, -.leastNormalMagnitude, 1e-20, 0.0005.nextDown] as [Double] {
            #expect(Concentration(binary64: value.bitPattern).thousandths == 0, "\(value)")
        }
    }
}
