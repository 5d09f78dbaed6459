import AQICore
import Glibc
import Ingest
import Texts

/// How the program ends when it cannot do what it was asked.
///
/// Source: sysexits.h.
enum ExitStatus: Int32 {
    case wrongUsage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case cannotCreate = 73
    case inputOutput = 74
    case badConfiguration = 78
}

/// An error with its exit status and its message: where, what, and what to do about it.
struct Failure: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }

    /// Gives an error of any stage its status and its words; nil for one that is not ours.
    init?(_ error: any Error) {
        let words = Session.words
        switch error {
        case let failure as Failure: self = failure
        case let error as TableFile.Unreadable:
            self =
                error.errno == ENOENT
                ? Failure(.noInput, words.noSuchFile(error.path))
                : Failure(.noInput, words.unreadable(error.path, systemMessage(error.errno)))
        case let error as TableProblem:
            self.init(.badData, words.inTable(error.path, line: error.error.line, words.problem(error.error)))
        case let error as Output.Failed:
            self.init(error.isCreation ? .cannotCreate : .inputOutput, words.cannotCreate(error.path, systemMessage(error.errno)))
        default: return nil
        }
    }

    func exit() -> Never {
        if !message.isEmpty { Session.say(message) }
        Glibc.exit(status.rawValue)
    }
}

/// What the system says of an error number.
func systemMessage(_ number: Int32) -> String {
    // Invariant: strerror returns a NUL-terminated string that is copied at once.
    unsafe String(cString: strerror(number))
}

/// A table error and the file it is in.
struct TableProblem: Error {
    let path: String
    let error: TableError
}

extension Words {
    /// What is wrong with a table.
    func problem(_ error: TableError) -> String {
        switch error.kind {
        case .notUTF8: notUTF8
        case .damagedGzip: damagedGzip
        case .empty: emptyTable
        case .missingColumn(let column): missingColumn(column)
        case .repeatedColumn(let column): repeatedColumn(column)
        case .fieldCount(let have, let need): fieldCount(have: have, need: need)
        case .unclosedQuote: unclosedQuote
        case .textAfterQuote: textAfterQuote
        case .emptyStation: emptyStation
        case .badTime(let text): badTime(text)
        case .notOnTheHour(let text): notOnTheHour(text)
        case .badDate(let text): badDate(text)
        case .badNumber(let column, let text): badNumber(column: column, text: text)
        case .outOfRange(let column, let text, let lowest, let highest):
            outOfRange(column: column, text: text, lowest: lowest, highest: highest)
        case .contradicts(let station, let hour, let line):
            contradicts(station: station, time: hour.endingLabel.iso8601, line: line)
        case .spanTooLong(let station, let first, let last):
            spanTooLong(station: station, first: first.endingLabel.iso8601, last: last.endingLabel.iso8601)
        }
    }
}
