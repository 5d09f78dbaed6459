/// An edition of the index standard. Which one holds is decided by the time of the data, never by the date of the program.
public enum Edition: UInt8, Sendable {
    /// HJ 633-2012, in force 2016-01-01 ... 2026-02-28.
    case hj633Of2012 = 0
    /// HJ 633-2026, in force from 2026-03-01.
    case hj633Of2026 = 1

    /// The edition for a period that ends at an instant: HJ 633-2026 for those that end after 2026-03-01T00:00+08:00.
    ///
    /// Source: HJ 633-2026, foreword: in force from 2026-03-01.
    public init(forPeriodEndingAt end: Instant) {
        self = end > Edition.firstInstantOf2026 ? .hj633Of2026 : .hj633Of2012
    }

    /// 2026-03-01T00:00+08:00.
    static let firstInstantOf2026 = Instant(seconds: 1_772_294_400)

    /// The tables and rules of the edition.
    public var rules: IndexRules {
        switch self {
        case .hj633Of2012: HJ633Of2012.rules
        case .hj633Of2026: HJ633Of2026.rules
        }
    }
}

/// What an edition says, as data.
public struct IndexRules: Sendable {
    /// Daily means of PM2.5, PM10, SO2, NO2, CO, by `pollutant.index`; place 5 is the 8 h mean of ozone.
    public let day: InlineArray<6, BreakpointTable>
    /// Hourly means, by `pollutant.index`; particulates are judged by their daily table.
    public let hour: InlineArray<6, BreakpointTable>
    /// Whether concentrations are rounded before the index is taken (HJ 633-2026 4.2.3).
    public let roundsFirst: Bool
    /// Whether a missing pollutant withholds an index of 100 or less (HJ 633-2026 5.3.1).
    public let withholdsIncomplete: Bool
    /// Whether the daily report has the largest hour of ozone beside the 8 h mean (HJ 633-2012).
    public let dailyHasOzoneHour: Bool

    /// The table by which a report judges an indicator; nil where the indicator is not part of the report.
    ///
    /// Source: HJ 633-2012 table 1 and note (1), HJ 633-2026 4.1 and table 3, note a.
    public func table(of indicator: Indicator, in kind: ReportKind) -> BreakpointTable? {
        switch (indicator, kind) {
        case (.o3EightHours, .realtime): nil
        case (.o3EightHours, _): day[Pollutant.o3.index]
        case (.o3, .running24): nil
        case (.o3, .daily): dailyHasOzoneHour ? hour[Pollutant.o3.index] : nil
        case (_, .realtime): hour[indicator.index]
        default: day[indicator.index]
        }
    }
}
