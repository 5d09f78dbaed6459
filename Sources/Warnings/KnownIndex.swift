package import AQICore

/// The index of one hour as the plan measures it, or that it is not known.
package struct KnownIndex: Equatable, Sendable {
    /// 0...500, or nil where the hour cannot be judged.
    package var index: Int32?
    /// The primary pollutants; empty up to an index of 50 and where the hour is not known.
    package var primary: IndicatorSet

    package static let unknown = KnownIndex(index: nil, primary: IndicatorSet())

    package init(index: Int32?, primary: IndicatorSet) {
        self.index = index
        self.primary = primary
    }

    /// Judges an hour by its report, ozone left out (Plan 一(三)).
    ///
    /// Unknown where PM2.5 or PM10 has no value, unless what is there is above `base`: a silent particulate monitor must
    /// never read as clean air. A missing gas changes nothing, under any edition.
    package init(_ report: IndexReport, base: Int32) {
        guard let largest = report.largestSubIndex,
            largest > base || (report[.pm25].subIndex != nil && report[.pm10].subIndex != nil)
        else {
            self = .unknown
            return
        }
        index = largest
        primary = largest > 50 ? report.indicators(withSubIndex: largest) : IndicatorSet()
    }

    /// Whether the hour is known and above a bound.
    package func isAbove(_ bound: Int32) -> Bool { index.map { $0 > bound } ?? false }

    /// Whether the hour is known and not above a bound.
    package func isAtMost(_ bound: Int32) -> Bool { index.map { $0 <= bound } ?? false }
}
