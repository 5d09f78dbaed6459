import Foundation
import Ingest
import TestSupport
import Testing

/// Screens and scripts that attach to a running monitor.
@Suite("watch", .serialized) struct WatchTests {
    @Test func `a script gets one object, a line for each update, or the screen as text`() throws {
        let running = try RunningMonitor()
        let object = try running.json()
        #expect(object["version"] as? Int == 1)
        #expect(object["process"] as? Int == Int(running.monitor.processIdentifier))
        let stations = try #require(object["stations"] as? [[String: Any]])
        let lines = try #require(stations.first?["pollutants"] as? [[String: Any]])
        let so2 = try #require(lines.first { $0["name"] as? String == "so2" })
        #expect(so2["value"] as? Double == 12.3 && so2["flag"] as? String == "N")
        let screen = try Program.run("watch", "--once", "--config", running.file).output
        #expect(screen.contains("药材公司") && screen.contains("12.3"), "\(screen)")
        #expect(screen.split(separator: "\n", omittingEmptySubsequences: false).count == 25)

        let follower = try Program.start(
            ["watch", "--json", "--follow", "--store", running.store], output: running.folder.file("lines"),
            errors: running.folder.file("follow.err"))
        defer { follower.terminate() }
        var count = 0
        for _ in 0..<400 where count < 3 {
            usleep(50_000)
            let text = try String(contentsOfFile: running.folder.file("lines"), encoding: .utf8)
            count = text.split(separator: "\n").count
        }
        #expect(count >= 3)
    }

    @Test func `a screen is printed as wanted: which, how large, in which colours`() throws {
        let running = try RunningMonitor()
        func watch(_ options: String...) throws -> Program.Result {
            try Program.run(["watch", "--once", "--store", running.store] + options)
        }
        let large = try watch("--screen", "devices", "--size", "200x60").output
        #expect(large.contains("[6 Devices]") && large.contains("rack: SO2 analyser"))
        #expect(large.split(separator: "\n", omittingEmptySubsequences: false).count == 61 && !large.contains("\u{1B}"))
        let coloured = try watch("--screen", "station", "--station", "A", "--theme", "okabe-ito").output
        #expect(coloured.contains("\u{1B}[0;1m") && coloured.contains("药材公司"))
        #expect(try !watch("--glyphs", "ascii").output.contains { "─█▁·│".contains($0) })
        let unknown = try watch("--station", "B")
        #expect(unknown.status == 65 && unknown.errors.contains("B"))
        for wrong in [["--size", "79x24"], ["--size", "x"], ["--screen", "moon"], ["--theme", "pink"]] {
            #expect(try Program.run(["watch", "--once", "--store", running.store] + wrong).status == 64, "\(wrong)")
        }
    }

    @Test func `a station's name that would steer the terminal is shown, not obeyed`() throws {
        let running = try RunningMonitor(name: "\\u001B[2J\\u009B31m站\\u202E")
        let session = try TerminalSession(columns: 100, rows: 30)
        try session.run("\(Program.path) watch --store \(running.store)")
        let screen = try session.wait { $0.contains("12.3") && $0.contains("站") }
        #expect(screen.contains("?[2J?31m站?") && screen.contains("[2 Station]"), "\(screen)")
        try session.press("1")
        #expect(try session.wait { $0.contains("[1 City]") }.contains("?[2J?31m"))
        try session.press("q")
    }

    @Test func `devices come with their counters and round trips`() throws {
        let running = try RunningMonitor()
        var device: [String: Any] = [:]
        for _ in 0..<100 where (device["ok"] as? Int ?? 0) < 1 {
            usleep(100_000)
            device = try #require((try running.json()["devices"] as? [[String: Any]])?.first ?? [:])
        }
        #expect(device["name"] as? String == "SO2 analyser" && device["asked"] as? Bool == true)
        #expect(device["ok"] as? Int ?? 0 >= 1 && device["timeout"] as? Int == 0)
        #expect(device["p50"] as? Int ?? 0 > 0 && device["p99"] as? Int ?? 0 > 0)
    }

    @Test func `without a monitor it says so and how to start one`() throws {
        let folder = try TemporaryFolder()
        for options in [["--once"], ["--json"]] {
            let result = try Program.run(["watch", "--store", folder.file("air.db")] + options)
            #expect(result.status == 69 && result.output.isEmpty)
            #expect(result.errors.contains("no monitor is running here") && result.errors.contains("aqi-monitor run"))
        }
    }

    @Test func `a killed monitor leaves a socket that the next one replaces, a living one keeps its own`() throws {
        let running = try RunningMonitor()
        let attributes = try FileManager.default.attributesOfItem(atPath: running.store + ".status")
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o660)
        running.stop()
        #expect(FileManager.default.fileExists(atPath: running.store + ".status"))
        #expect(try Program.run("watch", "--json", "--store", running.store).status == 69)
        try running.start()
        let second = try Program.run("run", "--config", running.file)
        #expect(second.status == 69, "\(second.errors)")
        #expect(try running.json()["process"] as? Int == Int(running.monitor.processIdentifier))
    }

    @Test func `a screen says when the monitor is not heard, and goes on when it is back`() throws {
        let running = try RunningMonitor()
        let session = try TerminalSession(columns: 100, rows: 30)
        try session.run("\(Program.path) watch --store \(running.store); echo status $?")
        #expect(try session.wait { $0.contains("药材公司") && $0.contains("12.3") }.contains("12.3"))
        running.stop()
        #expect(try session.wait { $0.contains("monitor not heard since") }.contains("monitor not heard since"))
        try running.start()
        #expect(try !session.wait { !$0.contains("monitor not heard since") }.contains("monitor not heard since"))
        try session.press("q")
        #expect(try session.wait { $0.contains("status 0") }.contains("status 0"))
        #expect(running.monitor.isRunning)
    }

    @Test func `peers that never read, or talk nonsense, hold up neither the monitor nor anybody else`() throws {
        let running = try RunningMonitor()
        let silent = (0..<80).map { _ in connectToSocket(running.store + ".status") }
        defer { for descriptor in silent { close(descriptor) } }
        // More than a monitor serves at a time: whoever comes now is turned away.
        usleep(300_000)
        for descriptor in silent.prefix(40) {
            let text = Array("\u{1B}[2J{{{{\n".utf8)
            _ = unsafe text.withUnsafeBytes { unsafe send(descriptor, $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL)) }
            close(descriptor)
        }
        var isServed = false
        for _ in 0..<100 where !isServed {
            usleep(50_000)
            isServed = try Program.run("watch", "--json", "--store", running.store).output.contains("12.3")
        }
        #expect(isServed && running.monitor.isRunning)
    }
}
