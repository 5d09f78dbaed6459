import AQICore
import Foundation
import Ingest
import Store
import TestSupport
import Testing
import Texts
import Warnings

@testable import aqi_monitor

/// From the line to the store: what is read of a gas is no air.
@Suite("Monitor: calibrations") struct CalibrationMonitorTests {
    private static let start = Hour(start: 498_544)

    private func device(_ change: (inout CalibrationPlan) -> Void = { _ in }) -> ModbusDevice {
        var device = ModbusDevice(
            name: "SO2", unit: 1,
            channels: [
                ChannelSource(
                    channel: Channel(station: 0, parameter: .so2),
                    register: Register(table: .holding, address: 0, type: .f32))
            ],
            status: StatusSource(
                register: Register(table: .holding, address: 2, type: .u16),
                meanings: [1: .zeroCalibration, 2: .spanCalibration, 3: .fault, 4: .maintenance, 5: .recovering]))
        change(&device.calibration)
        return device
    }

    private func configuration(_ device: ModbusDevice, _ line: ModbusLine) -> Configuration {
        var configuration = Configuration()
        configuration.stations = [.init(key: "A", name: "A")]
        var options = ModbusOptions()
        options.responseTimeoutMs = 5000
        configuration.buses = [.init(name: "rack", line: line, options: options, devices: [device])]
        return configuration
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `nothing that is read while a gas flows, or soon after, reaches an hour mean`(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let device = device { plan in
            plan.schedule = CalibrationSchedule([
                .init(minuteOfDay: 30, phases: [.init(.zero, minutes: 4), .init(.span, minutes: 3)])
            ])
        }
        let bank = RegisterBank([SimulatedAnalyser(device).simulated([10_000], flag: .normal)])
        let simulator = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { simulator.stop() }
        let bus = try #require(configuration(device, simulator.line).makeBuses().first)
        var monitor = Monitor(stations: [.init(key: "A", name: "A")], plan: .usual, settle: 0)
        var hours: [HourlyRecord] = []
        var phases = 0
        var (flag, left, gasUntil) = (DataFlag.normal, 0, -1)
        var isCommanded = false
        func take(_ effects: [Effect]) {
            for effect in effects {
                if case .hour(let record) = effect { hours.append(record) }
                if case .calibration = effect { phases += 1 }
            }
        }
        // Six hours by the minute from midnight on. Air is 10; whatever is read from a gas is thousands.
        let midnight = Self.start.day.firstHour.beginning
        for minute in 0..<360 {
            let now = midnight + Int64(minute) * 60
            if left == 0 {
                flag =
                    [.normal, .normal, .zeroCalibration, .spanCalibration, .maintenance, .fault][random.integer(0...5)]
                left = flag == .normal ? random.integer(5...70) : random.integer(1...6)
            }
            left -= 1
            if random.chance(3) {
                isCommanded.toggle()
                let person = CalibrationPerson(name: "Li", reason: "")
                let report = try await bus.follow(
                    isCommanded ? .begin(.span, person) : .end, of: "SO2", at: now)
                take(monitor.step([], calibrations: report.calibrations, at: now))
            }
            let isScheduled = (30..<37).contains(minute)
            let isGas = isScheduled || isCommanded || (flag != .normal && flag != .fault)
            // The gas is still there four minutes after it was turned off.
            if isGas { gasUntil = minute + 4 }
            let isAir = minute > gasUntil && flag == .normal
            bank.set([SimulatedAnalyser(device).simulated([isAir ? 10_000 : 3_000_000], flag: flag)])
            let report = await bus.poll(at: now)
            take(monitor.step(report.readings, calibrations: report.calibrations, at: now))
        }
        #expect(hours.count == 5 && phases > 5, "\(phases)")
        for record in hours {
            let value = record.row[.so2]
            #expect(value.isMissing || value == Concentration(thousandths: 10_000), "\(record)")
        }
    }

    @Test func `a person's phase survives a restart, and its result is exported`() async throws {
        let device = device {
            $0.targets = [
                .init(
                    .span, .so2, reference: .init(thousandths: 80_000, isMixingRatio: false),
                    limit: .init(thousandths: 2000, isMixingRatio: false))
            ]
        }
        let bank = RegisterBank([SimulatedAnalyser(device).simulated([81_500], flag: .normal)])
        let simulator = try ModbusSimulator(tcpPort: 0, bank: bank)
        defer { simulator.stop() }
        let folder = try TemporaryFolder()
        let configuration = configuration(device, simulator.line)
        let start = Self.start.beginning

        func run(_ body: (Pipeline, any Bus) async throws -> Void) async throws {
            let path = folder.file("T.db")
            let store = StoreKeeper(
                .success(try MonitorStore(path: path)), path: path, stations: configuration.stations.map(\.key))
            let pipeline = try Pipeline(
                configuration, store: store, journal: Journal(logger: Session.logger), words: Language.english.words)
            let bus = try #require(configuration.makeBuses().first)
            await pipeline.attach([bus])
            try await body(pipeline, bus)
            try await pipeline.close()
        }
        try await run { pipeline, bus in
            try await pipeline.take(await bus.poll(at: start), at: start)
            let person = CalibrationPerson(name: "Li\u{1B}[2J\nWang", reason: "monthly, span")
            try await pipeline.follow(.begin(.span, person), bus: "rack", device: "SO2", at: start + 60)
            // Gone before another round.
        }
        try await run { pipeline, bus in
            for minute in 2..<12 as Range<Int64> {
                let report = await bus.poll(at: start + minute * 60)
                #expect(report.readings.map(\.value) == [.missing(.spanCheck)])
                try await pipeline.take(report, at: start + minute * 60)
            }
            await #expect(throws: CalibrationCommand.Refusal.unknownDevice(known: ["rack"])) {
                try await pipeline.follow(.end, bus: "track", device: "SO2", at: start + 700)
            }
            try await pipeline.follow(.end, bus: "rack", device: "SO2", at: start + 720)
        }
        // A restart in the recovery does not cut it short.
        try await run { _, bus in
            #expect(await bus.poll(at: start + 900).readings.map(\.value) == [.missing(.recovering)])
            #expect(await bus.poll(at: start + 1020).readings.map(\.value.thousandths) == [81_500])
        }
        let csv = try Program.run("export", "calibrations", "--store", folder.file("T.db"))
        #expect(
            csv.output == """
                station,device,parameter,kind,flag,begun,ended,source,person,reason,count,settled,mean,smallest,largest,reference,deviation,limit,verdict
                A,SO2,so2,span,PS,\(time(start + 60)),\(time(start + 720)),person,Li?[2J Wang,"monthly, span",10,4,81.5,81.5,81.5,80,1.5,2,passed

                """, "\(csv.errors)")
        let json = try Program.run("export", "calibrations", "--store", folder.file("T.db"), "--json", "--station", "A")
        #expect(
            json.output.contains("\"mean\":81.5,\"smallest\":81.5,\"largest\":81.5,\"reference\":80,\"deviation\":1.5"))
        let later = try Program.run(
            "export", "calibrations", "--store", folder.file("T.db"), "--from", time(start + 720))
        #expect(later.lines.count == 1 && later.status == 0)
    }

    private func time(_ instant: Instant) -> String { instant.iso8601 }

    @Test func `a store whose calibrations cannot be read is an error, not a forgotten phase`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("T.db"))
        var batch = StoreBatch()
        batch.state = ["calibrations": "{\"rack\": 5}"]
        try store.write(batch)
        #expect(throws: Failure.self) { try CalibrationDesk(from: store) }
        try store.close()
    }
}
