import Dispatch
import Glibc

/// Two ends of a TCP connection on the loopback interface: one asks, a thread of its own answers.
final class LoopbackEcho: Sendable {
    private let question: Int
    private let answer: Int
    private let asking: Int32
    private let answering: Int32
    private let finished = DispatchGroup()

    /// Questions and answers of so many bytes.
    ///
    /// - Throws: ``Output/Failed`` where the system has no sockets left.
    init(question: Int, answer: Int) throws {
        self.question = question
        self.answer = answer
        func failure() -> Output.Failed { Output.Failed(path: "127.0.0.1", errno: errno, isCreation: true) }
        let stream = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let listener = socket(AF_INET, stream, 0)
        guard listener >= 0 else { throw failure() }
        defer { Glibc.close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let asking = socket(AF_INET, stream, 0)
        self.asking = asking
        // Invariant: the address outlives the calls, which read or write one sockaddr_in.
        let isConnected = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(listener, $0, length) == 0 && listen(listener, 1) == 0
                    && getsockname(listener, $0, &length) == 0 && connect(asking, $0, length) == 0
            }
        }
        answering = isConnected ? accept(listener, nil, nil) : -1
        guard answering >= 0 else {
            let failure = failure()
            Glibc.close(asking)
            throw failure
        }
        var one: Int32 = 1
        for end in [asking, answering] {
            // Invariant: setsockopt(2) reads one Int32.
            _ = unsafe setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        }
        let (end, question, answer) = (answering, question, answer)
        DispatchQueue(label: "echo").async(group: finished) {
            while LoopbackEcho.receive(question, on: end), LoopbackEcho.send(answer, on: end) {}
        }
    }

    /// Asks so often, and waits for each answer.
    func ask(_ count: Int) throws {
        for _ in 0..<count {
            guard LoopbackEcho.send(question, on: asking), LoopbackEcho.receive(answer, on: asking) else {
                throw Output.Failed(path: "127.0.0.1", errno: errno, isCreation: false)
            }
        }
    }

    func close() {
        shutdown(asking, Int32(SHUT_RDWR))
        finished.wait()
        Glibc.close(asking)
        Glibc.close(answering)
    }

    private static func send(_ count: Int, on end: Int32) -> Bool {
        let bytes = InlineArray<512, UInt8>(repeating: 7)
        // Invariant: send(2) reads count bytes, at most 512.
        return unsafe bytes.span.withUnsafeBytes {
            unsafe Glibc.send(end, $0.baseAddress, count, Int32(MSG_NOSIGNAL)) == count
        }
    }

    private static func receive(_ count: Int, on end: Int32) -> Bool {
        var bytes = InlineArray<512, UInt8>(repeating: 0)
        var received = 0
        while received < count {
            var span = bytes.mutableSpan
            // Invariant: recv(2) writes at most count bytes, at most 512.
            let more = unsafe span.withUnsafeMutableBytes { unsafe recv(end, $0.baseAddress, count - received, 0) }
            guard more > 0 else { return false }
            received += more
        }
        return true
    }
}
