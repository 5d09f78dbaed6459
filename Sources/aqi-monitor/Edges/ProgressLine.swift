import Glibc

/// One line on standard error that is written over and over; nothing where standard error is no terminal.
final class ProgressLine {
    private let isShown = isatty(STDERR_FILENO) == 1
    private let clock = ContinuousClock()
    private var last: ContinuousClock.Instant?

    /// Shows a text, ten times a second at the most.
    func show(_ text: String) {
        guard isShown, last.map({ clock.now - $0 > .milliseconds(100) }) ?? true else { return }
        last = clock.now
        write("\r\u{1B}[K\(text)")
    }

    func clear() {
        if isShown, last != nil { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        // Invariant: write(2) reads bytes.count bytes of the array.
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
