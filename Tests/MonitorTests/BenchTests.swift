import Foundation
import TestSupport
import Testing

@testable import aqi_monitor

@Suite("bench: every stage, as small as can be") struct BenchTests {
    @Test(arguments: Stage.all.map(\.name))
    func `a stage does its work, and gives its figures as JSON`(_ name: String) throws {
        let folder = try TemporaryFolder()
        let result = try Program.run("bench", name, "--smoke", "--json", "--store-folder", folder.path)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.lines.count == 1)
        let line = try #require(result.lines.first)
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        #expect(object?["stage"] as? String == name)
        #expect(object?["units"] as? Int ?? 0 > 0)
        #expect((object?["rate"] as? NSNumber)?.doubleValue ?? 0 > 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `stages have names of their own, and limits that exist`() {
        #expect(Set(Stage.all.map(\.name)).count == Stage.all.count)
        for stage in Stage.all {
            #expect(stage.limit.map { Stage.named($0) != nil } ?? true, "\(stage.name)")
            #expect(stage.size(times: 1) >= 1 && stage.size(times: 1000) == stage.size)
        }
    }

    @Test func `Modbus stages read true numbers, planned or one by one`() throws {
        let checksums = try ["10", "125", "scattered", "one-by-one"].map { name in
            let line = try #require(try Program.run("bench", "ingest.modbus.\(name)", "--smoke", "--json").lines.first)
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return UInt64(try #require(object?["checksum"] as? String), radix: 16)
        }
        // 0.5 + 1.5 + ... + 4.5, in thousandths; 0.5 + ... + 61.5, and the first word of 62.5 as it is.
        #expect(checksums[0] == 12_500)
        #expect(checksums[1] == 1_922_000 + 0x427A)
        #expect(checksums[2] == checksums[3])
    }

    @Test func `on demand a repetition is a line for a line`() throws {
        let result = try Program.run(
            "bench", "core.report", "--on-demand", "--smoke", "--times", "1", input: "go\ngo\n")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.lines.count == 3 && result.lines.first == "ready")
    }

    @Test func `a stage that is not there is refused with those that are`() throws {
        let result = try Program.run("bench", "core.batsh")
        #expect(result.status == 64)
        #expect(result.errors.contains("core.batch.running24"))
    }
}

@Suite("bench: what a box carries") struct CapacityTests {
    private func result(_ stage: String, rate: Double, _ details: [(name: String, value: Int64)] = []) throws
        -> BenchResult
    {
        BenchResult(
            stage: try #require(Stage.named(stage)), size: 1, units: 1_000_000, seconds: [1_000_000 / rate],
            outcome: .init(details: details), limit: nil)
    }

    @Test func `the parts and the rest add up to what was measured, and the largest is the limit`() throws {
        // 20 µs on the wire, 6 in the core, 4 in the store; a commit of 500 µs every five seconds, a frame of 900 µs.
        var results = [
            try result("ingest.modbus.10", rate: 50_000), try result("core.streaming", rate: 1_000_000),
            try result("store.samples", rate: 1_500_000), try result("disk.commit", rate: 400),
            try result("terminal.frame", rate: 2000),
        ]
        #expect(Capacity(results) == nil)
        // 1000 stations take 41 ms of each second: 40 µs each beside the 1000 that are fixed.
        results.append(try result("pipeline.run", rate: 1, [("stations", 1000), ("cpuThousandths", 41)]))
        let capacity = try #require(Capacity(results))
        #expect(abs(capacity.fixedMicroseconds - 1000) < 1e-6)
        #expect(capacity.limit.stage == "ingest.modbus.10")
        #expect(abs(capacity.shares.reduce(0) { $0 + $1.microseconds } - 40) < 1e-6)
        #expect(capacity.stations == 24_975)
    }
}
