import AQICore
import Ingest

/// The demo's station: a rack of three gas analysers behind a Modbus TCP gateway, an ozone analyser that speaks C-Link on a serial
/// line, and a particulate monitor that speaks Modbus on another.
/// Hours are played through their registers.
final class SimulatedStation: Sendable {
    private let gases = RegisterBank(units: [1, 2, 3])
    private let particulates = RegisterBank(units: [5])
    private let tcp: ModbusSimulator
    private let rtu: ModbusSimulator
    private let ozone: SerialSimulator

    /// Starts both lines; `port` is that of the TCP server, 0 takes any free one.
    init(port: Int) throws(ModbusSimulator.Failed) {
        tcp = try ModbusSimulator(tcpPort: port, bank: gases)
        rtu = try ModbusSimulator(rtuUnit: 5, bank: particulates)
        var instrument = SerialInstrument(address: 49, values: ["o3": 0, "flags": 0])
        instrument.unit = MeasuringUnit.microgramsPerCubicMetre.rawValue
        ozone = try SerialSimulator(.cLink, [instrument])
    }

    var tcpText: String { tcp.line.text }
    var rtuText: String { rtu.line.text }
    var serialText: String { "\(ozone.line.text) \(ozone.kind.name)" }

    /// How a monitor reaches the analysers.
    var buses: [Configuration.BusLine] {
        let gasDevices = zip([Pollutant.so2, .no2, .co], 1...).map { pollutant, unit in
            ModbusDevice(
                name: "\(pollutant.name) analyser", unit: unit,
                channels: [
                    ChannelSource(
                        channel: channel(pollutant),
                        register: Register(table: .holding, address: 0, type: .f32, order: .cdab))
                ],
                status: StatusSource(
                    register: Register(table: .holding, address: 2, type: .u16), meanings: Self.meanings))
        }
        let monitor = ModbusDevice(
            name: "particulate monitor", unit: 5,
            channels: [
                ChannelSource(
                    channel: channel(.pm10),
                    register: Register(table: .input, address: 6, type: .f32, order: .abcd), sentinel: Self.sentinel),
                ChannelSource(
                    channel: channel(.pm25),
                    register: Register(table: .input, address: 8, type: .f32, order: .abcd), sentinel: Self.sentinel),
            ])
        // A pseudo-terminal has no frames that must lie apart, and the demo may run at any speed.
        var pseudoterminal = ModbusOptions()
        pseudoterminal.gapMs = 0
        return [
            .init(name: "gas rack", line: tcp.line, devices: gasDevices),
            .init(name: "particulates", line: rtu.line, options: pseudoterminal, devices: [monitor]),
        ]
    }

    var serialBuses: [Configuration.SerialBusLine] {
        let items = ["o3", "flags"].compactMap { CLink.item($0) }
        let meanings = Self.meanings
        var analyser = SerialDevice(
            name: "o3 analyser", address: 49,
            channels: [SerialChannel(item: items[0], rule: ValueRule(channel: channel(.o3)))],
            statuses: [SerialStatus(item: items[1], rule: StatusRule(meaning: .number(meanings, normal: 0)))])
        // It has none of the hours that the demo plays.
        analyser.fillsGaps = false
        return [.init(name: "ozone", line: ozone.line, kind: .cLink, devices: [analyser])]
    }

    private static let meanings: [UInt32: DataFlag] = [1: .calibration, 2: .calibration, 3: .fault, 4: .maintenance]
    /// What the particulate monitor shows for a value that it does not have: -999.
    private static let sentinel: Int32 = -999_000

    /// Puts an hour into the registers, all at once a line. A missing gas is a status word, a missing particulate value the
    /// sentinel.
    func set(_ row: HourRow) {
        gases.set(
            zip([Pollutant.so2, .no2, .co], 1...).flatMap { pollutant, unit in
                let value = row[pollutant]
                let registers = RegisterBank.registers(thousandths: value.thousandths ?? 0, order: .cdab)
                let status = UInt16(Self.status(value))
                return [
                    (unit: unit, table: RegisterTable.holding, address: 0, registers: registers),
                    (unit: unit, table: RegisterTable.holding, address: 2, registers: [status]),
                ]
            })
        ozone.set(["o3": Int64(row[.o3].thousandths ?? 0), "flags": Int64(Self.status(row[.o3]))])
        particulates.set(
            [(Pollutant.pm10, 6), (.pm25, 8)].map { pollutant, address in
                (
                    unit: 5, table: RegisterTable.input, address: address,
                    registers: RegisterBank.registers(
                        thousandths: row[pollutant].thousandths ?? Self.sentinel, order: .abcd)
                )
            })
    }

    private static func status(_ value: Concentration) -> Int {
        value.isMissing ? (value.reason == .calibration ? 1 : 3) : 0
    }

    func stop() {
        tcp.stop()
        ozone.stop()
        rtu.stop()
    }
}

private func channel(_ pollutant: Pollutant) -> Channel {
    Channel(station: 0, parameter: pollutant.parameter)
}
