import AQICore
import Foundation
import Ingest
import Response
import Store
import Terminal
import Texts
import Uplink
import Warnings

/// The whole way of a reading, one stage a line. The only file that knows every stage.
///
/// Whoever brings readings waits until they are through: that is the bound of the way from the wires to here.
actor Pipeline: SnapshotSource {
    /// A write waits for the disk: nobody else shall wait with it.
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private let executor = BlockingExecutor(label: "pipeline")

    var monitor: Monitor
    var keeper: StoreKeeper?
    private let makeMonitor: () -> Monitor
    let journal: Journal
    let words: any Words
    let names: [String]
    let simulation: String?
    private var calibrations: CalibrationDesk
    var alarms: AlarmDesk
    let historyReader: HistoryReader?
    /// How the exchanges with the devices went, by bus.
    var statistics: [String: [DeviceStatistics]] = [:]
    /// How stations send, by receiver.
    var senders: [String: [Snapshot.Sender]] = [:]
    /// The time of the latest step.
    var latestStep = Instant(seconds: 0)
    /// Steps so far.
    var steps: UInt64 = 0

    init(
        _ configuration: Configuration, store: StoreKeeper?, journal: Journal, words: any Words,
        simulation: String? = nil, signsByItself: Bool = false
    ) throws {
        makeMonitor = {
            Monitor(
                stations: configuration.stations, plan: configuration.plan, settle: Int64(configuration.settleSeconds),
                quality: configuration.quality, people: configuration.people, areas: configuration.areas,
                response: configuration.response, signsByItself: signsByItself)
        }
        monitor = makeMonitor()
        keeper = store
        self.journal = journal
        self.words = words
        self.simulation = simulation
        names = configuration.stations.map(\.name)
        calibrations = try CalibrationDesk(from: store?.opened)
        alarms = try AlarmDesk(from: store?.opened)
        historyReader = store.map { HistoryReader(path: $0.path) }
        if let store = store?.opened {
            try Pipeline.check(store, isSimulated: simulation != nil)
            try Pipeline.restore(&monitor, from: store)
        }
        if let trouble = store?.trouble {
            journal.add(words.storeTrouble(words.problem(trouble)), at: WallClock.now, isWarning: true)
        }
    }

    /// The way of a reading.
    func take(_ report: BusReport, at now: Instant) throws { try take(report, at: now, isWrittenAtOnce: false) }

    /// The same for somebody who waits until it is stored, and forgets it then.
    ///
    /// - Returns: Whether it is; it is not while the store is in trouble.
    func takeAndStore(_ report: BusReport, at now: Instant) throws -> Bool {
        try take(report, at: now, isWrittenAtOnce: true)
        return keeper?.isAllWritten ?? true
    }

    private func take(_ report: BusReport, at now: Instant, isWrittenAtOnce: Bool) throws {
        for event in report.events {
            tell(event, at: now)
            alarms.take(event)
        }
        calibrations.take(report.changes)
        // readings → hours → marks, indices → warnings
        let effects = monitor.step(
            report.readings, means: report.means, calibrations: report.calibrations, at: now)
        if alarms.isDue(at: now) {
            for news in alarms.step(conditions(at: now), at: now) { tell(news, at: now) }  // → alarms
        }
        try keep(report.readings, effects, at: now, isWrittenAtOnce)  // → store
        for effect in effects { tell(effect, at: now) }  // → log
        latestStep = now
        steps += 1
    }

    /// Lets screens know that there is something new.
    func noteStep() { steps += 1 }

    /// Takes note of how the exchanges on a bus went.
    func note(_ statistics: [DeviceStatistics], of bus: String) { self.statistics[bus] = statistics }

    /// Takes note of how stations send to a receiver.
    func note(_ senders: [Snapshot.Sender], of receiver: String) { self.senders[receiver] = senders }

    /// Stores what is noted of a bus.
    func keepStatistics(of bus: String, at now: Instant) {
        var batch = StoreBatch()
        let day = Hour(containing: now).day
        batch.deviceCounters = (statistics[bus] ?? []).map {
            DeviceDay(bus: bus, device: $0.device, day: day, counters: $0.counters.json.line)
        }
        keeper?.add(batch)
    }

    /// The hour under way, or where a store continues.
    var hour: Hour? { monitor.hour }

    /// Remembers how far an upload has come: this is who writes the store.
    func moveCursor(of destination: String, to sequence: Int64) throws {
        try keeper?.opened?.moveCursor(of: destination, to: sequence)
    }

    /// The newest values of every station under the moment of the newest of them: what platforms get as samples (HJ 212, 2011). A
    /// value that did not come any more for five minutes is missing.
    func newestSamples() -> [Interval] {
        monitor.stations.compactMap { station in
            guard let newest = station.latest.compactMap({ $0?.time }).max() else { return nil }
            var row = HourRow()
            for pollutant in Pollutant.allSix {
                guard let reading = station.latest[pollutant.index] else { continue }
                row[pollutant] = newest - reading.time <= 300 ? reading.value : .missing(.communication)
            }
            return Interval(station: station.key, start: newest, row: row)
        }
    }

    /// Takes the buses on whose reports come here: they go on with their calibrations, and people can reach them.
    func attach(_ buses: [any Bus]) async {
        calibrations.buses = buses
        for bus in buses { await bus.restore(calibrations.memories[bus.name] ?? [:]) }
    }

    /// Follows what a person wants of a device; survives a restart from then on. `entry` goes into the trail of changes with it.
    ///
    /// - Throws: ``CalibrationCommand/Refusal``, or what the store throws.
    func follow(
        _ command: CalibrationCommand, bus: String, device: String, at now: Instant, noting entry: AuditEntry? = nil
    ) async throws {
        let report = try await calibrations.follow(command, bus: bus, device: device, at: now)
        if let entry {
            var batch = StoreBatch()
            batch.audits = [entry]
            keeper?.add(batch)
        }
        try take(report, at: now, isWrittenAtOnce: true)
        // It holds, but who asked must know that a restart would forget it.
        if let trouble = keeper?.trouble { throw trouble }
    }

    /// The same for a person at another process; `user` is who the system says it is.
    ///
    /// - Throws: as above.
    func follow(_ request: CalibrationRequest, by person: String, user: String, at now: Instant) async throws {
        let (bus, device) =
            try request.bus.map { ($0, request.device) } ?? calibrations.place(of: request.device, in: statistics)
        let entry = AuditEntry(
            time: now, person: CalibrationDesk.oneLine("\(person) (\(user))"),
            subject: "calibration \(bus): \(device)", after: request.kind?.name ?? "end",
            reason: CalibrationDesk.oneLine(request.reason))
        try await follow(request.command(by: person), bus: bus, device: device, at: now, noting: entry)
    }

    /// Puts an entry into the trail of changes.
    ///
    /// - Throws: ``StoreError`` where it cannot be kept.
    func keep(_ entry: AuditEntry, at now: Instant) throws {
        var batch = StoreBatch()
        batch.audits = [entry]
        try keeper?.write(batch, at: now)
    }

    /// Lets go of the store, when no more readings come.
    func close() throws { try keeper?.close(at: latestStep) }

    // MARK: - Store

    /// Hands on what is to be kept, writes what is due, and tells how that went.
    private func keep(
        _ readings: [Reading], _ effects: [Effect], at now: Instant, _ isWrittenAtOnce: Bool
    ) throws {
        guard keeper != nil else { return }
        keeper?.add(readings)
        if let batch = try batch(effects, of: monitor) { keeper?.add(batch) }
        var news = keeper?.commit(at: now, isAllDue: isWrittenAtOnce) ?? []
        if readings.isEmpty { news += keeper?.purge(at: now) ?? [] }
        for news in news {
            switch news {
            case .failed(let error):
                journal.add(words.storeTrouble(words.problem(error)), at: now, isWarning: true)
            case .back(let samples, let rows):
                journal.add(words.storeBack(droppedSamples: samples, droppedRows: rows), at: now, isWarning: true)
            case .opened(let store): takeUp(store, at: now)
            }
        }
    }

    /// Goes on with what a store remembers that could not be opened before. Where it cannot be understood, the monitor goes on
    /// with what it knows itself.
    private func takeUp(_ store: MonitorStore, at now: Instant) {
        do {
            var restored = makeMonitor()
            try Pipeline.restore(&restored, from: store)
            // What stations told since is not in it; it is not acknowledged before it is.
            var effects: [Effect] = []
            let means = monitor.stations.flatMap(\.awaited)
            restored.take(means)
            restored.remember(means, &effects)
            try calibrations.takeUp(store)
            try alarms.takeUp(store)
            monitor = restored
            if let batch = try batch(effects, of: monitor) { keeper?.add(batch) }
            let (buses, memories) = (calibrations.buses, calibrations.memories)
            Task { for bus in buses { await bus.restore(memories[bus.name] ?? [:]) } }
        } catch {
            let problem = Failure(error)?.message ?? "\(error)"
            journal.add(words.storeTrouble(problem), at: now, isWarning: true)
        }
    }

    /// What one step made final, and the state after it, to be written in one transaction: a signature, what it issues, and the
    /// ledger's lines are there together or not at all. nil for nothing.
    private func batch(_ effects: [Effect], of monitor: Monitor, user: String? = nil) throws -> StoreBatch? {
        var batch = StoreBatch()
        batch.state = try calibrations.state().merging(try alarms.state()) { $1 }
        for effect in effects {
            switch effect {
            case .hour(let record): batch.hours.append(record)
            case .index(let record), .correctedIndex(let record): batch.indices.append(record)
            case .warning(let event):
                batch.events.append(
                    .init(
                        hour: event.hour, event: event.kind.rawValue, level: event.level.rawValue,
                        number: event.number, body: event.json.line))
            case .calibration(let row): batch.calibrations.append(row)
            case .ledger(let line): batch.ledger.append(LedgerEntry(line, user: user))
            case .awaiting(let station, let means):
                batch.state[AwaitedMean.stateName(of: station)] = try stateText(means.map(AwaitedMean.init))
            case .judged, .airChanged, .suspect, .revised, .notStored, .late, .clockJumped, .stationDiffers,
                .stationHour:
                break
            }
        }
        guard !batch.isEmpty else { return nil }
        // What a station told in advance changes nothing of the warnings.
        let changesWarnings = effects.contains { if case .awaiting = $0 { false } else { true } }
        if changesWarnings {
            if let simulation { batch.state[Pipeline.simulationState] = simulation }
            batch.state[Pipeline.warningState] = try stateText(
                Remembered(
                    plan: monitor.engine.plan.name, state: monitor.engine.state, judged: monitor.judged,
                    air: monitor.engine.recentAir))
            batch.state[Pipeline.officeState] = try stateText(monitor.office.state)
            // It is the largest, and changes with a line of the ledger only.
            if !batch.ledger.isEmpty { batch.state[Pipeline.responseState] = try stateText(monitor.response.state) }
        }
        return batch
    }

    // MARK: - The warnings' people

    /// Carries a step of a person out: refused, or kept and told. `user` is who the system says it is that asks.
    ///
    /// - Throws: ``Refusal``; ``StoreError`` where it cannot be kept: nothing has changed then.
    func act(
        user: String, at now: Instant,
        _ step: @Sendable (inout WarningOffice) throws(Refusal) -> WarningOffice.Outcome
    ) throws {
        try carryOut(user: user, at: now) { monitor throws(Refusal) in try monitor.act(at: now, step) }
    }

    /// The same for what follows from a warning.
    ///
    /// - Throws: as above.
    func respond(
        user: String, at now: Instant, _ step: @Sendable (inout ResponseDesk) throws(Refusal) -> [LedgerLine]
    ) throws {
        try carryOut(user: user, at: now) { monitor throws(Refusal) in try monitor.respond(step) }
    }

    private func carryOut(
        user: String, at now: Instant, _ step: (inout Monitor) throws(Refusal) -> [Effect]
    ) throws {
        var changed = monitor
        let effects = try step(&changed)
        // Nobody is told that something is signed which the store does not have.
        if let batch = try batch(effects, of: changed, user: user) { try keeper?.write(batch, at: now) }
        monitor = changed
        for effect in effects { tell(effect, at: now) }
        steps += 1
    }

    /// How the warnings stand.
    var warnings: WarningStatus { WarningStatus(monitor.office, monitor.response, at: latestStep) }

    func name(of key: String) -> String {
        monitor.stations.firstIndex { $0.key == key }.map { names[$0] } ?? key
    }
}
