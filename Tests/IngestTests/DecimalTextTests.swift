import Foundation
import Ingest
import Testing

/// Reads a text as a decimal number.
private func parse(_ text: String) -> DecimalText.Result {
    let bytes = Array(text.utf8)
    return DecimalText.parse(bytes.span, 0..<bytes.count)
}

/// The slow oracle: the grammar by cutting the text up, the number by Foundation's 38-digit decimals.
///
/// Rounding: GB/T 8170-2008 3.2, half to even, which Foundation calls bankers' rounding.
private func slow(_ text: String) -> DecimalText.Result {
    var rest = Substring(text)
    let sign = rest.first == "-" ? -1 : 1
    if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
    let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard parts.count <= 2, !digits.isEmpty, digits.allSatisfy({ ("0"..."9").contains($0) }) else { return .malformed }
    guard let whole = Decimal(string: digits) else { return .malformed }
    let decimals = parts.count == 2 ? parts[1].count : 0
    let exact = Decimal(sign: .plus, exponent: 3 - decimals, significand: whole) * Decimal(sign)
    var unrounded = exact
    var rounded = Decimal()
    unsafe NSDecimalRound(&rounded, &unrounded, 0, .bankers)
    return .thousandths(
        NSDecimalNumber(decimal: rounded).int64Value, inexact: exact == rounded ? 0 : exact > rounded ? 1 : -1)
}

/// All texts of `count` characters of an alphabet.
private func texts(_ alphabet: String, count: Int) -> [String] {
    (0..<count).reduce([""]) { texts, _ in texts.flatMap { text in alphabet.map { text + String($0) } } }
}

@Suite("Ingest: decimal numbers") struct DecimalTextTests {
    @Test func `every short text is the number, or no number, that slow decimal arithmetic makes of it`() {
        var numbers = 0
        for count in 0...5 {
            for text in texts("0159.-+ e", count: count) {
                let result = parse(text)
                #expect(result == slow(text), "\(text.debugDescription)")
                if result != .malformed { numbers += 1 }
            }
        }
        // By hand: with d digits and at most one point, 4^d (d + 2) texts, unsigned or with one of two signs:
        // a text of n characters has n or n - 1 digits, one fewer of each behind a sign.
        func unsigned(_ count: Int) -> Int {
            count < 1 ? 0 : power(4, count) + (count > 1 ? count * power(4, count - 1) : 0)
        }
        #expect(numbers == (1...5).map { unsigned($0) + 2 * unsigned($0 - 1) }.reduce(0, +))
    }

    private func power(_ base: Int, _ exponent: Int) -> Int {
        (0..<exponent).reduce(1) { product, _ in product * base }
    }

    @Test(arguments: ["0.", "-0.", "9.", "-1.", "+.", "-5.9"])
    func `all decimals after the third decide the rounding`(beginning: String) {
        for count in 1...6 {
            for digits in texts("0459", count: count) {
                #expect(parse(beginning + digits) == slow(beginning + digits), "\(beginning)\(digits)")
            }
        }
    }

    @Test(arguments: [
        // GB/T 8170-2008 3.2: up above a half, down below it, to the even neighbour at exactly a half.
        ("0.0004", 0, 1), ("0.0005", 0, 1), ("0.00050", 0, 1), ("0.0005000000000000000001", 1, -1),
        ("0.0006", 1, -1), ("0.0014999999999999999999999", 1, 1), ("0.0015", 2, -1), ("0.0025", 2, 1),
        ("35.0125", 35012, 1), ("35.0135", 35014, -1), ("-0.0005", 0, -1), ("-0.0015", -2, 1),
        ("-0.0025", -2, -1), ("-9.9995", -10_000, 1), ("-10.0005", -10_000, -1), ("9.9995", 10_000, -1),
        ("-0", 0, 0), ("1.", 1000, 0), (".5", 500, 0), ("+0035.700", 35_700, 0),
    ])
    func `half goes to the even thousandth, and the lost part keeps its sign`(text: String, value: Int64, inexact: Int)
    {
        #expect(parse(text) == .thousandths(value, inexact: inexact))
    }

    @Test(arguments: [
        "", "+", "-", ".", "-.", "+-1", "1-", "1e3", "1E3", "0x10", "1.2.3", "1..2", "1,5", "1 000", " 1", "1 ", "nan",
        "inf", "NaN", "--", "１２", "٣", "1.5\u{0}", "½", "−5", "1_000", "35.7a",
    ])
    func `what is no plain decimal number is malformed`(text: String) {
        #expect(parse(text) == .malformed)
    }

    @Test func `a number with more digits than any concentration is too large, not wrapped around`() {
        // 2^63 thousandths have 16 digits before the point.
        for text in ["9223372036854775.808", "18446744073709551616", "-18446744073709551616.5"] {
            #expect(parse(text) == .tooLarge)
        }
        #expect(parse(String(repeating: "9", count: 400)) == .tooLarge)
        #expect(parse(String(repeating: "9", count: 400) + "x") == .malformed)
        // Far above any concentration it is still a number, and comes out whole.
        #expect(parse("99999999999.999") == .thousandths(99_999_999_999_999, inexact: 0))
    }

    @Test func `zeros before and digits after do not make a number too large`() {
        #expect(parse(String(repeating: "0", count: 400) + "35.7") == .thousandths(35_700, inexact: 0))
        #expect(parse("35.7" + String(repeating: "0", count: 400)) == .thousandths(35_700, inexact: 0))
        #expect(parse("0." + String(repeating: "3", count: 400)) == .thousandths(333, inexact: 1))
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `random long numbers agree with slow decimal arithmetic`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for _ in 0..<3000 {
            var text = ["", "-", "+"][random.next(3)]
            for _ in 0..<random.next(11) { text += String(random.next(10)) }
            text += "."
            for _ in 0..<1 + random.next(12) { text += ["0", "5", "9", "4", String(random.next(10))][random.next(5)] }
            #expect(parse(text) == slow(text), "seed \(seed): \(text)")
        }
    }

    @Test func `only the bytes of the range are read`() {
        let bytes = Array("9,35.7,9".utf8)
        #expect(DecimalText.parse(bytes.span, 2..<6) == .thousandths(35_700, inexact: 0))
        #expect(DecimalText.parse(bytes.span, 2..<2) == .malformed)
    }
}
