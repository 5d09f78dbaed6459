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

/// A connection to a socket in the file system; -1 where nobody listens.
package func connectToSocket(_ path: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    precondition(bytes.count < MemoryLayout.size(ofValue: address.sun_path))
    // Invariant: the path and its end fit into sun_path, whose other bytes are zero.
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    // Invariant: the address outlives the call and is a sockaddr_un.
    let isConnected = unsafe withUnsafePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
        }
    }
    if isConnected { return descriptor }
    close(descriptor)
    return -1
}
