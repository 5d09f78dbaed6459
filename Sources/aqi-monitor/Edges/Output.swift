import Glibc

/// Where data go: standard output, or a file that appears only when it is whole.
struct Output: ~Copyable {
    /// Data that could not be written.
    struct Failed: Error {
        let path: String
        let errno: Int32
        let isCreation: Bool
    }

    private static let capacity = 1 << 16
    private let path: String?
    private let temporary: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var isFinished = false

    /// Standard output where `path` is nil or `-`.
    init(path: String?) throws {
        buffer.reserveCapacity(Output.capacity + 4096)
        guard let path, path != "-" else {
            self.path = nil
            temporary = ""
            descriptor = STDOUT_FILENO
            return
        }
        var information = stat()
        if unsafe stat(path, &information) == 0, information.st_mode & S_IFMT != S_IFREG {
            // A device or a pipe is written into, not replaced.
            self.path = nil
            temporary = ""
            descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
            if descriptor < 0 { throw Failed(path: path, errno: errno, isCreation: true) }
            return
        }
        self.path = path
        temporary = "\(path).\(getpid()).part"
        descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if descriptor < 0 { throw Failed(path: path, errno: errno, isCreation: true) }
    }

    mutating func line(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        try endLine()
    }

    /// A line of `capacity` bytes at most that is written into the buffer as it comes, without a string of its own.
    mutating func line(capacity: Int, _ write: (inout OutputSpan<UInt8>) -> Void) throws {
        buffer.append(addingCapacity: capacity, initializingWith: write)
        try endLine()
    }

    private mutating func endLine() throws {
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Output.capacity { try flush() }
    }

    /// Writes the rest and gives the file its name.
    mutating func finish() throws {
        try flush()
        guard let path else { return }
        guard fsync(descriptor) == 0, unsafe rename(temporary, path) == 0 else {
            throw Failed(path: path, errno: errno, isCreation: false)
        }
        isFinished = true
        close(descriptor)
    }

    /// Writes what has come so far.
    mutating func flush() throws {
        var start = 0
        while start < buffer.count {
            // Invariant: write(2) reads at most the bytes from start to the end of the buffer.
            let count = unsafe buffer.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress.map { unsafe $0 + start }, $0.count - start)
            }
            if count < 0 {
                if errno == EINTR { continue }
                // A reader that closed the pipe has what it wanted.
                if path == nil, errno == EPIPE { exit(0) }
                throw Failed(path: path ?? "-", errno: errno, isCreation: false)
            }
            start += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    deinit {
        guard path != nil, !isFinished else { return }
        close(descriptor)
        _ = unsafe unlink(temporary)
    }
}
