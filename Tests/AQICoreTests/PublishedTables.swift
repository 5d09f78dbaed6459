import AQICore

/// The limits of HJ 633-2012 table 1 and HJ 633-2026 table 3, typed a second time, in µg/m³ and CO mg/m³, as the standards
/// print them: one row an indicator, one column a sub-index. Nil where the table refers to a footnote.
enum PublishedTables {
    static let indices = [0, 50, 100, 150, 200, 300, 400, 500]

    enum Row: String, CaseIterable, Hashable {
        case so2Day, so2Hour, no2Day, no2Hour, pm10Day, coDay, coHour, o3Hour, o3Eight, pm25Day
    }

    /// HJ 633-2012 table 1.
    private static let of2012: [Row: [Int?]] = [
        .so2Day: [0, 50, 150, 475, 800, 1600, 2100, 2620],
        .so2Hour: [0, 150, 500, 650, 800, nil, nil, nil],
        .no2Day: [0, 40, 80, 180, 280, 565, 750, 940],
        .no2Hour: [0, 100, 200, 700, 1200, 2340, 3090, 3840],
        .pm10Day: [0, 50, 150, 250, 350, 420, 500, 600],
        .coDay: [0, 2, 4, 14, 24, 36, 48, 60],
        .coHour: [0, 5, 10, 35, 60, 90, 120, 150],
        .o3Hour: [0, 160, 200, 300, 400, 800, 1000, 1200],
        .o3Eight: [0, 100, 160, 215, 265, 800, nil, nil],
        .pm25Day: [0, 35, 75, 115, 150, 250, 350, 500],
    ]

    static func limits(_ row: Row, _ edition: Edition) -> [Int?] {
        switch (row, edition) {
        // HJ 633-2026 changed these two cells and no other.
        case (.pm10Day, .hj633Of2026): [0, 50, 120, 250, 350, 420, 500, 600]
        case (.pm25Day, .hj633Of2026): [0, 35, 60, 115, 150, 250, 350, 500]
        default: of2012[row] ?? []
        }
    }

    /// The last limit that is printed.
    static func end(_ row: Row, _ edition: Edition) -> Int { limits(row, edition).compactMap(\.self).max() ?? 0 }

    /// The sub-index of a concentration, from the formula; nil where the edition refers to another mean.
    static func subIndex(_ concentration: Rational, _ row: Row, _ edition: Edition) -> Int? {
        // A negative mean gives 0 (contract).
        if concentration < Rational(0) { return 0 }
        let limits = limits(row, edition)
        for place in 1..<indices.count {
            guard let low = limits[place - 1], let high = limits[place], !(Rational(high) < concentration) else {
                continue
            }
            let slope = Rational(indices[place] - indices[place - 1], over: high - low)
            let index = slope * (concentration - Rational(low)) + Rational(indices[place - 1])
            // 6.2 of 2012, 4.2.6 of 2026: rounded up.
            return index.ceiling
        }
        switch (row, edition) {
        case (.so2Hour, .hj633Of2026): return 200  // note b
        case (.o3Eight, .hj633Of2026): return 300  // note c
        case (.so2Hour, .hj633Of2012), (.o3Eight, .hj633Of2012): return nil  // notes (2) and (3)
        default: return 500  // nothing is defined above; the practice
        }
    }

    /// The row that judges a daily mean (of ozone: the 8 h mean), and the one that judges an hour.
    static func row(_ pollutant: Pollutant, isHour: Bool) -> Row {
        switch pollutant {
        case .pm25: .pm25Day  // particulates have no row for hours; the daily one judges them
        case .pm10: .pm10Day
        case .so2: isHour ? .so2Hour : .so2Day
        case .no2: isHour ? .no2Hour : .no2Day
        case .co: isHour ? .coHour : .coDay
        case .o3: isHour ? .o3Hour : .o3Eight
        }
    }

    /// 4.2.2 of 2026: whole µg/m³, CO one decimal of mg/m³.
    static func step(_ pollutant: Pollutant) -> Rational {
        pollutant == .co ? Rational(1, over: 10) : Rational(1)
    }
}
