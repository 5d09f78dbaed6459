/// A place in a data segment, and what was found on the way there that the standard does not have. Every method is given the
/// same segment.
struct Cursor {
    private(set) var position = 0
    private var end: Int
    var sins: Sins = []

    init(_ data: Span<UInt8>) {
        end = data.count
    }

    var isAtEnd: Bool { position >= end }

    /// Passes over one separator; returns 1 where it parts groups. One with nothing behind it is stray.
    @discardableResult mutating func skipSeparator(_ data: Span<UInt8>) -> Int {
        guard position < end else { return 0 }
        let parts = data[position] == UInt8(ascii: ";")
        position += 1
        if position == end, isInCP { sins.insert(.straySeparators) }
        return parts ? 1 : 0
    }

    private var isInCP = false

    /// Passes over separators and spaces that have nothing between them; returns how many part groups.
    @discardableResult mutating func skipStraySeparators(_ data: Span<UInt8>) -> Int {
        var groups = 0
        while position < end {
            switch data[position] {
            case UInt8(ascii: ";"):
                groups += 1
                sins.insert(.straySeparators)
            case UInt8(ascii: ","): sins.insert(.straySeparators)
            case UInt8(ascii: " "): sins.insert(.spaces)
            default: return groups
            }
            position += 1
        }
        return groups
    }

    /// Reads `key=`; spaces in it count as none.
    mutating func readKey(_ data: Span<UInt8>, _ key: inout Code, fault: Fault) throws(Fault) -> TextRange {
        let start = position
        while position < end {
            let byte = data[position]
            switch byte {
            case UInt8(ascii: "="):
                position += 1
                guard !key.isEmpty else { throw fault }
                return TextRange(start..<position - 1)
            case UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "&"): throw fault
            case UInt8(ascii: " "): sins.insert(.spaces)
            case 0x21...0x7E: key.append(byte)
            default: throw .character
            }
            position += 1
        }
        throw fault
    }

    /// Reads `factor-kind=` or `factor=`.
    mutating func readItemKey(
        _ data: Span<UInt8>, _ factor: inout Code, _ kind: inout Code
    ) throws(Fault) -> (TextRange, TextRange) {
        let start = position
        while position < end {
            let byte = data[position]
            switch byte {
            case UInt8(ascii: "-") where position > start:
                let factorRange = trimmed(data, start..<position)
                position += 1
                let range = try readKey(data, &kind, fault: .item)
                return (factorRange, trimmed(data, range.range))
            case UInt8(ascii: "="):
                guard !factor.isEmpty else { throw .item }
                position += 1
                return (trimmed(data, start..<position - 1), .empty)
            case UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "&"): throw .item
            case UInt8(ascii: " "): sins.insert(.spaces)
            case 0x21...0x7E: factor.append(byte)
            default: throw .character
            }
            position += 1
        }
        throw .item
    }

    /// Reads a value up to its separator, without the spaces around it.
    mutating func readValue(_ data: Span<UInt8>, endingAtComma: Bool) throws(Fault) -> TextRange {
        let start = position
        while position < end {
            let byte = data[position]
            if byte == UInt8(ascii: ";") || (endingAtComma && byte == UInt8(ascii: ",")) { break }
            guard byte >= 0x20, byte <= 0x7E else { throw .character }
            if byte == UInt8(ascii: "&"), endingAtComma { throw .item }
            position += 1
        }
        let value = trimmed(data, start..<position)
        if value.range.count != position - start { sins.insert(.spaces) }
        return value
    }

    /// Passes over the `&&` that opens CP, and ends before the one that closes it.
    mutating func enterCP(_ data: Span<UInt8>) throws(Fault) {
        while end > position, data[end - 1] == UInt8(ascii: " ") || data[end - 1] == UInt8(ascii: ";") {
            sins.insert(data[end - 1] == UInt8(ascii: " ") ? .spaces : .straySeparators)
            end -= 1
        }
        guard end - position >= 4, isAmpersands(data, position), isAmpersands(data, end - 2) else { throw .noCP }
        position += 2
        end -= 2
        isInCP = true
    }

    private func isAmpersands(_ data: Span<UInt8>, _ place: Int) -> Bool {
        data[place] == UInt8(ascii: "&") && data[place + 1] == UInt8(ascii: "&")
    }

    private func trimmed(_ data: Span<UInt8>, _ range: Range<Int>) -> TextRange {
        var (start, end) = (range.lowerBound, range.upperBound)
        guard start < end, data[start] == UInt8(ascii: " ") || data[end - 1] == UInt8(ascii: " ") else {
            return TextRange(range)
        }
        while start < end, data[start] == UInt8(ascii: " ") { start += 1 }
        while end > start, data[end - 1] == UInt8(ascii: " ") { end -= 1 }
        return TextRange(start..<end)
    }
}
