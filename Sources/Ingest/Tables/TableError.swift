package import AQICore

/// What is wrong with a table, and on which line.
package struct TableError: Error, Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// The bytes are not UTF-8.
        case notUTF8
        /// The gzip stream ends early or is damaged.
        case damagedGzip
        /// There is not even a header.
        case empty
        /// A column that must be there is not.
        case missingColumn(String)
        /// A column stands twice.
        case repeatedColumn(String)
        /// A record has more or fewer fields than the header.
        case fieldCount(have: Int, need: Int)
        /// A quote opens and never closes.
        case unclosedQuote
        /// Text stands between a closing quote and the next separator.
        case textAfterQuote
        /// The station has no name.
        case emptyStation
        /// Not a point in time.
        case badTime(String)
        /// A point in time that is not a full hour.
        case notOnTheHour(String)
        /// Not a date.
        case badDate(String)
        /// Not a number.
        case badNumber(column: String, text: String)
        /// A number that no instrument measures.
        case outOfRange(column: String, text: String, lowest: String, highest: String)
        /// The same station and hour stand on an earlier line with other values.
        case contradicts(station: String, hour: Hour, line: Int)
        /// First and last hour of one station lie too far apart.
        case spanTooLong(station: String, first: Hour, last: Hour)
    }

    package let kind: Kind
    /// The line on which the record begins, from 1; 0 where the whole table is meant.
    package let line: Int

    package init(_ kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
    }
}
