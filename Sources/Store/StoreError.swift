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
        /// Another process writes to it.
        case heldBy(String)
        /// It cannot be created or opened.
        case cannotOpen(String)
        /// Reading or writing failed.
        case failed(String)
    }

    package let path: String
    package let kind: Kind
}
