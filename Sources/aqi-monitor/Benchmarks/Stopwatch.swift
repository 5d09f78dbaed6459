/// Times a piece of work several times, after once to warm up.
struct Stopwatch {
    var repetitions: Int

    /// The rates of `units` of work, the median of them, and their range.
    func rate(of units: Int, _ work: () throws -> Void) rethrows -> (median: Double, range: ClosedRange<Double>) {
        try work()
        var rates: [Double] = []
        for _ in 0..<repetitions {
            let duration = try ContinuousClock().measure(work)
            let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
            rates.append(Double(units) / seconds)
        }
        rates.sort()
        return (rates[rates.count / 2], rates[0]...rates[rates.count - 1])
    }
}
