import AQICore
import Glibc
import Ingest
import Testing

let noon = Instant(seconds: 1_700_000_000)

func channel(_ parameter: Parameter, station: Int32 = 0) -> Channel { Channel(station: station, parameter: parameter) }

/// A device with one binary32 number a channel, two registers apart, from an address on.
func analyser(
    _ name: String, unit: Int, _ parameters: [Parameter], table: RegisterTable = .holding, address: Int = 0,
    status: StatusSource? = nil
) -> ModbusDevice {
    ModbusDevice(
        name: name, unit: unit,
        channels: parameters.enumerated().map {
            ChannelSource(
                channel: channel($0.element),
                register: Register(table: table, address: address + 2 * $0.offset, type: .f32))
        }, status: status)
}

/// Real libmodbus on both ends of a loopback socket.
@Suite("Ingest: Modbus TCP") struct ModbusTCPTests {
    /// Long enough for a machine that is busy with other tests; nothing here waits for it.
    static let patientMs = 5000

    @Test func `values of every type, order and table arrive as they were set`() async throws {
        let bank = RegisterBank(units: [1, 247])
        let server = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { server.stop() }
        var channels: [ChannelSource] = []
        var wanted: [Int32] = []
        var address = 0
        for type in RegisterType.allCases {
            for order in ByteOrder.allCases {
                for table in RegisterTable.ofNumbers {
                    let number = UInt64(wanted.count + 1)
                    let bits =
                        switch type {
                        case .f32: UInt64((Float(number) / 4).bitPattern)
                        case .f64: (Double(number) / 4).bitPattern
                        default: number
                        }
                    let registers = wire(bits, type, order)
                    bank.set([(unit: 247, table: table, address: address, registers: registers)])
                    let parameter = try #require(Parameter(rawValue: UInt8(wanted.count % 13)))
                    channels.append(
                        ChannelSource(
                            channel: channel(parameter, station: Int32(wanted.count)),
                            register: Register(table: table, address: address, type: type, order: order),
                            scale: ExactDecimal(thousandths: 10)))
                    // A quarter in hundredths, 2.5 thousandths: half to even.
                    let isFloat = type == .f32 || type == .f64
                    wanted.append(
                        isFloat ? Int32((Double(number) * 2.5).rounded(.toNearestOrEven)) : Int32(number) * 10)
                    address += type.registerCount + wanted.count % 2
                }
            }
        }
        let device = ModbusDevice(name: "all", unit: 247, channels: channels)
        let bus = ModbusBus(name: "bus", line: server.line, responseTimeoutMs: Self.patientMs, devices: [device])
        let report = await bus.poll(at: noon)
        #expect(report.events.isEmpty)
        #expect(
            report.readings
                == zip(channels, wanted).map {
                    Reading(channel: $0.channel, time: noon, value: Concentration(thousandths: $1))
                })
        await bus.close()
    }

    @Test func `what changes in the device changes in the next reading`() async throws {
        let bank = RegisterBank(units: [1])
        let server = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { server.stop() }
        let bus = ModbusBus(
            name: "bus", line: server.line, responseTimeoutMs: Self.patientMs, devices: [analyser("a", unit: 1, [.so2])]
        )
        for thousandths: Int32 in [0, 35_700, -250, 2_000_000_000] {
            bank.set([
                (unit: 1, table: .holding, address: 0, RegisterBank.registers(thousandths: thousandths, order: .abcd))
            ])
            let value = Concentration(thousandths: thousandths)
            #expect(await bus.poll(at: noon).readings == [Reading(channel: channel(.so2), time: noon, value: value)])
        }
    }

    @Test func `a status word decides whether the values of its device count`() async throws {
        let bank = RegisterBank(units: [1, 2])
        let server = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { server.stop() }
        let status = StatusSource(
            register: Register(table: .holding, address: 4, type: .u16), meanings: [1: .calibration, 7: .maintenance])
        let devices = [
            analyser("a", unit: 1, [.so2, .no2], status: status), analyser("b", unit: 2, [.co], status: status),
        ]
        let bus = ModbusBus(name: "bus", line: server.line, responseTimeoutMs: Self.patientMs, devices: devices)
        let number = RegisterBank.registers(thousandths: 7000, order: .abcd)
        for (unit, address) in [(1, 0), (1, 2), (2, 0)] {
            bank.set([(unit: unit, table: .holding, address: address, registers: number)])
        }
        let good = Concentration(thousandths: 7000)
        var time = noon
        for (word, value) in [
            (0, good), (1, .missing(.calibration)), (7, .missing(.maintenance)), (9, .missing(.fault)),
            (0, .missing(.recovering)), (0, good), (9, .missing(.fault)), (0, good),
        ] as [(UInt16, Concentration)] {
            bank.set([(unit: 1, table: .holding, address: 4, registers: [word])])
            time = time + 600
            let report = await bus.poll(at: time)
            // The other device has its own word.
            #expect(report.readings.map(\.value) == [value, value, good], "word \(word)")
            #expect(report.events.allSatisfy { if case .calibration(_, "a", _) = $0 { true } else { false } })
        }
    }

    @Test func `a sentinel and what is no number are missing, their neighbours are not`() async throws {
        let bank = RegisterBank(units: [1])
        let server = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { server.stop() }
        var device = analyser("a", unit: 1, [.pm25, .pm10, .so2, .no2], table: .input)
        device.channels[0].sentinels = [-999_000]
        bank.set([
            (unit: 1, table: .input, address: 0, RegisterBank.registers(thousandths: -999_000, order: .abcd)),
            (unit: 1, table: .input, address: 2, wire(0x7FC0_0000, .abcd)),
            (unit: 1, table: .input, address: 4, wire(0x7F80_0000, .abcd)),
            (unit: 1, table: .input, address: 6, RegisterBank.registers(thousandths: 41_000, order: .abcd)),
        ])
        let bus = ModbusBus(
            name: "bus", line: server.line, responseTimeoutMs: Self.patientMs, devices: [device])
        let report = await bus.poll(at: noon)
        #expect(
            report.readings.map(\.value) == [
                .missing(.fault), .missing(.fault), .missing(.fault), Concentration(thousandths: 41_000),
            ])
        #expect(report.events.isEmpty)
    }

    @Test func `a register that the device does not have is refused, and its neighbours are read`() async throws {
        let bank = RegisterBank(units: [1, 2])
        let server = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { server.stop() }
        var device = analyser("a", unit: 1, [.so2])
        device.channels += analyser("a", unit: 1, [.no2], address: RegisterBank.registerCount).channels
        let bus = ModbusBus(
            name: "bus", line: server.line, responseTimeoutMs: Self.patientMs,
            devices: [device, analyser("b", unit: 2, [.co])])
        let report = await bus.poll(at: noon)
        // MODBUS Application Protocol V1.1b3, 7: 02, illegal data address.
        #expect(report.events == [.deviceIncomplete(bus: "bus", device: "a", .exception(code: 2))])
        #expect(
            report.readings.map(\.value) == [
                Concentration(thousandths: 0), .missing(.communication), Concentration(thousandths: 0),
            ])
        #expect(await bus.poll(at: noon).events.isEmpty)
    }

    @Test func `nobody listening is one loss a device, and no value`() async throws {
        let server = try ModbusSimulator(tcpPort: 0, bank: RegisterBank(units: [1]))
        let line = server.line
        server.stop()
        let bus = ModbusBus(
            name: "bus", line: line, responseTimeoutMs: Self.patientMs,
            devices: [analyser("a", unit: 1, [.so2]), analyser("b", unit: 2, [.co])])
        let lost = ExchangeError.cannotConnect(errno: ECONNREFUSED)
        let first = await bus.poll(at: noon)
        #expect(
            first.events == [
                .deviceLost(bus: "bus", device: "a", lost), .deviceLost(bus: "bus", device: "b", lost),
            ])
        #expect(first.readings.map(\.value) == [.missing(.communication), .missing(.communication)])
        let second = await bus.poll(at: noon + 60)
        #expect(second.events.isEmpty)
        #expect(second.readings.allSatisfy { $0.value == .missing(.communication) && $0.time == noon + 60 })
    }
}

@Suite("Ingest: values below what noise explains") struct NegativeValueTests {
    @Test(arguments: [
        (Parameter.so2, Int32(-10_000), Concentration(thousandths: -10_000)), (.so2, -10_001, .missing(.negative)),
        (.co, -500, Concentration(thousandths: -500)), (.co, -501, .missing(.negative)),
        (.temperature, -40_000, Concentration(thousandths: -40_000)),
    ])
    func `an analyser that is stuck far below zero does not read as clean air`(
        parameter: Parameter, thousandths: Int32, wanted: Concentration
    ) async throws {
        let bank = RegisterBank(units: [1])
        bank.set([
            (unit: 1, table: .holding, address: 0, RegisterBank.registers(thousandths: thousandths, order: .abcd))
        ])
        let server = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { server.stop() }
        let bus = ModbusBus(
            name: "bus", line: server.line, responseTimeoutMs: 1000,
            devices: [
                ModbusDevice(
                    name: "a", unit: 1,
                    channels: [
                        ChannelSource(
                            channel: channel(parameter), register: Register(table: .holding, address: 0, type: .f32))
                    ])
            ])
        #expect(await bus.poll(at: noon).readings.map(\.value) == [wanted])
    }
}
