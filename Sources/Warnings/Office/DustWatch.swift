import AQICore

/// Proposes hours of dust. A proposal changes nothing until a person accepts it.
///
/// Dust begins in the hour where PM10 is at least twice the mean of the six hours before and above 150 µg/m³; it ends with the
/// hour before PM10 is first back within 110 % of that mean. Only hours with PM2.5 below half of PM10 are proposed: taken alone
/// the rule calls thick haze dust.
///
/// Source: after 环办监测〔2016〕120号; the ratio, and that four of the six hours must be known, are ours.
struct DustWatch: Equatable, Codable, Sendable {
    /// PM10 of the newest hours in thousandths, oldest first; nil where missing.
    private var newest: [Int32?] = []
    private var last: Hour?
    /// The sum and the count of the six hours before the dust began, while it goes on.
    private var before: Before?

    private struct Before: Equatable, Codable {
        var sum: Int64
        var count: Int64
    }

    private static let hours = 6
    private static let knownHours = 4
    private static let lowest: Int32 = 150_000

    /// Takes the city's hour in; true where it is proposed as dust.
    mutating func take(_ row: HourRow, at hour: Hour) -> Bool {
        if let last, hour != last + 1 { self = DustWatch() }
        last = hour
        let pm10 = row[.pm10].thousandths
        defer { newest = (newest + [pm10]).suffix(DustWatch.hours) }
        guard let pm10 else { return false }
        if let before, 10 * Int64(pm10) * before.count <= 11 * before.sum { self.before = nil }
        if before == nil { before = beginning(pm10) }
        guard before != nil, let pm25 = row[.pm25].thousandths else { return false }
        return 2 * Int64(pm25) < Int64(pm10)
    }

    /// What came before, where dust begins in this hour.
    private func beginning(_ pm10: Int32) -> Before? {
        let known = newest.compactMap(\.self)
        guard newest.count == DustWatch.hours, known.count >= DustWatch.knownHours, pm10 > DustWatch.lowest else {
            return nil
        }
        let before = Before(sum: known.reduce(0) { $0 + Int64($1) }, count: Int64(known.count))
        return Int64(pm10) * before.count >= 2 * before.sum ? before : nil
    }
}
