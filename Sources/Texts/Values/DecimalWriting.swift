/// Fixed-point numbers as text.
package enum DecimalWriting {
    /// Thousandths as the shortest plain decimal: 35000 → "35", 35700 → "35.7", -250 → "-0.25".
    package static func shortest(thousandths: Int32) -> String {
        String(capacity: 12) { $0.append(shortestThousandths: thousandths) }
    }

    /// Thousandths rounded half to even to 0...3 decimals: 35749 with 1 → "35.7".
    package static func fixed(thousandths: Int32, decimals: Int) -> String {
        String(capacity: 12) { $0.append(thousandths: thousandths, decimals: decimals) }
    }
}

extension OutputSpan where Element == UInt8 {
    /// Thousandths as the shortest plain decimal, 12 bytes at most; see ``DecimalWriting``.
    package mutating func append(shortestThousandths thousandths: Int32) {
        var fraction = thousandths.magnitude % 1000
        var digits = fraction == 0 ? 0 : 3
        while digits > 0, fraction % 10 == 0 {
            fraction /= 10
            digits -= 1
        }
        if thousandths < 0 { append(ascii: "-") }
        append(thousandths.magnitude / 1000)
        guard digits > 0 else { return }
        append(ascii: ".")
        append(fraction, digits: digits)
    }

    /// Thousandths rounded half to even to 0...3 decimals, 12 bytes at most; see ``DecimalWriting``.
    package mutating func append(thousandths: Int32, decimals: Int) {
        let step: UInt32 = decimals == 0 ? 1000 : decimals == 1 ? 100 : decimals == 2 ? 10 : 1
        let magnitude = thousandths.magnitude
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
