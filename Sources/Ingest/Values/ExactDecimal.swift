/// A decimal number with at most nine places after the point, exact: a scale, an offset or a limit as somebody wrote
/// it.
package struct ExactDecimal: Equatable, Hashable, Comparable, Sendable {
    /// The number in billionths.
    package var billionths: Int64

    package init(billionths: Int64) {
        self.billionths = billionths
    }

    package init(thousandths: Int32) {
        billionths = Int64(thousandths) * 1_000_000
    }

    package static let zero = ExactDecimal(billionths: 0)
    package static let one = ExactDecimal(billionths: 1_000_000_000)

    package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool { left.billionths < right.billionths }

    /// Reads a decimal with or without an exponent, as `-0.5`, `12` and `1e-05`; nil for what is none, has more than
    /// nine places after the point, or is beyond 9,000,000,000.
    package init?(_ text: String) {
        let parts = text.lowercased().split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
        guard let exponent = parts.count == 1 ? 0 : Int(parts[1]), (-30...30).contains(exponent) else { return nil }
        var digits = parts[0]
        let isNegative = digits.first == "-"
        if let sign = digits.first, sign == "-" || sign == "+" { digits.removeFirst() }
        let halves = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let figures = halves.joined()
        guard !figures.isEmpty, figures.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            var number = Int64(figures)
        else { return nil }
        // number * 10^power is the value in billionths.
        var power = 9 + exponent - (halves.count == 2 ? halves[1].utf8.count : 0)
        while power > 0, number != 0 {
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            number = product
            power -= 1
        }
        while power < 0, number != 0 {
            guard number % 10 == 0 else { return nil }
            number /= 10
            power += 1
        }
        guard number <= 9_000_000_000_000_000_000 else { return nil }
        billionths = isNegative ? -number : number
    }
}
