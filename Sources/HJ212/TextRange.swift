/// Where a text lies in the data segment of a packet.
package struct TextRange: Equatable, Sendable {
    package var start: UInt16
    package var end: UInt16

    package static let empty = TextRange(0..<0)

    /// The data segment is shorter than 10,000 bytes: its length has four digits.
    init(_ range: Range<Int>) {
        start = UInt16(truncatingIfNeeded: range.lowerBound)
        end = UInt16(truncatingIfNeeded: range.upperBound)
    }

    package var range: Range<Int> { Int(start)..<Int(max(start, end)) }
    package var isEmpty: Bool { end <= start }

    /// The text; what is no UTF-8 is replaced.
    package func text(in data: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        for position in range { bytes.append(data[position]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the text is the one given.
    package func equals(_ bytes: [UInt8], in data: Span<UInt8>) -> Bool {
        guard range.count == bytes.count else { return false }
        for (place, position) in range.enumerated() where data[position] != bytes[place] { return false }
        return true
    }

    /// Whether two texts are the same.
    func equals(_ other: TextRange, in data: Span<UInt8>) -> Bool {
        guard range.count == other.range.count else { return false }
        for offset in 0..<range.count where data[Int(start) + offset] != data[Int(other.start) + offset] {
            return false
        }
        return true
    }

    /// The text as a whole number of at most nine digits; nil where it is none.
    package func number(in data: Span<UInt8>) -> Int? {
        guard !isEmpty, range.count <= 9 else { return nil }
        var number = 0
        for position in range {
            guard let digit = data[position].digit else { return nil }
            number = number * 10 + digit
        }
        return number
    }
}

/// A key of at most eight letters as one number, so that keys are compared without texts. A longer one equals no key.
package struct Code: Hashable, Sendable {
    /// The letters, the last one lowest. Hot loops compare this: it is the same, and needs no call into another module.
    package private(set) var packed: UInt64 = 0

    init() {}

    /// The key of a text; its letters count as they are, the standard's keys are case-sensitive.
    package init(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    mutating func append(_ byte: UInt8) {
        packed = packed >> 56 == 0 ? packed << 8 | UInt64(byte) : .max
    }

    package var isEmpty: Bool { packed == 0 }
    var isLong: Bool { packed == .max }
}

extension UInt8 {
    /// The value of a decimal digit.
    var digit: Int? { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") ? Int(self - UInt8(ascii: "0")) : nil }

    /// The value of a hexadecimal digit, and whether it is a small letter.
    var hexadecimal: (value: UInt16, isLowerCase: Bool)? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): (UInt16(self - UInt8(ascii: "0")), false)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): (UInt16(self - UInt8(ascii: "A")) + 10, false)
        case UInt8(ascii: "a")...UInt8(ascii: "f"): (UInt16(self - UInt8(ascii: "a")) + 10, true)
        default: nil
        }
    }
}

extension Span<UInt8> {
    /// Eight bytes as a number, the first one lowest.
    ///
    /// - Precondition: `place + 8` is at most `count`; it is checked.
    func word(at place: Int) -> UInt64 {
        // Safe: the load is checked against the bounds, and every pattern of 64 bits is a number.
        unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
    }

    /// The first place at or after one where a byte is; `count` where it is nowhere. Eight bytes a step.
    func firstIndex(of byte: UInt8, from start: Int) -> Int {
        let wanted = UInt64(byte) &* 0x0101_0101_0101_0101
        var position = start
        while position + 8 <= count {
            // Zero bytes: only they borrow from their own top bit that was clear.
            let word = word(at: position) ^ wanted
            let hits = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if hits != 0 { return position + hits.trailingZeroBitCount / 8 }
            position += 8
        }
        while position < count, self[position] != byte { position += 1 }
        return position
    }
}
