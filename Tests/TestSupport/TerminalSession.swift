import Foundation

/// A real terminal: a tmux server of its own, typed into and looked at as a person would.
package final class TerminalSession {
    private let socket = "aqi-\(UUID().uuidString.prefix(8))"
    private let folder: TemporaryFolder

    /// Opens a terminal of a size in which a shell waits.
    package init(columns: Int = 80, rows: Int = 24, language: String = "C.UTF-8") throws {
        folder = try TemporaryFolder()
        _ = try tmux(
            "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-e", "LANG=\(language)", "-e",
            "LC_ALL=", "env PS1='ready> ' bash --norc --noprofile")
        _ = try wait { $0.contains("ready>") }
    }

    deinit { _ = try? tmux("kill-server") }

    /// Types a line and sends it off.
    package func run(_ line: String) throws { _ = try tmux("send-keys", line, "Enter") }

    /// Presses a key, by its name in tmux.
    package func press(_ key: String) throws { _ = try tmux("send-keys", key) }

    /// Makes the window another size.
    package func resize(columns: Int, rows: Int) throws {
        _ = try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    }

    /// What the screen shows.
    package var text: String { get throws { try tmux("capture-pane", "-p") } }

    /// The same with the escape sequences of its colours.
    package var styledText: String { get throws { try tmux("capture-pane", "-p", "-e") } }

    /// Looks until the screen shows something, for at most so many seconds; gives what it showed last.
    package func wait(seconds: Double = 20, _ isThere: (String) -> Bool) throws -> String {
        let end = Date().addingTimeInterval(seconds)
        while true {
            let text = try self.text
            if isThere(text) || Date() > end { return text }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    private func tmux(_ arguments: String...) throws -> String {
        // The server that tmux leaves behind would keep what it inherits: the descriptor by which Process learns that its
        // child has ended, and the signals that Dispatch blocks on its threads, without which it does not end.
        let clean = "POSIX::close($_) for 3..4095; sigprocmask(SIG_SETMASK, POSIX::SigSet->new); exec @ARGV"
        let output = folder.file("tmux")
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/perl")
        process.arguments = ["-MPOSIX", "-e", clean, "tmux", "-L", socket] + arguments
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return try String(contentsOfFile: output, encoding: .utf8)
    }
}
