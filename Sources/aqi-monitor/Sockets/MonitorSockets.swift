import AQICore
import ServiceLifecycle
import Texts

/// The sockets of a monitor, beside its store: one store, one monitor.
struct MonitorSockets: Equatable {
    let status: String
    /// Where people act on it.
    let control: String

    init(store: String) {
        status = store + ".status"
        control = store + ".control"
    }

    /// That the system takes their paths, before anything is created.
    ///
    /// - Throws: ``Failure``.
    func check() throws {
        guard let path = [status, control].first(where: { $0.utf8.count > LocalSocket.longestPath }) else { return }
        throw Failure(
            .badConfiguration, Session.words.socketPathIsTooLong(path, most: LocalSocket.longestPath))
    }

    /// What listens there. `clock` tells the monitor's time: what people do is of that time, in a demo, too.
    func services(
        _ pipeline: Pipeline, stations: StationDesk = StationDesk(), journal: Journal,
        clock: @escaping @Sendable () async -> Instant
    ) -> [any Service] {
        [
            StatusService(path: status, source: pipeline, journal: journal),
            ControlService(path: control, pipeline: pipeline, stations: stations, journal: journal, clock: clock),
        ]
    }
}

extension Configuration {
    /// Where screens attach; nil for a monitor that keeps nothing.
    var sockets: MonitorSockets? { store.map(MonitorSockets.init) }
}
