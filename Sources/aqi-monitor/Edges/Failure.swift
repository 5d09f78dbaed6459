import AQICore
import Glibc
import Ingest
import Store
import Terminal
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
            self.init(
                error.isCreation ? .cannotCreate : .inputOutput,
                words.cannotCreate(error.path, systemMessage(error.errno)))
        case let error as ConfigurationError:
            self.init(
                .badConfiguration,
                words.inConfiguration(
                    error.path, line: error.line, column: error.column, words.problem(error)))
        case let error as StoreError: self.init(error.status, words.problem(error))
        case let error as ModbusSimulator.Failed:
            let status: ExitStatus = if case .cannotLink = error { .cannotCreate } else { .unavailable }
            self.init(status, words.problem(error))
        case let error as HJ212Server.CannotListen:
            self.init(
                .unavailable, words.cannotListen("\(error.address):\(error.port)", systemMessage(error.errno)))
        case let error as Repetitions.Differs: self.init(.badData, words.resultsDiffer(error.stage))
        case CursesScreen.Failed.noTerminal: self.init(.wrongUsage, words.noTerminal)
        case CursesScreen.Failed.unknownTerminal(let name): self.init(.wrongUsage, words.unknownTerminal(name))
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

extension StoreError {
    var status: ExitStatus {
        switch kind {
        case .absent, .empty: .noInput
        case .older, .notADatabase, .foreign, .newer: .badData
        case .heldBy: .unavailable
        case .cannotOpen, .exists: .cannotCreate
        case .failed: .inputOutput
        }
    }
}

extension Words {
    /// What is wrong with a store.
    func problem(_ error: StoreError) -> String {
        switch error.kind {
        case .absent: storeIsAbsent(error.path)
        case .exists: fileExists(error.path)
        case .empty: storeIsEmpty(error.path)
        case .older: storeIsOlder(error.path)
        case .notADatabase: storeIsNoDatabase(error.path)
        case .foreign: storeIsForeign(error.path)
        case .newer: storeIsNewer(error.path)
        case .heldBy(let holder): storeIsHeld(error.path, by: holder)
        case .cannotOpen(let reason): storeCannotOpen(error.path, reason)
        case .failed(let reason): storeFailed(error.path, reason)
        }
    }

    /// Why a device does not answer.
    func problem(_ error: ExchangeError) -> String {
        switch error {
        case .cannotConnect(let number): cannotConnect(systemMessage(number))
        case .lost(let number): connectionLost(systemMessage(number))
        case .timeout: noAnswer
        case .badReply: badAnswer
        case .exception(let code): refused(code: code)
        }
    }

    /// Why analysers cannot be simulated.
    func problem(_ error: ModbusSimulator.Failed) -> String {
        switch error {
        case .cannotListen(let port, let number): portInUse(port, systemMessage(number))
        case .noPseudoterminal(let number): noPseudoterminal(systemMessage(number))
        case .cannotLink(let path, let number): cannotCreate(path, systemMessage(number))
        }
    }

    /// What is wrong with a configuration.
    func problem(_ error: ConfigurationError) -> String {
        switch error.kind {
        case .syntax(let parser): badSyntax(parser)
        case .missingKey(let key): missingKey(key)
        case .unknownKey(let key, let suggestion): unknownKey(key, suggestion: suggestion)
        case .wrongType(let key, let wanted): wrongType(key: key, wanted: wanted)
        case .outOfRange(let key, let value, let lowest, let highest):
            outOfRange(key: key, value: value, lowest: lowest, highest: highest)
        case .notOneOf(let key, let value, let allowed): notOneOf(key: key, value: value, allowed: allowed)
        case .repeated(let name): repeated(name)
        case .unknownName(let key, let value, let known): unknownName(key: key, value: value, known: known)
        case .notTogether(let key, let other): notTogether(key, other)
        case .outOfOrder(let what, let higher): outOfOrder(what, after: higher)
        case .unreadableFile(let key, let path, let errno):
            unreadableFile(key: key, path: path, systemMessage(errno))
        case .notAnMN(let key): notAnMN(key)
        case .nothingToDo(let section): nothingToDo(section)
        }
    }
}
