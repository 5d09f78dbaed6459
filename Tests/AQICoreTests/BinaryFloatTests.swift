import AQICore
import TestSupport
import Testing

@Suite("AQICore: binary32 on the wire") struct BinaryFloatTests {
    /// What the number is in thousandths: a binary32 times 1000 has at most 34 significant bits, so a Double holds it exactly
    /// and only the rounding rounds. Nil where no instrument measures such a number.
    private func oracle(_ bits: UInt32) -> Int32? {
        let thousandths = (Double(Float(bitPattern: bits)) * 1000).rounded(.toNearestOrEven)
        guard thousandths.isFinite, abs(thousandths) <= 2e9 else { return nil }
        return Int32(thousandths)
    }

    private func check(_ bits: UInt32, _ comment: @autoclosure () -> String = "") {
        let concentration = Concentration(binary32: bits)
        guard concentration.thousandths == oracle(bits) else {
            Issue.record("\(Float(bitPattern: bits)) (bits \(bits)) gives \(concentration) \(comment())")
            return
        }
        if concentration.isMissing, concentration.reason != .fault {
            Issue.record("\(Float(bitPattern: bits)): \(concentration.reason), not fault")
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `any pattern of bits is the nearest thousandth or a fault`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<60_000 { check(UInt32(truncatingIfNeeded: random.next()), "seed \(seed)") }
    }

    @Test(arguments: [4, 5] as [UInt64])
    func `the numbers that analysers send are the nearest thousandth`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<60_000 {
            let scale = Float([0.01, 1, 10, 1000, 100_000, 3_000_000].randomElement(using: &random) ?? 1)
            check(Float.random(in: -scale...scale, using: &random).bitPattern, "seed \(seed)")
        }
    }

    @Test func `every exponent, with the first and last fractions`() {
        for exponent: UInt32 in 0...255 {
            for fraction: UInt32 in [0, 1, 2, 3, 0x3F_FFFF, 0x40_0000, 0x40_0001, 0x7F_FFFE, 0x7F_FFFF] {
                check(exponent << 23 | fraction)
                check(1 << 31 | exponent << 23 | fraction)
            }
        }
    }

    @Test func `halves go to the even thousandth`() {
        // n/16 is n * 62.5 thousandths: every odd n is a tie that binary32 holds exactly.
        for numerator in 1...20_000 {
            let value = Float(numerator) / 16
            check(value.bitPattern)
            check((-value).bitPattern)
            check(value.nextUp.bitPattern)
            check(value.nextDown.bitPattern)
        }
        #expect(Concentration(binary32: Float(0.0625).bitPattern).thousandths == 62)
        #expect(Concentration(binary32: Float(0.1875).bitPattern).thousandths == 188)
        #expect(Concentration(binary32: Float(-0.0625).bitPattern).thousandths == -62)
    }

    @Test func `what is not a number, infinite, or beyond two million is a fault`() {
        let patterns: [UInt32] = [
            Float.nan.bitPattern, Float.signalingNaN.bitPattern, 0x7FFF_FFFF, 0xFFFF_FFFF, 0xFFC0_0000,
            Float.infinity.bitPattern, (-Float.infinity).bitPattern, Float.greatestFiniteMagnitude.bitPattern,
            Float(2_000_000).nextUp.bitPattern, Float(-2_000_000).nextDown.bitPattern, Float(16_777_216).bitPattern,
        ]
        for pattern in patterns { #expect(Concentration(binary32: pattern) == .missing(.fault), "\(pattern)") }
    }

    @Test func `the limits themselves, zeros and denormals are values`() {
        #expect(Concentration(binary32: Float(2_000_000).bitPattern).thousandths == 2_000_000_000)
        #expect(Concentration(binary32: Float(-2_000_000).bitPattern).thousandths == -2_000_000_000)
        let nothing: [Float] = [0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 1e-20]
        for value in nothing { #expect(Concentration(binary32: value.bitPattern).thousandths == 0, "\(value)") }
        #expect(Concentration(binary32: Float(12.5).bitPattern).thousandths == 12_500)
        // 0.0005 is a little above a half in binary32, its neighbour below it is under.
        #expect(Concentration(binary32: Float(0.0005).bitPattern).thousandths == oracle(Float(0.0005).bitPattern))
    }
}
