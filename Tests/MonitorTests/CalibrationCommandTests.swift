import Foundation
import Ingest
import Store
import TestSupport
import Testing

/// A person tells a running monitor that a device reads a gas.
@Suite("calibration begin, end, list", .serialized) struct CalibrationCommandTests {
    private func device(_ running: RunningMonitor) throws -> [String: Any] {
        (try running.json()["devices"] as? [[String: Any]])?.first ?? [:]
    }

    /// What the status says of the device's phase, once it says so.
    private func wait(_ running: RunningMonitor, until isThere: ([String: Any]) -> Bool) throws -> [String: Any] {
        var found: [String: Any] = [:]
        for _ in 0..<100 {
            found = try device(running)
            if isThere(found) { break }
            usleep(100_000)
        }
        return found
    }

    @Test func `its values do not count from then on, also after a restart, until the person ends it`() throws {
        let running = try RunningMonitor()
        _ = try wait(running) { $0["ok"] as? Int ?? 0 > 0 }
        let options = ["--store", running.store, "--as", "Li", "--reason", "weekly check"]
        let begun = try Program.run(["calibration", "begin", "zero", "SO2 analyser"] + options)
        #expect(begun.status == 0, "\(begun.errors)")
        #expect(try wait(running) { $0["phase"] != nil }["phase"] as? String == "PZ")
        running.stop()
        try running.start(untilItSays: "\"flag\":\"PZ\"")
        let list = try Program.run("calibration", "list", "--store", running.store)
        #expect(list.output == "rack: SO2 analyser: zero gas (PZ)\n", "\(list.output)")
        let screen = try Program.run("watch", "--once", "--screen", "devices", "--store", running.store).output
        #expect(screen.contains("rack: SO2 analyser") && screen.contains("zero gas (PZ)"), "\(screen)")

        let ended = try Program.run(["calibration", "end", "SO2 analyser", "--bus", "rack"] + options)
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(try wait(running) { $0["phase"] as? String == "W" }["phaseUntil"] as? String != nil)
        running.monitor.terminate()
        running.monitor.waitUntilExit()
        let results = try Program.run("export", "calibrations", "--store", running.store)
        #expect(results.output.contains("SO2 analyser") && results.output.contains("Li"), "\(results.output)")
        let trail = try Program.run(
            "query", "--store", running.store, "--sql", "SELECT person, subject, after, reason FROM audit")
        #expect(
            trail.output.contains("Li (") && trail.output.contains("calibration rack: SO2 analyser"), "\(trail.output)")
        #expect(trail.output.contains("zero") && trail.output.contains("end"), "\(trail.output)")
    }

    @Test func `a device is also called as lists call it, with its bus`() throws {
        let running = try RunningMonitor()
        let options = ["--store", running.store, "--as", "Li", "--reason", "weekly check"]
        let begun = try Program.run(["calibration", "begin", "zero", "rack: SO2 analyser"] + options)
        #expect(begun.status == 0, "\(begun.errors)")
        #expect(try wait(running) { $0["phase"] != nil }["phase"] as? String == "PZ")
        #expect(try Program.run(["calibration", "end", "rack: SO2 analyser"] + options).status == 0)
        let trail = try Program.run("query", "--store", running.store, "--sql", "SELECT subject FROM audit").output
        #expect(trail.contains("calibration rack: SO2 analyser") && !trail.contains("rack: rack"), "\(trail)")
    }

    @Test func `what cannot be is refused with the reason, and nothing changes`() throws {
        let running = try RunningMonitor()
        _ = try wait(running) { $0["ok"] as? Int ?? 0 > 0 }
        func run(_ arguments: String..., person: String = "Li") throws -> Program.Result {
            try Program.run(
                ["calibration"] + arguments + ["--store", running.store, "--as", person, "--reason", "check"])
        }
        let unknown = try run("begin", "span", "O3 analyser")
        #expect(unknown.status == 65 && unknown.errors.contains("rack: SO2 analyser"), "\(unknown.errors)")
        #expect(try run("begin", "span", "desk: SO2 analyser").status == 65)
        let early = try run("end", "SO2 analyser")
        #expect(early.status == 65 && !early.errors.isEmpty, "\(early.errors)")
        #expect(try run("begin", "zero", "SO2 analyser", person: " ").status == 65)
        #expect(try run("begin", "lunch", "SO2 analyser").status == 64)
        #expect(try device(running)["phase"] == nil)
        running.stop()
        let absent = try run("begin", "span", "SO2 analyser")
        #expect(absent.status == 69 && absent.errors.contains("aqi-monitor run"), "\(absent.errors)")
    }
}
