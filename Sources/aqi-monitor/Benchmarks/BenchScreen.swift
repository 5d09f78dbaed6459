import Dispatch
import Glibc
import Ingest
import Synchronization
import Terminal
import Texts

/// The live screen on a pseudo-terminal of its own, whose other end is read and thrown away.
///
/// The screen is drawn on standard input and output, as ncurses does by itself; they are the pseudo-terminal's only while something
/// is drawn.
final class BenchScreen {
    private let terminal: Pseudoterminal
    private let end: Int32
    private let own: [Int32]
    private var screen: CursesScreen?
    private let dashboard: Dashboard
    private let size: (rows: Int, columns: Int)
    private let read = SharedCount()
    private let finished = DispatchGroup()

    /// A terminal of a size.
    ///
    /// - Throws: ``Pseudoterminal/Failed`` where none is to be had, ``CursesScreen/Failed`` where its kind is not known.
    init(rows: Int, columns: Int) throws {
        terminal = try Pseudoterminal()
        size = (rows, columns)
        dashboard = Dashboard(words: Session.words)
        // Invariant: neither call keeps the strings.
        unsafe setenv("TERM", "xterm-256color", 0)
        unsafe setenv("LINES", "\(rows)", 1)
        unsafe setenv("COLUMNS", "\(columns)", 1)
        end = unsafe open(terminal.path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        own = [dup(STDIN_FILENO), dup(STDOUT_FILENO)]
        let (controller, read) = (terminal.controller, read)
        DispatchQueue(label: "terminal").async(group: finished) {
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                // Invariant: read(2) writes at most bytes.count bytes.
                let count = unsafe bytes.withUnsafeMutableBytes {
                    unsafe Glibc.read(controller, $0.baseAddress, $0.count)
                }
                guard count > 0 else { return }
                read.add(count)
                // A zero is the last that comes: close() sends it, and ncurses none.
                if bytes[count - 1] == 0 { return }
            }
        }
        try onTerminal { screen = try CursesScreen(language: Session.language, glyphs: .braille) }
    }

    /// Bytes that came to the terminal so far.
    var byteCount: Int { read.value }

    /// Lays a snapshot out and draws it.
    func show(_ snapshot: Snapshot) {
        onTerminal {
            screen?.draw(
                dashboard.canvas(snapshot, ViewState(), history: nil, rows: size.rows, columns: size.columns))
        }
    }

    func close() {
        onTerminal { screen?.close() }
        var zero: UInt8 = 0
        // Invariant: write(2) reads one byte.
        _ = unsafe write(end, &zero, 1)
        finished.wait()
        for descriptor in [end] + own { Glibc.close(descriptor) }
    }

    private func onTerminal(_ body: () throws -> Void) rethrows {
        for standard in [STDIN_FILENO, STDOUT_FILENO] { dup2(end, standard) }
        defer { for standard in [STDIN_FILENO, STDOUT_FILENO] { dup2(own[Int(standard)], standard) } }
        try body()
    }
}

/// A number that two threads know.
final class SharedCount: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func add(_ more: Int) { count.add(more, ordering: .relaxed) }
}
