import Glibc

/// The file under a store.
enum StoreFile {
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
}
