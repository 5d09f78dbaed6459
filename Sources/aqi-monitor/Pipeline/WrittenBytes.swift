import AQICore
import Glibc
import Store

/// What this program sends to the disk, as the system counts it: whole pages, also those of other files than the store.
///
/// Source: proc_pid_io(5), `write_bytes`.
struct WrittenBytes {
    private var told: Int64
    private var seen: Int64

    init() {
        told = WrittenBytes.now ?? 0
        seen = told
    }

    /// What came since ``take()``, for the day of an instant; nil where the system does not count.
    mutating func since(_ now: Instant) -> DiskWrite? {
        guard let count = WrittenBytes.now else { return nil }
        seen = count
        return DiskWrite(day: Hour(containing: now).day, bytes: count - told)
    }

    /// What ``since(_:)`` said is kept.
    mutating func take() { told = seen }

    static var now: Int64? {
        let descriptor = unsafe open("/proc/self/io", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 512)
        // Invariant: read(2) writes at most bytes.count bytes.
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        for line in String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("write_bytes: ") { return Int64(line.dropFirst(13)) }
        }
        return nil
    }
}
