import Testing

@testable import aqi_monitor

@Suite("bench: inventory") struct InventoryStagesTests {
    @Test func `both stages take the same inventory, and give the same each time`() throws {
        let stages = InventoryStages(stopwatch: Stopwatch(repetitions: 5), plants: 200)
        for name in InventoryStages.names {
            let result = try stages.run(name)
            #expect(result.stage == name && result.rate > 0)
            #expect(try result.checksum == stages.run(name).checksum)
        }
    }
}
