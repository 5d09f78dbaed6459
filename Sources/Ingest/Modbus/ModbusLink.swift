import CModbus
import Glibc

/// Why a request to a Modbus device came to nothing, more exactly than a bus needs to know.
enum ModbusFailure: Error, Equatable {
    case error(ExchangeError)
    /// The checksum is wrong.
    case checksum
    /// The device sent fewer registers than it was asked for.
    case short
    /// The program is about to end.
    case interrupted

    /// As the bus tells it.
    var exchangeError: ExchangeError {
        switch self {
        case .error(let error): error
        case .checksum, .short: .badReply
        case .interrupted: .lost(errno: EINTR)
        }
    }
}

/// A connection of libmodbus, client side. Not to be used by two threads at a time.
///
/// libmodbus drives the serial port and takes replies apart (length, checksum). Requests over TCP are put together here, and
/// replies are checked here: libmodbus 3.1.6 sends raw requests with transaction 0 only, does not compare the unit over TCP,
/// and gives a request up at the first late reply, where the right one may be next.
@safe final class ModbusLink {
    // Invariant of all `unsafe` below: `context` comes from modbus_new_*, is never nil after init, is used by one thread at a
    // time (the owning actor's), and is freed once, in deinit.
    private let context: OpaquePointer
    private let line: ModbusLine
    private let options: ModbusOptions
    private let interruption: Interruption
    private let listener: DialInListener?
    private let gapMicroseconds: Int64
    /// How long the longest frame takes on the wire once it has begun.
    private let frameMicroseconds: Int64
    private var descriptor: Int32 = -1
    /// The transaction number of the latest request over TCP.
    private var transaction: UInt16 = 0
    /// Whether a request of this connection was not answered: its answer may still come.
    private var hasUnanswered = false
    /// When the line was last used.
    private var latestUse: Int64 = 0
    /// On a serial line, what may still be answered, by unit. It outlives connections: a serial server hands what comes late
    /// to the next one.
    private var unanswered: [Int: UnansweredRequests] = [:]
    /// MODBUS_TCP_MAX_ADU_LENGTH.
    private var reply = [UInt8](repeating: 0, count: 260)

    /// A connection that is not made yet.
    init(_ line: ModbusLine, _ options: ModbusOptions, _ interruption: Interruption) throws(ExchangeError) {
        self.line = line
        self.options = options
        self.interruption = interruption
        var listener: DialInListener?
        var characterMicroseconds = 0.0
        let created: OpaquePointer?
        switch line {
        case .tcp:
            // The address is not used: the socket is made here.
            unsafe created = modbus_new_tcp("127.0.0.1", 502)
        case .rtu(let path, let baud, let parity, let dataBits, let stopBits):
            let parityCharacter = CChar(parity.utf8.first ?? UInt8(ascii: "N"))
            unsafe created = modbus_new_rtu(path, Int32(baud), parityCharacter, Int32(dataBits), Int32(stopBits))
            characterMicroseconds = 11e6 / Double(baud)
        case .rtuOverTCP, .rtuListening:
            // As above; RTU frames need a port's name and speed in name only.
            unsafe created = modbus_new_rtu("socket", 9600, CChar(UInt8(ascii: "N")), 8, 1)
            if case .rtuListening(let address, let port, let registration) = line {
                listener = DialInListener(address: address, port: port, registration: registration)
            }
        }
        guard let context = unsafe created else { throw .cannotConnect(errno: errno) }
        unsafe self.context = context
        self.listener = listener
        // MODBUS over Serial Line V1.02, 2.5.1.1: 3.5 characters between frames, 1.75 ms above 19200 baud.
        let silence = characterMicroseconds == 0 ? 0 : max(1750, Int64(characterMicroseconds * 3.5))
        gapMicroseconds = options.gapMs.map { Int64($0) * 1000 } ?? silence
        // Over sockets the far side's speed is not known: as long as a device may take to begin, and a second.
        frameMicroseconds =
            characterMicroseconds == 0
            ? Int64(options.responseTimeoutMs) * 1000 + 1_000_000 : Int64(characterMicroseconds * 256 * 1.5) + 200_000
        // The whole of a reply has one deadline, so that bytes that trickle in do not hold the line for ever
        // (modbus_set_byte_timeout(3)).
        unsafe modbus_set_byte_timeout(context, 0, 0)
        // Nothing is open yet.
        unsafe modbus_set_socket(context, -1)
    }

    deinit {
        disconnect()
        unsafe modbus_free(context)
    }

    var isConnected: Bool { descriptor >= 0 }

    /// Whether transaction numbers tell replies apart.
    var isNumbered: Bool { if case .tcp = line { true } else { false } }

    private var isSerialPort: Bool { if case .rtu = line { true } else { false } }

    /// Makes the connection, if there is none; where others make it, takes the newest.
    func connect() throws(ExchangeError) {
        let deadline = monotonicMicroseconds() + Int64(options.responseTimeoutMs) * 1000
        switch line {
        case .rtuListening:
            guard let listener else { return }
            // Without a connection there is nothing better to do than to wait for one.
            guard let newest = try listener.next(until: isConnected ? 0 : deadline, interruption) else {
                if isConnected { return }
                throw .cannotConnect(errno: ENOTCONN)
            }
            disconnectSocket()
            adopt(newest)
        case .tcp(let host, let port), .rtuOverTCP(let host, let port):
            if isConnected { return }
            adopt(try StreamSocket.connect(host: host, port: port, until: deadline, interruption))
        case .rtu:
            if isConnected { return }
            guard unsafe modbus_connect(context) == 0 else { throw .cannotConnect(errno: errno) }
            descriptor = unsafe modbus_get_socket(context)
            try setDirection()
        }
        latestUse = 0
    }

    /// The kernel or libmodbus is told how the transceiver is switched.
    private func setDirection() throws(ExchangeError) {
        let status =
            switch options.direction {
            case .automatic: Int32(0)
            case .kernel: unsafe modbus_rtu_set_serial_mode(context, MODBUS_RTU_RS485)
            case .rtsUp: unsafe modbus_rtu_set_rts(context, MODBUS_RTU_RTS_UP)
            case .rtsDown: unsafe modbus_rtu_set_rts(context, MODBUS_RTU_RTS_DOWN)
            }
        guard status == 0 else {
            let number = errno
            disconnect()
            throw .cannotConnect(errno: number)
        }
    }

    private func adopt(_ socket: Int32) {
        descriptor = socket
        hasUnanswered = false
        unsafe modbus_set_socket(context, socket)
    }

    /// Lets go of the connection, and of the listener.
    func disconnect() {
        listener?.stop()
        if isSerialPort {
            if isConnected { unsafe modbus_close(context) }
            descriptor = -1
            return
        }
        disconnectSocket()
    }

    private func disconnectSocket() {
        if isConnected { close(descriptor) }
        descriptor = -1
        unsafe modbus_set_socket(context, -1)
    }

    /// Gives the connection up after an error; a listener goes on.
    func giveUp() {
        if isSerialPort { disconnect() } else { disconnectSocket() }
    }

    // MARK: - Requests

    /// Whether the reply to a request could not be told from a late one, so that a marker must be answered first.
    func needsMarker(_ request: RegisterRequest, unit: Int) -> Bool {
        !isNumbered && (unanswered[unit]?.isAmbiguous(ModbusLink.shape(request)) ?? false)
    }

    /// What a marker may look like that no late reply can be taken for, the exceptions to it included.
    func unanswered(of unit: Int) -> UnansweredRequests { unanswered[unit] ?? UnansweredRequests() }

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
        let bytes = reply
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
    func send(
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

    /// Sends one reading request and waits for its answer, which begins in `reply` where the result says. `settling` is the
    /// request for whose sake a marker is sent.
    private func exchange(
        function: UInt8, address: Int, count: Int, byteCount: Int, unit: Int, settling: RegisterRequest? = nil,
        _ counters: inout DeviceCounters
    ) throws(ModbusFailure) -> Int {
        guard isConnected else { throw .error(.lost(errno: ENOTCONN)) }
        guard !interruption.isSet else { throw .interrupted }
        keepGap()
        let shape = ReplyShape(function: function, byteCount: byteCount)
        let body = [
            UInt8(unit), function, UInt8(address >> 8), UInt8(address & 0xFF), UInt8(count >> 8), UInt8(count & 0xFF),
        ]
        let began = monotonicMicroseconds()
        defer { latestUse = gapMicroseconds > 0 ? monotonicMicroseconds() : 0 }
        do throws(ModbusFailure) {
            if !isNumbered { try drain(&counters, unit) }
            try send(body, shape, unit)
            let place = try receive(
                shape, unit, settling, deadline: began + Int64(options.responseTimeoutMs) * 1000, &counters)
            counters.answered += 1
            counters.roundTrips.add(microseconds: monotonicMicroseconds() - began)
            return place
        } catch {
            hasUnanswered = true
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

    private func send(_ body: [UInt8], _ shape: ReplyShape, _ unit: Int) throws(ModbusFailure) {
        do throws(ExchangeError) {
            switch line {
            case .tcp:
                transaction &+= 1
                // MODBUS Messaging on TCP/IP V1.0b, 3.1.3: transaction, protocol 0, length, then the unit.
                let header = [UInt8(transaction >> 8), UInt8(transaction & 0xFF), 0, 0, 0, UInt8(body.count)]
                try StreamSocket.send(header + body, on: descriptor)
            case .rtuOverTCP, .rtuListening:
                unanswered[unit, default: UnansweredRequests()].send(shape, at: monotonicMicroseconds() / 1000)
                try StreamSocket.send(body + ModbusLink.checksum(body), on: descriptor)
            case .rtu:
                unanswered[unit, default: UnansweredRequests()].send(shape, at: monotonicMicroseconds() / 1000)
                // Invariant: libmodbus reads body.count bytes.
                let count = unsafe modbus_send_raw_request(context, body, Int32(body.count))
                guard count == body.count + 2 else { throw .lost(errno: count < 0 ? errno : EIO) }
            }
        } catch {
            giveUp()
            throw .error(error)
        }
    }

    /// MODBUS over Serial Line V1.02, 2.5.1: the CRC follows, low byte first.
    private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
        var checksum: UInt16 = 0xFFFF
        for byte in bytes {
            checksum ^= UInt16(byte)
            for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xA001 : checksum >> 1 }
        }
        return [UInt8(checksum & 0xFF), UInt8(checksum >> 8)]
    }

    // MARK: - Replies

    /// Waits for the reply to the request under way; drops and counts what answers earlier ones.
    private func receive(
        _ shape: ReplyShape, _ unit: Int, _ settling: RegisterRequest?, deadline: Int64,
        _ counters: inout DeviceCounters
    ) throws(ModbusFailure) -> Int {
        while true {
            switch interruption.wait(for: descriptor, until: deadline) {
            case .interrupted: throw .interrupted
            case .timeout: throw .error(.timeout)
            case .ready: break
            }
            let length = try receiveFrame(unit, &counters)
            let (start, isOurs) = isNumbered ? try numbered(length, unit) : unnumbered(length, unit)
            guard isOurs else {
                counters.late += 1
                if let settling, !needsMarker(settling, unit: unit) { return 0 }
                continue
            }
            if !isNumbered, unanswered[unit]?.isEmpty ?? false { unanswered[unit] = nil }
            let function = reply[start + 1]
            if function == shape.function | 0x80 { throw .error(.exception(code: Int(reply[start + 2]))) }
            guard function == shape.function else { throw .error(.badReply) }
            guard Int(reply[start + 2]) == shape.byteCount else {
                throw Int(reply[start + 2]) < shape.byteCount ? .short : .error(.badReply)
            }
            return start + 3
        }
    }

    /// Takes one frame from the line.
    ///
    /// - Returns: Its length; 0 for one from another unit, whose checksum was not looked at.
    private func receiveFrame(_ unit: Int, _ counters: inout DeviceCounters) throws(ModbusFailure) -> Int {
        let microseconds = frameMicroseconds
        unsafe modbus_set_response_timeout(
            context, UInt32(microseconds / 1_000_000), UInt32(microseconds % 1_000_000))
        if !isNumbered { unsafe modbus_set_slave(context, Int32(unit)) }
        // Invariant: libmodbus writes at most 260 bytes (MODBUS_MAX_ADU_LENGTH), the length of the array.
        let got = unsafe reply.withUnsafeMutableBufferPointer { buffer in
            Int(unsafe modbus_receive_confirmation(context, buffer.baseAddress))
        }
        if got >= 0 { return got }
        // modbus.h: MODBUS_ENOBASE = 112345678; 12 is a wrong checksum, 13 and more are other malformed replies. A time-out
        // is the middle of a frame that does not go on.
        let base: Int32 = 112_345_678
        let number = errno
        switch number {
        case base + 12..<base + 20, ETIMEDOUT:
            resynchronise(&counters)
            throw number == base + 12 ? .checksum : .error(.badReply)
        default:
            giveUp()
            throw .error(.lost(errno: number))
        }
    }

    /// Checks a reply that carries a number.
    private func numbered(_ length: Int, _ unit: Int) throws(ModbusFailure) -> (start: Int, isOurs: Bool) {
        let announced = Int(reply[4]) << 8 | Int(reply[5])
        // Where a frame does not end where it says, nobody knows where the next one begins.
        guard length >= 9, reply[2] == 0, reply[3] == 0, announced == length - 6 else {
            giveUp()
            throw .error(.badReply)
        }
        guard UInt16(reply[0]) << 8 | UInt16(reply[1]) == transaction else { return (6, false) }
        guard Int(reply[6]) == unit else { throw .error(.badReply) }
        return (6, true)
    }

    /// Checks a reply that is told by its shape and its place in the order alone.
    private func unnumbered(_ length: Int, _ unit: Int) -> (start: Int, isOurs: Bool) {
        // Another unit's: an answer to a request to it that was given up.
        guard length >= 5, Int(reply[0]) == unit else { return (0, false) }
        let function = reply[1]
        let verdict =
            if function & 0x80 != 0 {
                unanswered[unit]?.receiveException(function: function & 0x7F)
            } else {
                unanswered[unit]?.receive(ReplyShape(function: function, byteCount: Int(reply[2])))
            }
        switch verdict {
        case .fresh: return (0, true)
        case .late: return (0, false)
        // Told by the length or the function what it is not.
        case .stranger, nil: return (0, true)
        }
    }

    /// Drops what lies there before a request is made: it answers none that is still waited for.
    private func drain(_ counters: inout DeviceCounters, _ unit: Int) throws(ModbusFailure) {
        var hasDrained = false
        while interruption.wait(for: descriptor, until: 0) == .ready {
            guard dropInput() else {
                giveUp()
                throw .error(.lost(errno: ECONNRESET))
            }
            hasDrained = true
        }
        if hasDrained { counters.late += 1 }
    }

    /// Drops what has come in; false where the line is gone.
    private func dropInput() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 512)
        // Invariant: read(2) writes at most bytes.count bytes; the descriptor does not block.
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR)
    }

    /// After something that was no frame: over TCP a new connection; on a serial line silence, which alone tells where frames
    /// end (MODBUS over Serial Line V1.02, 2.5.1.1). Modems and serial servers hand bytes on in pieces, so it lasts longer
    /// than the standard's 3.5 characters.
    private func resynchronise(_ counters: inout DeviceCounters) {
        counters.resyncs += 1
        guard !isNumbered else { return giveUp() }
        let quiet: Int64 = isSerialPort ? 20_000 : 100_000
        let end = monotonicMicroseconds() + frameMicroseconds
        while monotonicMicroseconds() < end {
            guard interruption.wait(for: descriptor, until: monotonicMicroseconds() + quiet) == .ready else { return }
            guard dropInput() else { return giveUp() }
        }
    }

    /// A round in which nobody answered: the connection may be dead without knowing it, as after a pulled cable.
    func heardNobody() {
        if !isSerialPort { giveUp() }
    }

    /// Over TCP numbers come round after 65,536 requests: before they do, a connection with something unanswered is left.
    func renewNumbers() {
        if isNumbered, hasUnanswered, transaction >= 0xF000 {
            giveUp()
            transaction = 0
        }
    }
}
