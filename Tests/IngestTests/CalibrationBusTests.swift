import AQICore
import TestSupport
import Testing

@testable import Ingest

@Suite("Ingest: calibration on a line") struct CalibrationBusTests {
    /// An analyser that tells zero and span by a status number.
    private func analyser(_ name: String = "SO2", unit: Int = 1, station: Int32 = 0) -> ModbusDevice {
        var device = ModbusDevice(
            name: name, unit: unit,
            channels: [
                ChannelSource(
                    channel: channel(.so2, station: station),
                    register: Register(table: .holding, address: 0, type: .f32, order: .cdab), unit: .partsPerBillion)
            ],
            status: StatusSource(
                register: Register(table: .holding, address: 1006, type: .u16),
                meanings: [1: .zeroCalibration, 2: .spanCalibration, 3: .fault]))
        func ppb(_ number: Int32) -> CalibrationPlan.Amount {
            .init(thousandths: number * 1000, isMixingRatio: true)
        }
        device.calibration.targets = [
            .init(.zero, .so2, reference: nil, limit: ppb(5)),
            .init(.span, .so2, reference: ppb(400), limit: ppb(20)),
        ]
        return device
    }

    @Test func `a simulated cycle over a real line gives flags, recovery and two results that a slow look agrees with`()
        async throws
    {
        let device = analyser()
        let simulated = SimulatedAnalyser(device, seed: 3, calibratingEvery: 600)
        let bank = RegisterBank([simulated.simulated(at: 0)])
        let simulator = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { simulator.stop() }
        let bus = makeBus(simulator.line, [device], timeoutMs: 5000)
        var report = BusReport()
        var shown: [CalibrationKind?: [Int32]] = [:]
        for second in stride(from: 0, to: 2400, by: 10) {
            bank.set([simulated.simulated(at: second)])
            let time = noon + Int64(second)
            let round = await bus.poll(at: time)
            let value = Concentration(thousandths: simulated.values(at: second)[0])
                .fromMixingRatio(of: .so2, at: ReferenceState(at: time))
            let gas = simulated.gas(at: second)
            shown[gas, default: []].append(try #require(value.thousandths))
            let flag: DataFlag =
                switch gas {
                case .zero: .zeroCalibration
                case .span: .spanCalibration
                default: (1800..<2100).contains(second) ? .recovering : .normal
                }
            #expect(round.readings.map(\.value) == [flag == .normal ? value : .missing(flag)], "\(second)")
            report.append(round)
        }
        #expect(report.calibrations.map(\.result.flag) == [.zeroCalibration, .spanCalibration])
        for (record, kind) in zip(report.calibrations, [CalibrationKind.zero, .span]) {
            let result = record.result
            let last = try #require(shown[kind]).suffix(20)
            #expect(result.count == 60 && result.settled.count == 20)
            #expect(result.settled.sum == last.reduce(0) { $0 + Int64($1) })
            #expect(result.smallest.thousandths == last.min() && result.largest.thousandths == last.max())
            #expect(result.verdict == .passed && record.person == nil && result.source == .status)
            // 400 ppb · 64.0648 g/mol / 24.4654037 l/mol.
            #expect(result.reference == (kind == .zero ? 0 : 1_047_435), "\(result)")
        }
        #expect(
            report.events == [
                .calibration(
                    bus: "bus", device: "SO2", .phase(.zeroCalibration, .status, since: noon + 600, until: nil)),
                .calibration(
                    bus: "bus", device: "SO2", .phase(.spanCalibration, .status, since: noon + 1200, until: nil)),
                .calibration(bus: "bus", device: "SO2", .recovering(until: noon + 2100)),
                .calibration(bus: "bus", device: "SO2", .measuring),
            ])
        #expect(report.changes.count == 4 && report.changes.last?.memory == nil)
        #expect(await bus.statistics[0].calibration == .measuring)
    }

    @Test func `a device that falls silent in a phase is in it until it says otherwise, and recovers from then on`()
        async throws
    {
        let isSilent = Count()
        let line = LyingDevice { _ in isSilent.value == 1 ? .silence : .answer }
        defer { line.stop() }
        // The register at address n holds n: the status is read where the state says.
        var device = registers("a", unit: 1, [10])
        device.statuses = [
            StatusSource(
                register: Register(table: .holding, address: 1, type: .u16),
                meaning: .number([1: .zeroCheck], normal: 9))
        ]
        let bus = makeBus(line.line, [device], timeoutMs: 50)
        let first = await bus.poll(at: noon)
        #expect(first.readings.map(\.value) == [.missing(.zeroCheck)])
        isSilent.set(1)
        let silent = await bus.poll(at: noon + 60)
        #expect(silent.readings.map(\.value) == [.missing(.communication)])
        guard case .phase(.zeroCheck, .status, _, _) = await bus.statistics[0].calibration else {
            Issue.record("the phase is over")
            return
        }
        isSilent.set(0)
        let again = await bus.poll(at: noon + 120)
        #expect(again.readings.map(\.value) == [.missing(.zeroCheck)] && again.calibrations.isEmpty)
        // Stuck: told once.
        let stuck = await bus.poll(at: noon + 7300)
        #expect(stuck.events.contains { if case .calibrationOverdue = $0 { true } else { false } })
        #expect(await bus.poll(at: noon + 7400).events.isEmpty)
    }

    @Test func `a person begins and ends a phase; a wrong wish is refused and changes nothing`() async throws {
        let device = analyser()
        let bank = RegisterBank([SimulatedAnalyser(device).simulated([40_000], flag: .normal)])
        let simulator = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { simulator.stop() }
        let bus = makeBus(simulator.line, [device], timeoutMs: 5000)
        let person = CalibrationPerson(name: "王", reason: "filter")
        _ = await bus.poll(at: noon)
        for (command, name, refusal) in [
            (CalibrationCommand.end, "SO2", CalibrationCommand.Refusal.nothingToEnd),
            (.begin(.zero, .init(name: "", reason: "x")), "SO2", .nameless),
            (.begin(.zero, person), "SO3", .unknownDevice(known: ["SO2"])),
        ] {
            await #expect(throws: refusal) { _ = try await bus.follow(command, of: name, at: noon) }
        }
        #expect(await bus.statistics[0].calibration == .measuring)
        let begun = try await bus.follow(.begin(.maintenance, person), of: "SO2", at: noon + 10)
        #expect(begun.changes.first?.memory != nil && begun.readings.isEmpty)
        #expect(await bus.poll(at: noon + 11).readings.map(\.value) == [.missing(.maintenance)])
        // Another bus of the same devices, as after a restart.
        let next = makeBus(simulator.line, [device], timeoutMs: 5000)
        await next.restore(["SO2": try #require(begun.changes.first?.memory)])
        #expect(await next.poll(at: noon + 20).readings.map(\.value) == [.missing(.maintenance)])
        let ended = try await next.follow(.end, of: "SO2", at: noon + 30)
        #expect(ended.calibrations.map(\.person) == [person])
        #expect(ended.calibrations.map(\.result.begun) == [noon + 10])
        #expect(ended.calibrations.map(\.result.count) == [0])
        #expect(await next.poll(at: noon + 31).readings.map(\.value) == [.missing(.recovering)])
    }

    @Test func `a schedule works where the device says nothing, and a fault in it is a fault`() async throws {
        var device = analyser()
        device.calibration.schedule = CalibrationSchedule([
            .init(minuteOfDay: 0, phases: [.init(.zero, minutes: 10)])
        ])
        let bank = RegisterBank([SimulatedAnalyser(device).simulated([-25_000], flag: .normal)])
        let simulator = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { simulator.stop() }
        let bus = makeBus(simulator.line, [device], timeoutMs: 5000)
        let midnight = NaturalDay(number: 20_000).firstHour.beginning
        // Far below what noise explains: no measurement of the air, but what a zero has to be told of.
        #expect(await bus.poll(at: midnight + -1).readings.map(\.value) == [.missing(.negative)])
        for second in 0..<30 as Range<Int64> {
            if second == 15 { bank.set([SimulatedAnalyser(device).simulated([0], flag: .fault)]) }
            let wanted: DataFlag = second < 15 ? .zeroCheck : .fault
            #expect(await bus.poll(at: midnight + second * 20).readings.map(\.value) == [.missing(wanted)])
        }
        let over = await bus.poll(at: midnight + 600)
        let result = try #require(over.calibrations.first?.result)
        #expect(result.count == 15 && result.mean == -65_465 && result.verdict == .failed, "\(result)")
        #expect(result.ended == midnight + 600)
    }
}
