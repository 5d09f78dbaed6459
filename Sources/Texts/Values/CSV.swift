/// Fields of comma-separated values.
package enum CSV {
    /// A field as it stands in a record: quoted where it must be (RFC 4180).
    package static func field(_ text: String) -> String {
        String(capacity: 2 * text.utf8.count + 2) { $0.append(field: text) }
    }
}

extension OutputSpan where Element == UInt8 {
    /// A field of comma-separated values as it stands in a record: quoted where it must be (RFC 4180).
    ///
    /// Two bytes a byte of the text and two for the quotes at most.
    package mutating func append(field text: String) {
        // Bytes, not characters: to a reader of bytes a quote with a combining mark is a quote.
        let utf8 = text.utf8.span
        var needsQuotes = false
        for place in utf8.indices {
            switch utf8[place] {
            case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): needsQuotes = true
            // Readers trim, ours among them.
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                if place == 0 || place == utf8.count - 1 { needsQuotes = true }
            default: break
            }
        }
        guard needsQuotes else { return append(text) }
        append(ascii: "\"")
        for place in utf8.indices {
            if utf8[place] == UInt8(ascii: "\"") { append(ascii: "\"") }
            append(utf8[place])
        }
        append(ascii: "\"")
    }
}
