import AQICore
import Ingest
import Testing

/// libmodbus' server takes whatever follows a request to another unit for that unit's answer
/// (modbus-rtu.c, `confirmation_to_ignore`), and on a simulated line nobody else answers. So the request after it is eaten,
/// every time, and one silent unit silences the simulated one.
@Suite("Ingest: a silent unit on a simulated serial line") struct SilentUnitTests {
    @Test func `a unit that is not on the line is silent, and the next one is heard`() async throws {
        let bank = RegisterBank(units: [5])
        bank.set([(unit: 5, table: .holding, address: 0, RegisterBank.registers(thousandths: 7000, order: .abcd))])
        let server = try ModbusSimulator(rtuUnit: 5, bank: bank)
        defer { server.stop() }
        let bus = ModbusBus(
            name: "bus", line: server.line, responseTimeoutMs: 700,
            devices: [analyser("silent", unit: 6, [.so2]), analyser("good", unit: 5, [.no2])])
        for _ in 0..<2 {
            let report = await bus.poll(at: noon)
            #expect(report.readings.map(\.value) == [.missing(.communication), Concentration(thousandths: 7000)])
        }
    }
}
