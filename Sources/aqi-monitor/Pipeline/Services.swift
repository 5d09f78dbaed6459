import AQICore
import Ingest
import ServiceLifecycle
import Synchronization
import Terminal
import Texts

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

/// Where a screen gets what it shows: the pipeline of this process, or a monitor elsewhere.
protocol SnapshotSource: Sendable {
    /// What there is to show; nil where nothing happened since the step that was seen last.
    func snapshot(after seen: UInt64?) async -> (snapshot: Snapshot, step: UInt64)?
}

/// Shows what there is to show until the user quits.
struct ScreenService: Service {
    let source: any SnapshotSource
    let language: Language

    func run() async throws {
        let screen = try ScreenActor(language: language)
        StandardErrorLog.isScreenOpen.store(true, ordering: .relaxed)
        defer { StandardErrorLog.isScreenOpen.store(false, ordering: .relaxed) }
        await cancelWhenGracefulShutdown {
            var shown: (snapshot: Snapshot, step: UInt64)?
            while !Task.isCancelled {
                if let newer = await source.snapshot(after: shown?.step) { shown = newer }
                if await screen.show(shown?.snapshot ?? Snapshot(time: Instant(seconds: 0))) { return }
            }
        }
        await screen.close()
    }
}

/// The terminal and the thread that may use it.
actor ScreenActor {
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private let executor = BlockingExecutor(label: "screen")
    private let screen: CursesScreen
    private let dashboard: Dashboard
    private var selected = 0
    private var showsDevices = false

    init(language: Language) throws {
        screen = try CursesScreen(language: language)
        dashboard = Dashboard(words: language.words, hasBlocks: screen.hasBlocks)
    }

    /// Draws a snapshot and waits a moment for a key; true where the user wants to leave.
    func show(_ snapshot: Snapshot) -> Bool {
        let size = screen.size
        screen.draw(
            showsDevices
                ? dashboard.devices(snapshot, rows: size.rows, columns: size.columns)
                : dashboard.canvas(snapshot, station: selected, rows: size.rows, columns: size.columns))
        switch screen.key(waitMilliseconds: 100) {
        case .quit: return true
        case .nextStation: selected = snapshot.stations.isEmpty ? 0 : (selected + 1) % snapshot.stations.count
        case .devices: showsDevices.toggle()
        case .resized, .other, nil: break
        }
        return false
    }

    func close() { screen.close() }
}
