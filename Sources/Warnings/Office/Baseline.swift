package import AQICore

/// A forecast of `A` without any weather: it goes back to its mean, as fast as it used to.
///
/// `A(t+h)` is taken to be `m + r (A(t) - m)`: `m` is the mean of `A` over the last 30 days, `r` how much of a departure from it
/// was left `h` hours later in those days (lagged covariance over variance, within 0 ... 1). At least ten days must be known.
///
/// **Indicative.** It is shown beside forecasts, is handed to no engine, and issues nothing.
package struct Baseline: Sendable {
    package static let memory = 30 * 24
    private static let needed = 10 * 24

    /// The index so many hours ahead, after `A` hour by hour, the newest last, nil where unknown; nil where too little is
    /// known, or now is not.
    package static func index(ahead lead: Int, after known: some RandomAccessCollection<Int32?>) -> Int32? {
        let past = known.suffix(memory)
        let values = past.compactMap(\.self)
        guard values.count >= needed, let last = past.last, let now = last else { return nil }
        let mean = Double(values.reduce(0) { $0 + Int($1) }) / Double(values.count)
        let (covariance, variance) = (lagged(past, lead, mean), lagged(past, 0, mean))
        let rest = variance > 0 ? min(1, max(0, covariance / variance)) : 0
        return Int32((mean + rest * (Double(now) - mean)).rounded())
    }

    /// The mean product of departures `lead` hours apart.
    private static func lagged(_ past: some RandomAccessCollection<Int32?>, _ lead: Int, _ mean: Double) -> Double {
        var sum = 0.0
        var count = 0
        for (earlier, later) in zip(past, past.dropFirst(lead)) {
            guard let earlier, let later else { continue }
            sum += (Double(earlier) - mean) * (Double(later) - mean)
            count += 1
        }
        return count == 0 ? 0 : sum / Double(count)
    }
}

/// How the baseline and persistence (what is now will be) did, so many hours ahead.
package struct BaselineScore: Equatable, Sendable {
    package let lead: Int32
    package private(set) var cases = 0
    private var baselineSquares = 0
    private var persistenceSquares = 0

    package init(lead: Int32) {
        self.lead = lead
    }

    package static func + (left: BaselineScore, right: BaselineScore) -> BaselineScore {
        var sum = left
        sum.cases += right.cases
        sum.baselineSquares += right.baselineSquares
        sum.persistenceSquares += right.persistenceSquares
        return sum
    }

    /// Root mean square errors; nil without cases.
    package var baselineError: Double? { cases == 0 ? nil : (Double(baselineSquares) / Double(cases)).squareRoot() }
    package var persistenceError: Double? {
        cases == 0 ? nil : (Double(persistenceSquares) / Double(cases)).squareRoot()
    }

    /// Judges every hour of a series in which the baseline has enough to go by, knowing nothing of what came after.
    package static func judge(first: Hour, rows: [HourRow], leads: [Int32]) -> [BaselineScore] {
        var hours = ObservedHours(plan: .measureOnly)
        var known: [Int32?] = []
        for (place, row) in rows.enumerated() {
            _ = hours.append(row, at: first + Int32(place), needed: first)
            known.append(hours.index24.last?.index)
        }
        return leads.map { lead in
            var score = BaselineScore(lead: lead)
            for place in 0..<max(0, known.count - Int(lead)) {
                guard let now = known[place], let came = known[place + Int(lead)],
                    let foreseen = Baseline.index(ahead: Int(lead), after: known[...place])
                else { continue }
                score.cases += 1
                score.baselineSquares += Int(foreseen - came) * Int(foreseen - came)
                score.persistenceSquares += Int(now - came) * Int(now - came)
            }
            return score
        }
    }
}

extension WarningPlan {
    /// A plan that asks for nothing: its measure alone, an hour above 500 being heavy.
    fileprivate static let measureOnly = WarningPlan(
        name: "", title: "", heavyAbove: Bound(500, ""), issueAhead: Bound(0, ""), lift: Bound(0, ""), emergency: nil,
        rules: [])
}
