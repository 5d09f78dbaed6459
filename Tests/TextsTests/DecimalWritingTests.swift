import Foundation
import Testing
import Texts

/// Foundation's 38-digit decimals, rounded half to even: the slow oracle.
private func slow(_ thousandths: Int32, decimals: Int) -> String {
    var exact = Decimal(thousandths) / 1000
    var rounded = Decimal()
    unsafe NSDecimalRound(&rounded, &exact, decimals, .bankers)
    // A number that rounds to zero has no sign.
    let sign = rounded < 0 ? "-" : ""
    let parts = (rounded.magnitude as NSDecimalNumber).description(withLocale: nil)
        .split(separator: ".", omittingEmptySubsequences: false)
    guard decimals > 0 else { return sign + parts[0] }
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    return "\(sign)\(parts[0]).\(fraction)" + String(repeating: "0", count: decimals - fraction.count)
}

@Suite("Texts: decimals") struct DecimalWritingTests {
    static let edges: [Int32] = [
        .min, .min + 1, .max, .max - 1, 2_000_000_000, -10_000, 999_999_999, 1_000_000_001, -2_147_483_500,
    ]

    @Test func `the shortest decimal of every number up to 25 is that of slow arithmetic`() {
        for thousandths in Array(Int32(-25_000)...25_000) + Self.edges {
            #expect(
                DecimalWriting.shortest(thousandths: thousandths)
                    == (Decimal(thousandths) / 1000 as NSDecimalNumber).description(withLocale: nil))
        }
    }

    @Test(arguments: 0...3)
    func `a fixed number of decimals is rounded half to even`(decimals: Int) {
        for thousandths in Array(Int32(-12_500)...12_500) + Self.edges {
            #expect(
                DecimalWriting.fixed(thousandths: thousandths, decimals: decimals)
                    == slow(thousandths, decimals: decimals), "\(thousandths)")
        }
    }

    @Test(
        arguments: [
            (35_000, "35"), (35_700, "35.7"), (35_070, "35.07"), (35_007, "35.007"), (-250, "-0.25"), (0, "0"),
            (1, "0.001"),
            (-1, "-0.001"), (10, "0.01"), (100, "0.1"), (1000, "1"), (2_000_000_000, "2000000"),
        ] as [(Int32, String)])
    func `the shortest decimal has no zero at its end`(thousandths: Int32, text: String) {
        #expect(DecimalWriting.shortest(thousandths: thousandths) == text)
    }

    @Test(
        arguments: [
            // GB/T 8170-2008 3.2: a half goes to the even neighbour.
            (500, 0, "0"), (1500, 0, "2"), (2500, 0, "2"), (2501, 0, "3"), (-500, 0, "0"), (-1500, 0, "-2"),
            (50, 1, "0.0"), (150, 1, "0.2"), (250, 1, "0.2"), (350, 1, "0.4"), (-50, 1, "0.0"), (-49, 1, "0.0"),
            (-51, 1, "-0.1"), (999_949, 1, "999.9"), (999_950, 1, "1000.0"), (5, 2, "0.00"), (15, 2, "0.02"),
            (1005, 2, "1.00"), (1, 3, "0.001"), (-1, 3, "-0.001"),
        ] as [(Int32, Int, String)])
    func `a number that rounds to zero has no sign`(thousandths: Int32, decimals: Int, text: String) {
        #expect(DecimalWriting.fixed(thousandths: thousandths, decimals: decimals) == text)
    }

    @Test(
        arguments: [
            (0, 2, "0.00"), (1, 2, "0.01"), (230, 2, "2.30"), (-5, 1, "-0.5"), (1_000_000, 6, "1.000000"),
            (.max, 6, "9223372036854.775807"), (.min, 6, "-9223372036854.775808"),
        ] as [(Int64, Int, String)])
    func `a fixed-point number keeps all of its decimals`(value: Int64, decimals: Int, text: String) {
        #expect(DecimalWriting.fixed(value, decimals: decimals) == text)
    }
}
