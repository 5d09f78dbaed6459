/// A serial line as a person looks at it: bytes out, bytes in.
package final class SerialTap {
    private let link: SerialLink

    package init(_ line: SerialLine, timeoutMs: Int = 5000) throws(ExchangeError) {
        link = SerialLink(line, timeoutMs: timeoutMs, Interruption())
        _ = try link.connect()
    }

    package func send(_ bytes: [UInt8]) throws(ExchangeError) { try link.send(bytes) }

    /// The bytes that have come, after so many milliseconds at the most; none where none have.
    package func receive(milliseconds: Int) throws(ExchangeError) -> [UInt8] {
        let count = try link.receive(until: monotonicMicroseconds() + Int64(milliseconds) * 1000)
        return Array(link.bytes.prefix(count))
    }
}
