import Texts
import Warnings

extension Document {
    /// A page that prints on A4 and needs no scripts; well-formed XML, too.
    package var html: String {
        let head = Markup.tag(
            "head",
            [
                .tag("meta", ["charset": "utf-8"]),
                .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
                .tag("title", title), .tag("style", Document.style),
            ])
        let body = Markup.tag("main", [.tag("h1", title)] + blocks.map(element))
        let page = Markup.tag(
            "html", ["lang": words.languageTag, "xmlns": "http://www.w3.org/1999/xhtml"], [head, .tag("body", [body])])
        return "<!DOCTYPE html>\n" + page.serialized + "\n"
    }

    private func element(_ block: Block) -> Markup {
        switch block {
        case .heading(let text): return .tag("h2", text)
        case .subheading(let text): return .tag("h3", text)
        case .paragraph(let text): return .tag("p", text)
        case .banner(let text, let level):
            return .tag("p", ["class": "banner \(level?.rawValue ?? "none")"], [.tag("strong", text)])
        case .facts(let facts):
            return .tag("table", ["class": "facts"], [.tag("tbody", facts.map(row))])
        case .list(let items): return .tag("ul", items.map { .tag("li", $0) })
        case .table(let table): return element(table)
        case .signature(let signature):
            return .tag(
                "section", ["class": "signature"],
                [
                    .tag("h3", signature.title), .tag("p", [filled(signature.text)]),
                    .tag(
                        "table", ["class": "facts"], [.tag("tbody", [.tag("tr", lines(of: signature).flatMap(cells))])]),
                ])
        case .curve(let curve): return .tag("figure", [curve.svg, .tag("figcaption", curve.title)])
        }
    }

    private func row(_ fact: Fact) -> Markup {
        .tag("tr", cells(fact))
    }

    private func cells(_ fact: Fact) -> [Markup] {
        [.tag("th", ["scope": "row"], fact.name), .tag("td", [filled(fact.value)])]
    }

    private func element(_ table: Table) -> Markup {
        .tag(
            "table",
            [
                .tag("caption", table.caption),
                .tag("thead", [.tag("tr", table.header.map { .tag("th", ["scope": "col"], $0) })]),
                .tag(
                    "tbody",
                    table.rows.map { cells in
                        .tag(
                            "tr",
                            cells.enumerated().map { place, cell in
                                place == 0
                                    ? .tag("th", ["scope": "row"], [filled(cell)]) : .tag("td", [filled(cell)])
                            })
                    }),
            ])
    }

    private func filled(_ text: String?) -> Markup {
        text.map { .text($0) } ?? .tag("span", ["class": "blank"], words.label(.blank))
    }

    /// No quotes and no angle brackets: in HTML a style is not unescaped.
    private static let style = """

        @page { size: A4; margin: 16mm 18mm }
        body { font: 11pt/1.5 Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, sans-serif; color: #111; background: #fff; margin: 0 }
        main { max-width: 174mm; margin: 0 auto }
        h1 { font-size: 18pt; line-height: 1.3; text-align: center; text-wrap: balance; margin: 0 0 5mm }
        h2 { font-size: 13pt; margin: 5mm 0 2mm; break-after: avoid }
        h3 { font-size: 11pt; margin: 0 0 1mm; break-after: avoid }
        p, ul { margin: 0 0 2mm }
        ul { padding-left: 6mm }
        table { width: 100%; border-collapse: collapse; margin: 0 0 3mm; font-size: 10pt }
        caption { text-align: left; font-weight: bold; margin-bottom: 1mm }
        th, td { border: 0.3mm solid #555; padding: 0.8mm 2mm; text-align: left; vertical-align: top }
        thead th { background: #eee }
        .facts th { width: 42mm; background: #eee }
        tr, li, .signature, figure { break-inside: avoid }
        .signature { border: 0.3mm solid #555; padding: 2mm 3mm; margin: 0 0 3mm }
        .signature p { min-height: 9mm; white-space: pre-line }
        .signature .facts { margin: 0 } .signature th { width: 30mm }
        .blank { color: #555; border-bottom: 0.3mm dotted #555 }
        .banner { border: 0.5mm solid #111; border-left-width: 6mm; padding: 2mm 3mm; font-size: 12pt }
        .yellow { border-color: #ffd800 } .orange { border-color: #ff7e00 } .red { border-color: #d00000 }
        figure { margin: 0 0 3mm } svg { width: 100%; height: auto } figcaption { font-size: 9pt }

        """
}
