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
            "primary", "no warning in force", "Log",
        ] {
            #expect(screen.contains(text), "\(screen)")
        }
    }

    @Test func `it speaks Chinese`() throws {
        let session = try start("--lang zh")
        let screen = try session.wait { $0.contains("24 小时至 2") }
        for text in ["模拟", "演示站", "首要污染物", "本小时", "无预警", "日志", "q 退出"] {
            #expect(screen.contains(text), "\(screen)")
        }
    }

    @Test(arguments: ["q", "C-c", "TERM"])
    func `leaving gives the terminal back as it was`(way: String) throws {
        let session = try TerminalSession()
        let folder = try TemporaryFolder()
        let number = folder.file("pid")
        // The shell in between leaves its process number, which the program takes over.
        let start = "bash -c 'echo $$ > \(number); exec \(Program.path) demo --speed 36000'"
        try session.run("stty -a | md5sum; \(start); echo status $?; stty -a | md5sum; echo over")
        _ = try session.wait { $0.contains("Hour to") }
        if way == "TERM" {
            let text = try String(contentsOfFile: number, encoding: .utf8)
            kill(try #require(pid_t(text.filter(\.isNumber))), SIGTERM)
        } else {
            try session.press(way)
        }
        let screen = try session.wait { $0.contains("\nover") }
        let sums = screen.split(separator: "\n").filter { $0.hasSuffix("  -") }
        #expect(sums.count == 2 && sums.first == sums.last, "\(screen)")
        #expect(screen.contains("status 0"), "\(screen)")
        // What is typed is shown again.
        try session.run("echo visible")
        #expect(try session.wait { $0.contains("echo visible") }.contains("echo visible"))
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
