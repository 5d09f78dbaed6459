/// Fields of comma-separated values.
package enum CSV {
    /// A field as it stands in a record: quoted where it must be (RFC 4180).
    package static func field(_ text: String) -> String {
        // Scalars, not characters: to a reader of bytes a quote with a combining mark is a quote.
        let scalars = text.unicodeScalars
        let needsQuotes = scalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
        let isPadded = [scalars.first, scalars.last].contains { (end: Unicode.Scalar?) in end == " " || end == "\t" }
        guard needsQuotes || isPadded else { return text }
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in scalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }
}
