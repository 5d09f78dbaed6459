import Inventory
import TestSupport
import Testing

@Suite("Inventory: fractions") struct FractionTests {
    @Test func `small fractions compare as their cross products do`() {
        for a in -6...6 as ClosedRange<Int128> {
            for b in 1...6 as ClosedRange<Int128> {
                for c in -6...6 as ClosedRange<Int128> {
                    for d in 1...6 as ClosedRange<Int128> {
                        #expect((Fraction(a, b) < Fraction(c, d)) == (a * d < c * b), "\(a)/\(b) \(c)/\(d)")
                        #expect((Fraction(a, b) == Fraction(c, d)) == (a * d == c * b), "\(a)/\(b) \(c)/\(d)")
                    }
                }
            }
        }
    }

    @Test func `fractions whose cross products need 250 bits compare as natural numbers of any size do`() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededRandom(seed: seed)
        func factor() -> Int { random.integer(1...Int(Int64.max >> random.integer(1...40))) }
        for _ in 0..<300 {
            let (a, b) = ((factor(), factor()), (factor(), factor()))
            // Near neighbours as well as strangers.
            let isNear = random.chance(50)
            let c = isNear ? (a.0, a.1 - (a.1 > 1 ? 1 : 0)) : (factor(), factor())
            let d = isNear ? b : (factor(), factor())
            func int(_ pair: (Int, Int)) -> Int128 { Int128(pair.0) * Int128(pair.1) }
            func natural(_ pair: (Int, Int)) -> BigNatural { BigNatural(pair.0) * BigNatural(pair.1) }
            let isLess = natural(a) * natural(d) < natural(c) * natural(b)
            #expect(
                (Fraction(int(a), int(b)) < Fraction(int(c), int(d))) == isLess, "seed \(seed): \(a) \(b) \(c) \(d)")
        }
    }
}
