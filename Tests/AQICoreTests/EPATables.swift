import AQICore

/// Table 6 of EPA-454/B-24-002, typed a second time, as whole numbers of the digits that the table prints (0.1 µg/m³, 0.001
/// ppm, ...), and its index in fractions.
struct EPATable: CustomStringConvertible, Sendable {
    enum End: Sendable { case extrapolated, hour, orLast(Int) }

    let description: String
    let indicator: Indicator
    /// Whether the table of the day stands beside that of the hour, as that of SO2.
    var isDay = false
    /// Thousandths of the unit of the core that one printed digit is.
    let digit: Int
    let bands: [(concentrations: ClosedRange<Int>, indices: ClosedRange<Int>)]
    let end: End

    private static let good = 0...50
    private static let moderate = 51...100
    private static let sensitive = 101...150
    private static let unhealthy = 151...200
    private static let very = 201...300
    private static let hazardous = 301...500

    static let all: [EPATable] = [
        EPATable(
            description: "PM2.5 24 h", indicator: .pm25, digit: 100,
            bands: [
                (0...90, good), (91...354, moderate), (355...554, sensitive), (555...1254, unhealthy),
                (1255...2254, very),
                (2255...3254, hazardous),
            ], end: .extrapolated),
        EPATable(
            description: "PM10 24 h", indicator: .pm10, digit: 1000,
            bands: [
                (0...54, good), (55...154, moderate), (155...254, sensitive), (255...354, unhealthy), (355...424, very),
                (425...604, hazardous),
            ], end: .extrapolated),
        EPATable(
            description: "O3 8 h", indicator: .o3EightHours, digit: 1000,
            bands: [
                (0...54, good), (55...70, moderate), (71...85, sensitive), (86...105, unhealthy), (106...200, very),
            ], end: .hour),
        EPATable(
            description: "O3 1 h", indicator: .o3, digit: 1000,
            bands: [(125...164, sensitive), (165...204, unhealthy), (205...404, very), (405...604, hazardous)],
            end: .extrapolated),
        EPATable(
            description: "CO 8 h", indicator: .co, digit: 100,
            bands: [
                (0...44, good), (45...94, moderate), (95...124, sensitive), (125...154, unhealthy), (155...304, very),
                (305...504, hazardous),
            ], end: .extrapolated),
        EPATable(
            description: "SO2 1 h", indicator: .so2, digit: 1000,
            bands: [(0...35, good), (36...75, moderate), (76...185, sensitive), (186...304, unhealthy)],
            end: .orLast(200)),
        // Only where the hour is 305 or more: what is below 305 is 200.
        EPATable(
            description: "SO2 24 h", indicator: .so2, isDay: true, digit: 1000,
            bands: [(0...304, 200...200), (305...604, very), (605...1004, hazardous)], end: .extrapolated),
        EPATable(
            description: "NO2 1 h", indicator: .no2, digit: 1000,
            bands: [
                (0...53, good), (54...100, moderate), (101...360, sensitive), (361...649, unhealthy),
                (650...1249, very),
                (1250...2049, hazardous),
            ], end: .extrapolated),
    ]

    /// The table of the core that should say the same.
    var tested: BreakpointTable? {
        let rules = Edition.usEPA2024.rules
        return isDay ? rules.substitute(for: indicator) : rules.table(of: indicator, in: .daily)
    }

    var first: Int { bands[0].concentrations.lowerBound }
    var last: Int { bands[bands.count - 1].concentrations.upperBound }

    /// The published concentration and the index of a mean in thousandths of the unit of the core.
    func oracle(_ mean: Rational) -> IndicatorResult {
        // Truncated: towards 0.
        let digits = mean * Rational(1, over: digit)
        let cut = digits < Rational(0) ? digits.ceiling : digits.floor
        return .value(concentration: Int32(cut * digit), subIndex: index(max(cut, 0)).map(Int32.init))
    }

    private func index(_ cut: Int) -> Int? {
        guard cut >= first else { return nil }
        var band = bands[bands.count - 1]
        if cut > last {
            switch end {
            case .extrapolated: break
            case .hour: return nil
            case .orLast(let index): return index
            }
        } else {
            // The digits leave no gap between two bands.
            guard let own = bands.first(where: { $0.concentrations.contains(cut) }) else {
                preconditionFailure("a gap")
            }
            band = own
        }
        let slope = Rational(
            band.indices.upperBound - band.indices.lowerBound,
            over: band.concentrations.upperBound - band.concentrations.lowerBound)
        let index = slope * Rational(cut - band.concentrations.lowerBound) + Rational(band.indices.lowerBound)
        // To the nearest integer, halves up.
        return (index + Rational(1, over: 2)).floor
    }
}
