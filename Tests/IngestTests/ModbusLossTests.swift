import AQICore
import Glibc
import Ingest
import Testing

/// Devices and servers that go away and come back; real sockets and pseudo-terminals.
@Suite("Ingest: lost and found devices") struct ModbusLossTests {
    private func set(_ bank: RegisterBank, unit: Int, _ thousandths: Int32) {
        bank.set([
            (unit: unit, table: .holding, address: 0, RegisterBank.registers(thousandths: thousandths, order: .abcd))
        ])
    }

    @Test func `a silent device loses its own channels, once, until it is back`() async throws {
        let bank = RegisterBank(units: [1])
        set(bank, unit: 1, 7000)
        let server = try ModbusSimulator(tcpPort: 0, bank: bank)
        let bus = ModbusBus(
            name: "bus", line: server.line, responseTimeoutMs: 5000,
            devices: [analyser("good", unit: 1, [.so2]), analyser("silent", unit: 2, [.no2, .co])])
        let missing = Concentration.missing(.communication)
        var events: [[BusEvent]] = []
        for round in 0..<3 {
            let report = await bus.poll(at: noon + Int64(round))
            #expect(report.readings.map(\.value) == [Concentration(thousandths: 7000), missing, missing])
            #expect(report.readings.allSatisfy { $0.time == noon + Int64(round) })
            events.append(report.events)
        }
        // 0x0B: gateway target device failed to respond.
        let lost = BusEvent.deviceLost(bus: "bus", device: "silent", .exception(code: 11))
        #expect(events == [[lost], [], [.devicePaused(bus: "bus", device: "silent")]])

        // The device is switched on: the same gateway, now with both units behind it.
        await bus.close()
        server.stop()
        let both = RegisterBank(units: [1, 2])
        set(both, unit: 1, 8000)
        set(both, unit: 2, 9000)
        let again = try simulator(onFreed: server.line, bank: both)
        defer { again.stop() }
        let back = await bus.poll(at: noon)
        #expect(back.events == [.deviceBack(bus: "bus", device: "silent")])
        #expect(back.readings.map(\.value.thousandths) == [8000, 9000, 0])
        #expect(await bus.poll(at: noon).events.isEmpty)
    }

    @Test func `a server that was stopped and started again is connected to again`() async throws {
        let bank = RegisterBank(units: [1])
        set(bank, unit: 1, 7000)
        let bus: ModbusBus
        let line: ModbusLine
        do {
            let server = try ModbusSimulator(tcpPort: 0, bank: bank)
            line = server.line
            bus = ModbusBus(
                name: "bus", line: line, responseTimeoutMs: 5000, devices: [analyser("a", unit: 1, [.so2])])
            #expect(await bus.poll(at: noon).readings.map(\.value.thousandths) == [7000])
            server.stop()
        }
        // While it is away: the open connection ends first, then nobody listens.
        var events: [BusEvent] = []
        for _ in 0..<3 {
            let report = await bus.poll(at: noon)
            #expect(report.readings.map(\.value) == [.missing(.communication)])
            events += report.events
        }
        guard events.count == 1, case .deviceLost("bus", "a", .lost) = events[0] else {
            Issue.record("not one loss of an open connection: \(events)")
            return
        }
        set(bank, unit: 1, 9000)
        let again = try simulator(onFreed: line, bank: bank)
        defer { again.stop() }
        let back = await bus.poll(at: noon)
        #expect(back.events == [.deviceBack(bus: "bus", device: "a")])
        #expect(back.readings.map(\.value.thousandths) == [9000])
    }

    @Test func `a server that was restarted between two rounds costs one round at most`() async throws {
        let bank = RegisterBank(units: [1])
        set(bank, unit: 1, 7000)
        let server = try ModbusSimulator(tcpPort: 0, bank: bank)
        let bus = ModbusBus(
            name: "bus", line: server.line, responseTimeoutMs: 5000, devices: [analyser("a", unit: 1, [.so2])])
        #expect(await bus.poll(at: noon).readings.map(\.value.thousandths) == [7000])
        server.stop()
        let again = try simulator(onFreed: server.line, bank: bank)
        defer { again.stop() }
        let first = await bus.poll(at: noon).readings.map(\.value)
        #expect(first == [.missing(.communication)] || first == [Concentration(thousandths: 7000)])
        #expect(await bus.poll(at: noon).readings.map(\.value.thousandths) == [7000])
    }

    @Test func `two buses may ask one server at a time`() async throws {
        let bank = RegisterBank(units: [1, 2])
        set(bank, unit: 1, 1000)
        set(bank, unit: 2, 2000)
        let server = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { server.stop() }
        await withTaskGroup(of: Void.self) { group in
            for unit in [1, 2, 1, 2] {
                let bus = ModbusBus(
                    name: "bus \(unit)", line: server.line, responseTimeoutMs: 5000,
                    devices: [analyser("a", unit: unit, [.so2])])
                group.addTask {
                    for _ in 0..<50 {
                        let report = await bus.poll(at: noon)
                        #expect(report.readings.map(\.value.thousandths) == [Int32(unit) * 1000])
                        #expect(report.events.isEmpty)
                    }
                }
            }
        }
    }
}

/// Modbus RTU over a pseudo-terminal: a real serial line but for the voltages.
@Suite("Ingest: Modbus RTU") struct ModbusRTUTests {
    @Test func `values come over a serial line as they were set`() async throws {
        let bank = RegisterBank(units: [5])
        bank.set([
            (unit: 5, table: .input, address: 6, RegisterBank.registers(thousandths: 118_000, order: .abcd)),
            (unit: 5, table: .input, address: 8, RegisterBank.registers(thousandths: -250, order: .abcd)),
        ])
        let server = try ModbusSimulator(rtuUnit: 5, bank: bank)
        defer { server.stop() }
        let bus = ModbusBus(
            name: "bus", line: server.line, responseTimeoutMs: 5000,
            devices: [analyser("monitor", unit: 5, [.pm10, .pm25], table: .input, address: 6)])
        for _ in 0..<20 {
            let report = await bus.poll(at: noon)
            #expect(report.readings.map(\.value.thousandths) == [118_000, -250])
            #expect(report.events.isEmpty)
        }
        // The line can be let go of and opened again: the far end does not hang up.
        await bus.close()
        #expect(await bus.poll(at: noon).readings.map(\.value.thousandths) == [118_000, -250])
    }

    @Test func `all 125 registers of the longest request come in one piece`() async throws {
        let bank = RegisterBank(units: [1])
        bank.set([(unit: 1, table: .holding, address: 0, registers: (0..<250).map { UInt16($0) * 7 })])
        let server = try ModbusSimulator(rtuUnit: 1, baud: 115_200, bank: bank)
        defer { server.stop() }
        let device = ModbusDevice(
            name: "a", unit: 1,
            channels: (0..<250).map {
                ChannelSource(
                    channel: channel(.pm25, station: Int32($0)),
                    register: Register(table: .holding, address: $0, type: .u16),
                    scale: ExactDecimal(thousandths: 1))
            })
        let bus = ModbusBus(name: "bus", line: server.line, responseTimeoutMs: 5000, devices: [device])
        #expect(await bus.poll(at: noon).readings.map(\.value.thousandths) == (0..<250).map { $0 * 7 })
    }

    @Test func `a unit that is not on the line is silent, and lost once`() async throws {
        let server = try ModbusSimulator(rtuUnit: 5, bank: RegisterBank(units: [5]))
        defer { server.stop() }
        // That the next unit is heard is in SilentUnitTests.swift.
        let bus = ModbusBus(
            name: "bus", line: server.line, responseTimeoutMs: 200, devices: [analyser("silent", unit: 6, [.so2])])
        var events: [BusEvent] = []
        for _ in 0..<2 {
            let report = await bus.poll(at: noon)
            #expect(report.readings.map(\.value) == [.missing(.communication)])
            events += report.events
        }
        #expect(events == [.deviceLost(bus: "bus", device: "silent", .timeout)])
    }

    @Test func `a port that is not there is a loss, not an end of the program`() async throws {
        let line = ModbusLine.rtu(path: "/dev/aqi-no-such-port", baud: 9600, parity: "E", dataBits: 8, stopBits: 1)
        let bus = ModbusBus(
            name: "bus", line: line, responseTimeoutMs: 100, devices: [analyser("a", unit: 1, [.so2])])
        let report = await bus.poll(at: noon)
        #expect(report.readings.map(\.value) == [.missing(.communication)])
        #expect(report.events == [.deviceLost(bus: "bus", device: "a", .cannotConnect(errno: ENOENT))])
    }
}
