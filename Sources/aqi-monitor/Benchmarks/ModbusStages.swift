import AQICore
import Ingest
import Texts

/// Reading devices over one Modbus TCP connection: requests, decoded and flagged readings, planned and not.
///
/// The server is a simulated one in this process, or any other on this machine; `benchmarks/modbus/loop.c` is libmodbus alone,
/// server and client, to compare with.
struct ModbusStages {
    static let names = ["modbus.read10", "modbus.read125", "modbus.planned40", "modbus.single40"]

    let repetitions: Int
    /// Where the server listens; nil for a simulated one.
    let port: Int?

    /// Devices that one connection reads in a round.
    private static let units = 50

    func run(_ name: String) async throws -> BenchResult {
        let server = port == nil ? try ModbusSimulator(tcpPort: 0, bank: RegisterBank(units: Array(1...50))) : nil
        defer { server?.stop() }
        let line = server?.line ?? .tcp(host: "127.0.0.1", port: port ?? 0)
        switch name {
        case "modbus.read10": return try await read(name, line, registers: 10, unit: "requests/s")
        case "modbus.read125": return try await read(name, line, registers: 125, unit: "registers/s")
        default: return try await scattered(name, line)
        }
    }

    /// Many devices with registers in a row: one request each.
    private func read(_ name: String, _ line: ModbusLine, registers: Int, unit: String) async throws -> BenchResult {
        let devices = (1...Self.units).map { device($0, addresses: Array(0..<registers)) }
        let bus = ModbusBus(name: name, line: line, responseTimeoutMs: 5000, devices: devices)
        let counted = unit == "registers/s" ? registers : 1
        return try await time(name, bus, of: Self.units * counted, unit)
    }

    /// One device with 40 registers that lie apart; planned, or each with a request of its own.
    private func scattered(_ name: String, _ line: ModbusLine) async throws -> BenchResult {
        var device = device(1, addresses: (0..<40).map { $0 * 6 })
        if name == "modbus.single40" { device.maxRegisters = 1 }
        let bus = ModbusBus(name: name, line: line, responseTimeoutMs: 5000, devices: [device])
        return try await time(name, bus, of: 40, "registers/s")
    }

    private func device(_ unit: Int, addresses: [Int]) -> ModbusDevice {
        ModbusDevice(
            name: "device \(unit)", unit: unit,
            channels: addresses.enumerated().map { place, address in
                ChannelSource(
                    channel: Channel(station: Int32(unit * 1000 + place), parameter: .temperature),
                    register: Register(table: .holding, address: address, type: .u16), step: 1)
            })
    }

    /// The rate of rounds that last about a quarter of a second together.
    private func time(_ name: String, _ bus: ModbusBus, of units: Int, _ unit: String) async throws -> BenchResult {
        let clock = ContinuousClock()
        let now = Instant(seconds: 0)
        var rounds = 0
        var isWhole = true
        let end = clock.now.advanced(by: .milliseconds(250))
        while clock.now < end {
            let report = await bus.poll(at: now)
            if report.readings.contains(where: \.value.isMissing) { isWhole = false }
            rounds += 1
        }
        guard isWhole else { throw Failure(.unavailable, Session.words.noAnswer) }
        var rates: [Double] = []
        for _ in 0..<repetitions {
            let duration = await clock.measure { for _ in 0..<rounds { _ = await bus.poll(at: now) } }
            rates.append(Double(rounds * units) / (duration / .seconds(1)))
        }
        await bus.close()
        rates.sort()
        return BenchResult(
            stage: name, rate: rates[rates.count / 2], unit: unit, copyRatio: nil, checksum: nil,
            range: rates[0]...rates[rates.count - 1])
    }
}
