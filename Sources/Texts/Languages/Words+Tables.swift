/// Files and tables: `English+Tables.swift`, `Chinese+Tables.swift`.
package protocol TableWords: Sendable {
    func noSuchFile(_ path: String) -> String
    func unreadable(_ path: String, _ reason: String) -> String
    func cannotCreate(_ path: String, _ reason: String) -> String
    func inTable(_ path: String, line: Int, _ problem: String) -> String
    var notUTF8: String { get }
    var damagedGzip: String { get }
    var emptyTable: String { get }
    func missingColumn(_ column: String) -> String
    func repeatedColumn(_ column: String) -> String
    func fieldCount(have: Int, need: Int) -> String
    var unclosedQuote: String { get }
    var textAfterQuote: String { get }
    var emptyStation: String { get }
    func badTime(_ text: String) -> String
    func notOnTheHour(_ text: String) -> String
    func badDate(_ text: String) -> String
    func badNumber(column: String, text: String) -> String
    func outOfRange(column: String, text: String, lowest: String, highest: String) -> String
    func contradicts(station: String, time: String, line: Int) -> String
    func spanTooLong(station: String, first: String, last: String) -> String
    func badEvent(_ problem: String) -> String
    func ignoredColumns(_ path: String, _ columns: [String]) -> String
    func unreadableValues(_ count: Int) -> String
    func unknownStation(_ station: String, _ path: String, known: [String]) -> String
    func noHours(_ path: String) -> String
}
