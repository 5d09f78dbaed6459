/// Where each key of a TOML document stands, which the parser does not tell: `bus[1].device[0].name` → line and column.
struct TOMLPositions {
    struct Position: Equatable {
        var line: Int
        var column: Int
    }

    private var positions: [String: Position] = [:]

    /// - Parameter text: A document that the parser has accepted.
    init(_ text: String) {
        var table = ""
        var counts: [String: Int] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let indent = line.prefix { $0 == " " || $0 == "\t" }.count
            let content = line.dropFirst(indent)
            let position = Position(line: index + 1, column: indent + 1)
            if content.hasPrefix("[[") {
                let name = content.dropFirst(2).prefix { $0 != "]" }.filter { $0 != " " }
                table = TOMLPositions.resolve(name, counts, isNewElement: true)
                counts[TOMLPositions.unnumbered(table, last: true), default: 0] += 1
                positions[table] = position
            } else if content.hasPrefix("[") {
                let name = content.dropFirst().prefix { $0 != "]" }.filter { $0 != " " }
                table = TOMLPositions.resolve(name, counts, isNewElement: false)
                positions[table] = position
            } else if let equals = content.firstIndex(of: "="), !content.hasPrefix("#") {
                let key = content[..<equals].filter { $0 != " " && $0 != "\"" && $0 != "\t" }
                positions[table.isEmpty ? key : "\(table).\(key)"] = position
            }
        }
    }

    /// The position of a path, or of the nearest thing around it that has one.
    subscript(path: String) -> Position {
        var path = Substring(path)
        while !path.isEmpty {
            if let position = positions[String(path)] { return position }
            guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { break }
            path = path[..<cut]
        }
        return Position(line: 1, column: 1)
    }

    /// `bus.device` → `bus[1].device[0]`: each array stands for its newest element.
    private static func resolve(_ name: String, _ counts: [String: Int], isNewElement: Bool) -> String {
        let parts = name.split(separator: ".")
        var path = ""
        for (place, part) in parts.enumerated() {
            path += path.isEmpty ? String(part) : ".\(part)"
            let count = counts[path, default: 0]
            if isNewElement, place == parts.count - 1 {
                path += "[\(count)]"
            } else if count > 0 {
                path += "[\(count - 1)]"
            }
        }
        return path
    }

    /// The path without the number of its last element: what the elements are counted under.
    private static func unnumbered(_ path: String, last: Bool) -> String {
        path.lastIndex(of: "[").map { String(path[..<$0]) } ?? path
    }
}
