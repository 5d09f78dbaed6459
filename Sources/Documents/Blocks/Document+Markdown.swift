import Texts

extension Document {
    /// CommonMark with the tables of GitHub.
    package var markdown: String {
        var lines = ["# \(escaped(title))"]
        for block in blocks { lines += [""] + self.lines(block) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(_ block: Block) -> [String] {
        switch block {
        case .heading(let text): ["## \(escaped(text))"]
        case .subheading(let text): ["### \(escaped(text))"]
        case .paragraph(let text): [escaped(text)]
        case .banner(let text, _): ["> **\(escaped(text))**"]
        case .facts(let facts): items(facts)
        case .list(let items): items.map { "- \(escaped($0))" }
        case .table(let table):
            ["**\(escaped(table.caption))**", "", row(table.header)]
                + [row(table.header.map { _ in nil }, blank: "---")]
                + table.rows.map { row($0, blank: filled(nil)) }
        case .signature(let signature):
            ["### \(escaped(signature.title))", "", filled(signature.text), ""] + items(lines(of: signature))
        // Its numbers stand in the table that follows it.
        case .curve(let curve): ["*\(escaped(curve.title))*: \(escaped(curve.description))"]
        }
    }

    private func items(_ facts: [Fact]) -> [String] {
        facts.map { "- **\(escaped($0.name))**: \(filled($0.value))" }
    }

    private func row(_ cells: [String?], blank: String = "") -> String {
        "| " + cells.map { $0.map(escaped) ?? blank }.joined(separator: " | ") + " |"
    }

    private func filled(_ text: String?) -> String { text.map(escaped) ?? "\\_\\_\\_\\_ \(words.label(.blank))" }

    /// The one place that escapes for Markdown: nothing in the text starts markup, a link or a line.
    ///
    /// Source: CommonMark 0.31, 2.4; GitHub's extensions: tables, strikethrough, autolinks.
    private func escaped(_ text: String) -> String {
        var result = ""
        var digitsFromStart = true
        let scalars = Array(text.harmless.unicodeScalars.drop { $0.properties.isWhitespace })
        for (place, scalar) in scalars.enumerated() {
            let before = result.unicodeScalars.last
            let needsEscape =
                switch scalar {
                case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "&", "~", "@", "$": true
                case "#", "+", "-", "=": place == 0
                // A list at the start of a line, and `www.` anywhere.
                case ".", ")": (digitsFromStart && place > 0) || before == "w" || before == "W"
                case ":": scalars.dropFirst(place + 1).first == "/"
                default: false
                }
            digitsFromStart = digitsFromStart && ("0"..."9").contains(scalar)
            if needsEscape { result += "\\" }
            if scalar == "\n" || scalar == "\t" { result += " " } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }
}
