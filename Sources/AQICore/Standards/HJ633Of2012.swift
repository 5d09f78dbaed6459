/// HJ 633-2012 "Technical regulation on ambient air quality index (on trial)", in force 2016-01-01 ... 2026-02-28.
///
/// Source: table 1. µg/m³, CO mg/m³. Indices are rounded up (6.2); concentrations are not rounded before, the standard has
/// no such clause.
enum HJ633Of2012 {
    static let rules = IndexRules(
        day: [
            BreakpointTable([0, 35, 75, 115, 150, 250, 350, 500]),
            BreakpointTable([0, 50, 150, 250, 350, 420, 500, 600]),
            BreakpointTable([0, 50, 150, 475, 800, 1600, 2100, 2620]),
            BreakpointTable([0, 40, 80, 180, 280, 565, 750, 940]),
            BreakpointTable([0, 2, 4, 14, 24, 36, 48, 60]),
            // Note (3): above 800 the index of the 1 h mean is reported.
            BreakpointTable([0, 100, 160, 215, 265, 800, 0, 0], count: 6, beyond: .substitute),
        ],
        hour: [
            BreakpointTable([0, 35, 75, 115, 150, 250, 350, 500]),
            BreakpointTable([0, 50, 150, 250, 350, 420, 500, 600]),
            // Note (2): above 800 the index of the 24 h mean is reported.
            BreakpointTable([0, 150, 500, 650, 800, 0, 0, 0], count: 5, beyond: .substitute),
            BreakpointTable([0, 100, 200, 700, 1200, 2340, 3090, 3840]),
            BreakpointTable([0, 5, 10, 35, 60, 90, 120, 150]),
            BreakpointTable([0, 160, 200, 300, 400, 800, 1000, 1200]),
        ],
        roundsFirst: false,
        withholdsIncomplete: false,
        dailyHasOzoneHour: true)
}
