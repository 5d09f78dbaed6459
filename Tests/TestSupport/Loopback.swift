import Glibc

private func withLoopback(_ port: Int, _ body: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Void) -> Int {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    // Invariant: the address outlives the call, and what is written to it is a sockaddr_in.
    unsafe withUnsafeMutablePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, &length) }
    }
    return Int(UInt16(bigEndian: address.sin_port))
}

/// A listening socket on the loopback interface, and its port.
package func listenOnLoopback(port: Int) -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var one: Int32 = 1
    // Invariant: setsockopt(2) reads one Int32.
    _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, 4)
    let bound = unsafe withLoopback(port) { address, length in
        _ = unsafe bind(descriptor, address, length)
        listen(descriptor, 8)
        _ = unsafe getsockname(descriptor, address, &length)
    }
    return (descriptor, bound)
}

/// A port that nobody listens on at the moment.
package func freePort() -> Int {
    let (descriptor, port) = listenOnLoopback(port: 0)
    close(descriptor)
    return port
}

/// A connection to a port of the loopback interface; -1 where nobody listens.
package func connectToLoopback(port: Int) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var isConnected = false
    _ = unsafe withLoopback(port) { address, length in
        isConnected = unsafe connect(descriptor, address, length) == 0
    }
    if isConnected { return descriptor }
    close(descriptor)
    return -1
}
