import Texts

/// One figure of this machine: a stage, how much of it a second, and what its result adds up to.
struct BenchResult {
    /// What was measured, as `core.batch.running24`.
    var stage: String
    /// Units a second, the median of the repetitions.
    var rate: Double
    var unit: String
    /// The rate over the one at which memcpy copies the same input, where memory is the limit.
    var copyRatio: Double?
    /// The result in 64 bits, for comparison with other implementations.
    var checksum: UInt64?
    /// The slowest and the fastest repetition, as rates.
    var range: ClosedRange<Double>
    /// Further figures, as `("bytesPerChannel", 108)`.
    var details: [(name: String, value: Int64)] = []

    var json: JSON {
        var members: [(String, JSON)] = [
            ("stage", .string(stage)), ("rate", .number(BenchResult.plain(rate))), ("unit", .string(unit)),
        ]
        if let copyRatio { members.append(("copyRatio", .number(BenchResult.plain(copyRatio)))) }
        if let checksum { members.append(("checksum", .string(hexadecimal(checksum)))) }
        members.append(("slowest", .number(BenchResult.plain(range.lowerBound))))
        members.append(("fastest", .number(BenchResult.plain(range.upperBound))))
        for detail in details { members.append((detail.name, .integer(detail.value))) }
        return .object(members)
    }

    /// One row of the table for people.
    var row: String {
        let nanoseconds = "\(BenchResult.plain(1e9 / rate)) ns"
        let ratio = copyRatio.map { "copy x \(BenchResult.plain($0))" } ?? ""
        let spread = "\(Int((range.upperBound - range.lowerBound) / rate * 100)) %"
        let extra = details.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        return [
            pad(stage, 34), pad(BenchResult.short(rate), 9, right: true), pad(unit, 18),
            pad(nanoseconds, 12, right: true), pad(ratio, 14), pad("± " + spread, 9),
            checksum.map(hexadecimal) ?? "", extra,
        ].joined(separator: " ").trimmingTrailingSpaces
    }

    /// Four significant digits, without an exponent.
    static func plain(_ number: Double) -> String {
        guard number.isFinite, number > 0 else { return "0" }
        var scale = 1.0
        var decimals = 0
        while number * scale < 1000, decimals < 9 {
            scale *= 10
            decimals += 1
        }
        let digits = String(Int64((number * scale).rounded()))
        guard decimals > 0 else { return digits }
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// 123.4 M.
    private static func short(_ rate: Double) -> String {
        switch rate {
        case 1e9...: plain(rate / 1e9) + " G"
        case 1e6...: plain(rate / 1e6) + " M"
        case 1e3...: plain(rate / 1e3) + " k"
        default: plain(rate) + "  "
        }
    }
}

private func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}

private func pad(_ text: String, _ width: Int, right: Bool = false) -> String {
    let gap = String(repeating: " ", count: max(0, width - text.count))
    return right ? gap + text : text + gap
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
