import AQICore
import Logging
import Synchronization
import Terminal
import Texts

/// What happened, for people: to the log, and in its last lines on the screen.
final class Journal: Sendable {
    private let logger: Logger
    private struct Lines {
        var newest: [Snapshot.LogLine] = []
        var count: UInt64 = 0
    }
    private let lines = Mutex(Lines())
    /// Lines kept for the screen.
    private static let kept = 200

    init(logger: Logger) {
        self.logger = logger
    }

    func add(_ text: String, at time: Instant, isWarning: Bool = false) {
        if isWarning { logger.warning("\(text)") } else { logger.info("\(text)") }
        lines.withLock { lines in
            lines.newest.append(.init(time: time, text: text, isWarning: isWarning))
            if lines.newest.count > Journal.kept { lines.newest.removeFirst(lines.newest.count - Journal.kept) }
            lines.count += 1
        }
    }

    var newest: [Snapshot.LogLine] { lines.withLock { $0.newest } }
    /// Lines ever added.
    var count: UInt64 { lines.withLock { $0.count } }
}

/// Log lines on standard error; silent while a screen has the terminal.
struct StandardErrorLog: LogHandler {
    /// While set, lines go nowhere: the screen shows them.
    static let isScreenOpen = Atomic(false)

    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        guard !StandardErrorLog.isScreenOpen.load(ordering: .relaxed) else { return }
        Session.say("\(event.level): \(event.message)")
    }
}
