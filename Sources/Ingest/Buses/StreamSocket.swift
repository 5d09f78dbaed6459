import Dispatch
import Glibc
import Synchronization

/// TCP connections with a deadline on everything, the name server included.
enum StreamSocket {
    /// Connects to the first address of a host that answers.
    ///
    /// - Returns: A descriptor that does not block, without delay of small packets.
    static func connect(
        host: String, port: Int, until deadline: Int64, _ interruption: Interruption
    ) throws(ExchangeError) -> Int32 {
        var failure = ExchangeError.cannotConnect(errno: EHOSTUNREACH)
        for address in try HostLookup.addresses(host, port: port, until: deadline, interruption) {
            do throws(ExchangeError) {
                return try connect(to: address, until: deadline, interruption)
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private static func connect(
        to address: SocketAddress, until deadline: Int64, _ interruption: Interruption
    ) throws(ExchangeError) -> Int32 {
        let descriptor = try make(address.family)
        let status = unsafe address.withPointer { unsafe Glibc.connect(descriptor, $0, $1) }
        if status == 0 { return descriptor }
        var number = errno
        if number == EINPROGRESS {
            switch interruption.wait(for: descriptor, POLLOUT, until: deadline) {
            case .ready: number = pendingError(descriptor)
            case .timeout: number = ETIMEDOUT
            case .interrupted: number = EINTR
            }
        }
        guard number != 0 else { return descriptor }
        close(descriptor)
        throw .cannotConnect(errno: number)
    }

    /// Listens on an address of this machine.
    static func listen(address: String, port: Int) throws(ExchangeError) -> Int32 {
        let found = HostLookup.find(address, port: port, flags: AI_NUMERICHOST | AI_PASSIVE)
        guard let place = found.first else { throw .cannotConnect(errno: EADDRNOTAVAIL) }
        let descriptor = try make(place.family)
        // A restart must not wait for connections of the last run to fade away.
        setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        guard unsafe place.withPointer({ unsafe bind(descriptor, $0, $1) }) == 0, Glibc.listen(descriptor, 4) == 0
        else {
            let number = errno
            close(descriptor)
            throw .cannotConnect(errno: number)
        }
        return descriptor
    }

    /// The next connection that waits at a listener; nil where there is none.
    static func accept(_ listener: Int32) -> Int32? {
        let descriptor = Glibc.accept(listener, nil, nil)
        guard descriptor >= 0 else { return nil }
        doNotBlock(descriptor)
        prepare(descriptor)
        return descriptor
    }

    /// Sends bytes that fit into the system's buffer; a peer that went away is an error, not a signal.
    static func send(_ bytes: Span<UInt8>, on descriptor: Int32) throws(ExchangeError) {
        // Invariant: send(2) reads at most as many bytes as there are.
        let count = unsafe bytes.withUnsafeBufferPointer {
            unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard count == bytes.count else { throw .lost(errno: count < 0 ? errno : EPIPE) }
    }

    private static func make(_ family: Int32) throws(ExchangeError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw .cannotConnect(errno: errno) }
        prepare(descriptor)
        return descriptor
    }

    private static func prepare(_ descriptor: Int32) {
        // Without it each request waits for the acknowledgement of the one before, 40 ms and more.
        setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
    }

    private static func setOption(_ descriptor: Int32, _ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        // Invariant: setsockopt(2) reads one Int32.
        _ = unsafe setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func pendingError(_ descriptor: Int32) -> Int32 {
        var number: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        // Invariant: getsockopt(2) writes one Int32.
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &size) == 0 ? number : errno
    }
}

/// An address as the system has it.
struct SocketAddress: Sendable {
    let family: Int32
    private let bytes: [UInt8]

    init(family: Int32, bytes: [UInt8]) {
        self.family = family
        self.bytes = bytes
    }

    func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        // Invariant: the bytes are a whole socket address, and are only read while `body` runs.
        unsafe bytes.withUnsafeBytes { buffer in
            guard let address = unsafe buffer.bindMemory(to: sockaddr.self).baseAddress else { return -1 }
            return unsafe body(address, socklen_t(buffer.count))
        }
    }
}

/// The addresses of a host.
enum HostLookup {
    /// Asks the name server on another thread: getaddrinfo(3) knows no deadline.
    static func addresses(
        _ host: String, port: Int, until deadline: Int64, _ interruption: Interruption
    ) throws(ExchangeError) -> [SocketAddress] {
        let numeric = find(host, port: port, flags: AI_NUMERICHOST)
        if !numeric.isEmpty { return numeric }
        let result = Result()
        DispatchQueue.global().async {
            let found = find(host, port: port, flags: 0)
            result.addresses.withLock { $0 = found }
        }
        while true {
            if let found = result.addresses.withLock({ $0 }) {
                guard !found.isEmpty else { throw .cannotConnect(errno: EHOSTUNREACH) }
                return found
            }
            let soon = min(deadline, monotonicMicroseconds() + 5000)
            if interruption.wait(for: -1, until: soon) == .interrupted { throw .cannotConnect(errno: EINTR) }
            if monotonicMicroseconds() >= deadline { throw .cannotConnect(errno: ETIMEDOUT) }
        }
    }

    private final class Result: Sendable {
        let addresses = Mutex<[SocketAddress]?>(nil)
    }

    static func find(_ host: String, port: Int, flags: Int32) -> [SocketAddress] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = flags | AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        // Invariant: getaddrinfo makes a list that is read here and freed once.
        guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var found: [SocketAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            let info = unsafe entry.pointee
            if let address = unsafe info.ai_addr {
                let bytes = unsafe UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen))
                unsafe found.append(SocketAddress(family: info.ai_family, bytes: Array(bytes)))
            }
            unsafe next = info.ai_next
        }
        return found
    }
}
