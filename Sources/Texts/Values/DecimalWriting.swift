/// Fixed-point numbers as text.
package enum DecimalWriting {
    /// Thousandths as the shortest plain decimal: 35000 → "35", 35700 → "35.7", -250 → "-0.25".
    package static func shortest(thousandths: Int32) -> String { shortest(Int64(thousandths), decimals: 3) }

    /// A fixed-point number with so many decimals as the shortest plain decimal: 78000 with 6 → "0.078".
    package static func shortest(_ value: Int64, decimals: Int) -> String {
        String(capacity: 24) { $0.append(shortest: value, decimals: decimals) }
    }

    /// A fixed-point number with all of its decimals, 1 at least: 2300 with 3 → "2.300".
    package static func fixed(_ value: Int64, decimals: Int) -> String {
        String(capacity: 24) { $0.append(fixed: value, decimals: decimals) }
    }

    /// Thousandths rounded half to even to 0...3 decimals: 35749 with 1 → "35.7".
    package static func fixed(thousandths: Int32, decimals: Int) -> String {
        String(capacity: 12) { $0.append(thousandths: thousandths, decimals: decimals) }
    }
}

extension OutputSpan where Element == UInt8 {
    /// A fixed-point number as the shortest plain decimal, 24 bytes at most; see ``DecimalWriting``.
    package mutating func append(shortest value: Int64, decimals: Int) {
        var scale: UInt64 = 1
        for _ in 0..<decimals { scale *= 10 }
        var fraction = value.magnitude % scale
        var digits = fraction == 0 ? 0 : decimals
        while digits > 0, fraction % 10 == 0 {
            fraction /= 10
            digits -= 1
        }
        if value < 0 { append(ascii: "-") }
        append(value.magnitude / scale)
        guard digits > 0 else { return }
        append(ascii: ".")
        append(fraction, digits: digits)
    }

    /// A fixed-point number with all of its decimals, 24 bytes at most; see ``DecimalWriting``.
    package mutating func append(fixed value: Int64, decimals: Int) {
        var scale: UInt64 = 1
        for _ in 0..<decimals { scale *= 10 }
        if value < 0 { append(ascii: "-") }
        append(value.magnitude / scale)
        append(ascii: ".")
        append(value.magnitude % scale, digits: decimals)
    }

    /// Thousandths rounded half to even to 0...3 decimals, 12 bytes at most; see ``DecimalWriting``.
    package mutating func append(thousandths: Int32, decimals: Int) {
        let step: UInt64 = decimals == 0 ? 1000 : decimals == 1 ? 100 : decimals == 2 ? 10 : 1
        let magnitude = UInt64(thousandths.magnitude)
        var steps = magnitude / step
        let twice = magnitude % step * 2
        if twice > step || (twice == step && steps & 1 != 0) { steps += 1 }
        let scale = 1000 / step
        // A number that rounds to zero has no sign.
        if thousandths < 0, steps > 0 { append(ascii: "-") }
        append(steps / scale)
        guard decimals > 0 else { return }
        append(ascii: ".")
        append(steps % scale, digits: decimals)
    }
}
