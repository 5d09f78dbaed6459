import Texts

extension Document {
    /// Plain text: for a message, a terminal, a voice that reads aloud. No columns: every cell says of what it speaks.
    package var plainText: String {
        var lines = [one(title)]
        for block in blocks { lines += [""] + plain(block) }
        return lines.joined(separator: "\n").harmless + "\n"
    }

    private func plain(_ block: Block) -> [String] {
        switch block {
        case .heading(let text), .subheading(let text), .paragraph(let text): [one(text)]
        case .banner(let text, _): ["!! \(one(text))"]
        case .facts(let facts): plain(facts)
        case .list(let items): items.map { "- \(one($0))" }
        case .table(let table):
            [one(table.caption)]
                + table.rows.map { cells in
                    "- "
                        + zip(table.header, cells).filter { $1 != "" }.map { "\(one($0)): \(filled($1))" }.joined(
                            separator: "; ")
                }
        case .signature(let signature): [one(signature.title), filled(signature.text)] + plain(lines(of: signature))
        case .curve(let curve): ["\(one(curve.title)): \(one(curve.description))"]
        }
    }

    private func plain(_ facts: [Fact]) -> [String] { facts.map { "\(one($0.name)): \(filled($0.value))" } }

    private func filled(_ text: String?) -> String { text.map(one) ?? "____ \(words.label(.blank))" }

    /// On one line: nothing in a text can pass for a line of the document.
    private func one(_ text: String) -> String {
        String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
}
