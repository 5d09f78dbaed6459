/// What is done with an analyser while it does not measure the air.
public enum CalibrationKind: UInt8, Sendable {
    /// Zero gas flows.
    case zero = 0
    /// Span gas flows.
    case span = 1
    /// Gas of a concentration between the two flows.
    case precision = 2
    /// A calibration of which nobody says what flows.
    case calibration = 3
    /// Somebody works on it.
    case maintenance = 4

    /// The kind of which a mark tells; nil where it tells of none.
    public init?(_ flag: DataFlag) {
        switch flag {
        case .zeroCheck, .zeroCalibration: self = .zero
        case .spanCheck, .spanCalibration: self = .span
        case .precisionCheck: self = .precision
        case .calibration: self = .calibration
        case .maintenance: self = .maintenance
        default: return nil
        }
    }

    /// The mark of what is read meanwhile: PZ, PS where the analyser is only checked, CZ, CS where it is adjusted.
    public func flag(isCheck: Bool) -> DataFlag {
        switch self {
        case .zero: isCheck ? .zeroCheck : .zeroCalibration
        case .span: isCheck ? .spanCheck : .spanCalibration
        case .precision: .precisionCheck
        case .calibration: .calibration
        case .maintenance: .maintenance
        }
    }
}

/// Who says that an analyser is calibrated.
public enum CalibrationSource: UInt8, Sendable {
    /// The analyser, by its status.
    case status = 0
    /// The plan of the station, by the time of day.
    case schedule = 1
    /// A person.
    case person = 2
}

/// What a calibration says of an analyser.
public enum CalibrationVerdict: UInt8, Sendable {
    case passed = 0
    case failed = 1
    /// There is no limit, no reference, or too little was read.
    case notJudged = 2
}

/// What one channel read in one phase of a calibration: the numbers, all in thousandths of the parameter's unit (µg/m³, CO
/// mg/m³). Nothing of it is part of any average.
///
/// An analyser takes minutes to follow a change of gas, therefore the result is that of the **last third** of the readings
/// that had a value, rounded up to whole readings.
public struct CalibrationResult: Equatable, Sendable {
    /// Whose readings they are.
    public var channel: Channel
    /// The mark that they carried: which kind of phase it was.
    public var flag: DataFlag
    /// Who said so.
    public var source: CalibrationSource
    /// When the phase began, as far as it was seen.
    public var begun: Instant
    /// When it was over.
    public var ended: Instant
    /// Readings with a value in the whole phase; 0 in a maintenance, and in a phase that was longer than can be.
    public var count: Int32
    /// Sum and count of the last third.
    public var settled: Mean
    /// The smallest of the last third; missing where there is none.
    public var smallest: Concentration
    /// The largest of the last third; missing where there is none.
    public var largest: Concentration
    /// What the gas is said to be; nil where that is not known.
    public var reference: Int32?
    /// How far the mean may lie from it, ends included; nil where nobody set a limit.
    public var limit: Int32?

    /// Fewer readings than these in the last third are not judged.
    public static let readingsNeeded: Int32 = 3

    /// The result of readings in the order in which they came.
    public init(
        _ readings: [Int32], channel: Channel, flag: DataFlag, source: CalibrationSource, begun: Instant,
        ended: Instant, reference: Int32? = nil, limit: Int32? = nil
    ) {
        self.channel = channel
        self.flag = flag
        self.source = source
        self.begun = begun
        self.ended = ended
        self.reference = reference
        self.limit = limit
        count = Int32(truncatingIfNeeded: readings.count)
        settled = Mean()
        smallest = .missing(.absent)
        largest = .missing(.absent)
        for value in readings.suffix((readings.count + 2) / 3) {
            settled.sum += Int64(value)
            settled.count += 1
            smallest = Concentration(thousandths: Swift.min(smallest.thousandths ?? value, value))
            largest = Concentration(thousandths: Swift.max(largest.thousandths ?? value, value))
        }
    }

    /// A result whose numbers are known, as a store has them.
    public init(
        channel: Channel, flag: DataFlag, source: CalibrationSource, begun: Instant, ended: Instant, count: Int32,
        settled: Mean, smallest: Concentration, largest: Concentration, reference: Int32?, limit: Int32?
    ) {
        self.init([], channel: channel, flag: flag, source: source, begun: begun, ended: ended)
        self.count = count
        self.settled = settled
        self.smallest = smallest
        self.largest = largest
        self.reference = reference
        self.limit = limit
    }

    /// The mean of the last third, rounded half to even to a thousandth; nil where it has no reading.
    ///
    /// Source: GB/T 8170-2008 3.2.
    public var mean: Int32? { settled.count > 0 ? settled.rounded(toStep: 1) : nil }

    /// How far the rounded mean lies above the reference.
    public var deviation: Int64? {
        guard let mean, let reference else { return nil }
        return Int64(mean) - Int64(reference)
    }

    /// What the deviation says, so that whoever has the record can judge it again.
    public var verdict: CalibrationVerdict {
        guard let deviation, let limit, settled.count >= CalibrationResult.readingsNeeded else { return .notJudged }
        return deviation.magnitude <= UInt64(limit.magnitude) ? .passed : .failed
    }
}

#if !hasFeature(Embedded)
    extension CalibrationKind {
        /// The name in configurations, tables and JSON.
        public var name: String { "\(self)" }

        /// The kind of a name.
        public init?(name: String) {
            guard let kind = CalibrationKind.allKinds.first(where: { $0.name == name }) else { return nil }
            self = kind
        }

        /// All five, as a collection.
        public static let allKinds: [CalibrationKind] = [.zero, .span, .precision, .calibration, .maintenance]
    }

    extension CalibrationSource {
        /// The name in tables, JSON and the store.
        public var name: String { "\(self)" }

        /// The source of a name.
        public init?(name: String) {
            let all: [CalibrationSource] = [.status, .schedule, .person]
            guard let source = all.first(where: { $0.name == name }) else { return nil }
            self = source
        }
    }

    extension CalibrationVerdict {
        /// The name in tables and JSON.
        public var name: String { self == .notJudged ? "not judged" : "\(self)" }
    }
#endif
