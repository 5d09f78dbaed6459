/// Fixed-point numbers as text.
package enum DecimalWriting {
    /// Thousandths as the shortest plain decimal: 35000 → "35", 35700 → "35.7", -250 → "-0.25".
    package static func shortest(thousandths: Int32) -> String {
        let magnitude = thousandths.magnitude
        let whole = magnitude / 1000
        var fraction = magnitude % 1000
        var text = thousandths < 0 ? "-\(whole)" : "\(whole)"
        guard fraction != 0 else { return text }
        text += "."
        var place: UInt32 = 100
        while fraction != 0 {
            text += "\(fraction / place)"
            fraction %= place
            place /= 10
        }
        return text
    }

    /// Thousandths that are a multiple of 100 with exactly one decimal: 1000 → "1.0".
    package static func oneDecimal(thousandths: Int32) -> String {
        let magnitude = thousandths.magnitude / 100
        return "\(thousandths < 0 ? "-" : "")\(magnitude / 10).\(magnitude % 10)"
    }
}
