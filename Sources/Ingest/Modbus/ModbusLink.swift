import Glibc

/// Requests over one line and their answers, whatever kind of line it is. Not to be used by two threads at a time.
final class ModbusLink {
    private let wire: any ModbusWire
    private let options: ModbusOptions
    private let interruption: Interruption
    private let gapMicroseconds: Int64
    /// When the line was last used.
    private var latestUse: Int64 = 0
    /// Whether there may be another device at the other end of the same line after a silence.
    private let isSerialPort: Bool

    /// A connection that is not made yet.
    init(_ line: ModbusLine, _ options: ModbusOptions, _ interruption: Interruption) throws(ExchangeError) {
        self.options = options
        self.interruption = interruption
        // Over sockets the far side's speed is not known: as long as a device may take to begin, and a second.
        let frameOverSocket = Int64(options.responseTimeoutMs) * 1000 + 1_000_000
        var silence: Int64 = 0
        switch line {
        case .tcp(let host, let port):
            wire = NumberedWire(host: host, port: port, frameMicroseconds: frameOverSocket, interruption)
            isSerialPort = false
        case .rtu(_, let baud, _, _, _):
            let characterMicroseconds = 11e6 / Double(baud)
            // MODBUS over Serial Line V1.02, 2.5.1.1: 3.5 characters between frames, 1.75 ms above 19200 baud.
            silence = max(1750, Int64(characterMicroseconds * 3.5))
            let frame = Int64(characterMicroseconds * 256 * 1.5) + 200_000
            wire = try SerialWire(line, options, frameMicroseconds: frame, interruption)
            isSerialPort = true
        case .rtuOverTCP, .rtuListening:
            wire = try SerialWire(line, options, frameMicroseconds: frameOverSocket, interruption)
            isSerialPort = false
        }
        gapMicroseconds = options.gapMs.map { Int64($0) * 1000 } ?? silence
    }

    /// Takes a descriptor that is open already, and closes it: `line` says which frames travel on it.
    func adopt(_ descriptor: Int32) {
        doNotBlock(descriptor)
        wire.adopt(descriptor)
    }

    /// Makes the connection, if there is none; where others make it, takes the newest.
    func connect() throws(ExchangeError) {
        let wasConnected = wire.isConnected
        try wire.connect(until: monotonicMicroseconds() + Int64(options.responseTimeoutMs) * 1000)
        if !wasConnected { latestUse = 0 }
    }

    /// Lets go of the connection, and of a listener.
    func disconnect() { wire.disconnect() }

    /// A round in which nobody answered: the connection may be dead without knowing it, as after a pulled cable.
    func heardNobody() {
        if !isSerialPort { wire.giveUp() }
    }

    // MARK: - Requests

    /// Whether the reply to a request could not be told from a late one, so that a marker must be answered first.
    func needsMarker(_ request: RegisterRequest, unit: Int) -> Bool {
        wire.unanswered(of: unit)?.isAmbiguous(ModbusLink.shape(request)) ?? false
    }

    /// Makes sure that the reply to a request can be told from late ones.
    ///
    /// `shapes` are those of all requests for values that the device gets, and has got; `turn` says which marker is next: not
    /// every device answers each.
    func settle(
        before request: RegisterRequest, unit: Int, shapes: Set<ReplyShape>, _ turn: inout Int,
        _ counters: inout DeviceCounters
    ) throws(ModbusFailure) {
        // One marker is enough after a loss. More are needed only where markers were lost as well, and are answered late.
        for _ in 0..<8 {
            guard needsMarker(request, unit: unit), let unanswered = wire.unanswered(of: unit) else { return }
            let markers = Marker.candidates(for: request, plan: shapes, unanswered)
            guard !markers.isEmpty else { throw .error(.timeout) }
            do throws(ModbusFailure) {
                try send(markers[turn % markers.count], before: request, unit: unit, &counters)
            } catch {
                turn += 1
                throw error
            }
        }
        if needsMarker(request, unit: unit) { throw .error(.timeout) }
    }

    static func shape(_ request: RegisterRequest) -> ReplyShape {
        ReplyShape(function: UInt8(request.table.rawValue), byteCount: request.byteCount)
    }

    /// Reads registers of one device, or bits.
    ///
    /// - Returns: Exactly `request.range.count` registers; a bit is one of them, 0 or 1.
    func read(
        _ request: RegisterRequest, unit: Int, _ counters: inout DeviceCounters
    ) throws(ModbusFailure) -> [UInt16] {
        let count = request.range.count
        let place = try exchange(
            function: UInt8(request.table.rawValue), address: request.range.lowerBound, count: count,
            byteCount: request.byteCount, unit: unit, &counters)
        var registers: [UInt16] = []
        registers.reserveCapacity(count)
        // Held by itself: the array of a class is checked for other uses at each access.
        let bytes = wire.reply
        if request.table.isOfBits {
            // The first bit is the lowest of the first byte (MODBUS Application Protocol V1.1b3, 6.1).
            for bit in 0..<count { registers.append(UInt16(bytes[place + bit / 8] >> UInt8(bit % 8) & 1)) }
        } else {
            for byte in stride(from: place, to: place + count * 2, by: 2) {
                registers.append(UInt16(bytes[byte]) << 8 | UInt16(bytes[byte + 1]))
            }
        }
        return registers
    }

    /// Sends a marker and waits for its answer, or for whatever else shows that `request` needs it no longer. An exception is
    /// an answer, too, and so is a late reply; throws where nothing is heard.
    private func send(
        _ marker: Marker, before request: RegisterRequest, unit: Int, _ counters: inout DeviceCounters
    ) throws(ModbusFailure) {
        let late = counters.late
        counters.resyncs += 1
        do throws(ModbusFailure) {
            _ = try exchange(
                function: marker.function, address: marker.address, count: marker.count, byteCount: marker.byteCount,
                unit: unit, settling: request, &counters)
        } catch {
            if case .error(.exception) = error { return }
            if case .error(.timeout) = error, counters.late > late { return }
            throw error
        }
    }

    /// Sends one reading request and waits for its answer, whose data begin in the wire's reply where the result says.
    /// `settling` is the request for whose sake a marker is sent.
    private func exchange(
        function: UInt8, address: Int, count: Int, byteCount: Int, unit: Int, settling: RegisterRequest? = nil,
        _ counters: inout DeviceCounters
    ) throws(ModbusFailure) -> Int {
        guard wire.isConnected else { throw .error(.lost(errno: ENOTCONN)) }
        guard !interruption.isSet else { throw .interrupted }
        keepGap()
        let shape = ReplyShape(function: function, byteCount: byteCount)
        let body: RequestBody = [
            UInt8(unit), function, UInt8(address >> 8), UInt8(address & 0xFF), UInt8(count >> 8), UInt8(count & 0xFF),
        ]
        let began = monotonicMicroseconds()
        defer { latestUse = gapMicroseconds > 0 ? monotonicMicroseconds() : 0 }
        do throws(ModbusFailure) {
            try wire.prepare(unit, &counters)
            try wire.send(body, shape, unit: unit)
            let place = try receive(
                shape, unit, settling, until: began + Int64(options.responseTimeoutMs) * 1000, &counters)
            counters.answered += 1
            counters.roundTrips.add(microseconds: monotonicMicroseconds() - began)
            return place
        } catch {
            wire.missed()
            switch error {
            case .checksum: counters.checksums += 1
            case .short: counters.malformed += 1
            case .error(let error): counters.add(error)
            case .interrupted: break
            }
            throw error
        }
    }

    private func keepGap() {
        guard gapMicroseconds > 0, latestUse > 0 else { return }
        let due = latestUse + gapMicroseconds
        if monotonicMicroseconds() < due { _ = interruption.wait(for: -1, until: due) }
    }

    /// How long after its deadline what is there already is still looked at.
    private static let patience: Int64 = 50_000

    /// Waits for the reply to the request under way; drops and counts what answers earlier ones.
    private func receive(
        _ shape: ReplyShape, _ unit: Int, _ settling: RegisterRequest?, until deadline: Int64,
        _ counters: inout DeviceCounters
    ) throws(ModbusFailure) -> Int {
        while true {
            guard let start = try wire.receive(shape, unit: unit, until: deadline, &counters) else {
                counters.late += 1
                if let settling, !needsMarker(settling, unit: unit) { return 0 }
                // What comes without end is always there: the deadline holds all the same.
                guard monotonicMicroseconds() <= deadline + ModbusLink.patience else {
                    wire.giveUp()
                    throw .error(.timeout)
                }
                continue
            }
            let reply = wire.reply
            let (function, size) = (reply[start + 1], Int(reply[start + 2]))
            if function == shape.function | 0x80 { throw .error(.exception(code: size)) }
            guard function == shape.function else { throw .error(.badReply) }
            guard size == shape.byteCount else { throw size < shape.byteCount ? .short : .error(.badReply) }
            return start + 3
        }
    }
}
