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
