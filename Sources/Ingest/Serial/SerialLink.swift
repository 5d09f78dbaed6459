import Glibc

/// A serial line that is opened, lost and opened again. Not to be used by two threads at a time.
final class SerialLink {
    private let line: SerialLine
    private let timeoutMs: Int
    let interruption: Interruption
    private var port: SerialPort?
    private var socket: Int32 = -1
    /// What the latest ``receive(until:)`` brought: the first ``count`` of these.
    private(set) var bytes = [UInt8](repeating: 0, count: 4096)

    init(_ line: SerialLine, timeoutMs: Int, _ interruption: Interruption) {
        self.line = line
        self.timeoutMs = timeoutMs
        self.interruption = interruption
    }

    deinit { disconnect() }

    private var descriptor: Int32 { port?.descriptor ?? socket }
    var isConnected: Bool { descriptor >= 0 }

    /// Opens the line, if it is not open; whether it was not.
    func connect() throws(ExchangeError) -> Bool {
        if isConnected { return false }
        switch line {
        case .port(let path, let baud, let parity, let dataBits, let stopBits, let direction):
            port = try SerialPort(
                path: path, baud: baud, parity: parity, dataBits: dataBits, stopBits: stopBits, direction: direction)
        case .tcp(let host, let number):
            let deadline = monotonicMicroseconds() + Int64(timeoutMs) * 1000
            socket = try StreamSocket.connect(host: host, port: number, until: deadline, interruption)
        }
        return true
    }

    func disconnect() {
        port = nil
        if socket >= 0 { close(socket) }
        socket = -1
    }

    /// A connection in which nobody answers may be dead without knowing it; a port says so.
    func heardNobody() { if case .tcp = line { disconnect() } }

    func send(_ bytes: [UInt8]) throws(ExchangeError) {
        do throws(ExchangeError) {
            if let port { try port.send(bytes) } else { try StreamSocket.send(bytes.span, on: socket) }
        } catch {
            disconnect()
            throw error
        }
    }

    /// Waits for bytes, which then lie in ``bytes``; how many, 0 where none came in time.
    func receive(until deadline: Int64) throws(ExchangeError) -> Int {
        while true {
            switch interruption.wait(for: descriptor, until: deadline) {
            case .interrupted: throw .lost(errno: EINTR)
            case .timeout: return 0
            case .ready: break
            }
            // Invariant: read(2) writes at most as many bytes as the array has.
            let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { return count }
            if count < 0, errno == EAGAIN || errno == EINTR { continue }
            // An adapter that was unplugged, or a connection that ended.
            let number = count < 0 ? errno : ECONNRESET
            disconnect()
            throw .lost(errno: number)
        }
    }
}

/// Recognises the bytes of a request where an adapter hands them back: on two wires what is sent is heard, too.
struct EchoFilter {
    private var awaited: [UInt8]
    private var matched = 0
    /// Whether a whole request came back.
    private(set) var hasEchoed = false

    init(_ request: [UInt8]) { awaited = request }

    /// The bytes that are no echo. Bytes are held back as long as they may become one.
    mutating func pass(_ bytes: Span<UInt8>) -> [UInt8] {
        var place = 0
        while matched < awaited.count, place < bytes.count {
            guard bytes[place] == awaited[matched] else {
                let released = Array(awaited[..<matched])
                awaited = []
                matched = 0
                return released + EchoFilter.copy(bytes, from: place)
            }
            matched += 1
            place += 1
            if matched == awaited.count { hasEchoed = true }
        }
        return EchoFilter.copy(bytes, from: place)
    }

    private static func copy(_ bytes: Span<UInt8>, from start: Int) -> [UInt8] {
        var copied: [UInt8] = []
        copied.reserveCapacity(bytes.count - start)
        for place in start..<bytes.count { copied.append(bytes[place]) }
        return copied
    }
}
