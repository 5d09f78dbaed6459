import Glibc

/// Keeps a store to one writing process: an advisory lock on a file beside the store, which names the holder and goes with
/// the process, however that ends.
final class WriterLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Throws: ``StoreError`` with `heldBy` and the holder's name and number where another process has it.
    init(store path: String) throws(StoreError) {
        let lockPath = path + ".lock"
        let opened = unsafe open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard opened >= 0 else {
            // Invariant: strerror returns a NUL-terminated string that is copied at once.
            throw StoreError(path: path, kind: .cannotOpen(unsafe String(cString: strerror(errno))))
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let holder = WriterLock.read(opened)
            close(opened)
            throw StoreError(path: path, kind: .heldBy(holder))
        }
        descriptor = opened
        ftruncate(opened, 0)
        WriterLock.write(opened, "aqi-monitor, process \(getpid())")
    }

    /// Who has the lock of a store, or nil where nobody has; leaves no lock file behind.
    static func holder(of path: String) -> String? {
        let opened = unsafe open(path + ".lock", O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { return nil }
        defer { close(opened) }
        return flock(opened, LOCK_SH | LOCK_NB) == 0 ? nil : read(opened)
    }

    /// Gives the lock up; to do so twice does nothing.
    func release() { flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }

    private static func read(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 200)
        // Invariant: pread(2) writes at most bytes.count bytes.
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    private static func write(_ descriptor: Int32, _ text: String) {
        let bytes = Array(text.utf8)
        // Invariant: pwrite(2) reads at most bytes.count bytes. A lock without a name is still a lock.
        _ = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }
}
