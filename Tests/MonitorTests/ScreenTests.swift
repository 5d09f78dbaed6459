import Foundation
import TestSupport
import Testing

/// The live screen in a real terminal.
@Suite("demo: the live screen", .serialized) struct ScreenTests {
    private func start(_ options: String = "", language: String = "C.UTF-8") throws -> TerminalSession {
        let session = try TerminalSession(language: language)
        try session.run("\(Program.path) demo --speed 36000 \(options)")
        return session
    }

    @Test func `it shows values, means, indices, the level in words and the log`() throws {
        let session = try start()
        let screen = try session.wait { $0.contains("24 h to 2") && $0.contains("PM2.5") }
        for text in [
            "SIMULATED ×36000", "Demo station", "AQI", "PM10", "SO2", "NO2", "CO", "O3", "hour so far", "24 h", "IAQI",
            "primary", "Last 48 hours", "Log", "[2 Station]",
        ] {
            #expect(screen.contains(text), "\(screen)")
        }
    }

    @Test func `it speaks Chinese`() throws {
        let session = try start("--lang zh")
        let screen = try session.wait { $0.contains("24 小时至 2") }
        for text in ["模拟", "演示站", "首要污染物", "本小时", "最近 48 小时", "日志", "q 退出", "[2 站点]"] {
            #expect(screen.contains(text), "\(screen)")
        }
    }

    /// A demo whose process number is known, and a shell that tells of its modes before and after.
    private func startTold() throws -> (session: TerminalSession, process: pid_t, folder: TemporaryFolder) {
        let session = try TerminalSession()
        let folder = try TemporaryFolder()
        let number = folder.file("pid")
        // The shell in between leaves its process number, which the program takes over.
        let program = "SWIFT_BACKTRACE=enable=no exec \(Program.path) demo --speed 36000"
        let start = "bash -c 'ulimit -c 0; echo $$ > \(number); \(program)'"
        try session.run("stty -a | md5sum; \(start); echo status $?; stty -a | md5sum; echo over")
        _ = try session.wait { $0.contains("Hour to") }
        let text = try String(contentsOfFile: number, encoding: .utf8)
        return (session, try #require(pid_t(text.filter(\.isNumber))), folder)
    }

    /// The terminal is as it was, and what is typed is shown again.
    private func checkGivenBack(_ session: TerminalSession, status: Int) throws {
        let screen = try session.wait { $0.contains("\nover") }
        let sums = screen.split(separator: "\n").filter { $0.hasSuffix("  -") }
        #expect(sums.count == 2 && sums.first == sums.last, "\(screen)")
        #expect(screen.contains("status \(status)"), "\(screen)")
        try session.run("echo visible")
        #expect(try session.wait { $0.contains("\nvisible") }.contains("\nvisible"))
    }

    @Test(arguments: ["q", "C-c", "TERM"])
    func `leaving gives the terminal back as it was`(way: String) throws {
        let (session, process, _) = try startTold()
        if way == "TERM" { kill(process, SIGTERM) } else { try session.press(way) }
        try checkGivenBack(session, status: 0)
    }

    @Test(arguments: [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT])
    func `a crash gives the terminal back, too, and is still one`(signal: Int32) throws {
        let (session, process, _) = try startTold()
        kill(process, signal)
        try checkGivenBack(session, status: 128 + Int(signal))
    }

    @Test func `keys go through the screens`() throws {
        let session = try start()
        _ = try session.wait { $0.contains("24 h to 2") }
        for (key, text) in [
            ("3", "newest hour"), ("r", "[7 d]"), ("Down", "PM10 µg/m³"), ("Left", "hour to 2"), ("4", "Standing"),
            ("5", "[5 Alarms]"), ("6", "p99 ms"), ("7", "no stations send here"), ("8", "arrows scroll"),
            ("1", "by AQI"),
            ("?", "any key goes back"),
        ] {
            if key == "1" {
                try session.press("1")
                try session.press("o")
            } else {
                try session.press(key)
            }
            let screen = try session.wait(seconds: 10) { $0.contains(text) }
            #expect(screen.contains(text), "\(key): \(screen)")
        }
        // Any key leaves the help; q then ends it.
        try session.press("x")
        try session.press("q")
        #expect(try session.wait { $0.contains("ready>") && !$0.contains("q quit") }.contains("ready>"))
    }

    @Test func `Ctrl-L draws anew what another program wrote over it`() throws {
        let session = try TerminalSession()
        try session.run("(sleep 3; printf '\\033[24;60HNOISE') & \(Program.path) demo --speed 36000")
        #expect(try session.wait { $0.contains("NOISE") && $0.contains("q quit") }.contains("q quit"))
        try session.press("C-l")
        #expect(try !session.wait { !$0.contains("NOISE") }.contains("NOISE"))
        try session.press("q")
    }

    @Test(arguments: ["vt100", "vt220", "linux", "xterm-256color", "screen"])
    func `it is drawn on old terminals and new ones, each with the characters that it has`(terminal: String) throws {
        let session = try TerminalSession()
        try session.run("TERM=\(terminal) \(Program.path) demo --speed 36000")
        let screen = try session.wait {
            $0.contains("24 h to 2") && $0.contains("Last 48 hours") && $0.contains("PM10")
        }
        let isOld = terminal == "linux" || terminal.hasPrefix("vt")
        #expect(screen.contains { "▂▃▅▆▇".contains($0) } == !isOld, "\(screen)")
        #expect(screen.contains("─") && screen.contains("[2 Station]"), "\(screen)")
        try session.press("3")
        #expect(try session.wait { $0.contains("[3 Trend]") }.contains("newest hour"))
        try session.press("q")
        #expect(try session.wait { $0.contains("ready>") && !$0.contains("q quit") }.contains("ready>"))
    }

    @Test func `without UTF-8 it is drawn with letters`() throws {
        let session = try TerminalSession()
        try session.run("LC_ALL=C \(Program.path) demo --speed 36000")
        let screen = try session.wait { $0.contains("24 h to 2") && $0.contains("Last 48 hours") }
        #expect(screen.contains("[2 Station]") && screen.allSatisfy { $0.isASCII }, "\(screen)")
    }

    @Test func `colours are those of the theme, and none where none are wanted`() throws {
        func styled(_ start: String) throws -> String {
            let session = try TerminalSession()
            // Whoever runs the tests may not want colours.
            try session.run("unset NO_COLOR; \(start) --speed 36000")
            _ = try session.wait { $0.contains("24 h to 2") && $0.contains("AQI") && $0.contains("Last 48 hours") }
            return try session.styledText
        }
        // The background of a level: of 256 colours by number, of 8 by 40 ... 47.
        let hasBackground = { (text: String) in text.contains("48;5;") || text.contains(/\e\[[0-9;]*4[0-7]m/) }
        let program = Program.path
        for start in [
            "TERM=xterm-256color \(program) demo", "TERM=linux \(program) demo --theme okabe-ito",
            "AQI_THEME=okabe-ito \(program) demo",
        ] {
            let text = try styled(start)
            #expect(hasBackground(text), "\(start): \(text.replacing("\u{1B}", with: "^"))")
        }
        for start in ["NO_COLOR=1 \(program) demo", "\(program) demo --theme mono", "TERM=vt100 \(program) demo"] {
            #expect(!hasBackground(try styled(start)), "\(start)")
        }
        let session = try TerminalSession()
        try session.run("AQI_THEME=pink \(program) demo; echo status $?")
        #expect(try session.wait { $0.contains("status 6") }.contains("status 64"))
    }

    @Test func `a storm of sizes ends in a whole screen`() throws {
        let session = try start()
        _ = try session.wait { $0.contains("Hour to") }
        for round in 0..<40 { try session.resize(columns: 30 + round * 37 % 170, rows: 5 + round * 11 % 50) }
        try session.resize(columns: 100, rows: 30)
        let screen = try session.wait {
            let lines = $0.split(separator: "\n", omittingEmptySubsequences: false)
            return lines.count > 29 && lines[29].hasPrefix(" q quit") && $0.contains("[2 Station]")
        }
        let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first?.hasPrefix(" aqi-monitor") == true && lines[29].hasPrefix(" q quit"), "\(screen)")
    }

    @Test func `a window that changes its size is filled anew, one that is too small says so`() throws {
        let session = try start()
        _ = try session.wait { $0.contains("Hour to") }
        try session.resize(columns: 120, rows: 40)
        let wide = try session.wait { $0.split(separator: "\n").contains { $0.count > 110 && $0.contains("──") } }
        #expect(wide.split(separator: "\n").contains { $0.count > 110 }, "\(wide)")
        try session.resize(columns: 40, rows: 10)
        #expect(try session.wait { $0.contains("too small") }.contains("too small"))
        try session.resize(columns: 80, rows: 24)
        #expect(try session.wait { $0.contains("Hour to") }.contains("Hour to"))
    }

    @Test func `an unknown terminal is refused before anything starts`() throws {
        let session = try TerminalSession()
        try session.run("TERM=nonsense \(Program.path) demo; echo status $?")
        let screen = try session.wait {
            $0.contains("status ") && !$0.hasSuffix("status $?") && $0.contains("status 6")
        }
        #expect(screen.contains("status 64") && screen.contains("nonsense"), "\(screen)")
    }
}
