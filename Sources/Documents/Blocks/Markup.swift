import Texts

/// A piece of HTML, SVG or XML. What is written is well-formed XML 1.0 in all three, and this is the one place that escapes.
package indirect enum Markup: Equatable, Sendable {
    case text(String)
    case element(String, [(name: String, value: String)], [Markup])

    package static func == (left: Markup, right: Markup) -> Bool { left.serialized == right.serialized }

    /// An element with elements in it.
    static func tag(_ name: String, _ attributes: KeyValuePairs<String, String>, _ content: [Markup] = []) -> Markup {
        .element(name, attributes.map { (name: $0.key, value: $0.value) }, content)
    }
    static func tag(_ name: String, _ content: [Markup]) -> Markup { .element(name, [], content) }

    /// An element with text in it.
    static func tag(_ name: String, _ attributes: KeyValuePairs<String, String>, _ text: String) -> Markup {
        tag(name, attributes, [.text(text)])
    }
    static func tag(_ name: String, _ text: String) -> Markup { .element(name, [], [.text(text)]) }

    /// The elements of HTML that never have an end tag.
    private static let empty: Set<String> = ["meta", "br", "line", "polyline", "rect"]

    package var serialized: String {
        var output = ""
        write(to: &output)
        return output
    }

    private func write(to output: inout String) {
        switch self {
        case .text(let text): Markup.escape(text, to: &output)
        case .element(let name, let attributes, let content):
            output += "<" + name
            for attribute in attributes {
                output += " \(attribute.name)=\""
                Markup.escape(attribute.value, to: &output)
                output += "\""
            }
            if content.isEmpty, Markup.empty.contains(name) {
                output += " />"
                return
            }
            output += ">"
            for part in content { part.write(to: &output) }
            output += "</\(name)>"
        }
    }

    /// Source: XML 1.0, 2.2 and 2.4. Characters that XML has not, and marks that turn the direction of what follows, become U+FFFD.
    private static func escape(_ text: String, to output: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": output += "&amp;"
            case "<": output += "&lt;"
            case ">": output += "&gt;"
            case "\"": output += "&quot;"
            case "\n", "\t": output.unicodeScalars.append(scalar)
            case "\u{FFFE}", "\u{FFFF}": output += "\u{FFFD}"
            default:
                if scalar.steersTerminals { output += "\u{FFFD}" } else { output.unicodeScalars.append(scalar) }
            }
        }
    }
}
