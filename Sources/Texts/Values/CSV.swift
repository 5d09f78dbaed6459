/// Fields of comma-separated values.
package enum CSV {
    /// A field as it stands in a record: quoted where it must be (RFC 4180).
    package static func field(_ text: String) -> String {
        let needsQuotes = text.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
                || $0 == UInt8(ascii: "\r")
        }
        let isPadded = text.first == " " || text.last == " " || text.first == "\t" || text.last == "\t"
        guard needsQuotes || isPadded else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
