import Glibc

/// Whether somebody listens at an address: the connection is closed without a word.
package enum Reach {
    /// - Throws: why there is no connection.
    package static func check(host: String, port: Int, withinMilliseconds: Int64) throws(ExchangeError) {
        let deadline = monotonicMicroseconds() + withinMilliseconds * 1000
        close(try StreamSocket.connect(host: host, port: port, until: deadline, Interruption()))
    }
}
