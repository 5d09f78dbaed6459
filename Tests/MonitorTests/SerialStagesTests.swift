import Ingest
import Testing

@testable import aqi_monitor

@Suite("bench: serial lines") struct SerialStagesTests {
    @Test func `every decoder finds every frame, and its values where it has them`() throws {
        let stages = SerialStages(stopwatch: Stopwatch(repetitions: 5), byteCount: 20_000)
        var results: [BenchResult] = []
        try stages.run(SerialStages.decode) { results.append($0) }
        #expect(results.map(\.stage) == SerialProtocol.allCases.map { "serial.decode.\($0.name)" })
        for result in results {
            // No frame of them is longer than 64 bytes.
            let frames = try #require(result.details.first?.value)
            #expect(frames > 20_000 / 70 && result.rate > 0, "\(result)")
            #expect((result.checksum ?? 0) > 0 || result.stage.hasSuffix(".line"), "\(result)")
        }
    }

    @Test func `no byte of saturated ports is lost`() throws {
        var results: [BenchResult] = []
        try SerialStages(stopwatch: Stopwatch(repetitions: 5), seconds: 1).run(SerialStages.ports) {
            results.append($0)
        }
        let details = Dictionary(uniqueKeysWithValues: try #require(results.first).details)
        #expect(details["ports"] == 32)
        #expect((details["sent"] ?? 0) > 32 * 11_000)
        #expect(details["decoded"] == details["sent"] && details["noise"] == 0, "\(details)")
    }
}
