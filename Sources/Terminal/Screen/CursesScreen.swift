import CNCurses
import Glibc
package import Texts

/// The terminal, drawn with ncursesw. The only place that writes to it; one at a time, not used by two threads at once.
package final class CursesScreen {
    package enum Failed: Error, Equatable {
        /// Standard input or output is no terminal.
        case noTerminal
        /// The terminal's type is not known here.
        case unknownTerminal(String)
    }

    /// Which characters can be shown.
    package let glyphs: Glyphs
    private let theme: Theme
    private var isOpen = true
    private var drawn: Canvas?

    /// Whether there is a terminal to be taken over; nothing is changed yet.
    package static func check() throws(Failed) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .noTerminal }
        guard aqi_terminal_is_known() == 1 else { throw .unknownTerminal(environment("TERM") ?? "") }
    }

    /// Takes the terminal over. Without `glyphs` those are used that it is thought to have; with `usesMouse` clicks come here, and its
    /// own selection of text needs Shift.
    package init(
        language: Language, theme: Theme = .official, glyphs: Glyphs? = nil, usesMouse: Bool = false
    ) throws(Failed) {
        try CursesScreen.check()
        // Chinese needs UTF-8, whatever the locale says.
        let isUTF8 = aqi_use_utf8() == 1 || (language == .chinese && aqi_force_utf8() == 1)
        let usual: Glyphs = !isUTF8 ? .ascii : CursesScreen.hasBrailleFont ? .braille : .blocks
        self.glyphs = isUTF8 ? glyphs ?? usual : .ascii
        guard aqi_open_terminal() == 1 else { throw .noTerminal }
        // Before anything is drawn: from here on a crash gives the terminal back.
        aqi_guard_terminal()
        aqi_start_keyboard()
        if usesMouse { aqi_use_mouse() }
        colours = CursesScreen.wantsColour && theme != .mono ? aqi_start_colours() : 0
        self.theme = colours >= 8 ? theme : .mono
    }

    /// Whether nobody asked for none (no-color.org).
    package static var wantsColour: Bool { environment("NO_COLOR").map(\.isEmpty) ?? true }

    deinit { close() }

    /// Gives the terminal back as it was.
    package func close() {
        guard isOpen else { return }
        isOpen = false
        endwin()
        aqi_unguard_terminal()
    }

    package var size: (rows: Int, columns: Int) { (Int(aqi_rows()), Int(aqi_columns())) }

    /// The consoles of Linux and of old terminals have no braille.
    private static var hasBrailleFont: Bool {
        let terminal = environment("TERM") ?? ""
        return !["linux", "vt"].contains { terminal.hasPrefix($0) }
    }

    /// Draws what differs from what is there.
    package func draw(_ canvas: Canvas) {
        guard canvas != drawn else { return }
        let isOtherSize = canvas.rows != drawn?.rows || canvas.columns != drawn?.columns
        if isOtherSize { erase() }
        for row in 0..<canvas.rows {
            if !isOtherSize, let drawn, canvas.hasSame(row: row, as: drawn) { continue }
            for run in canvas.runs(row: row) {
                apply(theme.look(run.style))
                // Invariant: the string is NUL-terminated for the length of the call.
                unsafe mvaddstr(Int32(row), Int32(run.column), run.text)
            }
        }
        refresh()
        drawn = canvas
    }

    // MARK: - Keys

    /// Waits for a key for at most so long; nil where none came.
    package func key(waitMilliseconds: Int) -> Key? {
        var value: UInt32 = 0
        // Invariant: the function writes one number.
        switch unsafe aqi_key(Int32(waitMilliseconds), &value) {
        case 1: return character(value)
        case 2: return function(Int32(bitPattern: value))
        default: return isGone ? .gone : nil
        }
    }

    private func character(_ value: UInt32) -> Key? {
        switch value {
        case 9: return .tab
        case 10, 13: return .enter
        case 12:
            aqi_repaint()
            drawn = nil
            return .resized
        case 27: return .escape
        case 8, 127: return .backspace
        default: return Unicode.Scalar(value).map { .character(Character($0)) }
        }
    }

    private func function(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP: return .up
        case KEY_DOWN: return .down
        case KEY_LEFT: return .left
        case KEY_RIGHT: return .right
        case KEY_PPAGE: return .pageUp
        case KEY_NPAGE: return .pageDown
        case KEY_HOME: return .home
        case KEY_END: return .end
        case KEY_ENTER: return .enter
        case KEY_BACKSPACE: return .backspace
        case KEY_BTAB: return .backTab
        case KEY_MOUSE:
            var (row, column): (Int32, Int32) = (0, 0)
            // Invariant: the function writes two numbers.
            guard unsafe aqi_click(&row, &column) == 1 else { return nil }
            return .click(row: Int(row), column: Int(column))
        case KEY_RESIZE:
            drawn = nil
            return .resized
        default: return nil
        }
    }

    /// Whether the terminal went away: its window closed, its line hung up.
    private var isGone: Bool {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        // Invariant: poll(2) writes only into the one descriptor.
        return unsafe poll(&input, 1, 0) > 0 && input.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
    }

    // MARK: - Colours

    /// How many the terminal has; 0 where none are wanted.
    private var colours: Int32 = 0
    /// Pairs of colours made so far; there are a dozen, and every terminal with colours has 64.
    private var pairs: [Look: Int32] = [:]

    private func apply(_ look: Look) {
        aqi_set_style(
            pair(look), look.isBold ? 1 : 0, look.isReverse ? 1 : 0, look.isFaint ? 1 : 0)
    }

    private func pair(_ look: Look) -> Int32 {
        guard colours >= 8, look.foreground != nil || look.background != nil else { return 0 }
        if let pair = pairs[look] { return pair }
        let pair = Int32(pairs.count + 1)
        aqi_make_pair(pair, number(look.foreground), number(look.background))
        pairs[look] = pair
        return pair
    }

    private func number(_ colour: Colour?) -> Int32 {
        guard let colour else { return -1 }
        // Terminals that take a colour itself say that they have 2^24 of them.
        return colours >= 1 << 24 ? colour.direct : colours >= 256 ? colour.palette256 : colour.basic
    }
}

/// A variable of the environment; nil where it is not set.
private func environment(_ name: String) -> String? {
    // Invariant: getenv returns a NUL-terminated string that is copied at once; nothing here changes the environment.
    unsafe getenv(name).map { unsafe String(cString: $0) }
}
