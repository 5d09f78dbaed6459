import AQICore
import Foundation
import Store
import TestSupport
import Testing
import Texts
import Warnings

@testable import aqi_monitor

/// A demo with a store, as other terminals see it.
@Suite("demo: from other terminals", .serialized) final class DemoSocketTests {
    private let folder: TemporaryFolder
    private let store: String
    private let demo: Process
    private let director = "simulated office deputy director"

    init() throws {
        folder = try TemporaryFolder()
        store = folder.file("demo.db")
        // An hour in six seconds, of a time that is not ours.
        demo = try Program.start(
            [
                "demo", "--headless", "--speed", "600", "--store", store, "--hours", "100000", "--from",
                "2036-01-01T00:00:00+08:00",
            ], output: folder.file("out"), errors: folder.file("err"))
    }

    deinit {
        if demo.isRunning { kill(demo.processIdentifier, SIGKILL) }
        demo.waitUntilExit()
    }

    private func run(_ arguments: String...) throws -> Program.Result {
        try Program.run(arguments + ["--store", store])
    }

    /// Waits for what a command says.
    @discardableResult
    private func wait(
        _ arguments: String..., location: SourceLocation = #_sourceLocation, until isSo: (Program.Result) -> Bool
    ) throws -> String {
        var last: Program.Result?
        for _ in 0..<400 {
            let result = try Program.run(arguments + ["--store", store])
            if isSo(result) { return result.output }
            last = result
            usleep(100_000)
        }
        Issue.record("\(arguments): \(String(describing: last))", sourceLocation: location)
        return ""
    }

    private func status() throws -> WarningStatus {
        try JSONDecoder().decode(WarningStatus.self, from: Data(run("warnings", "list", "--json").output.utf8))
    }

    @Test func `screens attach, people act in its time, and what cannot be is refused in words`() throws {
        try wait("watch", "--json") {
            $0.output.contains("\"simulation\":\"600\"") && $0.output.contains("so2 analyser")
        }
        for (socket, rights) in [("status", 0o660), ("control", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(store).\(socket)")
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == rights, "\(socket)")
        }
        #expect(try run("watch", "--once", "--screen", "devices").output.contains("so2 analyser"))
        #expect(try run("alarms", "list").status == 0)

        let nobody = try run("warnings", "sign", "1", "--as", "张三")
        #expect(nobody.status == 65 && nobody.errors.contains(director), "\(nobody.errors)")
        #expect(try run("warnings", "sign", "9", "--as", director).status == 65)
        #expect(try run("alarms", "acknowledge", "99", "--as", director).status == 65)
        let station = try run("hj212", "send", "A0", "time", "--as", director, "--reason", "x")
        #expect(station.status == 65 && station.errors.contains("A0"), "\(station.errors)")
        #expect(try run("calibration", "begin", "zero", "none", "--as", director, "--reason", "x").status == 65)

        #expect(
            try run("calibration", "begin", "zero", "so2 analyser", "--as", director, "--reason", "drill").status == 0)
        try wait("calibration", "list") { $0.output.contains("so2 analyser: zero") }
        #expect(try run("calibration", "end", "so2 analyser", "--as", director, "--reason", "drill").status == 0)

        // Before the first hour is over an order has nothing to be decided by.
        try wait("watch", "--json") { $0.output.contains("\"aqi\":") }
        let ordered = try run(
            "warnings", "order", "--from", "province", "--level", "red", "--as", director, "--reason", "drill")
        #expect(ordered.status == 0, "\(ordered.errors)")
        try wait("warnings", "list", "--json") { _ in (try? status())?.rules.inForce?.level == .red }
        let steps = try StoreReader(path: store).read { try $0.ledger(kind: "order") }
        let order = try #require(steps.first)
        #expect(order.time.iso8601.hasPrefix("2036-01-01T") && order.person == director && order.reason == "drill")

        // A second demo on the store is refused, and takes nothing from the first.
        #expect(try Program.run("demo", "--headless", "--store", store).status == 69)
        #expect(try run("watch", "--json").status == 0)
        let chain = try run("ledger", "verify")
        #expect(chain.status == 0, "\(chain.errors)")

        demo.terminate()
        demo.waitUntilExit()
        #expect(demo.terminationStatus == 0)
        for socket in ["status", "control"] {
            #expect(!FileManager.default.fileExists(atPath: "\(store).\(socket)"), "\(socket)")
        }
        #expect(try run("watch", "--json").status == 69)
        #expect(try run("warnings", "sign", "1", "--as", director).status == 69)
        let trail = try Program.run("query", "--store", store, "--sql", "SELECT person, subject, reason FROM audit")
        #expect(trail.output.contains("calibration gas rack: so2 analyser"), "\(trail.output)")
        #expect(try Program.run("demo", "--help").output.contains("--store other terminals attach"))
    }
}
