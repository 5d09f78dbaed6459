import Ingest
import TOMLKit

/// The document that sections belong to.
struct TOMLDocument {
    let path: String
    let positions: TOMLPositions
}

/// A table of a TOML document that knows where it stands.
struct TOMLSection {
    private let table: TOMLTable
    private let place: String
    private let document: TOMLDocument

    init(_ table: TOMLTable, at place: String, in document: TOMLDocument) {
        self.table = table
        self.place = place
        self.document = document
    }

    /// The keys that are there.
    var keys: [String] { table.keys }

    /// An error at a key of this table; at the table itself for an empty key.
    func error(_ key: String, _ kind: ConfigurationError.Kind) -> ConfigurationError {
        let position = document.positions[path(key)]
        return ConfigurationError(path: document.path, line: position.line, column: position.column, kind: kind)
    }

    /// Refuses keys that nobody knows: a mistyped key must not be passed over in silence.
    func allow(_ known: String...) throws { try allow(known) }

    func allow(_ known: [String]) throws {
        for key in table.keys where !known.contains(key) {
            throw error(key, .unknownKey(key, suggestion: known.first { isNear(key, $0) }))
        }
    }

    /// The value of a key that must be there.
    func required<Value>(_ key: String, _ read: (String) throws -> Value?) throws -> Value {
        guard let value = try read(key) else { throw error("", .missingKey(key)) }
        return value
    }

    func string(_ key: String) throws -> String? {
        guard let value = table[key] else { return nil }
        guard let string = value.string else { throw error(key, .wrongType(key: key, wanted: "\"text\"")) }
        return string
    }

    func strings(_ key: String) throws -> [String] {
        guard let value = table[key] else { return [] }
        guard let array = value.array else { throw error(key, .wrongType(key: key, wanted: "[\"text\", ...]")) }
        return try array.map { element in
            guard let string = element.string else { throw error(key, .wrongType(key: key, wanted: "[\"text\", ...]")) }
            return string
        }
    }

    func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let value = table[key] else { return nil }
        guard let integer = value.int else { throw error(key, .wrongType(key: key, wanted: "1")) }
        guard range.contains(integer) else {
            throw error(
                key, .outOfRange(key: key, value: integer, lowest: range.lowerBound, highest: range.upperBound))
        }
        return integer
    }

    /// A decimal number in thousandths. TOML's floats are binary; the shortest text of one is the decimal that was written.
    func thousandths(_ key: String) throws -> Int32? {
        guard let value = table[key] else { return nil }
        guard let text = value.int.map({ "\($0)" }) ?? value.double.map({ "\($0)" }),
            case .thousandths(let number, inexact: 0) = DecimalText.parse(Array(text.utf8).span, 0..<text.utf8.count),
            number.magnitude <= 2_000_000_000
        else { throw error(key, .wrongType(key: key, wanted: "0.001")) }
        return Int32(number)
    }

    /// A decimal number, exact: the shortest text of the binary float that TOML has made of it is what was written.
    func decimal(_ key: String) throws -> ExactDecimal? {
        guard let value = table[key] else { return nil }
        guard let number = ExactDecimal(value) else { throw error(key, .wrongType(key: key, wanted: "0.001")) }
        return number
    }

    /// A list of decimal numbers, or one that stands for a list of one.
    func decimals(_ key: String) throws -> [ExactDecimal]? {
        guard let value = table[key] else { return nil }
        if let number = ExactDecimal(value) { return [number] }
        let numbers = value.array.map { $0.map { ExactDecimal($0) } } ?? [nil]
        guard !numbers.contains(nil) else { throw error(key, .wrongType(key: key, wanted: "[0.001, ...]")) }
        return numbers.compactMap(\.self)
    }

    func bool(_ key: String) throws -> Bool? {
        guard let value = table[key] else { return nil }
        guard let bool = value.bool else { throw error(key, .wrongType(key: key, wanted: "true")) }
        return bool
    }

    /// Whether a key is there.
    func has(_ key: String) -> Bool { table[key] != nil }

    /// Whether a key that takes a number says `false` instead.
    func isOff(_ key: String) -> Bool { table[key]?.bool == false }

    func choice<Value>(_ key: String, of values: [Value], named name: KeyPath<Value, String>) throws -> Value? {
        guard let text = try string(key) else { return nil }
        guard let value = values.first(where: { $0[keyPath: name] == text }) else {
            throw error(key, .notOneOf(key: key, value: text, allowed: values.map { $0[keyPath: name] }))
        }
        return value
    }

    func section(_ key: String) throws -> TOMLSection? {
        guard let value = table[key] else { return nil }
        guard let inner = value.table else { throw error(key, .wrongType(key: key, wanted: "[\(key)]")) }
        return TOMLSection(inner, at: path(key), in: document)
    }

    func sections(_ key: String) throws -> [TOMLSection] {
        guard let value = table[key] else { return [] }
        guard let array = value.array else { throw error(key, .wrongType(key: key, wanted: "[[\(key)]]")) }
        return try array.enumerated().map { index, element in
            guard let inner = element.table else { throw error(key, .wrongType(key: key, wanted: "[[\(key)]]")) }
            return TOMLSection(inner, at: "\(path(key))[\(index)]", in: document)
        }
    }

    /// Several tables under one key, or one that stands for a list of one.
    func sectionOrSections(_ key: String) throws -> [TOMLSection] {
        if table[key]?.table != nil, let only = try section(key) { return [only] }
        return try sections(key)
    }

    private func path(_ key: String) -> String {
        if key.isEmpty { return place }
        return place.isEmpty ? key : "\(place).\(key)"
    }
}

extension ExactDecimal {
    /// The number of a TOML value; nil where it is none, or has more places than nine.
    fileprivate init?(_ value: any TOMLValueConvertible) {
        guard let text = value.int.map({ "\($0)" }) ?? value.double.map({ "\($0)" }) else { return nil }
        self.init(text)
    }
}

/// Whether two words differ by at most two letters: inserted, left out or replaced.
func isNear(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left), Array(right))
    var before = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            current.append(
                min(before[column] + (letter == other ? 0 : 1), before[column + 1] + 1, current[column] + 1))
        }
        before = current
    }
    return before[right.count] <= 2
}
