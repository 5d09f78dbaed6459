import Glibc

/// Modbus TCP: a number tells which request a reply answers.
final class NumberedWire: ModbusWire {
    private let host: String
    private let port: Int
    private let interruption: Interruption
    /// How long a frame may take once it has begun.
    private let frameMicroseconds: Int64
    private var descriptor: Int32 = -1
    /// The number of the latest request.
    private var transaction: UInt16 = 0
    /// Whether a request of this connection was not answered: its answer may still come.
    private var hasUnanswered = false
    private var frames = NumberedFrames()

    init(host: String, port: Int, frameMicroseconds: Int64, _ interruption: Interruption) {
        self.host = host
        self.port = port
        self.frameMicroseconds = frameMicroseconds
        self.interruption = interruption
    }

    deinit { disconnect() }

    var isConnected: Bool { descriptor >= 0 }
    var reply: [UInt8] { frames.bytes }

    func connect(until deadline: Int64) throws(ExchangeError) {
        // Numbers come round after 65,536 requests: before they do, a connection with something unanswered is left.
        if hasUnanswered, transaction >= 0xF000 {
            disconnect()
            transaction = 0
        }
        if isConnected { return }
        adopt(try StreamSocket.connect(host: host, port: port, until: deadline, interruption))
    }

    func adopt(_ descriptor: Int32) {
        disconnect()
        self.descriptor = descriptor
        hasUnanswered = false
        frames.clear()
    }

    func disconnect() {
        if isConnected { close(descriptor) }
        descriptor = -1
    }

    func giveUp() { disconnect() }

    func missed() { hasUnanswered = true }

    func unanswered(of unit: Int) -> UnansweredRequests? { nil }

    func prepare(_ unit: Int, _ counters: inout DeviceCounters) {}

    func send(_ body: RequestBody, _ shape: ReplyShape, unit: Int) throws(ModbusFailure) {
        transaction &+= 1
        // MODBUS Messaging on TCP/IP V1.0b, 3.1.3: transaction, protocol 0, length, then the unit.
        let frame: InlineArray<12, UInt8> = [
            UInt8(transaction >> 8), UInt8(transaction & 0xFF), 0, 0, 0, UInt8(body.count),
            body[0], body[1], body[2], body[3], body[4], body[5],
        ]
        do throws(ExchangeError) {
            try StreamSocket.send(frame.span, on: descriptor)
        } catch {
            giveUp()
            throw .error(error)
        }
    }

    func receive(
        _ shape: ReplyShape, unit: Int, until deadline: Int64, _ counters: inout DeviceCounters
    ) throws(ModbusFailure) -> Int? {
        let length = try receive(until: deadline)
        guard UInt16(reply[0]) << 8 | UInt16(reply[1]) == transaction else { return nil }
        guard Int(reply[6]) == unit else { throw .error(.badReply) }
        // Where a reply does not end where it says, nobody knows where the next one begins.
        let isException = reply[7] & 0x80 != 0
        guard length == (isException ? 9 : 9 + Int(reply[8])) else {
            giveUp()
            throw .error(.badReply)
        }
        return 6
    }

    /// Takes one frame.
    ///
    /// - Returns: Its length.
    private func receive(until deadline: Int64) throws(ModbusFailure) -> Int {
        var deadline = deadline
        var state = frames.advance()
        while true {
            switch state {
            case .whole(let length): return length
            case .senseless:
                giveUp()
                throw .error(.badReply)
            case .empty, .begun: break
            }
            switch interruption.wait(for: descriptor, until: deadline) {
            case .interrupted: throw .interrupted
            case .timeout where state == .empty: throw .error(.timeout)
            case .timeout:
                // The middle of a frame that does not go on.
                giveUp()
                throw .error(.badReply)
            case .ready: break
            }
            let got = frames.receive(from: descriptor)
            if got < 0, errno == EAGAIN || errno == EINTR { continue }
            guard got > 0 else {
                let number = got < 0 ? errno : ECONNRESET
                giveUp()
                throw .error(.lost(errno: number))
            }
            // The whole of a frame has one deadline, so that bytes that trickle in do not hold the line for ever.
            if state == .empty { deadline = monotonicMicroseconds() + frameMicroseconds }
            state = frames.advance()
        }
    }
}
