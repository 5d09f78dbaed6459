import Glibc

/// The file under a store.
enum StoreFile {
    /// The path without links, so that whoever comes by another name finds the same lock. Of a file that is not there yet, that
    /// of its folder counts.
    static func resolved(_ path: String) -> String {
        if let whole = real(path) { return whole }
        guard let name = path.split(separator: "/", omittingEmptySubsequences: false).last, !name.isEmpty,
            let folder = real(folder(of: path))
        else { return path }
        return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
    }

    /// The file as one that nobody changes while it is open.
    ///
    /// Source: SQLite, "Uniform Resource Identifiers", 3.1 and 3.3.
    static func immutableURI(_ path: String) -> String {
        let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes = Array("file:".utf8)
        for byte in resolved(path).utf8 {
            bytes += kept.contains(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self) + "?immutable=1"
    }

    /// Whether there is a folder in which the file could be.
    static func hasFolder(_ path: String) -> Bool { real(folder(of: path)) != nil }

    static func folder(of path: String) -> String {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count > 1 ? parts.dropLast().joined(separator: "/") + "/" : "."
    }

    private static func real(_ path: String) -> String? {
        // Invariant: realpath(3) allocates a NUL-terminated string, which is copied and freed here.
        guard let found = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    /// Its size in bytes, or nil where there is none.
    ///
    /// - Throws: ``StoreError`` where it cannot be looked at, or is no file.
    static func size(_ path: String) throws(StoreError) -> Int64? {
        var information = stat()
        guard unsafe stat(path, &information) == 0 else {
            if errno == ENOENT { return nil }
            // Invariant: strerror returns a NUL-terminated string that is copied at once.
            throw StoreError(path: path, kind: .cannotOpen(unsafe String(cString: strerror(errno))))
        }
        guard information.st_mode & S_IFMT == S_IFREG else {
            throw StoreError(path: path, kind: .cannotOpen("not a file"))
        }
        return Int64(information.st_size)
    }

    /// Whether it begins as every SQLite database does. SQLite itself takes a file of a few bytes for an empty database, and
    /// would write over it.
    ///
    /// Source: SQLite file format, 1.3.1.
    static func isDatabase(_ path: String) -> Bool {
        let header = Array("SQLite format 3\u{0}".utf8)
        var bytes = [UInt8](repeating: 0, count: header.count)
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // Invariant: read(2) writes at most bytes.count bytes.
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        return count == header.count && bytes == header
    }
}
