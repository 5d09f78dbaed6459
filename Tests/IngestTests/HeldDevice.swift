import Dispatch
import Glibc
import Ingest
import Synchronization
import TestSupport

/// A Modbus device, without libmodbus, that can hold an answer back and send it later. Its registers say where they are: the
/// binary32 number at address n is n. Its bits are those whose address is a multiple of three.
final class HeldDevice: Sendable {
    let line: ModbusLine
    private let terminal: Pseudoterminal?
    private let listener: Int32
    private let state = Mutex(State())
    private let finished = DispatchGroup()

    private struct State {
        var isHolding = false
        var held: [UInt8] = []
        var connection: Int32 = -1
        var isStopped = false
    }

    /// A device on a pseudo-terminal, unit 1.
    init() throws(Pseudoterminal.Failed) {
        let terminal = try Pseudoterminal()
        self.terminal = terminal
        listener = -1
        line = .rtu(path: terminal.path, baud: 9600, parity: "N", dataBits: 8, stopBits: 1)
        state.withLock { $0.connection = terminal.controller }
        start()
    }

    /// A device on the loopback interface, on any free port.
    init(listening: Void) {
        terminal = nil
        let (listener, port) = listenOnLoopback(port: 0)
        self.listener = listener
        line = .tcp(host: "127.0.0.1", port: port)
        start()
    }

    /// From now on answers are held back (true) or given at once (false).
    func hold(_ isHolding: Bool) { state.withLock { $0.isHolding = isHolding } }

    /// Sends the answer that was held back.
    func sendHeld() {
        state.withLock { state in
            send(state.held, on: state.connection)
            state.held = []
        }
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        finished.wait()
        for descriptor in [listener, terminal == nil ? state.withLock(\.connection) : -1] where descriptor >= 0 {
            close(descriptor)
        }
    }

    private func start() {
        DispatchQueue(label: "held device").async(group: finished) { [self] in
            while !state.withLock(\.isStopped) { turn() }
        }
    }

    /// Waits a moment for a connection or a request, and answers it.
    private func turn() {
        let connection = state.withLock(\.connection)
        var polled = [
            pollfd(fd: connection, events: Int16(POLLIN), revents: 0),
            pollfd(fd: listener, events: Int16(POLLIN), revents: 0),
        ]
        // Invariant: poll(2) writes only inside the array.
        guard unsafe polled.withUnsafeMutableBufferPointer({ unsafe poll($0.baseAddress, 2, 20) }) > 0 else { return }
        if polled[1].revents != 0 {
            let client = accept(listener, nil, nil)
            if connection >= 0 { close(connection) }
            state.withLock { $0.connection = client }
            return
        }
        var request = [UInt8](repeating: 0, count: 260)
        // Invariant: read(2) writes at most 260 bytes. A request comes in one piece here.
        let count = unsafe request.withUnsafeMutableBytes { unsafe read(connection, $0.baseAddress, 260) }
        if count <= 0 {
            if terminal == nil {
                close(connection)
                state.withLock { $0.connection = -1 }
            }
            return
        }
        // Real devices take some milliseconds to answer; two requests may have come meanwhile.
        usleep(20_000)
        let length = terminal == nil ? 12 : 8
        for start in stride(from: 0, to: count - length + 1, by: length) {
            let request = Array(request[start..<start + length])
            let answer = terminal == nil ? tcpAnswer(request) : rtuAnswer(request)
            state.withLock { state in
                if state.isHolding {
                    state.held = answer
                } else {
                    send(answer, on: state.connection)
                }
            }
        }
    }

    /// A client that went away meanwhile is no reason to end the process (SIGPIPE).
    private func send(_ bytes: [UInt8], on connection: Int32) {
        // Invariant: both calls read at most bytes.count bytes.
        _ = unsafe bytes.withUnsafeBytes {
            terminal == nil
                ? unsafe Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                : unsafe write(connection, $0.baseAddress, $0.count)
        }
    }

    /// Unit, function, byte count, registers (MODBUS Application Protocol V1.1b3, 6.3).
    private func body(_ request: ArraySlice<UInt8>) -> [UInt8] {
        let bytes = Array(request)
        let address = Int(bytes[2]) << 8 | Int(bytes[3])
        let count = Int(bytes[4]) << 8 | Int(bytes[5])
        if bytes[1] <= 2 {
            // 6.1 and 6.2: eight bits a byte, the first the least significant.
            var packed = [UInt8](repeating: 0, count: (count + 7) / 8)
            for place in 0..<count where (address + place) % 3 == 0 { packed[place / 8] |= 1 << UInt8(place % 8) }
            return [bytes[0], bytes[1], UInt8(packed.count)] + packed
        }
        var answer = [bytes[0], bytes[1], UInt8(count * 2)]
        for number in stride(from: address, to: address + count, by: 2) {
            let bits = Float(number).bitPattern
            for shift in [24, 16, 8, 0] { answer.append(UInt8(truncatingIfNeeded: bits >> UInt32(shift))) }
        }
        return Array(answer.prefix(3 + count * 2))
    }

    /// MODBUS over Serial Line V1.02, 2.5.1: the CRC follows, low byte first.
    private func rtuAnswer(_ request: [UInt8]) -> [UInt8] {
        var answer = body(request[...])
        var crc: UInt16 = 0xFFFF
        for byte in answer {
            crc ^= UInt16(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xA001 : crc >> 1 }
        }
        answer += [UInt8(crc & 0xFF), UInt8(crc >> 8)]
        return answer
    }

    /// MODBUS Messaging on TCP/IP V1.0b, 3.1.3: transaction, protocol 0, length, then the unit.
    private func tcpAnswer(_ request: [UInt8]) -> [UInt8] {
        let body = body(request[6...])
        return Array(request[..<4]) + [0, UInt8(body.count)] + body
    }
}
