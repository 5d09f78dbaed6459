/// Fixed-point numbers as text.
package enum DecimalWriting {
    /// Thousandths as the shortest plain decimal: 35000 → "35", 35700 → "35.7", -250 → "-0.25".
    package static func shortest(thousandths: Int32) -> String { shortest(Int64(thousandths), decimals: 3) }

    /// A fixed-point number with so many decimals as the shortest plain decimal: 78000 with 6 → "0.078".
    package static func shortest(_ value: Int64, decimals: Int) -> String {
        var scale: UInt64 = 1
        for _ in 0..<decimals { scale *= 10 }
        let magnitude = value.magnitude
        var text = value < 0 ? "-\(magnitude / scale)" : "\(magnitude / scale)"
        var fraction = magnitude % scale
        guard fraction != 0 else { return text }
        text += "."
        while fraction != 0 {
            scale /= 10
            text += "\(fraction / scale)"
            fraction %= scale
        }
        return text
    }

    /// Thousandths rounded half to even to 0...3 decimals: 35749 with 1 → "35.7".
    package static func fixed(thousandths: Int32, decimals: Int) -> String {
        let step: UInt32 = decimals == 0 ? 1000 : decimals == 1 ? 100 : decimals == 2 ? 10 : 1
        let magnitude = thousandths.magnitude
        var steps = magnitude / step
        let twice = magnitude % step * 2
        if twice > step || (twice == step && steps & 1 != 0) { steps += 1 }
        let scale = 1000 / step
        let sign = thousandths < 0 && steps > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(steps)" }
        let fraction = "\(steps % scale)"
        return "\(sign)\(steps / scale)." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
}
