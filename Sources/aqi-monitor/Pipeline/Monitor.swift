import AQICore
import Ingest
import Store
import Warnings

/// What a step of the monitor leads to.
enum Effect {
    /// A full hour of one station.
    case hour(HourlyRecord)
    case index(IndexRecord)
    case warning(WarningEvent)
    /// A value that looks wrong by rules by which the one before did not.
    case suspect(SuspectValue)
    /// Readings of an hour that was closed before.
    case late(Int)
    /// The clock was set: far ahead, or back.
    case clockJumped(from: Instant, to: Instant)
}

/// The deterministic core of the program: readings and time come in, effects go out. `run`, `demo` and the tests all step
/// this one.
struct Monitor {
    /// One station's channels and windows.
    struct Station {
        let key: String
        let options: ReportOptions
        fileprivate(set) var windows = StationWindows()
        fileprivate var check: QualityCheck
        /// The marks of each pollutant's newest value.
        fileprivate var marks = HourMarks()
        fileprivate(set) var latest: [Pollutant: Reading] = [:]
        /// When the newest value was measured that was one.
        fileprivate(set) var lastValid: [Pollutant: Instant] = [:]
        fileprivate(set) var realtime: IndexReport?
        fileprivate(set) var running24: IndexReport?
        fileprivate(set) var underWay = OpenHour()
        /// The hour after, while the one under way waits for what is still on the wire.
        fileprivate var next = OpenHour()

        fileprivate init(_ station: Configuration.Station, quality: QualityThresholds) {
            key = station.key
            options = ReportOptions(notMonitored: station.notMonitored)
            check = QualityCheck(thresholds: quality)
        }

        /// The mean of the hour under way, thousandths.
        func hourSoFar(_ pollutant: Pollutant) -> Int32? { underWay.channels[pollutant.index].soFar }
    }

    /// The channels of an hour that is not closed.
    struct OpenHour {
        var channels = InlineArray<6, HourAccumulator>(repeating: HourAccumulator())
        /// Nitrogen oxides, against which NO2 is checked.
        var nox = HourAccumulator()

        /// Adds a sample; a parameter that no hour needs is passed over.
        mutating func add(_ value: Concentration, of parameter: Parameter, atSecond second: Int64) {
            if let pollutant = parameter.pollutant {
                channels[pollutant.index].add(value, atSecond: Int32(second))
            } else if parameter == .nox {
                nox.add(value, atSecond: Int32(second))
            }
        }

        mutating func close() -> HourRow {
            var row = HourRow()
            for pollutant in Pollutant.allSix { row[pollutant] = channels[pollutant.index].close() }
            return row
        }
    }

    /// How long after its end an hour stays open, seconds.
    let settle: Int64
    private(set) var stations: [Station]
    private(set) var engine: WarningEngine
    /// The hour under way; nil before the first step.
    private(set) var hour: Hour?

    init(
        stations: [Configuration.Station], plan: WarningPlan, settle: Int64,
        signing: WarningEngine.Signing = .none, quality: QualityThresholds = .standard
    ) {
        self.stations = stations.map { Station($0, quality: quality) }
        self.settle = settle
        engine = WarningEngine(plan: plan, signing: signing)
    }

    // MARK: - Stepping

    /// Takes readings in, and closes the hours that are over. `now` is never earlier than in the step before.
    mutating func step(_ readings: [Reading], at now: Instant) -> [Effect] {
        var effects: [Effect] = []
        followClock(to: now, &effects)
        var late = 0
        var ahead: [Reading] = []
        for reading in readings {
            if !take(reading) {
                if reading.time >= (hour ?? Hour(containing: reading.time)).endingLabel {
                    ahead.append(reading)
                } else {
                    late += 1
                }
            }
        }
        // A step that comes late, after a pause of the whole program, closes several.
        while let hour, now - hour.endingLabel >= settle { closeHour(hour, &effects) }
        if hour == nil { hour = Hour(containing: now) }
        for reading in ahead where !take(reading) { late += 1 }
        if late > 0 { effects.append(.late(late)) }
        return effects
    }

    /// Longest gap that is filled with missing hours, a month: beyond, the clock was wrong, before or now (a box without a
    /// battery starts in 1970).
    private static let longestGap: Int64 = 31 * 86_400

    /// Where the clock was set far ahead or back, the hour under way is dropped and the one of the clock begins. It is not
    /// closed: its time was wrong, before or now, and windows that stand in the future take no hour of the present.
    private mutating func followClock(to now: Instant, _ effects: inout [Effect]) {
        guard let hour, now - hour.endingLabel > Monitor.longestGap || hour.beginning - now > 3600 else { return }
        self.hour = Hour(containing: now)
        for place in stations.indices {
            stations[place].underWay = OpenHour()
            stations[place].next = OpenHour()
        }
        effects.append(.clockJumped(from: hour.beginning, to: now))
    }

    /// Whether the reading found its hour.
    private mutating func take(_ reading: Reading) -> Bool {
        let parameter = reading.channel.parameter
        guard parameter.pollutant != nil || parameter == .nox else { return true }
        if hour == nil { hour = Hour(containing: reading.time) }
        guard let hour else { return false }
        let station = Int(reading.channel.station)
        let second = reading.time - hour.beginning
        switch second {
        case 0..<3600: stations[station].underWay.add(reading.value, of: parameter, atSecond: second)
        case 3600..<7200: stations[station].next.add(reading.value, of: parameter, atSecond: second - 3600)
        default: return false
        }
        guard let pollutant = parameter.pollutant else { return true }
        stations[station].latest[pollutant] = reading
        if !reading.value.isMissing { stations[station].lastValid[pollutant] = reading.time }
        return true
    }

    private mutating func closeHour(_ closing: Hour, _ effects: inout [Effect]) {
        for place in stations.indices {
            let row = stations[place].underWay.close()
            let nox = stations[place].underWay.nox.close()
            stations[place].underWay = stations[place].next
            stations[place].next = OpenHour()
            stations[place].take(row, nox: nox, at: closing, &effects)
        }
        let city = HourRow(meanOf: stations.lazy.map(\.windows.latest))
        for event in engine.step(city, at: closing) { effects.append(.warning(event)) }
        hour = closing + 1
    }

    // MARK: - Restart

    /// Takes up the hours that an earlier run stored, in order of time, and where the warnings stood.
    mutating func restore(_ history: [HourlyRecord], warnings: WarningEngine.State?) {
        let byHour = Dictionary(grouping: history, by: \.hour)
        for hour in byHour.keys.sorted() {
            let records = byHour[hour] ?? []
            for record in records {
                guard let place = stations.firstIndex(where: { $0.key == record.station }) else { continue }
                var ignored: [Effect] = []
                stations[place].take(record.row, marked: record.marks, at: hour, &ignored)
            }
            engine.observe(HourRow(meanOf: records.map(\.row)), at: hour)
            self.hour = hour + 1
        }
        if let warnings { engine.restore(warnings) }
    }
}

extension Monitor.Station {
    /// Takes a full hour in, marks what looks wrong in it, and makes its reports. An hour from the store brings the marks that
    /// it got when it was measured, with NOx.
    fileprivate mutating func take(
        _ row: HourRow, nox: Concentration = .missing(.absent), marked: HourMarks? = nil, at hour: Hour,
        _ effects: inout [Effect]
    ) {
        let found: HourMarks
        do {
            try windows.advance(to: hour, row)
            found = try check.examine(row, nox: nox, at: hour)
        } catch {
            // An hour that is already in the windows is already in the store.
            return
        }
        let marks = marked ?? found
        effects.append(.hour(HourlyRecord(station: key, hour: hour, row: row, marks: marks)))
        tell(marks, of: row, at: hour, &effects)
        let edition = Edition(forPeriodEndingAt: hour.endingLabel)
        let realtime = windows.report(.realtime, edition: edition, options: options)
        let running24 = windows.report(.running24, edition: edition, options: options)
        effects.append(.index(IndexRecord(station: key, period: hour, report: realtime)))
        effects.append(.index(IndexRecord(station: key, period: hour, report: running24)))
        if hour == hour.day.lastHour {
            let daily = windows.report(.daily, edition: edition, options: options)
            effects.append(.index(IndexRecord(station: key, period: hour, report: daily)))
        }
        self.realtime = realtime
        self.running24 = running24
    }

    /// Tells of marks that begin, once: not in every hour of a flat line, nor again after hours without a value.
    private mutating func tell(_ found: HourMarks, of row: HourRow, at hour: Hour, _ effects: inout [Effect]) {
        for pollutant in Pollutant.allSix {
            guard let thousandths = row[pollutant].thousandths else { continue }
            let begun = found[pollutant].subtracting(marks[pollutant])
            marks[pollutant] = found[pollutant]
            guard !begun.isEmpty else { continue }
            effects.append(
                .suspect(
                    SuspectValue(
                        station: key, hour: hour, pollutant: pollutant, thousandths: thousandths, marks: begun)))
        }
    }
}
