/// Reads a table of comma-separated values, record by record, without copying the fields.
///
/// Quoted fields may hold commas, doubled quotes and line breaks; lines end in LF, CRLF or CR; a BOM and empty lines are
/// passed over; spaces and tabs around an unquoted field do not belong to it.
///
/// Source: RFC 4180.
package struct CSVRecords {
    /// One field: where its text stands, without the quotes around it.
    package struct Field: Equatable {
        package var range: Range<Int>
        /// Whether doubled quotes stand in the text.
        package var hasDoubledQuotes: Bool
    }

    /// The whole text.
    package let bytes: [UInt8]
    /// The fields of the record read last.
    package private(set) var fields: [Field] = []
    /// The line on which the record read last begins, from 1.
    package private(set) var line = 0

    private var position: Int
    private var nextLine = 1

    /// A table from its bytes.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The text of a field of the record read last.
    package func text(_ field: Field) -> String {
        guard field.hasDoubledQuotes else { return String(decoding: bytes[field.range], as: UTF8.self) }
        // Byte by byte: as characters, a quote with a combining mark is another one.
        var text: [UInt8] = []
        var isSecond = false
        for byte in bytes[field.range] {
            isSecond = byte == UInt8(ascii: "\"") && !isSecond
            if byte != UInt8(ascii: "\"") || isSecond { text.append(byte) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads the next record into ``fields``.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: ``TableError`` for a quote that is not closed, or one that stands inside a field.
    package mutating func next() throws(TableError) -> Bool {
        let whole = self.bytes
        let bytes = whole.span
        // Empty lines.
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\n") {
                nextLine += 1
            } else if byte == UInt8(ascii: "\r") {
                if position + 1 == bytes.count || bytes[position + 1] != UInt8(ascii: "\n") { nextLine += 1 }
            } else {
                break
            }
            position += 1
        }
        guard position < bytes.count else { return false }
        fields.removeAll(keepingCapacity: true)
        line = nextLine
        while true {
            var start = position
            while start < bytes.count, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
            if start < bytes.count, bytes[start] == UInt8(ascii: "\"") {
                try quotedField(bytes, from: start + 1)
            } else {
                plainField(bytes, from: start)
            }
            guard position < bytes.count else { return true }
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: ",") { continue }
            if byte == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
                position += 1
            }
            nextLine += 1
            return true
        }
    }

    /// Reads up to the separator or line end, which it leaves.
    private mutating func plainField(_ bytes: Span<UInt8>, from start: Int) {
        var end = start
        while end < bytes.count {
            let byte = bytes[end]
            // Everything that ends a field is at or below a comma.
            if byte <= UInt8(ascii: ","),
                byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            {
                break
            }
            end += 1
        }
        position = end
        while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
        fields.append(Field(range: start..<end, hasDoubledQuotes: false))
    }

    private mutating func quotedField(_ bytes: Span<UInt8>, from start: Int) throws(TableError) {
        var end = start
        var doubled = false
        while true {
            guard end < bytes.count else { throw TableError(.unclosedQuote, line: line) }
            let byte = bytes[end]
            if byte == UInt8(ascii: "\"") {
                guard end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: "\"") else { break }
                doubled = true
                end += 1
            } else if byte == UInt8(ascii: "\n") {
                nextLine += 1
            } else if byte == UInt8(ascii: "\r"), end + 1 == bytes.count || bytes[end + 1] != UInt8(ascii: "\n") {
                nextLine += 1
            }
            end += 1
        }
        fields.append(Field(range: start..<end, hasDoubledQuotes: doubled))
        position = end + 1
        while position < bytes.count, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
        guard position < bytes.count else { return }
        let byte = bytes[position]
        guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
            throw TableError(.textAfterQuote, line: line)
        }
    }
}
