import Glibc

/// Waits for a device that makes the connection itself, because nothing can reach it: a DTU behind NAT.
///
/// One connection at a time counts. A newer one replaces it: a DTU that lost its way comes again long before the system
/// notices that the old connection is dead.
final class DialInListener {
    private let address: String
    private let port: Int
    /// What a connection must begin with.
    private let registration: [UInt8]
    private var listener: Int32 = -1
    /// A connection that has not said yet who it is.
    private var candidate: (descriptor: Int32, received: [UInt8], deadline: Int64)?
    /// A DTU registers at once; who has not by then is somebody else.
    private static let registrationMicroseconds: Int64 = 10_000_000

    init(address: String, port: Int, registration: String) {
        self.address = address
        self.port = port
        self.registration = Array(registration.utf8)
    }

    deinit { stop() }

    /// The newest connection that may count, where one has come since the last call. Waits for it until `deadline`.
    func next(until deadline: Int64, _ interruption: Interruption) throws(ExchangeError) -> Int32? {
        if listener < 0 { listener = try StreamSocket.listen(address: address, port: port) }
        var newest: Int32?
        while true {
            while let descriptor = StreamSocket.accept(listener) {
                dropCandidate()
                candidate = (descriptor, [], monotonicMicroseconds() + DialInListener.registrationMicroseconds)
            }
            if let accepted = readRegistration() {
                if let newest { close(newest) }
                newest = accepted
            }
            if newest != nil || monotonicMicroseconds() >= deadline || interruption.isSet { return newest }
            // A connection that has still to register is looked at again soon, others wake the wait.
            let soon = candidate == nil ? deadline : min(deadline, monotonicMicroseconds() + 10_000)
            _ = interruption.wait(for: listener, until: soon)
        }
    }

    /// Stops listening.
    func stop() {
        dropCandidate()
        if listener >= 0 { close(listener) }
        listener = -1
    }

    /// The candidate, once it has registered.
    private func readRegistration() -> Int32? {
        guard var waiting = candidate else { return nil }
        while waiting.received.count < registration.count {
            var buffer = [UInt8](repeating: 0, count: registration.count - waiting.received.count)
            // Invariant: recv(2) writes at most buffer.count bytes.
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe recv(waiting.descriptor, $0.baseAddress, $0.count, 0)
            }
            if count < 0, errno == EAGAIN {
                if monotonicMicroseconds() >= waiting.deadline { break }
                candidate = waiting
                return nil
            }
            guard count > 0 else { break }
            waiting.received += buffer.prefix(count)
        }
        candidate = nil
        guard waiting.received == registration else {
            close(waiting.descriptor)
            return nil
        }
        return waiting.descriptor
    }

    private func dropCandidate() {
        if let candidate { close(candidate.descriptor) }
        candidate = nil
    }
}
