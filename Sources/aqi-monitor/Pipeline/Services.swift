import AQICore
import Ingest
import ServiceLifecycle

/// Asks one bus in its rhythm and hands on what it brought. A slow bus delays nobody else.
struct BusService: Service {
    let bus: any Bus
    let pollSeconds: Int
    let pipeline: Pipeline

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            let clock = ContinuousClock()
            var due = clock.now
            // The first round is noted at once.
            var counted = due.advanced(by: .seconds(-1))
            var kept = due
            while !Task.isCancelled {
                // A poll that waits for dead devices ends at once when the program shall.
                let report = await withTaskCancellationHandler {
                    await bus.poll(at: WallClock.now)
                } onCancel: {
                    bus.interrupt()
                }
                try await pipeline.take(report, at: WallClock.now)
                if clock.now - counted >= .seconds(1) {
                    counted = clock.now
                    await pipeline.note(await bus.statistics, of: bus.name)
                }
                if clock.now - kept >= .seconds(3600) {
                    kept = clock.now
                    await pipeline.keepStatistics(of: bus.name, at: WallClock.now)
                }
                // Rounds that were missed are left out: a slow device is asked less often, not in bursts.
                repeat { due = due.advanced(by: .seconds(pollSeconds)) } while due < clock.now
                try? await clock.sleep(until: due)
            }
        }
        await bus.close()
    }
}

/// Moves the time on where no bus does: hours end even when nothing answers.
struct TickService: Service {
    let pipeline: Pipeline

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await pipeline.take(BusReport(), at: WallClock.now)
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
