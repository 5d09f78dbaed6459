/// HJ 633-2026 "Technical regulation on ambient air quality index", in force from 2026-03-01.
///
/// Source: table 3. µg/m³, CO mg/m³. Concentrations are rounded half to even to 1 µg/m³ and 0.1 mg/m³ first (4.2.2, 4.2.3),
/// indices are rounded up (4.2.6).
enum HJ633Of2026 {
    static let rules = IndexRules(
        day: [
            BreakpointTable([0, 35, 60, 115, 150, 250, 350, 500]),
            BreakpointTable([0, 50, 120, 250, 350, 420, 500, 600]),
            BreakpointTable([0, 50, 150, 475, 800, 1600, 2100, 2620]),
            BreakpointTable([0, 40, 80, 180, 280, 565, 750, 940]),
            BreakpointTable([0, 2, 4, 14, 24, 36, 48, 60]),
            // Note c: above 800 the sub-index is 300.
            BreakpointTable([0, 100, 160, 215, 265, 800, 0, 0], count: 6),
        ],
        hour: [
            BreakpointTable([0, 35, 60, 115, 150, 250, 350, 500]),
            BreakpointTable([0, 50, 120, 250, 350, 420, 500, 600]),
            // Note b: above 800 the sub-index is 200.
            BreakpointTable([0, 150, 500, 650, 800, 0, 0, 0], count: 5),
            BreakpointTable([0, 100, 200, 700, 1200, 2340, 3090, 3840]),
            BreakpointTable([0, 5, 10, 35, 60, 90, 120, 150]),
            BreakpointTable([0, 160, 200, 300, 400, 800, 1000, 1200]),
        ],
        roundsFirst: true,
        withholdsIncomplete: true,
        dailyHasOzoneHour: false)
}
