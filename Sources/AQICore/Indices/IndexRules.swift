/// What an edition says, as data.
public struct IndexRules: Sendable {
    /// What is done to a concentration before its index is taken.
    public enum Preparation: UInt8, Sendable {
        /// Nothing.
        case exact
        /// Rounded half to even to the table's step (GB/T 8170).
        case rounded
        /// Cut to the table's step, towards 0.
        case truncated
    }

    /// The first instant at which it is in force.
    public let inForceFrom: Instant
    /// Whether it is one of the editions that the time of the data chooses.
    public let isChosenByDate: Bool
    /// Whether its tables are in what stations store: µg/m³, CO mg/m³. An edition of mixing ratios is in ppb, CO ppm.
    public let isByMass: Bool
    /// Daily means of PM2.5, PM10, SO2, NO2, CO, by `pollutant.index`; place 5 is the 8 h mean of ozone. Of CO the 8 h mean where
    /// the edition has one.
    public let day: InlineArray<6, BreakpointTable>
    /// Hourly means, by `pollutant.index`; particulates are judged by their daily table.
    public let hour: InlineArray<6, BreakpointTable>
    /// The indicators of which the day is judged by its largest hour.
    public let judgedByHour: IndicatorSet
    /// What is done to a concentration first.
    public let preparation: Preparation
    /// Whether a missing pollutant withholds an index of 100 or less (HJ 633-2026 5.3.1).
    public let withholdsIncomplete: Bool
    /// The indicators of each report, by `kind.rawValue`.
    public let indicators: InlineArray<3, IndicatorSet>
    /// The indicators of which the hour is judged by its ``NowCast``.
    public let nowCast: IndicatorSet

    /// The table by which a report judges an indicator; nil where the indicator is not part of the report.
    ///
    /// Source: HJ 633-2012 table 1 and note (1), HJ 633-2026 4.1 and table 3, note a.
    public func table(of indicator: Indicator, in kind: ReportKind) -> BreakpointTable? {
        guard indicators[Int(kind.rawValue)].contains(indicator) else { return nil }
        let isHour = indicator != .o3EightHours && (kind == .realtime || judgedByHour.contains(indicator))
        return isHour ? hour[indicator.pollutant.index] : day[indicator.pollutant.index]
    }

    /// The table of the indicator that stands in above the end of a table: the day of SO2 for its hour, the hour of ozone for
    /// its 8 h mean.
    ///
    /// Source: HJ 633-2012 table 1, notes (2) and (3); EPA-454/B-24-002, table 6, notes.
    public func substitute(for indicator: Indicator) -> BreakpointTable? {
        switch indicator {
        case .so2: day[Pollutant.so2.index]
        case .o3EightHours: hour[Pollutant.o3.index]
        default: nil
        }
    }

    /// The published concentration of a mean, thousandths: rounded half to even to the table's step, or cut where the edition
    /// cuts.
    public func published(_ mean: Mean, by table: BreakpointTable) -> Int32 {
        preparation == .truncated ? mean.truncated(toStep: table.step) : mean.rounded(toStep: table.step)
    }

    /// The published concentration and the sub-index of a mean: of the published value under an edition that prepares it so, of
    /// the exact mean under one that does not.
    public func evaluate(_ mean: Mean, by table: BreakpointTable) -> IndicatorResult {
        let shown = published(mean, by: table)
        return .value(
            concentration: shown, subIndex: table.subIndex(of: preparation == .exact ? mean : Mean(shown)))
    }

    /// The same, with the mean that stands in above the table's end.
    public func evaluate(
        _ mean: Mean, by table: BreakpointTable, above other: Mean?, by otherTable: BreakpointTable?
    ) -> IndicatorResult {
        let result = evaluate(mean, by: table)
        guard table.beyond.defers, let other, let otherTable, let shown = result.concentration,
            table.ends(before: preparation == .exact ? mean : Mean(shown))
        else { return result }
        return .value(concentration: shown, subIndex: evaluate(other, by: otherTable).subIndex)
    }
}
