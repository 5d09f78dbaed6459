import GRDB

extension StoreReader {
    /// Runs a query of somebody who knows the tables; nothing can be changed by it. `header` gets the names of the columns, `body` each
    /// row: integers, numbers and texts as text, what is no text as hexadecimal, nil for NULL; and whether each is a number.
    package func query(
        _ sql: String, _ arguments: [String?] = [], header: ([String]) throws -> Void,
        _ body: ([(text: String?, isNumber: Bool)]) throws -> Void
    ) throws {
        try read { queries in
            let statement = try queries.database.makeStatement(sql: sql)
            guard statement.columnCount > 0, statement.isReadonly else {
                throw StoreError(path: path, kind: .failed("not a query that only reads"))
            }
            try header(statement.columnNames)
            let rows = try Row.fetchCursor(statement, arguments: StatementArguments(arguments))
            while let row = try rows.next() {
                try body(
                    row.databaseValues.map { value in
                        switch value.storage {
                        case .null: (nil, false)
                        case .int64(let number): ("\(number)", true)
                        case .double(let number): ("\(number)", true)
                        case .string(let text): (text, false)
                        case .blob(let data):
                            (data.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(), false)
                        }
                    })
            }
        }
    }
}
