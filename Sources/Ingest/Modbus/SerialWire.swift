import CModbus
import Glibc

/// RTU frames, on a serial port or through a socket: only shape and order tell which request a reply answers.
///
/// libmodbus drives the port and takes replies apart (length, checksum). Over sockets the frames are sent from here, because
/// libmodbus knows RTU on ports only.
@safe final class SerialWire: ModbusWire {
    // Invariant of all `unsafe` below: `context` comes from modbus_new_rtu, is never nil after init, is used by one thread at a
    // time (the owning actor's), and is freed once, in deinit.
    private let context: OpaquePointer
    private let line: ModbusLine
    private let options: ModbusOptions
    private let interruption: Interruption
    private let listener: DialInListener?
    /// How long the longest frame takes on the wire once it has begun.
    private let frameMicroseconds: Int64
    private var descriptor: Int32 = -1
    /// What may still be answered, by unit. It outlives connections: a serial server hands what comes late to the next one.
    private var unanswered: [Int: UnansweredRequests] = [:]
    /// MODBUS_MAX_ADU_LENGTH.
    private(set) var reply = [UInt8](repeating: 0, count: 260)

    init(
        _ line: ModbusLine, _ options: ModbusOptions, frameMicroseconds: Int64, _ interruption: Interruption
    ) throws(ExchangeError) {
        self.line = line
        self.options = options
        self.frameMicroseconds = frameMicroseconds
        self.interruption = interruption
        var listener: DialInListener?
        let created: OpaquePointer?
        if case .rtu(let path, let baud, let parity, let dataBits, let stopBits) = line {
            let parityCharacter = CChar(parity.utf8.first ?? UInt8(ascii: "N"))
            unsafe created = modbus_new_rtu(path, Int32(baud), parityCharacter, Int32(dataBits), Int32(stopBits))
        } else {
            // A port in name only: the socket is made here.
            unsafe created = modbus_new_rtu("socket", 9600, CChar(UInt8(ascii: "N")), 8, 1)
            if case .rtuListening(let address, let port, let registration) = line {
                listener = DialInListener(address: address, port: port, registration: registration)
            }
        }
        guard let context = unsafe created else { throw .cannotConnect(errno: errno) }
        unsafe self.context = context
        self.listener = listener
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

    private var isPort: Bool { if case .rtu = line { true } else { false } }

    func connect(until deadline: Int64) throws(ExchangeError) {
        try open(until: deadline)
        // libmodbus waits by select(2), which knows no descriptor from FD_SETSIZE on and ends the program at one.
        guard descriptor < 1024 else {
            giveUp()
            throw .cannotConnect(errno: EMFILE)
        }
    }

    private func open(until deadline: Int64) throws(ExchangeError) {
        switch line {
        case .rtuListening:
            guard let listener else { return }
            // Without a connection there is nothing better to do than to wait for one.
            guard let newest = try listener.next(until: isConnected ? 0 : deadline, interruption) else {
                if isConnected { return }
                throw .cannotConnect(errno: ENOTCONN)
            }
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

    func adopt(_ descriptor: Int32) {
        giveUp()
        self.descriptor = descriptor
        unsafe modbus_set_socket(context, descriptor)
    }

    func disconnect() {
        listener?.stop()
        giveUp()
    }

    func giveUp() {
        guard isPort else { return closeSocket() }
        if isConnected { unsafe modbus_close(context) }
        descriptor = -1
    }

    private func closeSocket() {
        if isConnected { close(descriptor) }
        descriptor = -1
        unsafe modbus_set_socket(context, -1)
    }

    func missed() {}

    func unanswered(of unit: Int) -> UnansweredRequests? { unanswered[unit] ?? UnansweredRequests() }

    // MARK: - Requests

    func send(_ body: RequestBody, _ shape: ReplyShape, unit: Int) throws(ModbusFailure) {
        unanswered[unit, default: UnansweredRequests()].send(shape, at: monotonicMicroseconds() / 1000)
        do throws(ExchangeError) {
            if isPort {
                let bytes = (0..<body.count).map { body[$0] }
                // Invariant: libmodbus reads bytes.count bytes.
                let count = unsafe modbus_send_raw_request(context, bytes, Int32(bytes.count))
                guard count == bytes.count + 2 else { throw .lost(errno: count < 0 ? errno : EIO) }
            } else {
                let checksum = SerialWire.checksum(body.span)
                // MODBUS over Serial Line V1.02, 2.5.1: the low byte of the CRC first.
                let frame: InlineArray<8, UInt8> = [
                    body[0], body[1], body[2], body[3], body[4], body[5],
                    UInt8(checksum & 0xFF), UInt8(checksum >> 8),
                ]
                try StreamSocket.send(frame.span, on: descriptor)
            }
        } catch {
            giveUp()
            throw .error(error)
        }
    }

    /// MODBUS over Serial Line V1.02, 6.2.2.
    private static func checksum(_ bytes: Span<UInt8>) -> UInt16 {
        var checksum: UInt16 = 0xFFFF
        for place in bytes.indices {
            checksum ^= UInt16(bytes[place])
            for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xA001 : checksum >> 1 }
        }
        return checksum
    }

    /// So many reads of 512 bytes are dropped at once, and no more.
    private static let flood = 2048

    /// Drops what lies there before a request is made: it answers none that is still waited for.
    func prepare(_ unit: Int, _ counters: inout DeviceCounters) throws(ModbusFailure) {
        var reads = 0
        while interruption.wait(for: descriptor, until: 0) == .ready {
            // A line on which somebody sends without end is no line to ask on.
            guard reads < SerialWire.flood, dropInput() else {
                giveUp()
                throw .error(.lost(errno: ECONNRESET))
            }
            reads += 1
        }
        if reads > 0 { counters.late += 1 }
    }

    /// Drops what has come in; false where the line is gone.
    private func dropInput() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 512)
        // Invariant: read(2) writes at most bytes.count bytes; the descriptor does not block.
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        return count > 0 || count < 0 && (errno == EAGAIN || errno == EINTR)
    }

    // MARK: - Replies

    func receive(
        _ shape: ReplyShape, unit: Int, until deadline: Int64, _ counters: inout DeviceCounters
    ) throws(ModbusFailure) -> Int? {
        switch interruption.wait(for: descriptor, until: deadline) {
        case .interrupted: throw .interrupted
        case .timeout: throw .error(.timeout)
        case .ready: break
        }
        let length = try receiveFrame(unit, &counters)
        guard isAnswer(length, unit) else { return nil }
        if unanswered[unit]?.isEmpty ?? false { unanswered[unit] = nil }
        return 0
    }

    /// Takes one frame.
    ///
    /// - Returns: Its length; 0 for one from another unit, whose checksum was not looked at.
    private func receiveFrame(_ unit: Int, _ counters: inout DeviceCounters) throws(ModbusFailure) -> Int {
        let microseconds = frameMicroseconds
        unsafe modbus_set_response_timeout(
            context, UInt32(microseconds / 1_000_000), UInt32(microseconds % 1_000_000))
        unsafe modbus_set_slave(context, Int32(unit))
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

    /// Whether a reply, told by its shape and its place in the order alone, answers the request under way.
    private func isAnswer(_ length: Int, _ unit: Int) -> Bool {
        // Another unit's: an answer to a request to it that was given up.
        guard length >= 5, Int(reply[0]) == unit else { return false }
        let function = reply[1]
        let verdict =
            if function & 0x80 != 0 {
                unanswered[unit]?.receiveException(function: function & 0x7F)
            } else {
                unanswered[unit]?.receive(ReplyShape(function: function, byteCount: Int(reply[2])))
            }
        switch verdict {
        case .fresh: return true
        case .late: return false
        // Told by the length or the function what it is not.
        case .stranger, nil: return true
        }
    }

    /// After something that was no frame: silence, which alone tells where frames end (MODBUS over Serial Line V1.02, 2.5.1.1).
    /// Modems and serial servers hand bytes on in pieces, so it lasts longer than the standard's 3.5 characters.
    private func resynchronise(_ counters: inout DeviceCounters) {
        counters.resyncs += 1
        let quiet: Int64 = isPort ? 20_000 : 100_000
        let end = monotonicMicroseconds() + frameMicroseconds
        while monotonicMicroseconds() < end {
            guard interruption.wait(for: descriptor, until: monotonicMicroseconds() + quiet) == .ready else { return }
            guard dropInput() else { return giveUp() }
        }
    }
}
