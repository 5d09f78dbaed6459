/// A stretch of a year over which daily values are averaged.
public enum EvaluationPeriod: Equatable, Sendable {
    /// A calendar month, 1...12.
    case month(Int32)
    /// A season of the year: spring (March to May), summer, autumn, winter (January, February and December of the year).
    case season(Season)
    /// A calendar year.
    case year

    /// The seasons.
    public enum Season: UInt8, Sendable {
        /// March, April, May.
        case spring
        /// June, July, August.
        case summer
        /// September, October, November.
        case autumn
        /// December, January, February.
        case winter

        /// The season of a month, 1...12.
        public init(month: Int32) {
            self =
                switch month {
                case 3...5: .spring
                case 6...8: .summer
                case 9...11: .autumn
                default: .winter
                }
        }
    }

    /// Whether a month belongs to the period.
    func contains(month: Int32) -> Bool {
        switch self {
        case .month(let own): own == month
        case .season(let season): Season(month: month) == season
        case .year: true
        }
    }
}

/// The mean of a period and whether it is valid.
public struct PeriodMean: Equatable, Sendable {
    /// Why a mean is not valid.
    public enum Gap: Equatable, Sendable {
        /// A month has too few days.
        case month(Int32, have: Int32, need: Int32)
        /// The year has too few days.
        case year(have: Int32, need: Int32)
    }

    /// The mean of the days there are.
    public let mean: Mean
    /// What is missing, or nil where the mean is valid.
    public let gap: Gap?

    /// Days that a month needs: 27, February 25.
    ///
    /// Source: GB 3095-2026 table 4 (2012: the same).
    public static func daysNeeded(month: Int32) -> Int32 { month == 2 ? 25 : 27 }
    /// Days that a year needs.
    ///
    /// Source: as above.
    public static let daysNeededInYear: Int32 = 324

    /// Averages the daily values of a period of one calendar year.
    ///
    /// - Parameters:
    ///   - period: The stretch of the year.
    ///   - year: The calendar year.
    ///   - days: One packed ``Concentration`` a day from 1 January on, 365 or 366 of them; a shorter span is missing at its end.
    /// - Complexity: O(days), no allocation.
    ///
    /// Source: HJ 663-2013 and -2026, arithmetic means of daily values; validity GB 3095 table 4.
    public init(_ period: EvaluationPeriod, of year: Int32, days: Span<Int32>) {
        var mean = Mean()
        var gap: Gap?
        var day = 0
        var month: Int32 = 1
        while month <= 12 {
            let length = Int(CivilDate.dayCount(year: year, month: month))
            if period.contains(month: month) {
                var own = Mean()
                for place in day..<day + length where place < days.count {
                    own.add(Concentration(packed: days[place]))
                }
                mean.sum += own.sum
                mean.count += own.count
                let need = PeriodMean.daysNeeded(month: month)
                if own.count < need, gap == nil { gap = .month(month, have: own.count, need: need) }
            }
            day += length
            month += 1
        }
        if period == .year, gap == nil, mean.count < PeriodMean.daysNeededInYear {
            gap = .year(have: mean.count, need: PeriodMean.daysNeededInYear)
        }
        self.mean = mean
        self.gap = gap
    }

    /// The step to which a statistic is rounded before it is compared with a limit: 0.1 µg/m³, CO 0.01 mg/m³, in thousandths.
    ///
    /// Source: HJ 663-2026, rounding of statistics (one secondary source).
    public static func statisticStep(of pollutant: Pollutant) -> Int32 { pollutant == .co ? 10 : 100 }
}
