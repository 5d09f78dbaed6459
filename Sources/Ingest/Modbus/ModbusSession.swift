package import AQICore

/// Modbus on one line: which requests, in which order, and what becomes of a refusal.
package final class ModbusSession: DeviceSession {
    package let devices: [SupervisedDevice]
    private let line: ModbusLine
    private let options: ModbusOptions
    private let interruption: Interruption
    private var link: ModbusLink?
    private var polled: [Polled]

    /// A device and what was learned of it.
    private struct Polled {
        let device: ModbusDevice
        /// What is wanted of it, by table and address.
        let fields: [RegisterRequest]
        var plan = RequestPlan([], cost: .withoutFilling)
        /// Where it refused to be read on.
        var cuts: Set<RegisterCut> = []
        /// The longest request that it answers.
        var longest: Int
        var estimate: CostEstimate
        var counters = DeviceCounters()
        /// Rounds since the requests were planned.
        var age = 0
        /// Rounds in a row in which a request failed.
        var failures: [RegisterRequest: Int] = [:]
        /// The shapes of all requests for values so far.
        var shapes: Set<ReplyShape> = []
        /// Markers sent: which one is next.
        var markers = 0
    }

    /// Registers that were read together.
    struct Block {
        var request: RegisterRequest
        var registers: [UInt16]
        var time: Instant

        func holds(_ register: Register) -> Bool {
            request.table == register.table && request.range.lowerBound <= register.range.lowerBound
                && register.range.upperBound <= request.range.upperBound
        }
    }

    /// Costs change slowly: requests are planned anew after so many rounds.
    private static let roundsAPlan = 100

    init(_ line: ModbusLine, _ options: ModbusOptions, _ devices: [ModbusDevice], _ interruption: Interruption) {
        self.line = line
        self.options = options
        self.interruption = interruption
        let guess = ModbusSession.guess(line, options)
        self.devices = devices.map {
            SupervisedDevice(name: $0.name, channels: $0.channels.map(\.rule.channel), calibration: $0.calibration)
        }
        polled = devices.map {
            Polled(
                device: $0,
                fields: RequestPlan.fields($0.registers.map(\.request)),
                longest: $0.maxRegisters,
                estimate: CostEstimate(guess: guess))
        }
        for place in polled.indices { makePlan(place) }
    }

    /// What requests cost before any was measured: a turn-round of 10 ms and, on serial lines, 11 bits a byte.
    private static func guess(_ line: ModbusLine, _ options: ModbusOptions) -> RequestCost {
        switch line {
        case .tcp: return RequestCost(perRequest: 2000, perRegister: 0.5)
        case .rtu(_, let baud, _, _, _):
            let byte = 11e6 / Double(baud)
            // MODBUS over Serial Line V1.02: 8 bytes of request, 5 around the data of the reply, two silences.
            return RequestCost(perRequest: 10_000 + 20 * byte, perRegister: 2 * byte)
        // Behind most of them is a line at 9600 baud.
        case .rtuOverTCP, .rtuListening: return RequestCost(perRequest: 35_000, perRegister: 2300)
        }
    }

    // MARK: - The line

    package func open() throws(ExchangeError) {
        let opened: ModbusLink
        if let link { opened = link } else { opened = try ModbusLink(line, options, interruption) }
        link = opened
        try opened.connect()
    }

    package func heardNobody() { link?.heardNobody() }

    package func counters(_ place: Int) -> DeviceCounters { polled[place].counters }

    package func close() { link?.disconnect() }

    // MARK: - A device

    package func probe(_ place: Int) throws(ExchangeError) {
        // What a device refused before it was away it may have now: it may be another one.
        polled[place].cuts = []
        polled[place].longest = polled[place].device.maxRegisters
        makePlan(place)
        // Not less than a request of the plan: not every device answers for a part of what it has together.
        guard let request = polled[place].plan.requests.min(by: { $0.range.count < $1.range.count }) else { return }
        do throws(ModbusFailure) {
            _ = try read(request, of: place)
        } catch {
            // Who refuses a request answers; the next plan finds out why.
            if error == .short { return }
            if case .error(.exception(let code)) = error, !ModbusSession.isGatewaySpeaking(code) { return }
            throw error.exchangeError
        }
    }

    package func read(_ place: Int, now: () -> Instant) -> DeviceAnswer {
        polled[place].age += 1
        if polled[place].age >= ModbusSession.roundsAPlan { makePlan(place) }
        var answer = DeviceAnswer()
        var blocks: [Block] = []
        var hasLearned = false
        // What failed before comes last, so that a request that is never answered does not keep the others from theirs.
        var waiting = polled[place].plan.requests
        if !polled[place].failures.isEmpty {
            let failures = polled[place].failures
            waiting = waiting.sorted { (failures[$0] ?? 0) < (failures[$1] ?? 0) }
        }
        requests: for request in waiting {
            do throws(ModbusFailure) {
                let registers = try read(request, of: place)
                blocks.append(Block(request: request, registers: registers, time: now()))
                polled[place].failures[request] = nil
            } catch {
                switch error {
                case .error(.exception(code: 2)), .error(.exception(code: 3)), .short:
                    let found = divide(request, of: place, now: now)
                    blocks += found.blocks
                    hasLearned = true
                    if let failure = found.failure { answer.failure = answer.failure ?? failure.exchangeError }
                    if found.isSilent { break requests }
                default:
                    answer.failure = answer.failure ?? error.exchangeError
                    polled[place].failures[request, default: 0] += 1
                    // Another request would most likely wait in vain, too, and the other devices with it.
                    if ModbusSession.isSilence(error) { break requests }
                }
            }
        }
        if hasLearned { makePlan(place) }
        // Neighbours in the profile mostly are neighbours in the device.
        var current = 0
        let decoded = RegisterDecoder.answer(of: polled[place].device) { register in
            if current >= blocks.count || !blocks[current].holds(register) {
                guard let holder = blocks.firstIndex(where: { $0.holds(register) }) else { return nil }
                current = holder
            }
            return (blocks[current].request.range.lowerBound, blocks[current].registers, blocks[current].time)
        }
        answer.readings = decoded.readings
        answer.flag = decoded.flag
        let isWhole = answer.readings.count == polled[place].device.channels.count
        if !isWhole, answer.failure == nil { answer.failure = .badReply }
        return answer
    }

    /// Finds out which part of a request is refused, by halves: registers in between that the device does not have, a register
    /// of the profile that it does not have, or a request that is longer than it likes. What can be read is read, and the
    /// next plan asks so that nothing is refused.
    private func divide(
        _ request: RegisterRequest, of place: Int, now: () -> Instant
    ) -> (blocks: [Block], failure: ModbusFailure?, isRefused: Bool, isSilent: Bool) {
        let fields = polled[place].fields.filter {
            $0.table == request.table && request.range.contains($0.range.lowerBound)
        }
        guard fields.count > 1 else { return ([], .error(.exception(code: 2)), true, false) }
        var blocks: [Block] = []
        var failure: ModbusFailure?
        var isRefused = false
        let halves = [fields[..<(fields.count / 2)], fields[(fields.count / 2)...]].compactMap(ModbusSession.joined)
        for half in halves {
            do throws(ModbusFailure) {
                let registers = try read(half, of: place)
                blocks.append(Block(request: half, registers: registers, time: now()))
            } catch {
                switch error {
                case .error(.exception(code: 2)), .error(.exception(code: 3)), .short:
                    let found = divide(half, of: place, now: now)
                    blocks += found.blocks
                    failure = failure ?? found.failure
                    isRefused = true
                    // A register that is refused by itself is asked for by itself from now on.
                    if half == halves.first, found.blocks.isEmpty { cut(before: halves[1], of: place) }
                    if half == halves.last, found.blocks.isEmpty { cut(before: half, of: place) }
                    if found.isSilent { return (blocks, failure, true, true) }
                default:
                    failure = failure ?? error
                    if ModbusSession.isSilence(error) { return (blocks, failure, isRefused, true) }
                }
            }
        }
        if !isRefused, failure == nil, halves.count == 2 {
            // Each half is read, both together are not.
            if halves[0].range.upperBound < halves[1].range.lowerBound {
                cut(before: halves[1], of: place)
            } else {
                polled[place].longest = max(halves[0].range.count, halves[1].range.count)
            }
        }
        return (blocks, failure, isRefused, false)
    }

    /// The request that reads some fields.
    private static func joined(_ fields: ArraySlice<RegisterRequest>) -> RegisterRequest? {
        guard let first = fields.first else { return nil }
        let end = fields.reduce(0) { max($0, $1.range.upperBound) }
        return RegisterRequest(table: first.table, range: first.range.lowerBound..<end)
    }

    private func cut(before request: RegisterRequest, of place: Int) {
        polled[place].cuts.insert(RegisterCut(table: request.table, address: request.range.lowerBound))
    }

    /// Reads one request, after a marker where the line needs one.
    private func read(_ request: RegisterRequest, of place: Int) throws(ModbusFailure) -> [UInt16] {
        guard let link else { throw .error(.lost(errno: 0)) }
        let unit = polled[place].device.unit
        if link.needsMarker(request, unit: unit) {
            let shapes = polled[place].shapes.union(polled[place].plan.requests.map(ModbusLink.shape))
            var turn = polled[place].markers
            defer { polled[place].markers = turn }
            try link.settle(before: request, unit: unit, shapes: shapes, &turn, &polled[place].counters)
        }
        polled[place].shapes.insert(ModbusLink.shape(request))
        let began = monotonicMicroseconds()
        let registers = try link.read(request, unit: unit, &polled[place].counters)
        polled[place].estimate.add(registers: request.range.count, microseconds: monotonicMicroseconds() - began)
        return registers
    }

    private func makePlan(_ place: Int) {
        polled[place].age = 0
        var cost = polled[place].estimate.cost
        if !options.fillsGaps { cost.perRegister = .infinity }
        cost.perRequest += Double(options.gapMs ?? 0) * 1000
        let plan = RequestPlan(
            polled[place].fields, longest: polled[place].longest, cost: cost, cuts: polled[place].cuts)
        guard plan != polled[place].plan else { return }
        polled[place].plan = plan
        polled[place].failures = [:]
    }

    /// Whether nothing more is to be heard of a device in this round.
    private static func isSilence(_ failure: ModbusFailure) -> Bool {
        switch failure {
        case .error(.timeout), .error(.lost), .error(.cannotConnect), .interrupted: true
        case .error(.exception(let code)): isGatewaySpeaking(code)
        case .error(.badReply), .checksum, .short: false
        }
    }

    /// Whether an exception says that the device behind a gateway does not answer: 0x0A, no path; 0x0B, no response
    /// (MODBUS Application Protocol V1.1b3, 7).
    private static func isGatewaySpeaking(_ code: Int) -> Bool { code == 0x0A || code == 0x0B }
}
