import CZlib
import Glibc

/// The bytes of a table: from a file or from standard input, plain or gzip, told by content and not by name.
package enum TableFile {
    /// A file that cannot be read, with the system's error number.
    package struct Unreadable: Error, Equatable {
        package let path: String
        package let errno: Int32
    }

    /// Reads everything; `-` is standard input.
    ///
    /// - Throws: ``Unreadable``, or ``TableError`` for a damaged gzip stream.
    package static func read(_ path: String) throws -> [UInt8] {
        let raw = try readRaw(path)
        return raw.starts(with: [0x1F, 0x8B]) ? try gunzip(raw) : raw
    }

    private static func readRaw(_ path: String) throws(Unreadable) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Unreadable(path: path, errno: errno) }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        var information = stat()
        if unsafe fstat(descriptor, &information) == 0, information.st_size > 0 {
            bytes.reserveCapacity(Int(information.st_size) + 1)
        }
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            // Invariant: read(2) writes at most chunk.count bytes into chunk.
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw Unreadable(path: path, errno: errno)
            }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    /// Unpacks one or more gzip members.
    ///
    /// Source: RFC 1952.
    package static func gunzip(_ packed: [UInt8]) throws(TableError) -> [UInt8] {
        let damaged = TableError(.damagedGzip, line: 0)
        var plain: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        var stream = unsafe z_stream()
        guard unsafe aqi_inflateInitGzip(&stream) == Z_OK else { throw damaged }
        defer { unsafe inflateEnd(&stream) }
        var offset = 0
        var status = Z_OK
        while offset < packed.count || status == Z_OK {
            if status == Z_STREAM_END {
                // Another member may follow; anything else after the end is padding.
                guard packed[offset...].starts(with: [0x1F, 0x8B]), unsafe inflateReset(&stream) == Z_OK
                else { break }
            }
            let available = min(packed.count - offset, 1 << 30)
            var consumed = 0
            var produced = 0
            // Invariant: the stream's pointers are set from both buffers for the length of one call and not kept.
            unsafe packed.withUnsafeBytes { input in
                unsafe chunk.withUnsafeMutableBytes { output in
                    unsafe stream.next_in = UnsafeMutablePointer(
                        mutating: input.baseAddress.map { unsafe $0 + offset }?
                            .assumingMemoryBound(to: UInt8.self))
                    unsafe stream.avail_in = UInt32(available)
                    unsafe stream.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    unsafe stream.avail_out = UInt32(output.count)
                    status = unsafe inflate(&stream, Z_NO_FLUSH)
                    consumed = unsafe available - Int(stream.avail_in)
                    produced = unsafe output.count - Int(stream.avail_out)
                }
            }
            guard status == Z_OK || status == Z_STREAM_END, consumed + produced > 0 else { throw damaged }
            offset += consumed
            plain.append(contentsOf: chunk[..<produced])
        }
        guard status == Z_STREAM_END else { throw damaged }
        return plain
    }
}
