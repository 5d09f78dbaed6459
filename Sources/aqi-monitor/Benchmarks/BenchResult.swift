import Texts

/// One figure of this machine: a stage, how much of it a second, and what its result adds up to.
struct BenchResult {
    let stage: Stage
    let size: Int
    /// Units of one run.
    let units: Int
    /// Seconds of a run, of each repetition.
    let seconds: [Double]
    let outcome: Trial.Outcome
    /// How long the limit took of what the stage took, of each repetition; 1 is as fast as can be.
    let limit: [Double]?

    /// Units a second, the median of the repetitions.
    var rate: Double { Double(units) / BenchResult.median(seconds) }

    var json: JSON {
        var members: [(String, JSON)] = [
            ("stage", .string(stage.name)), ("rate", .number(BenchResult.plain(rate))),
            ("unit", .string(stage.unit + "/s")),
            ("size", .integer(Int64(size))), ("sizeUnit", .string(stage.sizeUnit)), ("units", .integer(Int64(units))),
            ("seconds", .array(seconds.map { .number(BenchResult.plain($0)) })),
        ]
        if stage.clock == .processor { members.append(("clock", .string("processor"))) }
        if let limit, let name = stage.limit {
            members.append(("limit", .string(name)))
            members.append(("ofLimit", .array(limit.map { .number(BenchResult.plain($0)) })))
        }
        if let checksum = outcome.checksum { members.append(("checksum", .string(hexadecimal(checksum)))) }
        members += outcome.details.map { ($0.name, .integer($0.value)) }
        return .object(members)
    }

    /// One row of the table for people.
    var row: String {
        let (slowest, fastest) = (seconds.max() ?? 0, seconds.min() ?? 0)
        let spread = "± \(Int((slowest - fastest) / BenchResult.median(seconds) * 100)) %"
        let share = limit.map { "\(BenchResult.plain(BenchResult.median($0))) of \(stage.limit ?? "")" } ?? ""
        let further = outcome.details.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
        return [
            pad(stage.name, 27), pad(BenchResult.short(rate), 9, right: true), pad(stage.unit + "/s", 17),
            pad(BenchResult.plain(1e9 / rate) + " ns", 12, right: true), pad(spread, 7), pad(share, 28),
            outcome.checksum.map(hexadecimal) ?? "", further,
        ].joined(separator: " ").trimmingTrailingSpaces
    }

    static func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

    /// Four significant digits, without an exponent.
    static func plain(_ number: Double) -> String {
        guard number.isFinite, number > 0 else { return "0" }
        var scale = 1.0
        var decimals = 0
        while number * scale < 1000, decimals < 12 {
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
