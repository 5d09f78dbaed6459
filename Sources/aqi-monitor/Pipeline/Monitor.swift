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
        fileprivate(set) var latest: [Pollutant: Reading] = [:]
        /// When the newest value was measured that was one.
        fileprivate(set) var lastValid: [Pollutant: Instant] = [:]
        fileprivate(set) var realtime: IndexReport?
        fileprivate(set) var running24: IndexReport?
        fileprivate(set) var underWay = OpenHour()
        /// The hour after, while the one under way waits for what is still on the wire.
        fileprivate var next = OpenHour()

        /// The mean of the hour under way, thousandths.
        func hourSoFar(_ pollutant: Pollutant) -> Int32? { underWay.channels[pollutant.index].soFar }
    }

    /// The six channels of an hour that is not closed.
    struct OpenHour {
        var channels = InlineArray<6, HourAccumulator>(repeating: HourAccumulator())

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
        signing: WarningEngine.Signing = .none
    ) {
        self.stations = stations.map {
            Station(key: $0.key, options: ReportOptions(notMonitored: $0.notMonitored))
        }
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
        guard let pollutant = reading.channel.parameter.pollutant else { return true }
        if hour == nil { hour = Hour(containing: reading.time) }
        guard let hour else { return false }
        let station = Int(reading.channel.station)
        let second = reading.time - hour.beginning
        switch second {
        case 0..<3600:
            stations[station].underWay.channels[pollutant.index].add(reading.value, atSecond: Int32(second))
        case 3600..<7200:
            stations[station].next.channels[pollutant.index].add(reading.value, atSecond: Int32(second - 3600))
        default: return false
        }
        stations[station].latest[pollutant] = reading
        if !reading.value.isMissing { stations[station].lastValid[pollutant] = reading.time }
        return true
    }

    private mutating func closeHour(_ closing: Hour, _ effects: inout [Effect]) {
        for place in stations.indices {
            let row = stations[place].underWay.close()
            stations[place].underWay = stations[place].next
            stations[place].next = OpenHour()
            stations[place].take(row, at: closing, &effects)
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
                stations[place].take(record.row, at: hour, &ignored)
            }
            engine.observe(HourRow(meanOf: records.map(\.row)), at: hour)
            self.hour = hour + 1
        }
        if let warnings { engine.restore(warnings) }
    }
}

extension Monitor.Station {
    /// Takes a full hour in and makes its reports.
    fileprivate mutating func take(_ row: HourRow, at hour: Hour, _ effects: inout [Effect]) {
        do {
            try windows.advance(to: hour, row)
        } catch {
            // An hour that is already in the windows is already in the store.
            return
        }
        effects.append(.hour(HourlyRecord(station: key, hour: hour, row: row)))
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
}
