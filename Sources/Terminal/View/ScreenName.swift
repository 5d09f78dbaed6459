/// The screens, in the order of their tabs.
package enum ScreenName: String, CaseIterable, Sendable {
    case city
    case station
    case trend
    case warning
    case alarms
    case devices
    case senders
    case log

    /// The place among the tabs, from 0.
    package var place: Int { ScreenName.allCases.firstIndex(of: self) ?? 0 }
}

/// How the stations of a city are ordered.
package enum StationOrder: Int, CaseIterable, Sendable {
    case configured
    /// The worst first; stations without an index last.
    case index
    case name
    /// The oldest first.
    case age
}

/// How far back a trend looks.
package enum TrendRange: Int, CaseIterable, Sendable {
    case day
    case week
    case month

    package var hours: Int32 {
        switch self {
        case .day: 24
        case .week: 7 * 24
        case .month: 30 * 24
        }
    }
}
