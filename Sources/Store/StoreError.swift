import Glibc

/// Why a store cannot be used.
package struct StoreError: Error, Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// There is no such file.
        case absent
        /// The file is no SQLite database.
        case notADatabase
        /// It is a database of another program.
        case foreign
        /// It was written by a newer version of this program.
        case newer
        /// It was written by an older version, and lacks what is asked for.
        case older
        /// A file of that name is there already, and nobody asked to replace it.
        case exists
        /// There is nothing in it yet.
        case empty
        /// Another process writes to it.
        case heldBy(String)
        /// It cannot be created or opened.
        case cannotOpen(String)
        /// Reading or writing failed.
        case failed(String)
    }

    package let path: String
    package let kind: Kind

    package init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// Writing failed for a reason of the system.
    init(errorNumber: Int32, path: String) {
        // Invariant: strerror returns a NUL-terminated string that is copied at once.
        self.init(path: path, kind: .failed(unsafe String(cString: strerror(errorNumber))))
    }

    /// Whether it may be over later without anybody changing the configuration.
    package var mayPass: Bool {
        switch kind {
        case .newer, .failed: true
        case .cannotOpen: StoreFile.hasFolder(path)
        case .absent, .exists, .empty, .older, .notADatabase, .foreign, .heldBy: false
        }
    }
}
