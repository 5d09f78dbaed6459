import AQICore
import Ingest
import Texts

/// The way of a register over one TCP connection on the loopback interface: requests, answers, numbers, flags, readings.
struct ModbusStages {
    let stopwatch: Stopwatch
    /// The port of a server whose holding registers are ``numbers``; our own simulator where there is none.
    var serverPort: Int?
    /// Requests of a repetition: about half a second.
    var requestCount = 20_000

    static let names = ["ingest.modbus"]

    /// What lies in the registers of the server: at 2n the binary32 number n modulo 500, and a half.
    private static let numbers = (0..<2048).map { Double($0 % 500) + 0.5 }

    /// 40 registers, two at a time, each six on from the last.
    private static let scattered = stride(from: 0, to: 120, by: 6).map { $0 }

    func run(_ report: (BenchResult) throws -> Void) async throws {
        let simulator = serverPort == nil ? try ModbusSimulator(tcpPort: 0, bank: ModbusStages.bank) : nil
        defer { simulator?.stop() }
        let line = serverPort.map { ModbusLine.tcp(host: "127.0.0.1", port: $0) } ?? simulator?.line
        guard let line else { return }
        let five = (0..<5).map { Register(table: .holding, address: 2 * $0, type: .f32) }
        let sixtyTwo =
            (0..<62).map { Register(table: .holding, address: 2 * $0, type: .f32) }
            + [Register(table: .holding, address: 124, type: .u16)]
        try await report(poll("ingest.modbus.10", line, five, unit: "requests/s", rounds: requestCount))
        try await report(poll("ingest.modbus.125", line, sixtyTwo, unit: "requests/s", rounds: requestCount))
        let twenty = ModbusStages.scattered.map { Register(table: .holding, address: $0, type: .f32) }
        try await report(
            poll("ingest.modbus.scattered", line, twenty, unit: "rounds/s", rounds: requestCount / 20))
        try report(oneByOne(line, rounds: requestCount / 20))
    }

    private static var bank: RegisterBank {
        RegisterBank([
            SimulatedDevice(
                unit: 1,
                values: numbers.enumerated().map {
                    .init(Register(table: .holding, address: 2 * $0.offset, type: .f32), $0.element)
                })
        ])
    }

    /// One device with some registers, asked by a bus as `run` asks it.
    private func poll(
        _ stage: String, _ line: ModbusLine, _ registers: [Register], unit: String, rounds: Int
    ) async throws -> BenchResult {
        let channels = registers.enumerated().map { place, register in
            ChannelSource(
                channel: Channel(station: Int32(place), parameter: .pm25), register: register,
                scale: register.type == .f32 ? .one : ExactDecimal(thousandths: 1))
        }
        let bus = ModbusBus(
            name: "bench", line: line, responseTimeoutMs: 2000,
            devices: [ModbusDevice(name: "bench", unit: 1, channels: channels)])
        let measured = await measure(bus, rounds)
        await bus.close()
        let wordCount = registers.reduce(0) { $0 + $1.type.registerCount }
        guard measured.missing == 0 else {
            throw Failure(.unavailable, Session.words.onLine(line.text, Session.words.noAnswer))
        }
        return BenchResult(
            stage: stage, rate: measured.median, unit: unit, checksum: measured.checksum, range: measured.range,
            details: [("registersPerSecond", Int64(measured.median * Double(wordCount)))])
    }

    private struct Measured {
        var median: Double
        var range: ClosedRange<Double>
        /// Of one round.
        var checksum: UInt64
        var missing: Int
    }

    /// On the bus' own queue, so that no round pays for a way there and back: a program that asks once a second does not.
    private func measure(_ bus: isolated ModbusBus, _ rounds: Int) -> Measured {
        var checksum: UInt64 = 0
        var missing = 0
        let timed = stopwatch.rate(of: rounds) {
            for round in 0..<rounds {
                let readings = bus.poll(at: Instant(seconds: Int64(round))).readings
                checksum = 0
                for reading in readings {
                    missing += reading.value.isMissing ? 1 : 0
                    checksum &+= UInt64(UInt32(bitPattern: reading.value.thousandths ?? 0))
                }
            }
        }
        return Measured(median: timed.median, range: timed.range, checksum: checksum, missing: missing)
    }

    /// The scattered registers, a request each: what a program without a plan does.
    private func oneByOne(_ line: ModbusLine, rounds: Int) throws -> BenchResult {
        do {
            let link = try RawRead(line, responseTimeoutMs: 2000)
            var checksum: UInt64 = 0
            let timed = try stopwatch.rate(of: rounds) {
                for _ in 0..<rounds {
                    checksum = 0
                    for address in ModbusStages.scattered {
                        let words = try link.read(.holding, unit: 1, address: address, count: 2)
                        let number = Concentration(binary32: UInt32(words[0]) << 16 | UInt32(words[1]))
                        checksum &+= UInt64(UInt32(bitPattern: number.thousandths ?? 0))
                    }
                }
            }
            return BenchResult(
                stage: "ingest.modbus.one-by-one", rate: timed.median, unit: "rounds/s", checksum: checksum,
                range: timed.range,
                details: [("registersPerSecond", Int64(timed.median * Double(2 * ModbusStages.scattered.count)))])
        } catch let error as ExchangeError {
            throw Failure(.unavailable, Session.words.onLine(line.text, Session.words.problem(error)))
        }
    }
}
