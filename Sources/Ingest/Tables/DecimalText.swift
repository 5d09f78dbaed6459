/// A plain decimal number as text: an optional sign, digits, at most one point. No exponent, no thousands separator.
package enum DecimalText {
    /// What a text turned out to be.
    package enum Result: Equatable {
        /// A number in thousandths, or with the decimals that were asked for, rounded half to even; `inexact` tells in which
        /// direction it was rounded: the sign of (text - value), 0 where nothing was lost.
        case thousandths(Int64, inexact: Int)
        /// Not a plain decimal number.
        case malformed
        /// A plain decimal number with more digits than any concentration has.
        case tooLarge
    }

    /// Reads a number from `bytes[range]`, with 3 decimals or as many as are asked for.
    ///
    /// - Complexity: O(length), no allocation.
    ///
    /// Rounding: GB/T 8170-2008 3.2, half to even, of all digits that are given.
    package static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>, decimals wanted: Int = 3) -> Result {
        var position = range.lowerBound
        let end = range.upperBound
        var negative = false
        if position < end, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
            negative = bytes[position] == UInt8(ascii: "-")
            position += 1
        }
        var value: Int64 = 0
        var digits = 0
        var decimals = -1
        var next = 0
        var rest = false
        var large = false
        while position < end {
            let byte = bytes[position]
            if byte == UInt8(ascii: "."), decimals < 0 {
                decimals = 0
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                let digit = Int64(byte - UInt8(ascii: "0"))
                digits += 1
                if decimals < wanted {
                    if value < 100_000_000_000_000 { value = value * 10 + digit } else { large = true }
                    if decimals >= 0 { decimals += 1 }
                } else if decimals == wanted {
                    next = Int(digit)
                    decimals = wanted + 1
                } else if digit != 0 {
                    rest = true
                }
            } else {
                return .malformed
            }
            position += 1
        }
        guard digits > 0 else { return .malformed }
        if large { return .tooLarge }
        decimals = max(decimals, 0)
        while decimals < wanted {
            let (product, overflows) = value.multipliedReportingOverflow(by: 10)
            if overflows { return .tooLarge }
            value = product
            decimals += 1
        }
        var inexact = next > 0 || rest ? 1 : 0
        if next > 5 || (next == 5 && (rest || value & 1 != 0)) {
            value += 1
            inexact = -1
        }
        return .thousandths(negative ? -value : value, inexact: negative ? -inexact : inexact)
    }
}
