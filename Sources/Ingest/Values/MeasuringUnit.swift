package import AQICore

/// In what a device gives a value.
package enum MeasuringUnit: String, CaseIterable, Sendable {
    case microgramsPerCubicMetre = "ug/m3"
    case milligramsPerCubicMetre = "mg/m3"
    case partsPerBillion = "ppb"
    case partsPerMillion = "ppm"

    /// Whether it counts molecules, so that the concentration by mass depends on a reference state.
    package var isMixingRatio: Bool { self == .partsPerBillion || self == .partsPerMillion }

    /// The units in which a parameter can be given, its own first. None for what is no concentration.
    package static func all(for parameter: Parameter) -> [MeasuringUnit] {
        switch parameter {
        case .pm25, .pm10: [.microgramsPerCubicMetre, .milligramsPerCubicMetre]
        case .co: [.milligramsPerCubicMetre, .microgramsPerCubicMetre, .partsPerMillion, .partsPerBillion]
        case .so2, .no2, .o3, .no, .nox:
            [.microgramsPerCubicMetre, .milligramsPerCubicMetre, .partsPerBillion, .partsPerMillion]
        case .temperature, .humidity, .pressure, .windSpeed, .windDirection: []
        }
    }

    /// The unit in which a parameter is computed; where it is no concentration, thousandths of its unit all the same.
    static func own(of parameter: Parameter) -> MeasuringUnit {
        parameter == .co ? .milligramsPerCubicMetre : .microgramsPerCubicMetre
    }

    /// How many billionths of this unit make a thousandth of that in which a parameter is computed: µg/m³ or ppb, for
    /// carbon monoxide mg/m³ or ppm.
    func billionthsInThousandth(of parameter: Parameter) -> Int64 {
        let isLarge = self == .milligramsPerCubicMetre || self == .partsPerMillion
        return parameter == .co ? (isLarge ? 1_000_000 : 1_000_000_000) : (isLarge ? 1000 : 1_000_000)
    }
}
