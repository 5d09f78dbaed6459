import Glibc
import Testing
import Texts

@testable import Terminal

/// wcwidth(3) of the C library in a UTF-8 locale, by which ncursesw lays text out; -1 for what has no width.
func terminalColumns(_ values: some Sequence<UInt32>) -> [UInt32: Int] {
    typealias Width = @convention(c) (Int32) -> Int32
    // Invariant: wcwidth(3) is `int wcwidth(wchar_t)`. The locale is this thread's alone, set back before it goes on.
    let wcwidth = unsafe unsafeBitCast(dlsym(nil, "wcwidth"), to: Width.self)
    let locale = unsafe newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
    let before = unsafe uselocale(locale)
    defer {
        unsafe uselocale(before)
        unsafe freelocale(locale)
    }
    var widths: [UInt32: Int] = [:]
    for value in values { widths[value] = Int(wcwidth(Int32(value))) }
    return widths
}

@Suite("Terminal: widths of characters") struct CharacterWidthTests {
    private func expectAsTerminal(_ range: ClosedRange<UInt32>, wanted: Int? = nil) {
        var compared = 0
        for (value, columns) in terminalColumns(range) where columns >= 0 {
            guard let scalar = Unicode.Scalar(value), !scalar.steersTerminals else { continue }
            compared += 1
            if scalar.columns != columns || (wanted ?? columns) != columns {
                Issue.record("U+\(String(value, radix: 16)): \(scalar.columns), the terminal has \(columns)")
            }
        }
        #expect(compared > 0)
    }

    @Test func `letters of alphabets take one column`() {
        // ASCII, Latin, Greek, Cyrillic.
        for range in [0x20...0x7E, 0xA1...0x2FF, 0x370...0x482, 0x48A...0x52F] as [ClosedRange<UInt32>] {
            expectAsTerminal(range, wanted: 1)
        }
    }

    @Test func `Chinese characters and their punctuation take two`() {
        // CJK unified ideographs and extensions, radicals, punctuation, kana, bopomofo, compatibility, full width.
        for range in [
            0x2E80...0x2FFB, 0x3000...0x3029, 0x3030...0x303E, 0x3041...0x3098, 0x309B...0x33FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x2FFFD,
        ] as [ClosedRange<UInt32>] { expectAsTerminal(range, wanted: 2) }
    }

    @Test func `Hangul, Yi and Jamo take two`() {
        for range in [0x1100...0x115F, 0xA000...0xA4C6, 0xAC00...0xD7A3] as [ClosedRange<UInt32>] {
            expectAsTerminal(range, wanted: 2)
        }
    }

    @Test func `half-width forms, rules and blocks take one`() {
        for range in [0xFF61...0xFFDC, 0xFFE8...0xFFEE, 0x2500...0x259F] as [ClosedRange<UInt32>] {
            expectAsTerminal(range, wanted: 1)
        }
    }

    @Test func `combining marks take none`() {
        for range in [0x0300...0x036F, 0x200B...0x200F, 0x20D0...0x20F0, 0xFE00...0xFE0F, 0xFE20...0xFE2F]
            as [ClosedRange<UInt32>]
        {
            expectAsTerminal(range, wanted: 0)
        }
    }

    @Test(arguments: [
        ("", 0), ("PM2.5", 5), ("万寿西宫", 8), ("Duke 站", 7), ("e\u{301}", 1), ("é", 1), ("中\u{301}", 2), ("ｶﾞ", 2),
        ("，", 2),
        ("×1800", 5), ("█─", 2), ("😷", 2),
    ])
    func `a text takes the columns of its characters`(text: String, columns: Int) {
        #expect(text.columns == columns)
    }
}
