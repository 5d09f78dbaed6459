/// Text in UTF-8 is written value after value into the room at the end of a buffer, without a string for each.
///
/// There is one `append` for each kind of value; those of decimals, times and fields stand beside their string forms, which
/// are made of them. Whoever gives the room says how much: more than that traps.
extension OutputSpan where Element == UInt8 {
    /// One ASCII character.
    @inline(always)
    package mutating func append(ascii character: Unicode.Scalar) { append(UInt8(ascii: character)) }

    package mutating func append(_ text: String) {
        let utf8 = text.utf8.span
        for place in utf8.indices { append(utf8[place]) }
    }

    /// An integer in decimal, 11 bytes at most.
    package mutating func append(_ number: Int32) {
        if number < 0 { append(ascii: "-") }
        append(UInt64(number.magnitude))
    }

    /// An integer in decimal, with zeros before it where it has fewer than `digits` digits.
    package mutating func append(_ number: UInt64, digits: Int = 1) {
        let most: UInt64 = 100_000_000
        guard number < most, digits <= 8 else {
            append(number / most, digits: max(digits - 8, 1))
            append(number % most, digits: 8)
            return
        }
        // The first digit in the lowest byte.
        var packed: UInt64 = 0
        var count = 0
        var rest = UInt32(truncatingIfNeeded: number)
        repeat {
            packed = packed << 8 | UInt64(UInt8(ascii: "0")) + UInt64(rest % 10)
            rest /= 10
            count += 1
        } while rest > 0 || count < digits
        for _ in 0..<count {
            append(UInt8(truncatingIfNeeded: packed))
            packed >>= 8
        }
    }
}

extension String {
    /// The text that `write` appends, `capacity` bytes at most.
    package init(capacity: Int, writing write: (inout OutputSpan<UInt8>) -> Void) {
        self.init(decoding: [UInt8](capacity: capacity, initializingWith: write), as: UTF8.self)
    }
}
