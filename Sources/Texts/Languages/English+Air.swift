package import AQICore
package import Warnings

/// The air: levels, indicators, flags.
extension English {
    package func level(_ level: AirQualityLevel) -> String {
        switch level {
        case .excellent: "excellent"
        case .good: "good"
        case .light: "lightly polluted"
        case .moderate: "moderately polluted"
        case .heavy: "heavily polluted"
        case .severe: "severely polluted"
        }
    }
    package func warning(_ level: WarningLevel) -> String {
        switch level {
        case .yellow: "YELLOW warning"
        case .orange: "ORANGE warning"
        case .red: "RED warning"
        }
    }
    package func indicator(_ indicator: Indicator) -> String {
        switch indicator {
        case .pm25: "PM2.5"
        case .pm10: "PM10"
        case .so2: "SO2"
        case .no2: "NO2"
        case .co: "CO"
        case .o3: "O3"
        case .o3EightHours: "O3 8h"
        }
    }
    package func signer(_ role: Role) -> String {
        switch role {
        case .deputyDirector: "office deputy director"
        case .deputyCommander: "deputy commander"
        case .commander: "commander"
        }
    }
    package func flag(_ flag: DataFlag) -> String {
        switch flag {
        case .normal: ""
        case .overRange: "over range"
        case .highSpecification: "above limit"
        case .lowSpecification: "below limit"
        case .backfilled: "backfilled"
        case .suspect: "suspect"
        case .stopped: "stopped"
        case .maintenance: "maintenance"
        case .setByHand: "set by hand"
        case .fault: "fault"
        case .calibration: "calibration"
        case .communication: "no answer"
        case .insufficient: "too few data"
        case .badConnection: "bad connection"
        case .recovering: "recovering"
        case .spanCheck: "span check"
        case .zeroCheck: "zero check"
        case .precisionCheck: "precision check"
        case .zeroCalibration: "zero calibration"
        case .spanCalibration: "span calibration"
        case .removed: "removed by review"
        case .negative: "negative"
        case .unknown: "unknown mark"
        case .absent: "no value"
        }
    }

    package func suspectRule(_ rule: SuspectRule) -> String {
        switch rule {
        case .range: "outside the range that is believed"
        case .negative: "below zero by more than noise"
        case .flatLine: "the same value for hours"
        case .spike: "far above the hours before"
        case .particulateInversion: "PM2.5 above PM10"
        case .no2AboveNOx: "NO2 above NOx"
        }
    }
}
