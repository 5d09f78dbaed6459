package import AQICore

/// In what a device gives a value.
package enum MeasuringUnit: String, CaseIterable, Sendable {
    case microgramsPerCubicMetre = "ug/m3"
    case milligramsPerCubicMetre = "mg/m3"
    case partsPerBillion = "ppb"
    case partsPerMillion = "ppm"
    case degreesCelsius = "degC"
    case percent = "%"
    case hectopascals = "hPa"
    case kilopascals = "kPa"
    case metresPerSecond = "m/s"
    case degrees = "deg"

    /// Whether it counts molecules, so that the concentration by mass depends on a reference state.
    package var isMixingRatio: Bool { self == .partsPerBillion || self == .partsPerMillion }

    /// The units in which a parameter can be given, its own first.
    package static func all(for parameter: Parameter) -> [MeasuringUnit] {
        switch parameter {
        case .pm25, .pm10: [.microgramsPerCubicMetre, .milligramsPerCubicMetre]
        case .co: [.milligramsPerCubicMetre, .microgramsPerCubicMetre, .partsPerMillion, .partsPerBillion]
        case .so2, .no2, .o3, .no, .nox:
            [.microgramsPerCubicMetre, .milligramsPerCubicMetre, .partsPerBillion, .partsPerMillion]
        case .temperature: [.degreesCelsius]
        case .humidity: [.percent]
        // HJ 212-2017 sends kilopascals.
        case .pressure: [.hectopascals, .kilopascals]
        case .windSpeed: [.metresPerSecond]
        case .windDirection: [.degrees]
        }
    }

    /// The unit in which a parameter is computed.
    static func own(of parameter: Parameter) -> MeasuringUnit { all(for: parameter)[0] }

    /// How many billionths of this unit make a thousandth of that in which a parameter is computed: µg/m³ or ppb, for
    /// carbon monoxide mg/m³ or ppm.
    func billionthsInThousandth(of parameter: Parameter) -> Int64 {
        switch self {
        case .microgramsPerCubicMetre, .partsPerBillion: parameter == .co ? 1_000_000_000 : 1_000_000
        case .milligramsPerCubicMetre, .partsPerMillion: parameter == .co ? 1_000_000 : 1000
        // A thousandth of a hectopascal is 0.0001 kPa.
        case .kilopascals: 100_000
        case .degreesCelsius, .percent, .hectopascals, .metresPerSecond, .degrees: 1_000_000
        }
    }
}
