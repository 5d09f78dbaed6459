import AQICore
import Ingest
import ServiceLifecycle
import Texts

/// Drives simulated analysers and the monitor that polls them in lock-step: set the registers, ask every bus, take the
/// readings in, go on. `speed` only says how long to wait in between, so that every speed gives the same rows.
struct ReplayService: Service {
    let station: SimulatedStation
    let buses: [any Bus]
    let pipeline: Pipeline
    let journal: Journal
    let words: any Words
    /// The concentrations of an hour; nil after the last.
    let row: @Sendable (Hour) -> HourRow?
    let first: Hour
    /// Simulated seconds between two rounds.
    let pollSeconds: Int64
    /// Simulated seconds a second; nil for as fast as it goes.
    let speed: Double?
    /// When to end, whether or not there are hours left.
    let deadline: ContinuousClock.Instant?
    /// Whether to end with the last hour, or to keep the screen until the user leaves.
    let endsWithLastHour: Bool

    func run() async throws {
        await pipeline.attach(buses)
        try await cancelWhenGracefulShutdown { try await replay() }
        for bus in buses { await bus.close() }
        station.stop()
    }

    private func replay() async throws {
        let clock = ContinuousClock()
        var due = clock.now
        var counted = due.advanced(by: .seconds(-1))
        let wait = speed.map { Duration.seconds(Double(pollSeconds) / $0) }
        var hour = first
        while let row = row(hour) {
            station.set(row)
            var now = hour.beginning
            while now < hour.endingLabel {
                if Task.isCancelled || deadline.map({ clock.now >= $0 }) ?? false { return }
                try await pipeline.take(try await poll(at: now), at: now)
                if clock.now - counted >= .seconds(1) {
                    counted = clock.now
                    for bus in buses { await pipeline.note(await bus.statistics, of: bus.name) }
                }
                now = now + pollSeconds
                guard let wait else { continue }
                due = max(due.advanced(by: wait), clock.now)
                try? await clock.sleep(until: due)
            }
            hour = hour + 1
        }
        // The last hour is over, too.
        try await pipeline.take(BusReport(), at: hour.beginning)
        journal.add(words.demoFinished, at: hour.beginning)
        if endsWithLastHour { return }
        while !Task.isCancelled, deadline.map({ clock.now < $0 }) ?? true {
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Asks every bus at once, as a live monitor does, and waits for all.
    private func poll(at now: Instant) async throws -> BusReport {
        try await withThrowingTaskGroup(of: BusReport.self) { group in
            for bus in buses { group.addTask { await bus.poll(at: now) } }
            var all = BusReport()
            for try await report in group { all.append(report) }
            return all
        }
    }
}
