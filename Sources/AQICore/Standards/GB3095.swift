/// The limits of ambient air, by the date of the data.
///
/// Source: GB 3095-2012 table 1; GB 3095-2026 table 1, with its transition up to 2030-12-31.
public enum LimitStage: UInt8, Sendable {
    /// GB 3095-2012, up to 2026-02-28.
    case of2012
    /// GB 3095-2026, transition, 2026-03-01 ... 2030-12-31.
    case transitionOf2026
    /// GB 3095-2026, final, from 2031-01-01.
    case finalOf2026

    /// The stage in force on a day.
    public init(on day: NaturalDay) {
        self =
            day < LimitStage.firstDayOf2026
            ? .of2012 : day < LimitStage.firstDayOfFinal ? .transitionOf2026 : .finalOf2026
    }

    /// 2026-03-01.
    static let firstDayOf2026 = NaturalDay(number: 20_513)
    /// 2031-01-01.
    static let firstDayOfFinal = NaturalDay(number: 22_280)
}

/// What a limit is of.
public enum LimitPeriod: UInt8, Sendable {
    /// The calendar year.
    case year = 0
    /// The natural day; of ozone its largest 8 h mean.
    case day = 1
    /// One hour.
    case hour = 2
}

/// The class of an area: 1 protected, 2 where people live.
public enum LimitClass: UInt8, Sendable {
    /// Nature reserves, scenic areas.
    case one = 0
    /// Everywhere else.
    case two = 1
}

extension LimitStage {
    /// A limit in thousandths of the unit; nil where the standard has none.
    public func limit(of pollutant: Pollutant, _ period: LimitPeriod, _ areaClass: LimitClass) -> Int32? {
        let row: InlineArray<6, Int32> =
            switch (self, period, areaClass) {
            // PM2.5, PM10, SO2, NO2, CO, O3; -1: none.
            case (.of2012, .year, .one): [15, 40, 20, 40, -1, -1]
            case (.of2012, .year, .two): [35, 70, 60, 40, -1, -1]
            case (.of2012, .day, .one): [35, 50, 50, 80, 4, 100]
            case (.of2012, .day, .two): [75, 150, 150, 80, 4, 160]
            case (.of2012, .hour, .one): [-1, -1, 150, 200, 10, 160]
            case (.of2012, .hour, .two): [-1, -1, 500, 200, 10, 200]
            case (.transitionOf2026, .year, .one): [15, 40, 20, 40, -1, -1]
            case (.transitionOf2026, .year, .two): [30, 60, 60, 40, -1, -1]
            case (.transitionOf2026, .day, .one): [35, 50, 50, 80, 4, 100]
            case (.transitionOf2026, .day, .two): [60, 120, 150, 80, 4, 160]
            case (.transitionOf2026, .hour, .one): [-1, -1, 150, 200, 10, 160]
            case (.transitionOf2026, .hour, .two): [-1, -1, 500, 200, 10, 200]
            case (.finalOf2026, .year, .one): [10, 20, 20, 30, -1, -1]
            case (.finalOf2026, .year, .two): [25, 50, 20, 30, -1, -1]
            case (.finalOf2026, .day, .one): [25, 50, 50, 50, 4, 100]
            case (.finalOf2026, .day, .two): [50, 100, 50, 50, 4, 160]
            case (.finalOf2026, .hour, .one): [-1, -1, 150, 200, 10, 160]
            case (.finalOf2026, .hour, .two): [-1, -1, 150, 200, 10, 200]
            }
        let limit = row[pollutant.index]
        return limit < 0 ? nil : limit * 1000
    }

    /// By how many times a value is above its limit, in hundredths, rounded half to even; nil where it is not above.
    ///
    /// Source: HJ 663: `B = (C - S) / S`, two decimals.
    public func exceedance(of value: Int32, limit: Int32) -> Int32? {
        guard value > limit, limit > 0 else { return nil }
        return Int32(
            truncatingIfNeeded: (Int64(value - limit) * 100).dividedHalfToEven(by: Int64(limit)))
    }
}
