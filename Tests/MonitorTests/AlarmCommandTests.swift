import Foundation
import Ingest
import TestSupport
import Testing

/// Alarms of a running monitor, by script and on the screen.
@Suite("alarms", .serialized) struct AlarmCommandTests {
    private func alarms(_ running: RunningMonitor) throws -> [[String: Any]] {
        let result = try Program.run("alarms", "list", "--json", "--store", running.store)
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
    }

    /// The state of the first alarm, once it is the one that is waited for.
    private func wait(_ running: RunningMonitor, for state: String?) throws -> [String: Any] {
        var first: [String: Any] = [:]
        for _ in 0..<200 {
            first = try alarms(running).first ?? [:]
            if first["state"] as? String == state { break }
            usleep(100_000)
        }
        return first
    }

    private func act(_ running: RunningMonitor, _ arguments: String..., person: String = "李四") throws -> Program.Result
    {
        try Program.run(["alarms"] + arguments + ["--as", person, "--store", running.store])
    }

    @Test func `a device falls silent: somebody knows, puts it on the shelf, and a restart forgets neither`() throws {
        let running = try RunningMonitor()
        #expect(try Program.run("alarms", "list", "--store", running.store).output == "no alarms\n")
        running.simulator.stop()
        let alarm = try wait(running, for: "unacknowledged")
        #expect(alarm["kind"] as? String == "deviceSilent" && alarm["subject"] as? String == "rack: SO2 analyser")
        let number = "\(alarm["number"] as? Int ?? 0)"
        let text = try Program.run("alarms", "list", "--store", running.store).output
        #expect(text.contains("ACTIVE") && text.contains("rack: SO2 analyser: does not answer"), "\(text)")

        #expect(try act(running, "acknowledge", "99").status == 65)
        #expect(try act(running, "acknowledge", number, person: " ").status == 65)
        #expect(try act(running, "shelve", number, "--for", "720h", "--reason", "x").status == 65)
        #expect(try alarms(running).first?["state"] as? String == "unacknowledged")

        #expect(try act(running, "acknowledge", number).status == 0)
        #expect(try act(running, "acknowledge", number).status == 65)
        let known = try wait(running, for: "acknowledged")
        #expect(known["acknowledgedBy"] as? String == "李四")
        #expect(try act(running, "shelve", number, "--for", "8h", "--reason", "new \u{1B}pump").status == 0)
        #expect(try wait(running, for: "shelved")["shelfReason"] as? String == "new ?pump")
        // The next commit writes it; then a power cut.
        usleep(1_500_000)
        running.stop()
        try running.start(untilItSays: "\"shelvedBy\":\"李四\"")
        #expect(try wait(running, for: "shelved")["acknowledgedBy"] as? String == "李四")
        #expect(try act(running, "unshelve", number).status == 0)
        #expect(try wait(running, for: "acknowledged")["number"] as? Int == alarm["number"] as? Int)
        running.monitor.terminate()
        running.monitor.waitUntilExit()
        let trail = try Program.run(
            "query", "--store", running.store, "--sql", "SELECT person, subject, before, after, reason FROM audit")
        for part in [
            "李四 (", "alarm \(number) deviceSilent rack: SO2 analyser", "unacknowledged", "acknowledged",
            "shelved until",
            "new ?pump", "taken from the shelf",
        ] { #expect(trail.output.contains(part), "\(part): \(trail.output)") }
        let absent = try act(running, "acknowledge", number)
        #expect(absent.status == 69 && absent.errors.contains("aqi-monitor run"), "\(absent.errors)")
    }

    @Test func `an operator acknowledges on the screen; somebody who only looks cannot`() throws {
        let running = try RunningMonitor()
        running.simulator.stop()
        _ = try wait(running, for: "unacknowledged")
        let session = try TerminalSession(columns: 100, rows: 30)
        try session.run("\(Program.path) watch --store \(running.store) --screen alarms")
        #expect(try session.wait { $0.contains("does not answer") }.contains("only looking"))
        for key in ["a", "y"] { try session.press(key) }
        usleep(500_000)
        #expect(try alarms(running).first?["state"] as? String == "unacknowledged")
        try session.press("q")
        _ = try session.wait { $0.hasSuffix("ready> \n") || !$0.contains("only looking") }
        try session.run("\(Program.path) watch --store \(running.store) --screen alarms --operator 李四")
        // The command line that was typed says the name, too.
        #expect(try session.wait { $0.contains("a acknowledge") }.contains("operator 李四"))
        try session.press("a")
        #expect(try session.wait { $0.contains("acknowledge alarm") }.contains("y / any other key"))
        try session.press("y")
        #expect(try session.wait { $0.contains("acknowledged by 李四") }.contains("acknowledged by 李四"))
        #expect(try wait(running, for: "acknowledged")["acknowledgedBy"] as? String == "李四")
        try session.press("q")
    }
}
