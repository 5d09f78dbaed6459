import AQICore
import Ingest
import Response
import Store
import Warnings

/// What a step of the monitor leads to.
enum Effect {
    /// A full hour of one station.
    case hour(HourlyRecord)
    case index(IndexRecord)
    /// An index made anew, because an hour in its windows was.
    case correctedIndex(IndexRecord)
    case warning(WarningEvent)
    /// A phase of a calibration that is over.
    case calibration(CalibrationRow)
    /// A step of the warnings' people, or a proposal to them.
    case ledger(LedgerLine)
    /// A value that looks wrong by rules by which the one before did not.
    case suspect(SuspectValue)
    /// An hour that was closed before was made anew, with readings that came late.
    case revised(station: String, Hour)
    /// An hour was measured that is in the store already, under a clock that stood elsewhere: the stored one stays.
    case notStored(Hour)
    /// Readings that came too late even for that.
    case late(Int)
    /// What a station made itself is not what is made here.
    case stationDiffers(StationDifference)
    /// Values of an hour are the station's own, for want of samples.
    case stationHour(station: String, Hour, PollutantSet)
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
        fileprivate(set) var hours = StationHours()
        /// Hours and days that the station made itself and that are not closed here yet.
        var awaited: [StationMean] = []
        var stationMeans = StationMeansTally()
        fileprivate var check: QualityCheck
        /// The marks of each pollutant's newest value.
        fileprivate(set) var marks = HourMarks()
        fileprivate(set) var latest = [Reading?](repeating: nil, count: Pollutant.count)
        /// When the newest value was measured that was one.
        fileprivate(set) var lastValid = [Instant?](repeating: nil, count: Pollutant.count)
        fileprivate(set) var realtime: IndexReport?
        fileprivate(set) var running24: IndexReport?
        /// The samples of the hours that are open or still take late ones, `Monitor.lateHours` closed ones first, then the one
        /// under way, then the one after it: while an hour waits for what is still on the wire, the next one has begun.
        var samples: [HourSamples] = []
        /// Which of the closed ones got a sample in this step.
        fileprivate var late: Set<Int> = []

        fileprivate init(_ station: Configuration.Station, quality: QualityThresholds) {
            key = station.key
            options = ReportOptions(notMonitored: station.notMonitored)
            check = QualityCheck(thresholds: quality)
            forgetSamples()
        }

        /// The windows that end with the last closed hour.
        var windows: StationWindows { hours.windows }

        /// The mean of the hour under way, thousandths.
        func hourSoFar(_ pollutant: Pollutant) -> Int32? {
            samples[Monitor.lateHours].soFar(pollutant)
        }

        fileprivate mutating func forgetSamples() {
            samples = [HourSamples](repeating: HourSamples(), count: Monitor.lateHours + 2)
            late = []
            latest = [Reading?](repeating: nil, count: Pollutant.count)
            lastValid = [Instant?](repeating: nil, count: Pollutant.count)
        }
    }

    /// The samples of one hour.
    struct HourSamples {
        /// Of each pollutant, then of nitrogen oxides, against which NO2 is checked: one accumulator, and none before the first
        /// sample. It takes 1.4 KB, and a centre has thousands of stations with five hours each.
        private var channels: [[HourAccumulator]] = []
        /// The marks that the hour got when it was closed.
        var marks = HourMarks()
        /// The hour as the station made it itself, by pollutant; empty where it did not tell.
        var stationHour: [Concentration] = []
        /// Of which of these it is told that they stand in.
        var toldOfStation = PollutantSet()

        /// Adds a sample; a parameter that no hour needs is passed over. Returns whether it is new.
        mutating func add(_ reading: Reading, atSecond second: Int64) -> Bool {
            let parameter = reading.channel.parameter
            guard let place = parameter.pollutant?.index ?? (parameter == .nox ? Pollutant.count : nil) else {
                return false
            }
            if channels.isEmpty { channels = Array(repeating: [], count: Pollutant.count + 1) }
            if channels[place].isEmpty { channels[place] = [HourAccumulator()] }
            return reading.isBackfilled
                ? channels[place][0].fill(reading.value, minute: Int32(second / 60))
                : channels[place][0].add(reading.value, atSecond: Int32(second))
        }

        private func channel(_ place: Int) -> HourAccumulator? { channels.isEmpty ? nil : channels[place].first }

        /// The mean of the minutes that are over, thousandths.
        func soFar(_ pollutant: Pollutant) -> Int32? { channel(pollutant.index)?.soFar }

        var nox: Concentration { channel(Pollutant.count)?.result ?? .missing(.absent) }

        /// The values that were filled in, in whole or in part.
        var backfilled: PollutantSet {
            var set = PollutantSet()
            for pollutant in Pollutant.allSix
            where (channel(pollutant.index)?.isBackfilled ?? false) || isOfStation(pollutant) {
                set.insert(pollutant)
            }
            return set
        }

        /// The hour of a pollutant as its samples make it.
        func measured(_ pollutant: Pollutant) -> Concentration {
            channel(pollutant.index)?.result ?? .missing(.absent)
        }

        /// The hour that the samples make, with the station's own values where they stand in.
        var row: HourRow {
            var row = HourRow()
            for pollutant in Pollutant.allSix {
                row[pollutant] = isOfStation(pollutant) ? stationHour[pollutant.index] : measured(pollutant)
            }
            return row
        }
    }

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
    private(set) var response: ResponseDesk
    /// The hour under way; nil before the first step.
    private(set) var hour: Hour?
    /// The first hour whose samples all come here and that is not in the store yet: samples of the hours before it went to an
    /// earlier run, or were measured under a clock that stood elsewhere.
    private(set) var firstSampled: Hour?
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
        if late > 0 { effects.append(.late(late)) }
        return effects
    }

    private func row(_ record: CalibrationRecord) -> CalibrationRow {
        CalibrationRow(
            station: stations[Int(record.result.channel.station)].key, device: record.device,
            person: record.person?.name, reason: record.person?.reason, result: record.result)
    }

    /// Begins to measure with an hour.
    private mutating func begin(_ hour: Hour) {
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

    private mutating func closeHour(_ closing: Hour, _ effects: inout [Effect]) {
        for place in stations.indices {
            stations[place].closeHour(closing, at: Monitor.lateHours, &effects)
            stations[place].samples.removeFirst()
            stations[place].samples.append(HourSamples())
        }
        if let firstSampled, closing < firstSampled { effects.append(.notStored(closing)) }
        let outcome = office.step(cityRow(at: closing), at: closing)
        effects += Monitor.effects(outcome)
        effects += response.follow(outcome, at: closing.endingLabel).map(Effect.ledger)
        effects += response.pass(to: closing.endingLabel).map(Effect.ledger)
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

    // MARK: - The warnings' people

    private static func effects(_ outcome: WarningOffice.Outcome) -> [Effect] {
        outcome.ledger.map(Effect.ledger) + outcome.events.map(Effect.warning)
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
        return Monitor.effects(outcome) + response.follow(outcome, at: now).map(Effect.ledger)
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

    /// What a station takes in memory at most: its week of hours and the samples of those that are open.
    static var bytesPerStation: Int {
        let hour = MemoryLayout<HourSamples>.stride + (Pollutant.count + 1) * MemoryLayout<HourAccumulator>.stride
        return MemoryLayout<Station>.stride + (lateHours + 2) * hour
    }

    // MARK: - Restart

    /// Takes up the hours that an earlier run stored, in order of time, where the warnings and their people stood, and the samples
    /// of the hour under way and of those that may still change.
    mutating func restore(
        _ history: [HourlyRecord], warnings: WarningEngine.State?, office state: WarningOffice.State? = nil,
        response: ResponseDesk.State? = nil, samples: [MinuteSamples] = []
    ) {
        office.restore(warnings, state)
        self.response.restore(response)
        let byHour = Dictionary(grouping: history, by: \.hour)
        for hour in byHour.keys.sorted() {
            let records = byHour[hour] ?? []
            for record in records {
                guard let place = stations.firstIndex(where: { $0.key == record.station }) else { continue }
                var ignored: [Effect] = []
                stations[place].take(record.row, marked: record.marks, at: hour, &ignored)
            }
            office.observe(HourRow(meanOf: records.map(\.row)), at: hour)
        }
        if let last = byHour.keys.max() { begin(last + 1) }
        takeUp(samples, of: byHour)
    }

    /// Goes on with the hour under way as if nothing had been, and takes late readings again for the closed ones of which every
    /// sample is kept: those whose samples make what is stored.
    private mutating func takeUp(_ minutes: [MinuteSamples], of history: [Hour: [HourlyRecord]]) {
        guard let oldest = minutes.first, let newest = minutes.last else { return }
        // No hour was closed yet: the first one may be over and wait for what is still on the wire.
        if hour == nil { begin(max(Hour(containing: oldest.beginning), Hour(containing: newest.beginning) - 1)) }
        guard let hour, firstSampled == hour else { return }
        for minute in minutes {
            guard let station = stations.firstIndex(where: { $0.key == minute.station }) else { continue }
            minute.forEachReading(station: Int32(station)) { stations[station].takeUp($0, underWay: hour) }
        }
        var first = hour
        while hour - first < Int32(Monitor.lateHours), isWhole(first - 1, history[first - 1] ?? []) {
            first = first - 1
        }
        firstSampled = first
    }

    /// Whether the samples of a closed hour make the hour that is stored, at every station; its marks are taken up then.
    private mutating func isWhole(_ closed: Hour, _ records: [HourlyRecord]) -> Bool {
        guard let hour else { return false }
        let place = Monitor.lateHours + Int(closed - hour)
        for station in stations.indices {
            guard let record = records.first(where: { $0.station == stations[station].key }),
                record.row == stations[station].samples[place].row
            else { return false }
            stations[station].samples[place].marks = record.marks
        }
        return true
    }
}

extension Monitor.Station {
    /// Takes a sample of an earlier run in.
    fileprivate mutating func takeUp(_ reading: Reading, underWay hour: Hour) {
        let own = Hour(containing: reading.time)
        let place = Monitor.lateHours + Int(own - hour)
        guard samples.indices.contains(place) else { return }
        _ = samples[place].add(reading, atSecond: reading.time - own.beginning)
        guard let pollutant = reading.channel.parameter.pollutant,
            latest[pollutant.index].map({ $0.time < reading.time }) ?? true
        else { return }
        latest[pollutant.index] = reading
        if !reading.value.isMissing { lastValid[pollutant.index] = reading.time }
    }

    /// Closes the hour whose samples stand at a place.
    fileprivate mutating func closeHour(_ hour: Hour, at place: Int, _ effects: inout [Effect]) {
        let closing = samples[place]
        samples[place].marks = take(closing.row, nox: closing.nox, backfilled: closing.backfilled, at: hour, &effects)
    }

    /// Takes a full hour in, marks what looks wrong in it, and makes its reports. An hour from the store brings the marks that
    /// it got when it was measured, with NOx.
    @discardableResult
    fileprivate mutating func take(
        _ row: HourRow, nox: Concentration = .missing(.absent), backfilled: PollutantSet = PollutantSet(),
        marked: HourMarks? = nil, at hour: Hour, _ effects: inout [Effect]
    ) -> HourMarks {
        var found: HourMarks
        do {
            try hours.advance(to: hour, row)
            found = try check.examine(row, nox: nox, at: hour)
        } catch {
            // The clock stood elsewhere when this hour was stored, or a later one: `Monitor` tells.
            return HourMarks()
        }
        found.markBackfilled(backfilled)
        let marks = marked ?? found
        effects.append(.hour(HourlyRecord(station: key, hour: hour, row: row, marks: marks)))
        tell(marks, of: row, at: hour, &effects)
        effects += reports(hour, windows).map(Effect.index)
        return marks
    }

    /// Puts a closed hour right by its samples. Returns whether a value changed.
    mutating func revise(_ hour: Hour, at place: Int, _ effects: inout [Effect]) -> Bool {
        let closed = samples[place]
        guard
            let revision = revise(
                hour, to: closed.row, nox: closed.nox, backfilled: closed.backfilled, marksBefore: closed.marks,
                &effects)
        else { return false }
        samples[place].marks = revision.marks
        return revision.isChanged
    }

    /// Puts a closed hour right and makes its reports, and those of the hours that follow from it, anew. Returns its marks and
    /// whether a value changed; nil where nothing did, and for an hour that is not kept any more.
    mutating func revise(
        _ hour: Hour, to row: HourRow, nox: Concentration, backfilled: PollutantSet, marksBefore before: HourMarks,
        _ effects: inout [Effect]
    ) -> (marks: HourMarks, isChanged: Bool)? {
        var windows: [(Hour, StationWindows)] = []
        guard let isChanged = try? hours.revise(hour, row, { windows.append(($0, $1)) }) else { return nil }
        var marks = examineAgain(hour, nox: nox)
        marks.markBackfilled(backfilled)
        // NOx that comes late changes no value, but may mark NO2.
        guard isChanged || marks != before else { return nil }
        effects.append(.hour(HourlyRecord(station: key, hour: hour, row: row, marks: marks)))
        tell(marks, since: before, of: row, at: hour, &effects)
        if hour == hours.last { keep(marks, of: row) }
        for (hour, windows) in windows { effects += reports(hour, windows).map(Effect.correctedIndex) }
        if isChanged { effects.append(.revised(station: key, hour)) }
        return (marks, isChanged)
    }

    /// The marks of a revised hour. Those of later hours stay: they were right by what was known.
    private mutating func examineAgain(_ revised: Hour, nox: Concentration) -> HourMarks {
        guard let last = hours.last else { return HourMarks() }
        var marks = HourMarks()
        var again = QualityCheck(thresholds: check.thresholds)
        var hour = revised - QualityCheck.memory
        while hour <= last {
            // The hours follow one another.
            if let found = try? again.examine(
                hours.row(at: hour), nox: hour == revised ? nox : .missing(.absent), at: hour), hour == revised
            {
                marks = found
            }
            hour = hour + 1
        }
        check = again
        return marks
    }

    /// The reports of an hour; the newest are kept for the screen.
    private mutating func reports(_ hour: Hour, _ windows: StationWindows) -> [IndexRecord] {
        let edition = Edition(forPeriodEndingAt: hour.endingLabel)
        let realtime = windows.report(.realtime, edition: edition, options: options)
        let running24 = windows.report(.running24, edition: edition, options: options)
        var reports = [realtime, running24]
        if hour == hour.day.lastHour { reports.append(windows.report(.daily, edition: edition, options: options)) }
        if hour == hours.last {
            self.realtime = realtime
            self.running24 = running24
        }
        return reports.map { IndexRecord(station: key, period: hour, report: $0) }
    }

    /// Tells of marks that begin, once: not in every hour of a flat line, nor again after hours without a value.
    private mutating func tell(_ found: HourMarks, of row: HourRow, at hour: Hour, _ effects: inout [Effect]) {
        tell(found, since: marks, of: row, at: hour, &effects)
        keep(found, of: row)
    }

    /// Remembers the marks of the newest values.
    private mutating func keep(_ found: HourMarks, of row: HourRow) {
        for pollutant in Pollutant.allSix where !row[pollutant].isMissing { marks[pollutant] = found[pollutant] }
    }

    /// Tells of marks that were not there before.
    private func tell(
        _ found: HourMarks, since before: HourMarks, of row: HourRow, at hour: Hour, _ effects: inout [Effect]
    ) {
        for pollutant in Pollutant.allSix {
            guard let thousandths = row[pollutant].thousandths else { continue }
            let begun = found[pollutant].subtracting(before[pollutant]).suspicions
            guard !begun.isEmpty else { continue }
            effects.append(
                .suspect(
                    SuspectValue(
                        station: key, hour: hour, pollutant: pollutant, thousandths: thousandths, marks: begun)))
        }
    }
}
