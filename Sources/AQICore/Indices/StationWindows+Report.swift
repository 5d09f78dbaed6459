/// What a site is asked for.
public struct ReportOptions: Equatable, Sendable {
    /// Whether ozone belongs to the report; the measure of the warning plan leaves it out (Plan 一(三)).
    public var includesOzone: Bool
    /// Pollutants outside the site's monitoring plan (HJ 633-2026 5.3.2).
    public var notMonitored: PollutantSet

    /// The options; without arguments all six pollutants are asked for.
    public init(includesOzone: Bool = true, notMonitored: PollutantSet = PollutantSet()) {
        self.includesOzone = includesOzone
        self.notMonitored = notMonitored
    }
}

extension StationWindows {
    /// Hours that a 24 h mean needs (GB 3095 table 4).
    static let hoursNeeded: Int32 = 20
    /// 8 h means that their largest needs (HJ 663 6.1.2).
    static let windowsNeeded: Int32 = 14
    /// Above this the largest 8 h mean is valid with fewer: 160 µg/m³, the daily limit of class 2 (HJ 663 6.1.2).
    static let ozoneLimit: Int32 = 160_000

    /// The report of the period that ends with the last hour. For `daily` that hour must be the last of a natural day.
    ///
    /// An edition that judges mixing ratios has nothing to say of these windows: every indicator is `notReported` then.
    public func report(
        _ kind: ReportKind, edition: Edition, options: ReportOptions = ReportOptions()
    ) -> IndexReport {
        // One copy of the rules, then spans: each further copy would cost more than an index does.
        let rules = edition.rules
        let (hour, day) = (rules.hour.span, rules.day.span)
        var results = InlineArray<7, IndicatorResult>(repeating: .notReported)
        guard rules.isByMass else { return IndexReport(kind: kind, edition: edition, results: results) }
        for place in 0..<5 {
            guard let pollutant = Pollutant(rawValue: UInt8(truncatingIfNeeded: place)) else { continue }
            if options.notMonitored.contains(pollutant) {
                results[place] = .notMonitored
            } else if kind == .realtime {
                results[place] = hourResult(pollutant, by: hour[place], rules: rules)
            } else {
                results[place] = dayResult(pollutant, by: day[place], rules: rules)
            }
        }
        if options.includesOzone {
            if options.notMonitored.contains(.o3) {
                results[Indicator.o3.index] = .notMonitored
                results[Indicator.o3EightHours.index] = .notMonitored
            } else {
                switch kind {
                case .realtime:
                    results[Indicator.o3.index] = hourResult(.o3, by: hour[Pollutant.o3.index], rules: rules)
                case .running24:
                    results[Indicator.o3EightHours.index] = ozone8Result(among: 24, rules: rules)
                case .daily:
                    // The windows that end at 08:00 ... 24:00 (HJ 663).
                    results[Indicator.o3EightHours.index] = ozone8Result(among: 17, rules: rules)
                    if rules.indicators[Int(kind.rawValue)].contains(.o3) {
                        results[Indicator.o3.index] = ozoneHourResult(rules: rules)
                    }
                }
            }
        }
        return IndexReport(kind: kind, edition: edition, results: results)
    }

    private func hourResult(_ pollutant: Pollutant, by table: BreakpointTable, rules: IndexRules) -> IndicatorResult {
        let concentration = latest[pollutant]
        guard let value = concentration.thousandths else {
            return .missing(.flagged(concentration.reason))
        }
        let result = rules.evaluate(Mean(value), by: table)
        guard result.subIndex == nil, pollutant == .so2 else { return result }
        // HJ 633-2012 table 1, note (2).
        let mean = mean24(.so2)
        guard mean.count >= StationWindows.hoursNeeded, let shown = result.concentration else {
            return result
        }
        return .value(
            concentration: shown,
            subIndex: rules.evaluate(mean, by: rules.day[Pollutant.so2.index]).subIndex)
    }

    private func dayResult(_ pollutant: Pollutant, by table: BreakpointTable, rules: IndexRules) -> IndicatorResult {
        let mean = mean24(pollutant)
        guard mean.count >= StationWindows.hoursNeeded else {
            return .missing(.tooFewHours(have: mean.count, need: StationWindows.hoursNeeded))
        }
        return rules.evaluate(mean, by: table)
    }

    private func ozone8Result(among windows: Int, rules: IndexRules) -> IndicatorResult {
        let (mean, validCount) = largestOzone8(among: windows)
        guard
            validCount >= StationWindows.windowsNeeded
                || (validCount > 0 && mean.rounded(toStep: 1000) > StationWindows.ozoneLimit)
        else {
            return .missing(.tooFewWindows(have: validCount, need: StationWindows.windowsNeeded))
        }
        let result = rules.evaluate(mean, by: rules.day[Pollutant.o3.index])
        guard result.subIndex == nil, let shown = result.concentration else { return result }
        // HJ 633-2012 table 1, note (3). The oldest 8 h mean reaches back further than the hours of the period: a monitor that
        // went silent after it leaves none.
        let (largest, validHours) = largestOzoneHour()
        guard validHours > 0 else { return result }
        return .value(
            concentration: shown,
            subIndex: rules.evaluate(Mean(largest), by: rules.hour[Pollutant.o3.index]).subIndex)
    }

    private func ozoneHourResult(rules: IndexRules) -> IndicatorResult {
        let (largest, validCount) = largestOzoneHour()
        guard validCount >= StationWindows.hoursNeeded else {
            return .missing(.tooFewHours(have: validCount, need: StationWindows.hoursNeeded))
        }
        return rules.evaluate(Mean(largest), by: rules.hour[Pollutant.o3.index])
    }
}
