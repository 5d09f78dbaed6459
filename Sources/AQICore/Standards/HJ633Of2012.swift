/// HJ 633-2012 "Technical regulation on ambient air quality index (on trial)", in force 2016-01-01 ... 2026-02-28.
///
/// Source: table 1. µg/m³, CO mg/m³. Indices are rounded up (6.2); concentrations are not rounded before, the standard has
/// no such clause.
enum HJ633Of2012: EditionSource {
    static var rules: IndexRules {
        IndexRules(
            // 2016-01-01T00:00+08:00.
            inForceFrom: Instant(seconds: 1_451_577_600), isChosenByDate: true, isByMass: true,
            day: [
                BreakpointTable(0, 35, 75, 115, 150, 250, 350, 500),
                BreakpointTable(0, 50, 150, 250, 350, 420, 500, 600),
                BreakpointTable(0, 50, 150, 475, 800, 1600, 2100, 2620),
                BreakpointTable(0, 40, 80, 180, 280, 565, 750, 940),
                BreakpointTable(0, 2, 4, 14, 24, 36, 48, 60, step: 100),
                // Note (3): above 800 the index of the 1 h mean is reported.
                BreakpointTable(0, 100, 160, 215, 265, 800, beyond: .substitute),
            ],
            hour: [
                BreakpointTable(0, 35, 75, 115, 150, 250, 350, 500),
                BreakpointTable(0, 50, 150, 250, 350, 420, 500, 600),
                // Note (2): above 800 the index of the 24 h mean is reported.
                BreakpointTable(0, 150, 500, 650, 800, beyond: .substitute),
                BreakpointTable(0, 100, 200, 700, 1200, 2340, 3090, 3840),
                BreakpointTable(0, 5, 10, 35, 60, 90, 120, 150, step: 100),
                BreakpointTable(0, 160, 200, 300, 400, 800, 1000, 1200),
            ],
            judgedByHour: IndicatorSet(.o3),
            preparation: .exact,
            withholdsIncomplete: false,
            // The day has the largest hour of ozone beside its largest 8 h mean.
            indicators: [.hours, .running24, .all],
            nowCast: .none)
    }

    #if !hasFeature(Embedded)
        static var text: EditionText {
            EditionText(
                name: "hj633-2012", title: "HJ 633-2012", values: "µg/m³, co mg/m³", preparation: "HJ 633-2012",
                table: "table 1", formula: "4.3",
                rounding: "6.2", primary: "4.4")
        }
    #endif
}

extension Edition {
    /// HJ 633-2012, in force 2016-01-01 ... 2026-02-28.
    public static var hj633Of2012: Edition { Edition(number: 0) }
}
