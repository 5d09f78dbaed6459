import AQICore
import Foundation
import Ingest
import Store
import Synchronization
import Terminal
import Texts
import Warnings

/// The whole way of a reading, one stage a line. The only file that knows every stage.
///
/// Whoever brings readings waits until they are through: that is the bound of the way from the wires to here.
actor Pipeline {
    /// A write waits for the disk: nobody else shall wait with it.
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private let executor = BlockingExecutor(label: "pipeline")

    private var monitor: Monitor
    private let store: MonitorStore?
    private let journal: Journal
    private let words: any Words
    private let names: [String]
    private let simulation: String?
    /// What the screen shows; replaced as a whole after each step.
    nonisolated let screen: Mutex<Snapshot>

    init(
        _ configuration: Configuration, store: MonitorStore?, journal: Journal, words: any Words,
        simulation: String? = nil, signing: WarningEngine.Signing = .none
    ) throws {
        monitor = Monitor(
            stations: configuration.stations, plan: configuration.plan, settle: Int64(configuration.settleSeconds),
            signing: signing, quality: configuration.quality)
        self.store = store
        self.journal = journal
        self.words = words
        self.simulation = simulation
        names = configuration.stations.map(\.name)
        screen = Mutex(Snapshot(time: Instant(seconds: 0)))
        if let store { try Pipeline.restore(&monitor, from: store) }
    }

    /// The way of a reading. Who brings many reports a second leaves the screen to the one that brings the time.
    func take(_ report: BusReport, at now: Instant, showing: Bool = true) throws {
        for event in report.events { tell(event, at: now) }
        let effects = monitor.step(report.readings, at: now)  // readings → hours → marks, indices → warnings
        try keep(effects)  // → store
        for effect in effects { tell(effect, at: now) }  // → log
        if showing { show(at: now) }  // → screen
    }

    /// The hour under way, or where a store continues.
    var hour: Hour? { monitor.hour }

    /// Remembers how far an upload has come: this is who writes the store.
    func moveCursor(of destination: String, to sequence: Int64) throws {
        try store?.moveCursor(of: destination, to: sequence)
    }

    /// Lets go of the store, when no more readings come.
    func close() throws { try store?.close() }

    // MARK: - Store

    private static let warningState = "warnings"

    /// Sixty days: longer than any window, and than any spell seen so far.
    private static let historyHours: Int32 = 60 * 24

    private static func restore(_ monitor: inout Monitor, from store: MonitorStore) throws {
        let keys = monitor.stations.map(\.key)
        let (history, state) = try store.read { queries in
            var history: [HourlyRecord] = []
            if let last = try queries.lastHour(of: keys) {
                try queries.forEachHour(stations: keys, from: last - historyHours) { history.append($0) }
            }
            return (history, try queries.state(warningState))
        }
        monitor.restore(
            history, warnings: try state.map { try decode($0, plan: monitor.engine.plan, store: store.path) })
    }

    /// The warnings as they stood, and the plan by which they were issued.
    private struct Remembered: Codable {
        var plan: String
        var state: WarningEngine.State
    }

    private static func decode(_ text: String, plan: WarningPlan, store: String) throws -> WarningEngine.State {
        let words = Session.words
        guard let remembered = try? JSONDecoder().decode(Remembered.self, from: Data(text.utf8)) else {
            throw Failure(.badData, words.storeFailed(store, "state \"\(warningState)\""))
        }
        guard remembered.plan == plan.name || remembered.state.inForce == nil else {
            throw Failure(
                .badConfiguration, words.storeHasOtherPlan(store, of: remembered.plan, configured: plan.name))
        }
        return remembered.state
    }

    private func keep(_ effects: [Effect]) throws {
        guard let store, !effects.isEmpty else { return }
        var batch = StoreBatch()
        for effect in effects {
            switch effect {
            case .hour(let record): batch.hours.append(record)
            case .index(let record), .correctedIndex(let record): batch.indices.append(record)
            case .warning(let event):
                batch.events.append(
                    .init(
                        hour: event.hour, event: event.kind.rawValue, level: event.level.rawValue,
                        number: event.number, body: event.json.line))
            case .suspect, .revised, .notStored, .late, .clockJumped: break
            }
        }
        guard !batch.isEmpty else { return }
        let state = try JSONEncoder().encode(
            Remembered(plan: monitor.engine.plan.name, state: monitor.engine.state))
        batch.state[Pipeline.warningState] = String(decoding: state, as: UTF8.self)
        try store.write(batch)
    }

    // MARK: - Log

    private func tell(_ event: BusEvent, at now: Instant) {
        switch event {
        case .deviceLost(let bus, let device, let error):
            journal.add(words.deviceLost(bus: bus, device: device, words.problem(error)), at: now, isWarning: true)
        case .deviceBack(let bus, let device):
            journal.add(words.deviceBack(bus: bus, device: device), at: now)
        case .deviceIncomplete(let bus, let device, let error):
            journal.add(
                words.deviceIncomplete(bus: bus, device: device, words.problem(error)), at: now, isWarning: true)
        case .devicePaused(let bus, let device):
            journal.add(words.devicePaused(bus: bus, device: device), at: now, isWarning: true)
        }
    }

    private func tell(_ effect: Effect, at now: Instant) {
        switch effect {
        case .hour, .correctedIndex: break
        case .index(let record):
            guard record.report.kind == .realtime else { return }
            let report = record.report
            journal.add(
                words.hourClosed(
                    station: name(of: record.station), time: record.period.endingLabel.dateAndClock,
                    index: report.index, level: report.level,
                    primary: Indicator.allSeven.filter(report.primary.contains).map(words.indicator)
                        .joined(separator: ", ")),
                at: now)
        case .warning(let event):
            journal.add(words.warningEvent(event.kind, event.level, signedBy: event.signedBy), at: now, isWarning: true)
        case .suspect(let value):
            journal.add(
                words.suspectBegan(
                    station: name(of: value.station), time: value.hour.endingLabel.dateAndClock, value.pollutant,
                    value: DecimalWriting.shortest(thousandths: value.thousandths), value.marks),
                at: now, isWarning: true)
        case .clockJumped(let from, let to):
            journal.add(
                words.clockJumped(from: from.dateAndClock, to: to.dateAndClock), at: now, isWarning: true)
        case .revised(let station, let hour):
            journal.add(words.hourRevised(station: name(of: station), time: hour.endingLabel.dateAndClock), at: now)
        case .notStored(let hour):
            journal.add(words.hourNotStored(time: hour.endingLabel.dateAndClock), at: now, isWarning: true)
        case .late(let count):
            journal.add(words.lateReadings(count), at: now, isWarning: true)
        }
    }

    private func name(of key: String) -> String {
        monitor.stations.firstIndex { $0.key == key }.map { names[$0] } ?? key
    }

    // MARK: - Screen

    private func show(at now: Instant) {
        var snapshot = Snapshot(time: now, log: journal.newest)
        snapshot.simulation = simulation
        snapshot.stations = zip(monitor.stations, names).map { Pipeline.snapshot($0, name: $1) }
        let warnings = monitor.engine
        if let inForce = warnings.state.inForce {
            snapshot.inForce = .init(level: inForce.level, since: inForce.since, number: warnings.state.number)
        }
        if let wanted = warnings.latestWanted, warnings.state.inForce.map({ wanted > $0.level }) ?? true {
            snapshot.wanted = wanted
        }
        screen.withLock { $0 = snapshot }
    }

    private static func snapshot(_ station: Monitor.Station, name: String) -> Snapshot.Station {
        let lines = Pollutant.allSix.map { pollutant in
            var line = Snapshot.Line(pollutant: pollutant)
            let latest = station.latest[pollutant.index]
            line.latest = latest?.value
            line.measured = station.lastValid[pollutant.index]
            line.hourSoFar = station.hourSoFar(pollutant)
            guard station.windows.last != nil else { return line }
            line.hour = station.windows.latest[pollutant]
            line.subIndex = station.realtime?.results[pollutant.index].subIndex
            let mean = station.windows.mean24(pollutant)
            if mean.count >= 20 { line.day = mean.rounded(toStep: 1) }
            return line
        }
        var snapshot = Snapshot.Station(name: name, lines: lines)
        snapshot.hour = station.windows.last
        snapshot.realtime = station.realtime
        snapshot.running24 = station.running24
        return snapshot
    }
}
