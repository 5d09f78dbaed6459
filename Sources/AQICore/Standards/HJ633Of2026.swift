/// HJ 633-2026 "Technical regulation on ambient air quality index", in force from 2026-03-01.
///
/// Source: table 3. µg/m³, CO mg/m³. Concentrations are rounded half to even to 1 µg/m³ and 0.1 mg/m³ first (4.2.2, 4.2.3),
/// indices are rounded up (4.2.6).
enum HJ633Of2026: EditionSource {
    static var rules: IndexRules {
        IndexRules(
            // 2026-03-01T00:00+08:00.
            inForceFrom: Instant(seconds: 1_772_294_400), isChosenByDate: true, isByMass: true,
            day: [
                BreakpointTable(0, 35, 60, 115, 150, 250, 350, 500),
                BreakpointTable(0, 50, 120, 250, 350, 420, 500, 600),
                BreakpointTable(0, 50, 150, 475, 800, 1600, 2100, 2620),
                BreakpointTable(0, 40, 80, 180, 280, 565, 750, 940),
                BreakpointTable(0, 2, 4, 14, 24, 36, 48, 60, step: 100),
                // Note c: above 800 the sub-index is 300.
                BreakpointTable(0, 100, 160, 215, 265, 800),
            ],
            hour: [
                BreakpointTable(0, 35, 60, 115, 150, 250, 350, 500),
                BreakpointTable(0, 50, 120, 250, 350, 420, 500, 600),
                // Note b: above 800 the sub-index is 200.
                BreakpointTable(0, 150, 500, 650, 800),
                BreakpointTable(0, 100, 200, 700, 1200, 2340, 3090, 3840),
                BreakpointTable(0, 5, 10, 35, 60, 90, 120, 150, step: 100),
                BreakpointTable(0, 160, 200, 300, 400, 800, 1000, 1200),
            ],
            judgedByHour: IndicatorSet(.o3),
            preparation: .rounded,
            withholdsIncomplete: true,
            indicators: [.hours, .running24, .running24],
            nowCast: .none)
    }

    #if !hasFeature(Embedded)
        static var text: EditionText {
            EditionText(
                name: "hj633-2026", title: "HJ 633-2026", values: "µg/m³, co mg/m³",
                preparation: "4.2.2, 4.2.3, GB/T 8170", table: "table 3",
                formula: "4.2.4", rounding: "4.2.6", primary: "4.3.1")
        }
    #endif
}

extension Edition {
    /// HJ 633-2026, in force from 2026-03-01.
    public static var hj633Of2026: Edition { Edition(number: 1) }
}
