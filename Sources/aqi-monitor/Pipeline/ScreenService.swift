import AQICore
import Ingest
import ServiceLifecycle
import Synchronization
import Terminal
import Texts

/// Where a screen gets what it shows: the pipeline of this process, or a monitor elsewhere.
protocol SnapshotSource: Sendable {
    /// What there is to show; nil where nothing happened since the step that was seen last.
    func snapshot(after seen: UInt64?) async -> (snapshot: Snapshot, step: UInt64)?
    /// The hours of a station, by its key, and those of another channel than the pollutants; nil where they are not there yet, or
    /// without the channel where that is not. Those up to `hour` are wanted.
    func history(of station: String, with other: Parameter?, through hour: Hour?) async -> History?
}

/// How a screen looks, and who sits before it.
struct ScreenOptions: Sendable {
    var language: Language
    var theme = Theme.official
    /// nil for what the terminal is thought to have.
    var glyphs: Glyphs?
    var usesMouse = false
    var screen: ScreenName?
    /// What a trend shows first.
    var channel = Parameter.pm25
    var range = TrendRange.day
    /// Whether the measuring ends with the screen.
    var isOfMonitor = true
    /// Who acts, and through which socket; nil for somebody who only looks.
    var acting: (person: String, socket: String)?

    /// What is looked at first.
    var view: ViewState {
        var view = ViewState(chosen: screen, operatorName: acting?.person)
        view.channel = channel
        view.range = range
        view.isOfMonitor = isOfMonitor
        return view
    }
}

/// Shows what there is to show, and does what the keys say, until the user quits.
struct ScreenService: Service {
    let source: any SnapshotSource
    let options: ScreenOptions

    func run() async throws {
        let screen = try ScreenActor(options)
        StandardErrorLog.isScreenOpen.store(true, ordering: .relaxed)
        defer { StandardErrorLog.isScreenOpen.store(false, ordering: .relaxed) }
        await cancelWhenGracefulShutdown { await show(on: screen) }
        await screen.close()
    }

    private func show(on screen: ScreenActor) async {
        var view = options.view
        var shown: (snapshot: Snapshot, step: UInt64)?
        var history: History?
        // A monitor elsewhere speaks at once: an empty screen before would only flicker.
        let patience = ContinuousClock.now.advanced(by: .seconds(1))
        while !Task.isCancelled, shown == nil, ContinuousClock.now < patience {
            shown = await source.snapshot(after: nil)
            if shown == nil { try? await Task.sleep(for: .milliseconds(2)) }
        }
        while !Task.isCancelled {
            if let newer = await source.snapshot(after: shown?.step) { shown = newer }
            let snapshot = shown?.snapshot ?? Snapshot(time: Instant(seconds: 0))
            history = await self.history(view, snapshot, known: history)
            guard let key = await screen.show(snapshot, view, history: history) else { continue }
            let size = await screen.size
            guard
                let request = view.take(
                    key, on: snapshot, rows: size.rows, columns: size.columns, list: await screen.list)
            else { continue }
            if request == .leave { return }
            view.notice = await carryOut(request)
        }
    }

    /// The hours that the screen wants: only two of them show any, and what is known up to now is not asked for again.
    private func history(_ view: ViewState, _ snapshot: Snapshot, known: History?) async -> History? {
        let screen = view.screen(of: snapshot)
        guard screen == .station || screen == .trend, let station = view.station(of: snapshot) else { return known }
        let channel = screen == .trend ? view.channel : .pm25
        if let known, known.station == station.key, known.has(channel), station.hour.map({ known.last >= $0 }) ?? true {
            return known
        }
        return await source.history(
            of: station.key, with: channel.pollutant == nil ? channel : nil, through: station.hour)
    }

    /// Does what a view cannot, and says what came of it.
    private func carryOut(_ request: ViewState.Request) async -> String? {
        guard let acting = options.acting else { return nil }
        let command: ControlCommand
        switch request {
        case .leave: return nil
        case .acknowledge(let number): command = .alarm(.acknowledge(number))
        case .shelve(let number, let seconds): command = .alarm(.shelve(number, seconds: seconds, reason: ""))
        case .unshelve(let number): command = .alarm(.unshelve(number))
        case .sign(let number): command = .warnings(.sign(proposal: number))
        }
        do {
            _ = try await ControlClient(path: acting.socket).ask(command, as: acting.person)
            return options.language.words.stepDone
        } catch {
            return Failure(error)?.message ?? "\(error)"
        }
    }
}

/// The terminal and the thread that may use it.
actor ScreenActor {
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private let executor = BlockingExecutor(label: "screen")
    private let screen: CursesScreen
    private let dashboard: Dashboard
    /// The list that is drawn, so that keys know where it ends.
    private(set) var list: Canvas.ListExtent?
    /// What was drawn last: the same again takes no work.
    private var drawn: (snapshot: Snapshot, view: ViewState, history: History?, rows: Int, columns: Int)?

    /// How long a key is waited for, and so how late a new snapshot is shown at most.
    private static let patience = 200

    init(_ options: ScreenOptions) throws {
        screen = try CursesScreen(
            language: options.language, theme: options.theme, glyphs: options.glyphs, usesMouse: options.usesMouse)
        dashboard = Dashboard(words: options.language.words, glyphs: screen.glyphs)
    }

    var size: (rows: Int, columns: Int) { screen.size }

    /// Draws a snapshot where it is another, and waits a moment for a key.
    func show(_ snapshot: Snapshot, _ view: ViewState, history: History?) -> Key? {
        let size = screen.size
        let isDrawn = drawn.map {
            $0.view == view && $0.rows == size.rows && $0.columns == size.columns && $0.history == history
                && $0.snapshot == snapshot
        }
        if isDrawn != true {
            let canvas = dashboard.canvas(
                snapshot, view, history: history, rows: size.rows, columns: size.columns)
            screen.draw(canvas)
            list = canvas.list
            drawn = (snapshot, view, history, size.rows, size.columns)
        }
        let key = screen.key(waitMilliseconds: ScreenActor.patience)
        guard case .click(let row, let column) = key else {
            if key == .resized { drawn = nil }
            return key
        }
        return dashboard.meaning(ofClickAt: row, column: column)
    }

    func close() { screen.close() }
}
