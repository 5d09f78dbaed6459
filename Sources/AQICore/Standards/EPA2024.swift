/// US EPA "Technical Assistance Document for the Reporting of Daily Air Quality - the Air Quality Index (AQI)",
/// EPA-454/B-24-002, May 2024, in force from 2024-05-06.
///
/// Source: table 6. Concentrations are cut to the digits of the table (IV), indices are rounded to the nearest integer
/// (equation 1). Units of the numbers below: thousandths of µg/m³ (particulates), of ppb (O3, SO2, NO2), of ppm (CO); so an
/// ozone of 0.070 ppm stands here as 70,000. Above 500 the line of the last band goes on.
enum EPA2024: EditionSource {
    private typealias Band = BreakpointTable.Band

    // The tables are inlined into one expression, so that the compiler can lay it into read-only memory.

    static var rules: IndexRules {
        IndexRules(
            // 2024-05-06T00:00Z.
            inForceFrom: Instant(seconds: 1_714_953_600), isChosenByDate: false, isByMass: false,
            day: [pm25, pm10, so2Day, no2, co, o3EightHours],
            hour: [pm25, pm10, so2Hour, no2, co, o3Hour],
            // The 24 h mean of SO2 only stands in for its hour.
            judgedByHour: IndicatorSet(.so2, .no2, .o3),
            preparation: .truncated,
            withholdsIncomplete: false,
            // There is no running report.
            indicators: [.all, .none, .all],
            nowCast: IndicatorSet(.pm25, .pm10))
    }

    /// 24 h and NowCast, µg/m³.
    @inline(__always) private static var pm25: BreakpointTable {
        BreakpointTable(
            Band(0, 9000, 0, 50), Band(9100, 35_400, 51, 100), Band(35_500, 55_400, 101, 150),
            Band(55_500, 125_400, 151, 200), Band(125_500, 225_400, 201, 300), Band(225_500, 325_400, 301, 500),
            step: 100, beyond: .extrapolated, rounding: .nearest)
    }

    /// 24 h and NowCast, µg/m³.
    @inline(__always) private static var pm10: BreakpointTable {
        BreakpointTable(
            Band(0, 54_000, 0, 50), Band(55_000, 154_000, 51, 100), Band(155_000, 254_000, 101, 150),
            Band(255_000, 354_000, 151, 200), Band(355_000, 424_000, 201, 300), Band(425_000, 604_000, 301, 500),
            step: 1000, beyond: .extrapolated, rounding: .nearest)
    }

    /// 1 h, ppb. From 305 on the 24 h mean is judged; where that is below 305 the index is 200.
    @inline(__always) private static var so2Hour: BreakpointTable {
        BreakpointTable(
            Band(0, 35_000, 0, 50), Band(36_000, 75_000, 51, 100), Band(76_000, 185_000, 101, 150),
            Band(186_000, 304_000, 151, 200), step: 1000, beyond: .substituteOrLastIndex, rounding: .nearest)
    }

    /// 24 h, ppb; only for hours from 305 on, so what is below 305 is 200.
    @inline(__always) private static var so2Day: BreakpointTable {
        BreakpointTable(
            Band(0, 304_000, 200, 200), Band(305_000, 604_000, 201, 300), Band(605_000, 1_004_000, 301, 500),
            step: 1000, beyond: .extrapolated, rounding: .nearest)
    }

    /// 1 h, ppb.
    @inline(__always) private static var no2: BreakpointTable {
        BreakpointTable(
            Band(0, 53_000, 0, 50), Band(54_000, 100_000, 51, 100), Band(101_000, 360_000, 101, 150),
            Band(361_000, 649_000, 151, 200), Band(650_000, 1_249_000, 201, 300), Band(1_250_000, 2_049_000, 301, 500),
            step: 1000, beyond: .extrapolated, rounding: .nearest)
    }

    /// 8 h, ppm.
    @inline(__always) private static var co: BreakpointTable {
        BreakpointTable(
            Band(0, 4400, 0, 50), Band(4500, 9400, 51, 100), Band(9500, 12_400, 101, 150),
            Band(12_500, 15_400, 151, 200), Band(15_500, 30_400, 201, 300), Band(30_500, 50_400, 301, 500),
            step: 100, beyond: .extrapolated, rounding: .nearest)
    }

    /// 8 h, ppb. Above 200 ppb (0.200 ppm) the hour is judged.
    @inline(__always) private static var o3EightHours: BreakpointTable {
        BreakpointTable(
            Band(0, 54_000, 0, 50), Band(55_000, 70_000, 51, 100), Band(71_000, 85_000, 101, 150),
            Band(86_000, 105_000, 151, 200), Band(106_000, 200_000, 201, 300), step: 1000, beyond: .substitute,
            rounding: .nearest)
    }

    /// 1 h, ppb. Below 125 ppb (0.125 ppm) the hour has no index.
    @inline(__always) private static var o3Hour: BreakpointTable {
        BreakpointTable(
            Band(125_000, 164_000, 101, 150), Band(165_000, 204_000, 151, 200), Band(205_000, 404_000, 201, 300),
            Band(405_000, 604_000, 301, 500), step: 1000, beyond: .extrapolated, rounding: .nearest)
    }

    #if !hasFeature(Embedded)
        static var text: EditionText {
            EditionText(
                name: "us-epa-2024", title: "US EPA-454/B-24-002 (2024)",
                values: """
                    24 h means of pm25, pm10 in µg/m³;
                      8 h means of o3_8h, co in ppm; 1 h means of o3 in ppm, so2, no2 in ppb
                    """,
                preparation: "IV, truncation",
                table: "table 6",
                formula: "equation 1", rounding: "equation 1", primary: "IV, multiple pollutants",
                nowCast: "IV, NowCast",
                units: [
                    .init("µg/m³"), .init("µg/m³"), .init("ppb"), .init("ppb"), .init("ppm"), .init("ppm", decimals: 6),
                ],
                levels: [
                    "Good", "Moderate", "Unhealthy for Sensitive Groups", "Unhealthy", "Very Unhealthy", "Hazardous",
                ])
        }
    #endif
}

extension Edition {
    /// US EPA-454/B-24-002, in force from 2024-05-06; never chosen by date.
    public static var usEPA2024: Edition { Edition(number: 2) }
}
