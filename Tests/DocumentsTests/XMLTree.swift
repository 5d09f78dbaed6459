import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// An XML document as a parser of others reads it.
final class XMLTree: NSObject, XMLParserDelegate {
    final class Element {
        let name: String
        let attributes: [String: String]
        var children: [Element] = []
        var text = ""

        init(_ name: String, _ attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }

        func children(_ name: String) -> [Element] { children.filter { $0.name == name } }
        /// The text of the only child of a name.
        func value(_ name: String) -> String? { children(name).count == 1 ? children(name)[0].text : nil }
    }

    struct NotWellFormed: Error {
        let reason: String
    }

    private var stack: [Element] = []
    private(set) var elements: [Element] = []

    init(_ text: String) throws {
        super.init()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = self
        guard parser.parse() else { throw NotWellFormed(reason: "\(String(describing: parser.parserError))") }
    }

    var names: [String] { elements.map(\.name) }
    var root: Element { elements[0] }
    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }
    func first(_ name: String) -> Element? { all(name).first }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        let element = Element(name, attributes)
        stack.last?.children.append(element)
        stack.append(element)
        elements.append(element)
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        stack.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { stack.last?.text += text }
}
