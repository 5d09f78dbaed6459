import AQICore
import Foundation
import Ingest
import Testing

/// Every misbehaviour on both lines, at each request of a device: no other value than the true one, and the bus is
/// well again within two rounds.
@Suite("Ingest: devices that misbehave", .serialized) struct MisbehaviourTests {
    /// Three numbers far apart: three requests.
    static let addresses = [10, 100, 200]
    static let truth: [Int32] = [10_000, 100_000, 200_000]
    static let device = ModbusDevice(
        name: "a", unit: 1,
        channels: zip([Parameter.pm25, .pm10, .so2], addresses).map {
            ChannelSource(channel: channel($0), register: Register(table: .holding, address: $1, type: .f32))
        })
    /// Shorter than a late answer, and much longer than a right one.
    static let timeoutMs = 250

    static func simulator(isTCP: Bool, misbehaviours: [Misbehaviour] = []) throws -> ModbusSimulator {
        let bank = RegisterBank([
            SimulatedDevice(
                unit: 1,
                values: zip(device.channels, addresses).map { SimulatedDevice.Value($0.register, Double($1)) })
        ])
        return isTCP
            ? try ModbusSimulator(tcpPort: 0, bank: bank, misbehaviours: misbehaviours)
            : try ModbusSimulator(rtuUnit: 1, bank: bank, misbehaviours: misbehaviours)
    }

    /// With parameters that fit the time-out.
    static func misbehaviour(_ kind: Misbehaviour.Kind, at address: Int) -> Misbehaviour {
        Misbehaviour(kind, parameter: kind == .late ? timeoutMs + 150 : nil, .address(address))
    }

    static let descriptorLinks = "/proc/self/fd"

    /// The sockets and pseudo-terminals of this process.
    static func openLines() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: descriptorLinks).count { name in
            let target =
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(descriptorLinks)/\(name)")) ?? ""
            return target.hasPrefix("socket:") || target.contains("/pts/") || target.contains("ptmx")
        }
    }

    @Test(arguments: [true, false], Misbehaviour.Kind.allCases)
    func `a misbehaving device costs its values for a while, and never gives a wrong one`(
        isTCP: Bool, kind: Misbehaviour.Kind
    ) async throws {
        // Each request of the device in a world of its own, side by side: most of the time is waiting.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for address in Self.addresses {
                group.addTask { try await Self.story(isTCP: isTCP, kind: kind, at: address) }
            }
            try await group.waitForAll()
        }
    }

    private static func story(isTCP: Bool, kind: Misbehaviour.Kind, at address: Int) async throws {
        let simulator = try simulator(isTCP: isTCP)
        defer { simulator.stop() }
        let bus = ModbusBus(name: "bus", line: simulator.line, responseTimeoutMs: timeoutMs, devices: [device])
        var rounds: [[Int32?]] = []
        var events: [BusEvent] = []
        for round in 0..<6 {
            switch round {
            case 1: simulator.misbehave([misbehaviour(kind, at: address)])
            case 3: simulator.misbehave([])
            default: break
            }
            let report = await bus.poll(at: noon)
            #expect(report.readings.map(\.channel) == device.channels.map(\.rule.channel))
            rounds.append(report.readings.map(\.value.thousandths))
            events += report.events
        }
        await bus.close()
        let story: Comment = "\(kind), \(isTCP ? "TCP" : "RTU"), request at \(address): \(rounds)"
        #expect(simulator.counts.misbehaved > 0, story)
        #expect(rounds.first == truth, story)
        for round in rounds {
            for (value, wanted) in zip(round, truth) where value != nil { #expect(value == wanted, story) }
        }
        // Once the device behaves, one round may still be lost, not more.
        #expect(rounds[4] == truth && rounds[5] == truth, story)
        switch kind {
        case .split, .slowBytes:
            // Slow is not wrong: both specifications leave the client to wait for the rest of a frame.
            #expect(rounds[1] == truth && rounds[2] == truth, story)
        case .noise: break
        case .silence, .late, .wrongID, .wrongLength, .exception, .crcError, .reset, .halfOpen:
            #expect(rounds[1] != truth, story)
            // Told whenever it changes: that the device is lost, or not whole; and once that it is back.
            let losses = events.count { if case .deviceLost = $0 { true } else { false } }
            let halves = events.count { if case .deviceIncomplete = $0 { true } else { false } }
            let returns = events.count { if case .deviceBack = $0 { true } else { false } }
            #expect((1...3).contains(losses + halves) && returns == 1, "\(story) \(events)")
            // Counted, by its kind.
            let counters = await bus.statistics[0].counters
            let counted =
                counters.timeouts + counters.checksums + counters.malformed + counters.late + counters.losses
                + counters.exceptions.values.reduce(0, +)
            #expect(counted > 0, "\(story) \(counters)")
        }
    }

    @Test func `thirty lines with trouble leave no descriptor behind`() async throws {
        let before = try Self.openLines()
        for round in 0..<3 {
            for kind in [Misbehaviour.Kind.reset, .halfOpen, .wrongID, .crcError, .exception] {
                for isTCP in [true, false] {
                    let simulator = try Self.simulator(
                        isTCP: isTCP, misbehaviours: [Misbehaviour(kind, .every(2 + round))])
                    let bus = ModbusBus(
                        name: "bus", line: simulator.line, responseTimeoutMs: 50, devices: [Self.device])
                    for _ in 0..<4 { _ = await bus.poll(at: noon) }
                    await bus.close()
                    simulator.stop()
                }
            }
        }
        // Other tests of this process open lines meanwhile, and close them; one lost a line would be thirty.
        for _ in 0..<600 where try Self.openLines() - before >= 20 { try await Task.sleep(for: .milliseconds(100)) }
        #expect(try Self.openLines() - before < 20)
    }

    @Test func `the same seed and the same requests give the same conduct`() async throws {
        func values(seed: UInt64) async throws -> [[Int32?]] {
            let bank = RegisterBank(units: [1])
            let simulator = try ModbusSimulator(
                tcpPort: 0, bank: bank, misbehaviours: [Misbehaviour(.exception, .percent(40))], seed: seed)
            defer { simulator.stop() }
            let bus = ModbusBus(
                name: "bus", line: simulator.line, responseTimeoutMs: 5000, devices: [analyser("a", unit: 1, [.so2])])
            var rounds: [[Int32?]] = []
            for _ in 0..<40 { rounds.append(await bus.poll(at: noon).readings.map(\.value.thousandths)) }
            return rounds
        }
        let first = try await values(seed: 7)
        #expect(try await values(seed: 7) == first)
        #expect(try await values(seed: 8) != first)
        #expect(first.contains([nil]) && first.contains([0]))
    }

    @Test func `requests are counted, and a script picks them by number`() async throws {
        let simulator = try ModbusSimulator(
            tcpPort: 0, bank: RegisterBank(units: [1]),
            misbehaviours: [
                Misbehaviour(.exception, parameter: 6, .requests(2...3)), Misbehaviour(.exception, .every(5)),
            ])
        defer { simulator.stop() }
        let bus = ModbusBus(
            name: "bus", line: simulator.line, responseTimeoutMs: 5000, devices: [analyser("a", unit: 1, [.so2])])
        var events: [BusEvent] = []
        for _ in 0..<5 { events += await bus.poll(at: noon).events }
        #expect(
            events == [
                .deviceLost(bus: "bus", device: "a", .exception(code: 6)), .deviceBack(bus: "bus", device: "a"),
                .deviceLost(bus: "bus", device: "a", .exception(code: 4)),
            ])
        #expect(simulator.counts == (requests: 5, misbehaved: 3))
    }

    @Test(
        arguments: [
            ("silence", Misbehaviour(.silence)), ("late", Misbehaviour(.late, parameter: 2000)),
            ("late:800@5", Misbehaviour(.late, parameter: 800, .every(5))),
            ("exception:11@4-6", Misbehaviour(.exception, parameter: 11, .requests(4...6))),
            ("wrong-length:-2", Misbehaviour(.wrongLength, parameter: -2)),
            ("crc-error@10%", Misbehaviour(.crcError, .percent(10))),
            ("half-open@3-3", Misbehaviour(.halfOpen, .requests(3...3))),
            ("slow-bytes", Misbehaviour(.slowBytes, parameter: 5)),
        ] as [(String, Misbehaviour)])
    func `a misbehaviour is read as the command line has it`(text: String, wanted: Misbehaviour) {
        #expect(Misbehaviour(text: text) == wanted)
    }

    @Test(arguments: [
        "", "silent", "silence:3", "late:", "late:-1", "exception:0", "exception:256", "late@", "late@0", "late@-3",
        "late@6-4", "late@1-2-3", "late@101%", "late@%", "noise:0", "late:5@x", "LATE",
    ])
    func `what is no misbehaviour is refused`(text: String) {
        #expect(Misbehaviour(text: text) == nil)
    }
}
