/// From where on the values of one pollutant are suspect, in thousandths of its unit. A threshold that is nil switches its
/// rule off.
public struct PollutantThresholds: Equatable, Sendable {
    /// Below this a value is out of range.
    public var lowest: Int32?
    /// Above this a value is out of range.
    public var highest: Int32?
    /// The largest amount below zero that the noise of the instrument explains.
    public var noise: Int32?
    /// How many valid hours in a row make a flat line, 2 ... 24.
    public var flatHours: Int32?
    /// How far apart the values of a flat line may lie, the least from the largest.
    public var flatTolerance: Int32 = 0
    /// A spike rises by more than this.
    public var spikeStep: Int32?
    /// A spike also rises by more than this many thousandths of the level before it: 2000 is a value of more than three times
    /// the level.
    public var spikeFactor: Int32 = 2000

    /// Every rule switched off.
    public init() {}
}

/// From where on the values of a station are suspect.
public struct QualityThresholds: Sendable {
    private var pollutants = InlineArray<6, PollutantThresholds>(repeating: PollutantThresholds())
    /// How far PM2.5 may lie above PM10, thousandths of µg/m³; nil switches the rule off.
    public var pm25AbovePM10: Int32?
    /// How far NO2 may lie above NOx, thousandths of µg/m³; nil switches the rule off.
    public var no2AboveNOx: Int32?

    /// Every rule switched off.
    public init() {}

    /// The thresholds of one pollutant.
    public subscript(pollutant: Pollutant) -> PollutantThresholds {
        get { pollutants[pollutant.index] }
        set { pollutants[pollutant.index] = newValue }
    }

    /// What a station in a Chinese city begins with; a mark is meant to be worth a look, so one to three values in a thousand.
    ///
    /// - Range: what the usual analysers measure, 500 ppb of SO2, NO2 and O3, 50 ppm of CO, 1000 µg/m³ of PM2.5; PM10 further,
    ///   because dust storms are real. No lower end: that is the next rule's.
    /// - Noise: about 1 ppb of a gas, 0.25 ppm of CO, and what beta attenuation shows of clean air in an hour.
    /// - Flat line: particulates and NO2 never rest for long. SO2, CO and O3 lie at what the instrument can just see for
    ///   nights on end, in published whole numbers; a station with finer values may ask for fewer hours.
    /// - Spike: beyond nearly all hours of two smog episodes (Beijing, winter 2016/17), the onset of the worst excepted.
    /// - PM2.5 above PM10: two instruments agree no better than this; 15 of 17,733 hours of that winter are marked.
    /// - NO2 above NOx: one instrument, so its noise (2 ppb).
    public static var standard: QualityThresholds {
        var all = QualityThresholds()
        all[.pm25] = .usual(highest: 1_000_000, noise: 5000, flatHours: 6, flatTolerance: 100, spikeStep: 150_000)
        all[.pm10] = .usual(highest: 5_000_000, noise: 5000, flatHours: 6, flatTolerance: 100, spikeStep: 200_000)
        all[.so2] = .usual(highest: 1_300_000, noise: 3000, flatHours: 24, flatTolerance: 100, spikeStep: 100_000)
        all[.no2] = .usual(highest: 940_000, noise: 3000, flatHours: 8, flatTolerance: 100, spikeStep: 100_000)
        all[.co] = .usual(highest: 57_000, noise: 300, flatHours: 24, flatTolerance: 10, spikeStep: 4000)
        all[.o3] = .usual(highest: 980_000, noise: 3000, flatHours: 24, flatTolerance: 100, spikeStep: 100_000)
        all.pm25AbovePM10 = 10_000
        all.no2AboveNOx = 5000
        return all
    }
}

extension PollutantThresholds {
    fileprivate static func usual(
        highest: Int32, noise: Int32, flatHours: Int32, flatTolerance: Int32, spikeStep: Int32
    ) -> PollutantThresholds {
        var thresholds = PollutantThresholds()
        thresholds.highest = highest
        thresholds.noise = noise
        thresholds.flatHours = flatHours
        thresholds.flatTolerance = flatTolerance
        thresholds.spikeStep = spikeStep
        return thresholds
    }
}

extension QualityThresholds: Equatable {
    /// Whether every threshold is the same.
    public static func == (left: QualityThresholds, right: QualityThresholds) -> Bool {
        guard left.pm25AbovePM10 == right.pm25AbovePM10, left.no2AboveNOx == right.no2AboveNOx else { return false }
        for place in left.pollutants.indices where left.pollutants[place] != right.pollutants[place] { return false }
        return true
    }
}
