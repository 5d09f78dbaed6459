import AQICore
import TestSupport
import Testing

@testable import Ingest
@testable import aqi_monitor

private let noon = Instant(seconds: 1_700_000_000)

/// The value that a reader gets of a channel which shows so many thousandths in its unit.
private func expected(_ thousandths: Int32, _ source: ChannelSource) -> Concentration {
    let value = Concentration(thousandths: thousandths)
    return source.unit?.isMixingRatio == true
        ? value.fromMixingRatio(of: source.rule.channel.parameter, at: ReferenceState(at: noon)) : value
}

@Suite("simulated analysers") struct SimulatedProfileTests {
    private func device(_ name: String, unit: Int = 1) throws -> ModbusDevice {
        let shipped = try #require(ShippedProfile.all.first { $0.name == name })
        let profile = try DeviceProfile(shipped)
        return ModbusDevice(
            name: name, unit: unit, channels: profile.channels.map(\.source), statuses: profile.statuses)
    }

    @Test func `whatever a profile says, our own reader gets what its simulator shows, over a real line`() async throws
    {
        // All of them behind one gateway, each through air, zero and span.
        let devices = try ShippedProfile.all.enumerated().map { try device($0.element.name, unit: $0.offset + 1) }
        let analysers = devices.enumerated().map {
            SimulatedAnalyser($0.element, seed: UInt64($0.offset), calibratingEvery: 60)
        }
        let bank = RegisterBank(analysers.map { $0.simulated(at: 0) })
        let simulator = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { simulator.stop() }
        var options = ModbusOptions()
        options.responseTimeoutMs = 5000
        let session = ModbusSession(simulator.line, options, devices, Interruption())
        defer { session.close() }
        var gases: Set<CalibrationKind?> = []
        for second in stride(from: 0, to: 240, by: 29) {
            bank.set(analysers.map { $0.simulated(at: second) })
            for (place, analyser) in analysers.enumerated() where !analyser.device.channels.isEmpty {
                try session.open()
                let answer = session.read(place) { noon }
                #expect(answer.failure == nil)
                let wanted = zip(analyser.values(at: second), analyser.device.channels).map(expected)
                #expect(answer.readings.map(\.value) == wanted, "\(analyser.device.name) at \(second)")
                let gas = analyser.gas(at: second)
                #expect(answer.flag == gas.map(analyser.flag) ?? .normal, "\(analyser.device.name) at \(second)")
                gases.insert(gas)
            }
        }
        #expect(gases == [nil, .zero, .span])
    }

    @Test func `the same seed shows the same, another another, and air is plausible`() throws {
        let device = try device("saimosen-no2")
        func course(_ seed: UInt64, calibrating: Int? = nil) -> [[Int32]] {
            let analyser = SimulatedAnalyser(device, seed: seed, calibratingEvery: calibrating)
            return (0..<900).map { analyser.values(at: $0 * 37) }
        }
        #expect(course(3) == course(3) && course(3) != course(4))
        #expect(course(3).allSatisfy { $0.allSatisfy { (0...400_000).contains($0) } && $0[0] <= $0[1] + 100 })
        #expect(course(3, calibrating: 600).contains { $0[0] > 390_000 })
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `registers of every type, order, scale and unit carry what is shown as far as they can`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let type = RegisterType.allCases[random.integer(0...RegisterType.allCases.count - 1)]
            let parameter = [Parameter.so2, .co, .o3, .pm25][random.integer(0...3)]
            let units = MeasuringUnit.all(for: parameter)
            let isFloat = type == .f32 || type == .f64
            var source = ChannelSource(
                channel: Channel(station: 0, parameter: parameter),
                register: Register(
                    table: .holding, address: 3, type: type,
                    order: ByteOrder.allCases[random.integer(0...3)]),
                scale: isFloat ? .one : ExactDecimal(thousandths: 100), unit: units[random.integer(0...units.count - 1)]
            )
            // An integer counts tenths of the unit: what it cannot carry is not shown.
            let step =
                isFloat ? 1 : Int32(source.rule.divisor == 1000 ? 100_000 : source.rule.divisor == 1_000_000 ? 100 : 1)
            if !isFloat, source.rule.divisor == 1_000_000_000 { source.rule.scale = .one }
            let shown = Int32(random.integer(0...3000)) * step
            let device = ModbusDevice(name: "d", unit: 1, channels: [source])
            let simulated = SimulatedAnalyser(device).simulated([shown], flag: .normal)
            guard let words = simulated.values.first?.words else {
                Issue.record("\(source) cannot hold \(shown)")
                continue
            }
            let read = RegisterDecoder.value(source, in: words, from: 3, at: ReferenceState(at: noon))
            #expect(read == expected(shown, source), "\(source) \(shown)")
        }
    }

    @Test func `status numbers, masks and bits that share a register tell what they should, together`() {
        let word = Register(table: .holding, address: 9, type: .u16)
        let device = ModbusDevice(
            name: "d", unit: 1,
            channels: [
                ChannelSource(
                    channel: Channel(station: 0, parameter: .so2),
                    register: Register(table: .holding, address: 0, type: .u16))
            ],
            statuses: [
                StatusSource(
                    register: word, mask: 0x00F0, shift: 4, meaning: .number([3: .zeroCheck, 5: .spanCheck], normal: 7)),
                StatusSource(
                    register: word, meaning: .bits([.init(0, .maintenance), .init(15, .fault, whenClear: true)])),
                StatusSource(
                    register: Register(bit: 100, in: .discreteInputs),
                    meaning: .bits([.init(2, .spanCheck), .init(5, .stopped, whenClear: true)])),
            ])
        let analyser = SimulatedAnalyser(device)
        for flag in [DataFlag.normal, .zeroCheck, .spanCheck, .maintenance, .fault, .stopped] {
            let bank = RegisterBank([analyser.simulated([1], flag: flag)])
            let answer = RegisterDecoder.answer(of: device) { register in
                guard
                    case .words(let words) = bank.read(
                        unit: 1, function: register.table.rawValue, address: register.address,
                        count: register.range.count)
                else { return nil }
                return (register.address, words, noon)
            }
            #expect(answer.flag == flag && answer.readings.count == 1)
        }
    }
}
