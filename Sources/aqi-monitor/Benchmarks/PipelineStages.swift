import AQICore
import Glibc
import Ingest
import Logging
import Store
import Synchronization

/// The whole program: from the wire to the screen and the disk.
enum PipelineStages {
    static let run = "pipeline.run"

    static let all = [
        Stage(
            name: "pipeline.latency", unit: "readings", size: 2000, sizeUnit: "rounds",
            prepare: { size, surroundings in try await latency(surroundings.store(), rounds: size) }),
        Stage(
            name: "pipeline.day", unit: "readings", size: 21_600, sizeUnit: "seconds",
            prepare: { size, surroundings in day(surroundings.store(), seconds: size) }),
        Stage(
            name: run, unit: "readings", size: 1000, sizeUnit: "stations", clock: .processor,
            prepare: { size, surroundings in try RunStage(surroundings, stationCount: size).trial }),
    ]

    private static let start = Hour(start: 500_000)

    private static func pipeline(_ file: BenchStore, milliseconds: SharedCount) throws -> Pipeline {
        var configuration = Configuration()
        configuration.stations = [.init(key: "A", name: "A")]
        let store = StoreKeeper(
            .success(try MonitorStore(path: file.path)), path: file.path, stations: ["A"],
            milliseconds: { Int64(milliseconds.value) })
        return try Pipeline(
            configuration, store: store,
            journal: Journal(logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }), words: Session.words)
    }

    // MARK: - Latency

    /// One station of six channels. A round begins with the request on the wire; it is stored when its commit is on the disk, and
    /// shown when the frame is written to the terminal. Round follows round, each a second of the station's time on.
    private static func latency(_ file: BenchStore, rounds: Int) async throws -> Trial {
        let registers = (0..<6).map { Register(table: .holding, address: 2 * $0, type: .f32) }
        let bank = RegisterBank([SimulatedDevice(unit: 1, values: registers.map { .init($0, 1) })])
        let simulator = try ModbusSimulator(tcpPort: 0, bank: bank)
        let channels = registers.enumerated().map { place, register in
            ChannelSource(
                channel: Channel(station: 0, parameter: Parameter(rawValue: UInt8(place)) ?? .pm25), register: register)
        }
        let bus = ModbusBus(
            name: "bench", line: simulator.line, responseTimeoutMs: 2000,
            devices: [ModbusDevice(name: "bench", unit: 1, channels: channels)])
        let pipeline = try pipeline(file, milliseconds: SharedCount())
        let screen = try BenchScreen(rows: 40, columns: 120)
        var second: Int64 = 0
        var shown: UInt64?
        var (toDisk, toScreen): ([Int64], [Int64]) = ([], [])
        var checksum: UInt64 = 0
        var processor = 0.0
        return Trial(units: rounds * 6) {
            let used = processorSeconds()
            let clock = ContinuousClock()
            checksum = 0
            for round in 0..<rounds {
                bank.set(
                    registers.enumerated().map {
                        (
                            1, .holding, $1.address,
                            RegisterBank.registers(
                                thousandths: Int32((round * 7 + $0 * 13) % 400 * 1000), order: .abcd)
                        )
                    })
                let now = start.beginning + second
                second += 1
                let began = clock.now
                let report = await bus.poll(at: now)
                guard try await pipeline.takeAndStore(report, at: now) else {
                    throw Repetitions.Differs(stage: "pipeline.latency")
                }
                toDisk.append(Int64((clock.now - began) / .nanoseconds(100)))
                if let newer = await pipeline.snapshot(after: shown) {
                    shown = newer.step
                    screen.show(newer.snapshot)
                }
                toScreen.append(Int64((clock.now - began) / .nanoseconds(100)))
                for reading in report.readings { checksum &+= UInt64(UInt32(bitPattern: reading.value.packed)) }
            }
            processor = processorSeconds() - used
        } outcome: {
            .init(
                checksum: checksum,
                details: percentiles(toDisk, "Disk") + percentiles(toScreen, "Screen") + [
                    ("cpuNanosecondsPerReading", Int64(processor * 1e9 / Double(rounds * 6)))
                ])
        } close: {
            await bus.close()
            simulator.stop()
            screen.close()
            try await pipeline.close()
            file.remove()
        }
    }

    /// Of tenths of microseconds: half of them, 99 of 100 and 999 of 1000 came within.
    private static func percentiles(_ all: [Int64], _ to: String) -> [(name: String, value: Int64)] {
        let sorted = all.sorted()
        return [("p50", 500), ("p99", 990), ("p999", 999)].map { name, thousandths in
            ("\(name)To\(to)Microseconds", sorted.isEmpty ? 0 : sorted[(sorted.count - 1) * thousandths / 1000] / 10)
        }
    }

    // MARK: - A day

    /// One station of six channels at 1 Hz in simulated time, committed every 5 s of it as `run` does: hours, indices, warnings,
    /// everything but the wire.
    private static func day(_ file: BenchStore, seconds: Int) -> Trial {
        var written: Int64 = 0
        var processor = 0.0
        return Trial(units: seconds * 6) {
            file.remove()
            let (before, used) = (WrittenBytes.now ?? 0, processorSeconds())
            let milliseconds = SharedCount()
            let pipeline = try pipeline(file, milliseconds: milliseconds)
            var report = BusReport()
            for second in 0..<seconds {
                let now = start.beginning + Int64(second)
                report.readings = (0..<6).map { place in
                    Reading(
                        channel: Channel(station: 0, parameter: Parameter(rawValue: UInt8(place)) ?? .pm25), time: now,
                        value: Concentration(thousandths: Int32((second / 3 * 7 + place * 13) % 400 * 100)))
                }
                milliseconds.add(1000)
                try await pipeline.take(report, at: now)
            }
            try await pipeline.close()
            written = (WrittenBytes.now ?? 0) - before
            processor = processorSeconds() - used
        } outcome: {
            .init(details: [
                ("writtenBytesPerDay", written * 86_400 / Int64(seconds)),
                ("cpuNanosecondsPerReading", Int64(processor * 1e9 / Double(seconds * 6))),
            ])
        } close: {
            file.remove()
        }
    }
}

/// The time of the processor of the whole process.
private func processorSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
