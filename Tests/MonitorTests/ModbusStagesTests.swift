import Testing

@testable import aqi_monitor

@Suite("bench: Modbus") struct ModbusStagesTests {
    @Test func `every stage reads true numbers, planned or one by one`() async throws {
        let stages = ModbusStages(stopwatch: Stopwatch(repetitions: 5), requestCount: 40)
        var results: [BenchResult] = []
        try await stages.run { results.append($0) }
        #expect(results.map(\.stage) == ["10", "125", "scattered", "one-by-one"].map { "ingest.modbus.\($0)" })
        #expect(results.allSatisfy { $0.rate > 0 })
        // 0.5 + 1.5 + ... + 4.5, in thousandths; 0.5 + ... + 61.5, and the first word of 62.5 as it is.
        #expect(results[0].checksum == 12_500)
        #expect(results[1].checksum == 1_922_000 + 0x427A)
        #expect(results[2].checksum == results[3].checksum)
    }
}
