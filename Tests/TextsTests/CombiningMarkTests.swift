import Testing
import Texts

@Suite("Texts: combining marks in fields") struct CombiningMarkTests {
    // Where quotes are looked for among characters, and a quote with a combining mark after it is another
    // character; it stays single, and the table cannot be read (RFC 4180, 2.7).
    @Test func `a quote before a combining mark is doubled too`() {
        for mark in ["\u{301}", "\u{FE0F}", "\u{20E3}"] {
            #expect(CSV.field("a\"\(mark)b").unicodeScalars.elementsEqual("\"a\"\"\(mark)b\"".unicodeScalars))
        }
    }

    // The same of spaces at the ends, which a reader that trims bytes takes away.
    @Test func `a field that begins with a space and a combining mark is quoted`() {
        #expect(CSV.field(" \u{301}a").unicodeScalars.elementsEqual("\" \u{301}a\"".unicodeScalars))
    }
}
