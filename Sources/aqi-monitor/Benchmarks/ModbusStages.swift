import AQICore
import Ingest
import Texts

/// The way of a register over one TCP connection on the loopback interface: requests, answers, numbers, flags, readings.
enum ModbusStages {
    static let all = [
        poll("10", unit: "requests", size: 20_000, limit: LimitStages.echo10, five),
        poll("125", unit: "requests", size: 20_000, limit: LimitStages.echo125, sixtyTwo),
        poll("scattered", unit: "rounds", size: 1000, limit: nil, twenty),
        Stage(
            name: "ingest.modbus.one-by-one", unit: "rounds", size: 1000, sizeUnit: "rounds",
            prepare: { size, surroundings in try oneByOne(size, surroundings) }),
        Stage(
            name: "ingest.modbus.plan", unit: "registers", size: 10_000, sizeUnit: "registers",
            prepare: { size, _ in plan(size) }),
    ]

    /// What lies in the registers of the server: at 2n the binary32 number n modulo 500, and a half.
    private static let numbers = (0..<2048).map { Double($0 % 500) + 0.5 }

    private static let five = (0..<5).map { Register(table: .holding, address: 2 * $0, type: .f32) }
    private static let sixtyTwo =
        (0..<62).map { Register(table: .holding, address: 2 * $0, type: .f32) }
        + [Register(table: .holding, address: 124, type: .u16)]
    /// 40 registers, two at a time, each six on from the last.
    private static let twenty = stride(from: 0, to: 120, by: 6).map {
        Register(table: .holding, address: $0, type: .f32)
    }

    /// The server that is asked: one that is there, or our own simulator.
    private struct Server {
        let line: ModbusLine
        private let simulator: ModbusSimulator?

        init(_ surroundings: Surroundings) throws {
            if let port = surroundings.modbusServer {
                (line, simulator) = (.tcp(host: "127.0.0.1", port: port), nil)
                return
            }
            let values = numbers.enumerated().map {
                SimulatedDevice.Value(Register(table: .holding, address: 2 * $0.offset, type: .f32), $0.element)
            }
            let simulator = try ModbusSimulator(
                tcpPort: 0, bank: RegisterBank([SimulatedDevice(unit: 1, values: values)]))
            (line, self.simulator) = (simulator.line, simulator)
        }

        func stop() { simulator?.stop() }
    }

    // MARK: - Asking

    private static func poll(_ name: String, unit: String, size: Int, limit: String?, _ registers: [Register]) -> Stage
    {
        Stage(
            name: "ingest.modbus.\(name)", unit: unit, size: size, sizeUnit: unit, limit: limit,
            prepare: { size, surroundings in try poll(registers, rounds: size, Server(surroundings)) })
    }

    /// One device with some registers, asked by a bus as `run` asks it.
    private static func poll(_ registers: [Register], rounds: Int, _ server: Server) throws -> Trial {
        let channels = registers.enumerated().map { place, register in
            ChannelSource(
                channel: Channel(station: Int32(place), parameter: .pm25), register: register,
                scale: register.type == .f32 ? .one : ExactDecimal(thousandths: 1))
        }
        let bus = ModbusBus(
            name: "bench", line: server.line, responseTimeoutMs: 2000,
            devices: [ModbusDevice(name: "bench", unit: 1, channels: channels)])
        var sum: UInt64 = 0
        return Trial(units: rounds) {
            guard let checksum = await ask(bus, rounds) else {
                throw Failure(.unavailable, Session.words.onLine(server.line.text, Session.words.noAnswer))
            }
            sum = checksum
        } outcome: {
            .init(checksum: sum, details: [("registers", Int64(registers.reduce(0) { $0 + $1.type.registerCount }))])
        } close: {
            await bus.close()
            server.stop()
        }
    }

    /// On the bus' own queue, so that no round pays for a way there and back: a program that asks once a second does not.
    ///
    /// - Returns: The sum of the values of one round; nil where one is missing.
    private static func ask(_ bus: isolated ModbusBus, _ rounds: Int) -> UInt64? {
        var checksum: UInt64 = 0
        for round in 0..<rounds {
            checksum = 0
            for reading in bus.poll(at: Instant(seconds: Int64(round))).readings {
                guard let value = reading.value.thousandths else { return nil }
                checksum &+= UInt64(UInt32(bitPattern: value))
            }
        }
        return checksum
    }

    /// The scattered registers, a request each: what a program without a plan does.
    private static func oneByOne(_ rounds: Int, _ surroundings: Surroundings) throws -> Trial {
        let server = try Server(surroundings)
        func failure(_ error: ExchangeError) -> Failure {
            Failure(.unavailable, Session.words.onLine(server.line.text, Session.words.problem(error)))
        }
        let link: RawRead
        do throws(ExchangeError) { link = try RawRead(server.line, responseTimeoutMs: 2000) } catch {
            throw failure(error)
        }
        var checksum: UInt64 = 0
        return Trial(units: rounds) {
            do throws(ExchangeError) {
                for _ in 0..<rounds {
                    checksum = 0
                    for register in twenty {
                        let words = try link.read(.holding, unit: 1, address: register.address, count: 2)
                        let number = Concentration(binary32: UInt32(words[0]) << 16 | UInt32(words[1]))
                        checksum &+= UInt64(UInt32(bitPattern: number.thousandths ?? 0))
                    }
                }
            } catch {
                throw failure(error)
            }
        } outcome: {
            .init(checksum: checksum, details: [("registers", Int64(2 * twenty.count))])
        } close: {
            server.stop()
        }
    }

    // MARK: - Planning

    /// The cheapest requests for registers that lie scattered: pairs with gaps of up to twelve between them.
    private static func plan(_ size: Int) -> Trial {
        var random = SplitMix(seed: 8)
        var address = 0
        let registers = (0..<size).map { _ in
            // Addresses have 16 bits: from the end on again in the next table.
            let table: RegisterTable = address < 65_000 ? .holding : .input
            let start = address % 65_000
            address += 2 + random.next(12)
            return RegisterRequest(table: table, range: start..<start + 2)
        }
        let cost = RequestCost(perRequest: 200, perRegister: 10)
        var requests: [RegisterRequest] = []
        return Trial(units: size) {
            requests = RequestPlan(registers, cost: cost).requests
        } outcome: {
            let checksum = requests.reduce(into: UInt64(0)) {
                $0 = $0 &* 31 &+ UInt64($1.range.lowerBound) &+ UInt64($1.range.count) << 16
            }
            return .init(checksum: checksum, details: [("requests", Int64(requests.count))])
        }
    }
}
