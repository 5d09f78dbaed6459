import AQICore
import CNCurses
import Glibc
package import Texts
import Warnings

/// The terminal, drawn with ncursesw. The only place that writes to it; one at a time, not used by two threads at once.
package final class CursesScreen {
    package enum Failed: Error, Equatable {
        /// Standard input or output is no terminal.
        case noTerminal
        /// The terminal's type is not known here.
        case unknownTerminal(String)
    }

    /// What the user did.
    package enum Key: Equatable, Sendable {
        case quit
        case nextStation
        case devices
        case resized
        case other
    }

    /// Whether blocks and Chinese can be shown.
    package let hasBlocks: Bool
    private var isOpen = true
    private var drawn: Canvas?

    /// Whether there is a terminal to be taken over; nothing is changed yet.
    package static func check() throws(Failed) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .noTerminal }
        guard aqi_terminal_is_known() == 1 else {
            // Invariant: getenv returns a NUL-terminated string that is copied at once.
            throw .unknownTerminal(unsafe getenv("TERM").map { unsafe String(cString: $0) } ?? "")
        }
    }

    /// Takes the terminal over.
    package init(language: Language) throws(Failed) {
        try CursesScreen.check()
        let isUTF8 = aqi_use_utf8() == 1
        // Chinese needs UTF-8, whatever the locale says.
        hasBlocks = isUTF8 || (language == .chinese && aqi_force_utf8() == 1)
        guard aqi_open_terminal() == 1 else { throw .noTerminal }
        aqi_start_keyboard()
        // Invariant: getenv returns a pointer or nil; only that is asked.
        let wantsColour = unsafe getenv("NO_COLOR").map { unsafe $0.pointee == 0 } ?? true
        if wantsColour, aqi_colours() >= 8 { defineColours(isRich: aqi_colours() >= 256) } else { hasColour = false }
    }

    deinit { close() }

    /// Gives the terminal back as it was.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        endwin()
    }

    package var size: (rows: Int, columns: Int) { (Int(aqi_rows()), Int(aqi_columns())) }

    /// Draws what differs from what is there.
    package func draw(_ canvas: Canvas) {
        guard canvas != drawn else { return }
        if canvas.rows != drawn?.rows || canvas.columns != drawn?.columns { erase() }
        for row in 0..<canvas.rows {
            if let drawn, drawn.rows == canvas.rows, drawn.columns == canvas.columns,
                (0..<canvas.columns).allSatisfy({ drawn[row, $0] == canvas[row, $0] })
            {
                continue
            }
            for run in canvas.runs(row: row) {
                apply(run.style)
                // Invariant: the string is NUL-terminated for the length of the call.
                unsafe mvaddstr(Int32(row), Int32(run.column), run.text)
            }
        }
        refresh()
        drawn = canvas
    }

    /// Waits for a key for at most so long; nil where none came.
    package func key(waitMilliseconds: Int) -> Key? {
        switch aqi_key(Int32(waitMilliseconds)) {
        case ERR: return isGone ? .quit : nil
        case 113, 81, 3: return .quit
        case 9: return .nextStation
        case 100, 68: return .devices
        case Int32(KEY_RESIZE):
            drawn = nil
            return .resized
        default: return .other
        }
    }

    /// Whether the terminal went away: its window closed, its line hung up.
    private var isGone: Bool {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        // Invariant: poll(2) writes only into the one descriptor.
        return unsafe poll(&input, 1, 0) > 0 && input.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
    }

    // MARK: - Colours

    private var hasColour = true
    /// Pairs 1...6 are the levels, 7...9 the warnings, 10 alerts.
    private func defineColours(isRich: Bool) {
        start_color()
        use_default_colors()
        // HJ 633-2026 annex A, the nearest of the 256 colours; of 8 colours, what comes closest.
        let rich: [(Int16, Int16)] = [(16, 40), (16, 226), (16, 208), (231, 196), (231, 89), (231, 52)]
        let plain: [(Int16, Int16)] = [(0, 2), (0, 3), (0, 3), (7, 1), (7, 5), (7, 1)]
        for (place, pair) in (isRich ? rich : plain).enumerated() {
            init_pair(Int16(place + 1), pair.0, pair.1)
        }
        let warnings: [(Int16, Int16)] = isRich ? [(16, 226), (16, 208), (231, 196)] : [(0, 3), (0, 3), (7, 1)]
        for (place, pair) in warnings.enumerated() { init_pair(Int16(place + 7), pair.0, pair.1) }
        init_pair(10, isRich ? 208 : 3, -1)
    }

    private func apply(_ style: Style) {
        let colour = hasColour
        switch style {
        case .plain: aqi_set_style(0, 0, 0, 0)
        case .strong: aqi_set_style(0, 1, 0, 0)
        case .faint: aqi_set_style(0, 0, 0, 1)
        case .alert: aqi_set_style(colour ? 10 : 0, 1, 0, 0)
        case .level(let level): aqi_set_style(colour ? Int32(level.rawValue) : 0, 0, colour ? 0 : 1, 0)
        case .warning(let level):
            let pair: Int32 = level == .yellow ? 7 : level == .orange ? 8 : 9
            aqi_set_style(colour ? pair : 0, 1, colour ? 0 : 1, 0)
        }
    }
}
