import Glibc

/// Who uses the program.
enum Person {
    /// The name of the account behind this process, as the system knows it; of root's, also who became root by sudo, as sudo says.
    static var current: String {
        let own = name(of: getuid()) ?? "uid \(getuid())"
        // Invariant: getenv(3) gives a NUL-terminated string that is copied at once.
        guard getuid() == 0, let other = unsafe getenv("SUDO_USER") else { return own }
        return unsafe "\(own), sudo of \(String(cString: other))"
    }

    private static func name(of user: uid_t) -> String? {
        // Invariant: getpwuid(3) gives nil or a record that lasts until the next call; commands look once, on one thread.
        guard let record = unsafe getpwuid(user) else { return nil }
        return unsafe String(cString: record.pointee.pw_name)
    }
}
