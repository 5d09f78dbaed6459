import Glibc

/// A pseudo-terminal: a serial line of which both ends are here.
package final class Pseudoterminal: Sendable {
    package struct Failed: Error, Equatable {
        package let errno: Int32
    }

    /// The simulated instrument's end.
    package let controller: Int32
    /// The name under which a program opens the other end, as it would a serial port.
    package let path: String
    /// Kept open, so that the line does not hang up between two programs that use it.
    private let keeper: Int32

    package init() throws(Failed) {
        var ends: (controller: Int32, keeper: Int32) = (-1, -1)
        guard unsafe openpty(&ends.controller, &ends.keeper, nil, nil, nil) == 0 else { throw Failed(errno: errno) }
        for end in [ends.controller, ends.keeper] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var name = [CChar](repeating: 0, count: 128)
        // Invariant: ttyname_r writes a NUL-terminated name of at most name.count bytes.
        guard unsafe ttyname_r(ends.keeper, &name, name.count) == 0 else { throw Failed(errno: errno) }
        path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        keeper = ends.keeper
        var settings = termios()
        unsafe tcgetattr(keeper, &settings)
        // Bytes as they are: no echo, no line editing (termios(3), cfmakeraw).
        unsafe cfmakeraw(&settings)
        unsafe tcsetattr(keeper, TCSANOW, &settings)
        controller = ends.controller
    }

    /// Writes bytes from the instrument's end; how many the line took.
    package func write(_ bytes: [UInt8]) -> Int {
        // Invariant: write(2) reads at most bytes.count bytes.
        unsafe bytes.withUnsafeBytes { unsafe Glibc.write(controller, $0.baseAddress, $0.count) }
    }

    deinit {
        close(keeper)
        close(controller)
    }
}
