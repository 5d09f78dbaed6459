import Glibc

/// Who uses the program.
enum Account {
    /// The name of the account behind this process, as the system knows it; of root's, also who became root by sudo, as sudo says.
    static var current: String {
        let own = name(of: getuid()) ?? "uid \(getuid())"
        // Invariant: getenv(3) gives a NUL-terminated string that is copied at once.
        guard getuid() == 0, let other = unsafe getenv("SUDO_USER") else { return own }
        return unsafe "\(own), sudo of \(String(cString: other))"
    }

    /// The name of an account; nil for one without a name.
    static func name(of user: uid_t) -> String? {
        var record = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4096)
        // Invariant: getpwuid_r(3) writes the record, and its texts into the buffer, which outlives the copy of the name.
        return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress,
                unsafe getpwuid_r(user, &record, start, buffer.count, &found) == 0, unsafe found != nil,
                let name = unsafe record.pw_name
            else { return nil }
            return unsafe String(cString: name)
        }
    }
}
