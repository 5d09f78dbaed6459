/// Percentiles of daily values.
public enum Percentile {
    /// The percentile of values in rising order, linear between neighbours; exact, as a sum over 100.
    ///
    /// With `k = 1 + (n - 1) p` and `s = floor(k)`: `m = X(s) + (X(s+1) - X(s)) (k - s)`. The same as R's type 7.
    ///
    /// - Parameters:
    ///   - percent: 0...100: 98 for SO2 and NO2, 95 for PM10, PM2.5 and CO, 90 for ozone.
    ///   - sorted: Thousandths of the unit, in rising order, missing ones left out.
    /// - Returns: The percentile, or nil where there are no values.
    /// - Complexity: O(1).
    ///
    /// Source: HJ 663-2013 annex A; the same in HJ 663-2026.
    public static func of(_ percent: Int32, in sorted: Span<Int32>) -> Mean? {
        guard !sorted.isEmpty, percent >= 0, percent <= 100 else { return nil }
        let hundredths = (sorted.count - 1) * Int(percent)
        let place = hundredths / 100
        let rest = Int64(hundredths % 100)
        let low = Int64(sorted[place])
        let high = Int64(sorted[min(place + 1, sorted.count - 1)])
        return Mean(sum: low * 100 + (high - low) * rest, count: 100)
    }
}
