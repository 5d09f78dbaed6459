/// The three reports of the index.
public enum ReportKind: UInt8, Sendable {
    /// The six 1-hour values, particulates against their daily table (HJ 633-2026 4.1.2; the practice under HJ 633-2012).
    case realtime = 0
    /// The 24 hours that end with the hour; ozone by its largest 8 h mean that ends within them.
    case running24 = 1
    /// The natural day of UTC+8.
    case daily = 2
}

/// Why an indicator has no value.
public enum MissingReason: Equatable, Sendable {
    /// The value itself is missing, and this is its mark.
    case flagged(DataFlag)
    /// Too few hours in the window.
    case tooFewHours(have: Int32, need: Int32)
    /// Too few 8 h means in the period.
    case tooFewWindows(have: Int32, need: Int32)
}

/// What a report says of one indicator.
public enum IndicatorResult: Equatable, Sendable {
    /// The indicator is not part of this report.
    case notReported
    /// The pollutant is outside the site's monitoring plan; shown as "/" (HJ 633-2026 5.3.2).
    case notMonitored
    /// The indicator belongs to the report and has no valid value.
    case missing(MissingReason)
    /// A concentration in thousandths, rounded half to even to the published step, and its sub-index; nil where the
    /// edition refers to a mean that is not valid (HJ 633-2012 table 1, note 2).
    case value(concentration: Int32, subIndex: Int32?)

    /// The published concentration in thousandths of the unit.
    public var concentration: Int32? {
        if case .value(let concentration, _) = self { concentration } else { nil }
    }

    /// The sub-index, 0...500, above that only where the line of the edition goes on.
    public var subIndex: Int32? {
        if case .value(_, let subIndex) = self { subIndex } else { nil }
    }
}

/// The index of one station or city for one period, with everything it is made of.
public struct IndexReport: Equatable, Sendable {
    /// Which report it is.
    public var kind: ReportKind
    /// The edition it follows.
    public var edition: Edition
    /// The results by `indicator.index`.
    public var results: InlineArray<7, IndicatorResult>
    /// The index, or nil for `NA`.
    public var index: Int32?

    /// A report from its parts.
    public init(
        kind: ReportKind, edition: Edition, results: InlineArray<7, IndicatorResult>, index: Int32?
    ) {
        self.kind = kind
        self.edition = edition
        self.results = results
        self.index = index
    }

    /// A report from its results, with the index that may be published.
    ///
    /// Source: HJ 633-2026 5.3.1: with an indicator missing, an index of 100 or less is withheld; HJ 633-2012 has no such clause.
    public init(kind: ReportKind, edition: Edition, results: InlineArray<7, IndicatorResult>) {
        self.init(kind: kind, edition: edition, results: results, index: nil)
        index = largestSubIndex
        if edition.rules.withholdsIncomplete, let index, index <= 100, isIncomplete { self.index = nil }
    }

    /// The result of one indicator.
    public subscript(indicator: Indicator) -> IndicatorResult { results[indicator.index] }

    /// The largest sub-index there is, whether or not the index may be published; nil where there is none.
    public var largestSubIndex: Int32? {
        var largest: Int32?
        for place in results.indices {
            guard let subIndex = results[place].subIndex else { continue }
            largest = max(largest ?? subIndex, subIndex)
        }
        return largest
    }

    /// Whether an indicator of the report has no sub-index.
    public var isIncomplete: Bool {
        for place in results.indices {
            switch results[place] {
            case .notReported, .notMonitored: continue
            case .missing: return true
            case .value(_, let subIndex): if subIndex == nil { return true }
            }
        }
        return false
    }

    /// The level of the index, or nil for `NA`.
    public var level: AirQualityLevel? { index.map(AirQualityLevel.init(index:)) }

    /// The indicators with the largest sub-index, all of them where several share it; none up to an index of 50 and for `NA`.
    ///
    /// Source: HJ 633-2012 4.4, HJ 633-2026 4.3.1.
    public var primary: IndicatorSet {
        guard let index, index > 50 else { return IndicatorSet() }
        return indicators(withSubIndex: index)
    }

    /// The indicators whose sub-index is `subIndex`.
    public func indicators(withSubIndex subIndex: Int32) -> IndicatorSet {
        var set = IndicatorSet()
        for place in results.indices where results[place].subIndex == subIndex {
            set.bits |= 1 << UInt8(truncatingIfNeeded: place)
        }
        return set
    }

    /// Whether two reports say the same.
    public static func == (left: IndexReport, right: IndexReport) -> Bool {
        guard left.kind == right.kind, left.edition == right.edition, left.index == right.index
        else { return false }
        for place in left.results.indices where left.results[place] != right.results[place] {
            return false
        }
        return true
    }
}

/// The six levels of the index.
///
/// Source: HJ 633-2012 table 2, HJ 633-2026 table 4; the categories of EPA-454/B-24-002 have the same bounds.
public enum AirQualityLevel: UInt8, Comparable, Sendable {
    /// Level 1, 0...50.
    case excellent = 1
    /// Level 2, 51...100.
    case good = 2
    /// Level 3, 101...150.
    case light = 3
    /// Level 4, 151...200.
    case moderate = 4
    /// Level 5, 201...300.
    case heavy = 5
    /// Level 6, above 300.
    case severe = 6

    /// The level of an index.
    public init(index: Int32) {
        self =
            switch index {
            case ...50: .excellent
            case ...100: .good
            case ...150: .light
            case ...200: .moderate
            case ...300: .heavy
            default: .severe
            }
    }

    /// Whether `left` is the cleaner level.
    public static func < (left: AirQualityLevel, right: AirQualityLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}
