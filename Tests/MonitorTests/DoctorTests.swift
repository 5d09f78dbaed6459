import Foundation
import Ingest
import TestSupport
import Testing

/// Is this going to work, and why not.
@Suite("doctor --config", .serialized) struct DoctorTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            var verdict: String
            var subject: String
            var text: String
            var trouble: String?
        }
        var findings: [Finding]

        subscript(subject: String) -> Finding? { findings.first { $0.subject == subject } }
    }

    private func report(_ file: String) throws -> (status: Int32, report: Report) {
        let result = try Program.run("doctor", "--config", file, "--json")
        return (result.status, try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)))
    }

    @Test func `of a running monitor it tells how its devices do, without touching their lines`() throws {
        let running = try RunningMonitor()
        var found = try report(running.file)
        for _ in 0..<100 where found.report["rack: SO2 analyser"]?.verdict != "good" {
            usleep(100_000)
            found = try report(running.file)
        }
        #expect(found.status == 0)
        #expect(found.report["monitor"]?.text.contains("\(running.monitor.processIdentifier)") == true)
        #expect(found.report["rack: SO2 analyser"]?.text.contains("answers; half within") == true)
        #expect(found.report["store"]?.verdict == "good")
        #expect(found.report["rack: SO2 analyser"]?.trouble == nil)
    }

    @Test func `of a running monitor it tells why a device fails, and why one failed that answers again`() throws {
        let running = try RunningMonitor()
        guard case .tcp(_, let port) = running.simulator.line else { return }
        running.simulator.stop()
        let name = "rack: SO2 analyser"
        var found = try report(running.file)
        for _ in 0..<200 where found.report[name]?.trouble?.hasPrefix("cannotConnect") != true {
            usleep(100_000)
            found = try report(running.file)
        }
        #expect(found.report[name]?.trouble == "cannotConnect \(ECONNREFUSED)")
        #expect(found.report[name]?.text.contains("latest failure: cannot connect (Connection refused)") == true)
        let chinese = try Program.run("doctor", "--config", running.file, "--lang", "zh").output
        #expect(chinese.contains("最近一次失败：") && chinese.contains("正常 配置"), "\(chinese)")
        #expect(
            try Program.run("watch", "--json", "--store", running.store).output.contains(#""trouble":"cannotConnect"#))
        // It answers again; why it failed is still to be known.
        let again = try ModbusSimulator(tcpPort: port, bank: RegisterBank(units: [1]))
        defer { again.stop() }
        func status() throws -> String { try Program.run("watch", "--json", "--store", running.store).output }
        for _ in 0..<300 where try status().contains(#""silent":true"#) { usleep(100_000) }
        let device = try status()
        #expect(device.contains(#""trouble":"cannotConnect"#) && !device.contains("silent"), "\(device)")
    }

    @Test func `without one it asks each device itself; a dead one, and a store that cannot be made, are named`() throws
    {
        let running = try RunningMonitor()
        running.stop()
        let whole = try report(running.file)
        #expect(whole.status == 0 && whole.report["rack: SO2 analyser"]?.text.hasPrefix("1 answers") == true)
        running.simulator.stop()
        let text = try String(contentsOfFile: running.file, encoding: .utf8)
        let broken = try running.folder.write(
            "broken.toml", text.replacingOccurrences(of: running.store, with: "/nowhere/air.db"))
        let result = try Program.run("doctor", "--config", broken)
        #expect(result.status == 69)
        #expect(result.output.contains("BAD  rack: SO2 analyser: cannot connect"), "\(result.output)")
        #expect(result.output.contains("BAD  store: /nowhere/air.db"), "\(result.output)")
        #expect(result.errors.contains("does not work: store, rack: SO2 analyser"), "\(result.errors)")
    }

    @Test func `a bad configuration is told as everywhere else`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("bad.toml", "[monitor]\nstor = \"a\"\n")
        let result = try Program.run("doctor", "--config", file)
        #expect(result.status == 78 && result.errors.contains("bad.toml: line 2, column 1"), "\(result.errors)")
        #expect(try Program.run("doctor").status == 64)
    }
}
