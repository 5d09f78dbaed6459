import Dispatch
import Glibc
import Ingest
import Synchronization
import TestSupport

/// A Modbus line of devices without libmodbus, of which the test says how each request is answered. The register at address n
/// holds n.
final class LyingDevice: Sendable {
    /// A request as it came.
    struct Request: Sendable {
        var unit: Int
        var function: Int
        var address: Int
        var count: Int
        /// How many came before it.
        var number: Int
    }

    /// What becomes of it.
    enum Deed: Sendable {
        case answer
        case silence
        case refuse(Int)
        /// The answer, after so many milliseconds; those behind it wait, as on a line.
        case late(Int)
        /// The answer with a wrong checksum, or as it is over TCP.
        case garble
        /// Another number of registers than was asked for.
        case short(Int)
        /// The answer in the name of another unit.
        case asUnit(Int)
        /// The connection ends with a reset.
        case reset
    }

    let line: ModbusLine
    private let isFramed: Bool
    private let terminal: Pseudoterminal?
    private let listener: Int32
    private let decide: @Sendable (Request) -> Deed
    private let state = Mutex(State())
    private let finished = DispatchGroup()

    private struct State {
        var isStopped = false
        var requests: [Request] = []
        var connections = 0
    }

    /// A device on a pseudo-terminal.
    init(serial: Void, _ decide: @escaping @Sendable (Request) -> Deed) throws(Pseudoterminal.Failed) {
        let terminal = try Pseudoterminal()
        self.terminal = terminal
        self.decide = decide
        isFramed = false
        listener = -1
        line = .rtu(path: terminal.path, baud: 115_200, parity: "N", dataBits: 8, stopBits: 1)
        DispatchQueue(label: "lying device").async(group: finished) { [self] in serve(terminal.controller) }
    }

    /// A device on the loopback interface; `isFramed` is Modbus TCP, else RTU over TCP. Port 0 takes any.
    init(port: Int = 0, isFramed: Bool = true, _ decide: @escaping @Sendable (Request) -> Deed) {
        terminal = nil
        self.decide = decide
        self.isFramed = isFramed
        let (descriptor, bound) = listenOnLoopback(port: port)
        listener = descriptor
        line = isFramed ? .tcp(host: "127.0.0.1", port: bound) : .rtuOverTCP(host: "127.0.0.1", port: bound)
        DispatchQueue(label: "lying device").async(group: finished) { [self] in accept() }
    }

    /// A device that dials in, as a DTU does, with what it says first.
    init(dialling port: Int, saying registration: String, _ decide: @escaping @Sendable (Request) -> Deed) {
        terminal = nil
        self.decide = decide
        isFramed = false
        listener = -1
        line = .rtuListening(address: "127.0.0.1", port: port, registration: registration)
        DispatchQueue(label: "lying device").async(group: finished) { [self] in
            while !isStopped {
                let descriptor = connectToLoopback(port: port)
                if descriptor >= 0 {
                    send(Array(registration.utf8), on: descriptor)
                    serve(descriptor)
                    close(descriptor)
                }
                usleep(20_000)
            }
        }
    }

    var requests: [Request] { state.withLock(\.requests) }
    var connections: Int { state.withLock(\.connections) }
    private var isStopped: Bool { state.withLock(\.isStopped) }

    func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped
        }
        finished.wait()
        if isFirst, listener >= 0 { close(listener) }
    }

    deinit { stop() }

    private func accept() {
        while !isStopped {
            guard isReadable(listener, milliseconds: 20) else { continue }
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { continue }
            state.withLock { $0.connections += 1 }
            serve(client)
            close(client)
        }
    }

    /// Answers what comes in until the line ends.
    private func serve(_ descriptor: Int32) {
        var pending: [UInt8] = []
        let length = isFramed ? 12 : 8
        while !isStopped {
            // A newer connection replaces this one.
            if listener >= 0, isReadable(listener, milliseconds: 0) { return }
            guard isReadable(descriptor, milliseconds: 20) else { continue }
            var bytes = [UInt8](repeating: 0, count: 1024)
            // Invariant: read(2) writes at most 1024 bytes.
            let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, 1024) }
            guard count > 0 else { return }
            pending += bytes.prefix(count)
            while pending.count >= length {
                let request = Array(pending.prefix(length))
                pending.removeFirst(length)
                guard answer(request, on: descriptor) else { return }
            }
        }
    }

    private func answer(_ bytes: [UInt8], on descriptor: Int32) -> Bool {
        let body = Array(isFramed ? bytes[6...] : bytes[..<6])
        func word(_ place: Int) -> Int { Int(body[place]) << 8 | Int(body[place + 1]) }
        let request = state.withLock { state in
            let request = Request(
                unit: Int(body[0]), function: Int(body[1]), address: word(2), count: word(4),
                number: state.requests.count)
            state.requests.append(request)
            return request
        }
        func reply(_ unit: Int, _ count: Int) -> [UInt8] {
            if request.function <= 2 { return [UInt8(unit), UInt8(request.function), 1, 0] }
            return [UInt8(unit), UInt8(request.function), UInt8(count * 2)]
                + (request.address..<request.address + count).flatMap { [UInt8($0 >> 8 & 0xFF), UInt8($0 & 0xFF)] }
        }
        switch decide(request) {
        case .silence: return true
        case .reset:
            var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
            // Invariant: setsockopt(2) reads one linger.
            _ = unsafe setsockopt(
                descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
            return false
        case .answer: send(framed(reply(request.unit, request.count), bytes), on: descriptor)
        case .refuse(let code):
            send(
                framed([UInt8(request.unit), UInt8(request.function | 0x80), UInt8(code)], bytes), on: descriptor)
        case .late(let milliseconds):
            usleep(UInt32(milliseconds) * 1000)
            send(framed(reply(request.unit, request.count), bytes), on: descriptor)
        case .garble:
            var frame = framed(reply(request.unit, request.count), bytes)
            frame[frame.count - 1] ^= 0xFF
            send(frame, on: descriptor)
        case .short(let count): send(framed(reply(request.unit, count), bytes), on: descriptor)
        case .asUnit(let unit): send(framed(reply(unit, request.count), bytes), on: descriptor)
        }
        return true
    }

    private func framed(_ body: [UInt8], _ request: [UInt8]) -> [UInt8] {
        if isFramed { return Array(request[..<4]) + [0, UInt8(body.count)] + body }
        var crc: UInt16 = 0xFFFF
        for byte in body {
            crc ^= UInt16(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xA001 : crc >> 1 }
        }
        return body + [UInt8(crc & 0xFF), UInt8(crc >> 8)]
    }

    private func send(_ bytes: [UInt8], on descriptor: Int32) {
        // Invariant: both calls read at most bytes.count bytes.
        _ = unsafe bytes.withUnsafeBytes {
            terminal == nil
                ? unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                : unsafe write(descriptor, $0.baseAddress, $0.count)
        }
    }
}

private func isReadable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // Invariant: poll(2) writes only into the one descriptor.
    return unsafe poll(&polled, 1, milliseconds) > 0
}
