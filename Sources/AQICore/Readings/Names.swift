// What the things of the core are called in tables, commands, files and on the wire. Embedded Swift goes without: the core
// of a logger has no text.
#if !hasFeature(Embedded)

    extension Pollutant {
        /// The name in tables, commands and JSON.
        public var name: String {
            switch self {
            case .pm25: "pm25"
            case .pm10: "pm10"
            case .so2: "so2"
            case .no2: "no2"
            case .co: "co"
            case .o3: "o3"
            }
        }

        /// All six, as a collection.
        public static let allSix: [Pollutant] = [.pm25, .pm10, .so2, .no2, .co, .o3]

        /// The pollutant of a name.
        public init?(name: String) {
            guard let pollutant = Pollutant.allSix.first(where: { $0.name == name }) else { return nil }
            self = pollutant
        }
    }

    extension Parameter {
        /// Everything that a station measures, the six pollutants first.
        public static let all = (0...12 as ClosedRange<UInt8>).compactMap(Parameter.init(rawValue:))

        /// The name in configurations, commands and JSON.
        public var name: String {
            switch self {
            case .windSpeed: "wind_speed"
            case .windDirection: "wind_direction"
            default: pollutant?.name ?? "\(self)"
            }
        }

        /// The parameter of a name.
        public init?(name: String) {
            guard let parameter = Parameter.all.first(where: { $0.name == name }) else { return nil }
            self = parameter
        }
    }

    extension Indicator {
        /// The name in tables, commands and JSON.
        public var name: String { self == .o3EightHours ? "o3_8h" : pollutant.name }

        /// All seven, as a collection.
        public static let allSeven: [Indicator] = [.pm25, .pm10, .so2, .no2, .co, .o3, .o3EightHours]
    }

    extension IndicatorSet {
        /// The names, in the order of the columns.
        public var names: [String] { Indicator.allSeven.filter(contains).map(\.name) }
    }

    extension ReportKind {
        /// The name in commands and files.
        public var name: String {
            switch self {
            case .realtime: "realtime"
            case .running24: "running24"
            case .daily: "daily"
            }
        }
    }

    extension DataFlag {
        /// The mark as HJ 212 and the national stations write it; empty for `absent`.
        public var text: String {
            switch self {
            case .normal: "N"
            case .overRange: "T"
            case .highSpecification: "HSp"
            case .lowSpecification: "LSp"
            case .backfilled: "Re"
            case .suspect: "Qsuspect"
            case .stopped: "F"
            case .maintenance: "M"
            case .setByHand: "S"
            case .fault: "D"
            case .calibration: "C"
            case .communication: "B"
            case .insufficient: "H"
            case .badConnection: "BB"
            case .recovering: "W"
            case .spanCheck: "PS"
            case .zeroCheck: "PZ"
            case .precisionCheck: "AS"
            case .zeroCalibration: "CZ"
            case .spanCalibration: "CS"
            case .removed: "RM"
            case .negative: "Neg"
            case .unknown: "?"
            case .absent: ""
            }
        }

        private static let named: [DataFlag] = (0..<63).compactMap { DataFlag(rawValue: $0) }

        /// Reads a mark, whatever its case; an empty text is `normal`, marks of suspect values as `Qflat+Qspike` are `suspect`,
        /// and what is not known is `unknown`.
        public init(text: String) {
            if text.isEmpty {
                self = .normal
                return
            }
            let wanted = text.lowercased()
            self =
                DataFlag.named.first { $0.text.lowercased() == wanted }
                ?? (SuspectMarks(text: text) != nil ? .suspect : .unknown)
        }
    }

    extension SuspectRule {
        /// The mark in tables and in the store.
        public var name: String {
            switch self {
            case .range: "Qrange"
            case .negative: "Qneg"
            case .flatLine: "Qflat"
            case .spike: "Qspike"
            case .particulateInversion: "Qpm"
            case .no2AboveNOx: "Qnox"
            }
        }

        /// All six, as a collection.
        public static let allSix: [SuspectRule] = [
            .range, .negative, .flatLine, .spike, .particulateInversion, .no2AboveNOx,
        ]
    }

    extension SuspectMarks {
        /// The rules, in their order.
        public var rules: [SuspectRule] { SuspectRule.allSix.filter(contains) }

        /// The marks joined with `+`, as `Re+Qflat+Qspike`; empty where there is none.
        public var text: String {
            ((isBackfilled ? [DataFlag.backfilled.text] : []) + rules.map(\.name)).joined(separator: "+")
        }

        /// Reads marks, whatever their case and order; nil for a text that is anything else, and for an empty one.
        public init?(text: String) {
            self.init()
            for part in text.lowercased().split(separator: "+", omittingEmptySubsequences: false) {
                if part == "re" {
                    isBackfilled = true
                    continue
                }
                guard let rule = SuspectRule.allSix.first(where: { $0.name.lowercased() == part }) else { return nil }
                insert(rule)
            }
        }
    }
#endif
