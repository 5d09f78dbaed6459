import GRDB
import GRDBSQLite

/// A prepared statement that is bound value by value and run, many rows a transaction: no array of boxed arguments a row.
///
/// Used within the access to the database that prepared it, by nobody else meanwhile; each row binds all arguments, in order.
struct RowStatement {
    private let statement: Statement
    private let database: Database
    private var place: Int32 = 0

    init(_ database: Database, sql: String) throws {
        self.database = database
        statement = try database.cachedStatement(sql: sql)
    }

    mutating func bind(_ value: Int64) {
        place += 1
        // Invariant: here and below the pointer is that of a live statement, which `statement` keeps. Binding fails only for a place
        // that the statement does not have, or without memory; then the row is not run as it should, and run() throws.
        unsafe sqlite3_bind_int64(statement.sqliteStatement, place, value)
    }

    /// Binds NULL for nil.
    mutating func bind(_ value: Int32?) {
        guard let value else {
            place += 1
            unsafe sqlite3_bind_null(statement.sqliteStatement, place)
            return
        }
        bind(Int64(value))
    }

    mutating func bind(_ text: String) {
        place += 1
        var text = text
        let place = place
        text.withUTF8 { bytes in
            // Invariant: the bytes are copied before the call returns, which is what the destructor -1 (SQLITE_TRANSIENT) asks for.
            _ = unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                unsafe sqlite3_bind_text(
                    statement.sqliteStatement, place, characters.baseAddress, Int32(characters.count),
                    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self))
            }
        }
    }

    mutating func bind(_ blob: [UInt8]) {
        place += 1
        let place = place
        // Invariant: as for texts; none of ours is empty, and an empty one would be NULL.
        unsafe blob.withUnsafeBytes { bytes in
            _ = unsafe sqlite3_bind_blob(
                statement.sqliteStatement, place, bytes.baseAddress, Int32(bytes.count),
                unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }

    /// Runs the statement with what is bound, and makes it ready for the next row.
    mutating func run() throws {
        place = 0
        let status = unsafe sqlite3_step(statement.sqliteStatement)
        // A reset tells once more of what the step told.
        unsafe sqlite3_reset(statement.sqliteStatement)
        guard status == SQLITE_DONE || status == SQLITE_ROW else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: status), message: database.lastErrorMessage, sql: statement.sql)
        }
    }
}
