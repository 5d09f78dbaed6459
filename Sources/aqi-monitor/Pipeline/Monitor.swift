import AQICore
import Ingest
import Response
import Store
import Warnings

/// The deterministic core of the program: readings and time come in, effects go out. `run`, `demo` and the tests all step
/// this one.
struct Monitor {
    /// How many closed hours still take samples that come late.
    static let lateHours = 3

    /// How long after its end an hour stays open, seconds.
    let settle: Int64
    var stations: [Station]
    /// Stations of which some ``Station/awaited`` are there.
    var awaiting: Set<Int> = []
    /// The warnings: the rules and the people.
    var office: WarningOffice
    var engine: WarningEngine { office.engine }
    /// What follows from them: tasks, and the way to the public.
    var response: ResponseDesk
    /// The hour under way; nil before the first step.
    private(set) var hour: Hour?
    /// The first hour whose samples all come here and that is not in the store yet: samples of the hours before it went to an
    /// earlier run, or were measured under a clock that stood elsewhere.
    var firstSampled: Hour?
    /// The newest hour that was decided: hours that came into the store while no monitor ran are newer.
    var judged: Hour?
    /// Whether hours before it were changed in the store while no monitor ran, and no hour was closed since.
    var isAirChanged = false
    /// The latest time of a step.
    private var latestStep: Instant?

    init(
        stations: [Configuration.Station], plan: WarningPlan, settle: Int64,
        quality: QualityThresholds = .standard, people: [Person] = [], areas: [String] = [],
        response: ResponsePlan = .shipped, signsByItself: Bool = false
    ) {
        self.stations = stations.map { Station($0, quality: quality) }
        self.settle = settle
        office = WarningOffice(plan: plan, people: people, areas: areas, signsByItself: signsByItself)
        self.response = ResponseDesk(plan: response, people: people, areas: areas, actsByItself: signsByItself)
    }

    // MARK: - Stepping

    /// Takes readings in, and closes the hours that are over. `now` is the system's clock, which may be set.
    /// Phases of calibrations that are over are handed on; `means` are what stations made themselves.
    mutating func step(
        _ readings: [Reading], means: [StationMean] = [], calibrations: [CalibrationRecord] = [], at now: Instant
    ) -> [Effect] {
        var effects = calibrations.map { Effect.calibration(row($0)) }
        followClock(to: now, &effects)
        // While the clock stands behind where it was, what looks late may only be stamped by it.
        let isBehind = latestStep.map { now < $0 } ?? false
        latestStep = max(latestStep ?? now, now)
        var late = 0
        var ahead: [Reading] = []
        for reading in readings {
            switch take(reading, isBehind: isBehind) {
            case .taken: break
            case .tooEarly: ahead.append(reading)
            // Of hours that are over for good the instrument may tell what it likes.
            case .tooLate: late += isBehind || reading.isBackfilled ? 0 : 1
            }
        }
        revise(&effects)
        take(means)
        // A step that comes late, after a pause of the whole program, closes several.
        while let hour, now - hour.endingLabel >= settle { closeHour(hour, &effects) }
        if hour == nil { begin(Hour(containing: now)) }
        for reading in ahead where take(reading, isBehind: isBehind) != .taken { late += 1 }
        judgeMeans(&effects)
        remember(means, &effects)
        judgeStored(at: now, &effects)
        if late > 0 { effects.append(.late(late)) }
        return effects
    }

    private func row(_ record: CalibrationRecord) -> CalibrationRow {
        CalibrationRow(
            station: stations[Int(record.result.channel.station)].key, device: record.device,
            person: record.person?.name, reason: record.person?.reason, result: record.result)
    }

    /// Begins to measure with an hour.
    mutating func begin(_ hour: Hour) {
        self.hour = hour
        firstSampled = max(hour, stations.compactMap(\.hours.last).max().map { $0 + 1 } ?? hour)
    }

    /// Longest gap that is filled with missing hours, a month: beyond, the clock was wrong, before or now (a box without a
    /// battery starts in 1970).
    private static let longestGap: Int64 = 31 * 86_400

    /// Where the clock was set far ahead or back, the hour under way is dropped and the one of the clock begins. It is not
    /// closed: its time was wrong, before or now, and windows that stand in the future take no hour of the present.
    private mutating func followClock(to now: Instant, _ effects: inout [Effect]) {
        guard let hour, now - hour.endingLabel > Monitor.longestGap || hour.beginning - now > 3600 else { return }
        begin(Hour(containing: now))
        latestStep = now
        for place in stations.indices { stations[place].forgetSamples() }
        effects.append(.clockJumped(from: hour.beginning, to: now))
    }

    /// Whether a reading found its hour.
    private enum Taken {
        case taken
        case tooEarly
        case tooLate
    }

    private mutating func take(_ reading: Reading, isBehind: Bool) -> Taken {
        let parameter = reading.channel.parameter
        if parameter.pollutant == nil { note(reading, isBehind: isBehind) }
        guard parameter.pollutant != nil || parameter == .nox else { return .taken }
        let own = Hour(containing: reading.time)
        if hour == nil { begin(own) }
        guard let hour, let firstSampled else { return .tooLate }
        guard own <= hour + 1 else { return .tooEarly }
        let station = Int(reading.channel.station)
        if own >= firstSampled {
            guard hour - own <= Int32(Monitor.lateHours), own >= hour || !isBehind else { return .tooLate }
            let place = Monitor.lateHours + Int(own - hour)
            let isNew = stations[station].samples[place].add(
                reading, atSecond: reading.time - own.beginning)
            if isNew, own < hour { stations[station].late.insert(place) }
        } else if own < hour {
            return .tooLate
        }
        guard let pollutant = parameter.pollutant, !reading.isBackfilled else { return .taken }
        // A late reading is not the newest; after a clock that was ahead, nothing is older than what it left.
        let isOlder = stations[station].latest[pollutant.index].map { $0.time > reading.time && !isBehind } ?? false
        guard !isOlder else { return .taken }
        stations[station].latest[pollutant.index] = reading
        if !reading.value.isMissing { stations[station].lastValid[pollutant.index] = reading.time }
        return .taken
    }

    /// Keeps the newest value of what no index needs.
    private mutating func note(_ reading: Reading, isBehind: Bool) {
        let station = Int(reading.channel.station)
        let known = stations[station].others[reading.channel.parameter]
        guard !reading.isBackfilled, isBehind || known.map({ $0.time <= reading.time }) ?? true else { return }
        stations[station].others[reading.channel.parameter] = reading
    }

    private mutating func closeHour(_ closing: Hour, _ effects: inout [Effect]) {
        for place in stations.indices {
            stations[place].closeHour(closing, at: Monitor.lateHours, &effects)
            stations[place].samples.removeFirst()
            stations[place].samples.append(HourSamples())
        }
        if let firstSampled, closing < firstSampled { effects.append(.notStored(closing)) }
        follow(office.step(cityRow(at: closing), at: closing), at: closing.endingLabel, &effects)
        effects += response.pass(to: closing.endingLabel).map(Effect.ledger)
        judged = engine.now
        isAirChanged = false
        hour = closing + 1
    }

    /// Makes the closed hours anew that got a sample, with all that follows from them. What was decided stays decided: the engine
    /// judges the next hour by the revised ones.
    private mutating func revise(_ effects: inout [Effect]) {
        guard let hour else { return }
        var revised: Set<Hour> = []
        for station in stations.indices where !stations[station].late.isEmpty {
            for place in stations[station].late.sorted() {
                let own = hour - Int32(Monitor.lateHours - place)
                if stations[station].revise(own, at: place, &effects) { revised.insert(own) }
            }
            stations[station].late = []
        }
        for hour in revised.sorted() { office.revise(cityRow(at: hour), at: hour) }
    }

    /// Decides the newest hour where no run has, and it is the one before the hour under way: with an older one the hours since
    /// were closed in this step, and decided.
    private mutating func judgeStored(at now: Instant, _ effects: inout [Effect]) {
        if isAirChanged, let hour { effects.append(.airChanged(next: hour)) }
        isAirChanged = false
        guard let last = engine.now, judged.map({ $0 < last }) ?? true else { return }
        judged = last
        guard last + 1 == hour else { return }
        effects.append(.judged(last))
        follow(office.judge(cityRow(at: last), at: now), at: now, &effects)
    }

    // MARK: - The warnings' people

    /// What an outcome of the office leads to.
    private mutating func follow(_ outcome: WarningOffice.Outcome, at time: Instant, _ effects: inout [Effect]) {
        effects += outcome.ledger.map(Effect.ledger) + outcome.events.map(Effect.warning)
        effects += response.follow(outcome, at: time).map(Effect.ledger)
    }

    /// Lets people act. Where they are refused nothing changes.
    ///
    /// - Throws: ``Refusal``.
    mutating func act(
        at now: Instant, _ step: (inout WarningOffice) throws(Refusal) -> WarningOffice.Outcome
    ) throws(Refusal) -> [Effect] {
        var changed = office
        let outcome = try step(&changed)
        office = changed
        var effects: [Effect] = []
        follow(outcome, at: now, &effects)
        return effects
    }

    /// Lets people do what follows from a warning. Where they are refused nothing changes.
    ///
    /// - Throws: ``Refusal``.
    mutating func respond(_ step: (inout ResponseDesk) throws(Refusal) -> [LedgerLine]) throws(Refusal) -> [Effect] {
        var changed = response
        let lines = try step(&changed)
        response = changed
        return lines.map(Effect.ledger)
    }

    func cityRow(at hour: Hour) -> HourRow { HourRow(meanOf: stations.lazy.map { $0.hours.row(at: hour) }) }

    /// What the stations take in memory now: each its week of hours and the samples of those that are open.
    var stationBytes: Int {
        stations.reduce(0) { sum, station in
            sum + MemoryLayout<Station>.stride + station.samples.reduce(0) { $0 + $1.bytes }
        }
    }
}
