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
        simulation: String? = nil
    ) throws {
        monitor = Monitor(
            stations: configuration.stations, plan: configuration.plan, settle: Int64(configuration.settleSeconds))
        self.store = store
        self.journal = journal
        self.words = words
        self.simulation = simulation
        names = configuration.stations.map(\.name)
        screen = Mutex(Snapshot(time: Instant(seconds: 0)))
        if let store { try Pipeline.restore(&monitor, from: store) }
    }

    /// The way of a reading.
    func take(_ report: BusReport, at now: Instant) throws {
        for event in report.events { tell(event, at: now) }
        let effects = monitor.step(report.readings, at: now)  // readings → hours → indices → warnings
        try keep(effects)  // → store
        for effect in effects { tell(effect, at: now) }  // → log
        show(at: now)  // → screen
    }

    /// The hour under way, or where a store continues.
    var hour: Hour? { monitor.hour }

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
        guard !history.isEmpty else { return }
        let warnings = try state.map { try JSONDecoder().decode(WarningEngine.State.self, from: Data($0.utf8)) }
        monitor.restore(history, warnings: warnings)
    }

    private func keep(_ effects: [Effect]) throws {
        guard let store, !effects.isEmpty else { return }
        var batch = StoreBatch()
        for effect in effects {
            switch effect {
            case .hour(let record): batch.hours.append(record)
            case .index(let record): batch.indices.append(record)
            case .warning(let event):
                batch.events.append(
                    .init(
                        hour: event.hour, event: event.kind.rawValue, level: event.level.rawValue,
                        number: event.number, body: event.json.line))
            case .late: break
            }
        }
        guard !batch.isEmpty else { return }
        let state = try JSONEncoder().encode(monitor.engine.state)
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
        }
    }

    private func tell(_ effect: Effect, at now: Instant) {
        switch effect {
        case .hour: break
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
        snapshot.wanted = warnings.latestWanted
        screen.withLock { $0 = snapshot }
    }

    private static func snapshot(_ station: Monitor.Station, name: String) -> Snapshot.Station {
        let lines = Pollutant.allSix.map { pollutant in
            var line = Snapshot.Line(pollutant: pollutant)
            let latest = station.latest[pollutant]
            line.latest = latest?.value
            line.measured = latest?.time
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
