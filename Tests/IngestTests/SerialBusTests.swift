import AQICore
import Glibc
import TestSupport
import Testing

@testable import Ingest

/// An instrument of each protocol, with what selects its values.
private struct Bench {
    let kind: SerialProtocol
    /// The items of PM2.5, or ozone, in µg/m³.
    let item: String
    var address: Int?

    static let all: [Bench] = [
        Bench(kind: .bayernHessen, item: "211", address: 97), Bench(kind: .cLink, item: "o3", address: 49),
        Bench(kind: .ak, item: "AKON.1"), Bench(kind: .serinusAdvanced, item: "50", address: 3),
        Bench(kind: .pmsx003, item: "pm25.atm"), Bench(kind: .sds011, item: "pm25"),
        Bench(kind: .sps30, item: "pm25"), Bench(kind: .line, item: "o3"),
    ]

    static let channel = Channel(station: 0, parameter: .o3)

    var device: SerialDevice {
        let dialect = kind.dialect
        guard let item = dialect.item(item) else { preconditionFailure("\(self.item)") }
        var rule = ValueRule(channel: Self.channel)
        rule.unit = .microgramsPerCubicMetre
        var device = SerialDevice(name: "d", address: address, channels: [SerialChannel(item: item, rule: rule)])
        device.isChecked = kind == .bayernHessen
        if kind == .line {
            device.request = "READ?\r"
            device.answer = #"\bo3=(?<o3>-?[0-9.]+)"#
        }
        return device
    }

    func simulator(_ misbehaviours: [Misbehaviour] = [], echoes: Bool = false) throws -> SerialSimulator {
        var instrument = SerialInstrument(address: address, values: [item: 57_000])
        instrument.unit = "ug/m3"
        return try SerialSimulator(kind, [instrument], misbehaviours: misbehaviours, echoes: echoes, pauseMs: 100)
    }

    func bus(_ simulator: SerialSimulator, timeoutMs: Int = 300) -> SerialBus {
        var options = SerialOptions()
        options.responseTimeoutMs = timeoutMs
        return SerialBus(name: "b", line: simulator.line, protocol: kind, options: options, devices: [device])
    }
}

extension SerialBus {
    fileprivate func value(at second: Int64) -> Concentration? {
        poll(at: Instant(seconds: 1_700_000_000 + second)).readings.first?.value
    }
}

@Suite("Ingest: serial lines", .serialized) struct SerialBusTests {
    @Test func `every protocol reads its simulated instrument, and what changes there`() async throws {
        for bench in Bench.all {
            let simulator = try bench.simulator()
            let bus = bench.bus(simulator)
            #expect(await bus.value(at: 0) == Concentration(thousandths: 57_000), "\(bench)")
            simulator.set([bench.item: 31_000])
            #expect(await bus.value(at: 1) == Concentration(thousandths: 31_000), "\(bench)")
            simulator.set([bench.item: 0])
            #expect(await bus.value(at: 2) == Concentration(thousandths: 0), "\(bench)")
            await bus.close()
            simulator.stop()
        }
    }

    @Test func `no misbehaviour brings a value that is not there, and the line goes on`() async throws {
        // Most of the time is spent waiting: all at once.
        try await withThrowingTaskGroup { group in
            for bench in Bench.all {
                for kind in Misbehaviour.Kind.allCases {
                    // Without a checksum nothing tells a damaged digit from a right one.
                    let isUnseen =
                        (bench.kind == .ak || bench.kind == .line) && [.crcError, .wrongLength].contains(kind)
                    if !isUnseen { group.addTask { try await Self.survive(kind, bench) } }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func survive(_ kind: Misbehaviour.Kind, _ bench: Bench) async throws {
        let good = Concentration(thousandths: 57_000)
        let parameter = kind == .late ? 300 : kind == .slowBytes ? 1 : nil
        let simulator = try bench.simulator([Misbehaviour(kind, parameter: parameter, .requests(1...1))])
        let bus = bench.bus(simulator, timeoutMs: 200)
        var hasRecovered = false
        for round in 0..<8 where round < 3 || !hasRecovered {
            let value = await bus.value(at: Int64(round * 60))
            #expect(value == good || value == .missing(.communication), "\(bench.kind) \(kind) \(round)")
            hasRecovered = round > 0 && value == good
        }
        #expect(hasRecovered, "\(bench.kind) \(kind)")
        await bus.close()
        simulator.stop()
    }

    @Test func `an adapter that echoes is seen through`() async throws {
        for bench in Bench.all where !bench.kind.isStream {
            let simulator = try bench.simulator(echoes: true)
            let bus = bench.bus(simulator)
            for second in 0..<3 {
                #expect(await bus.value(at: Int64(second)) == Concentration(thousandths: 57_000), "\(bench)")
            }
            #expect(await bus.statistics.first?.counters.echoes == 3, "\(bench)")
            await bus.close()
            simulator.stop()
        }
    }

    @Test func `a late answer is not taken for that of another instrument of the line`() async throws {
        // Both answer to the same numbers: nothing in an answer tells them apart.
        let bench = Bench.all[0]
        let simulator = try SerialSimulator(
            .bayernHessen,
            [
                SerialInstrument(address: 1, values: ["211": 11_000]),
                SerialInstrument(address: 2, values: ["211": 22_000]),
            ],
            misbehaviours: [Misbehaviour(.late, parameter: 130, .requests(1...1))])
        var devices = [bench.device, bench.device]
        for place in 0..<2 {
            devices[place].name = "d\(place)"
            devices[place].address = place + 1
            devices[place].channels[0].rule.channel.station = Int32(place)
        }
        var options = SerialOptions()
        options.responseTimeoutMs = 100
        let bus = SerialBus(
            name: "b", line: simulator.line, protocol: .bayernHessen, options: options, devices: devices)
        for round in 0..<3 {
            let readings = await bus.poll(at: Instant(seconds: 1_700_000_000 + Int64(60 * round))).readings
            let values = readings.map(\.value)
            #expect(values[1] == Concentration(thousandths: 22_000))
            #expect(values[0] == (round == 0 ? .missing(.communication) : Concentration(thousandths: 11_000)))
        }
        await bus.close()
        simulator.stop()
    }

    @Test func `a status decides, and an invalid zero of Bayern-Hessen is no clean air`() async throws {
        let bench = Bench.all[0]
        var device = bench.device
        let status = try #require(BayernHessen.item("211.status"))
        device.statuses = [
            SerialStatus(
                item: status,
                rule: StatusRule(meaning: .bits([.init(1, .fault), .init(2, .zeroCheck), .init(3, .spanCheck)])))
        ]
        let simulator = try bench.simulator()
        let bus = SerialBus(name: "b", line: simulator.line, protocol: .bayernHessen, devices: [device])
        #expect(await bus.value(at: 0) == Concentration(thousandths: 57_000))
        for (bits, flag) in [(2, DataFlag.fault), (4, .zeroCheck), (8, .spanCheck), (12, .zeroCheck)]
            as [(Int64, DataFlag)]
        {
            simulator.set(["211.status": bits])
            #expect(await bus.value(at: bits) == .missing(flag))
        }
        await bus.close()
        simulator.stop()
    }

    @Test func `an instrument that was set to another unit is not believed`() async throws {
        let bench = Bench.all[1]
        let simulator = try bench.simulator()
        let bus = bench.bus(simulator)
        simulator.set { $0[0].unit = "ppb" }
        #expect(await bus.value(at: 0) == .missing(.fault))
        simulator.set { $0[0].unit = "ug/m3" }
        #expect(await bus.value(at: 1) == Concentration(thousandths: 57_000))
        await bus.close()
        simulator.stop()
    }

    @Test func `an adapter that is unplugged comes back under its name`() async throws {
        let folder = try TemporaryFolder()
        let link = folder.file("usb-analyser")
        let bench = Bench.all[1]
        func simulator() throws -> SerialSimulator {
            var instrument = SerialInstrument(address: bench.address, values: [bench.item: 57_000])
            instrument.unit = "ug/m3"
            return try SerialSimulator(bench.kind, [instrument], link: link)
        }
        var plugged: SerialSimulator? = try simulator()
        let bus = SerialBus(
            name: "b",
            line: .port(path: link, baud: 9600, parity: "N", dataBits: 8, stopBits: 1, direction: .automatic),
            protocol: bench.kind, devices: [bench.device])
        #expect(await bus.value(at: 0) == Concentration(thousandths: 57_000))
        plugged?.stop()
        plugged = nil
        #expect(await bus.value(at: 60) == .missing(.communication))
        #expect(await bus.value(at: 120) == .missing(.communication))
        plugged = try simulator()
        #expect(await bus.value(at: 240) == Concentration(thousandths: 57_000))
        #expect(await bus.statistics.first.map { $0.counters.losses > 0 } == true)
        await bus.close()
        plugged?.stop()
    }
}
