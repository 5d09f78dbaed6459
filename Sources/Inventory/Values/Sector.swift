/// The kinds of sources, which differ in the days over which a year's emission is spread.
///
/// Source: Plan 五(四)3.
package enum Sector: String, CaseIterable, Sendable {
    case industry
    case heating
    case mobile
    case dust

    /// 330 days industry "in principle", 365 mobile sources and dust; heating counts its actual days.
    package func days(heating: Int32) -> Int128 {
        switch self {
        case .industry: 330
        case .heating: Int128(heating)
        case .mobile, .dust: 365
        }
    }
}
