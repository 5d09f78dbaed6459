import AQICore
import Foundation
import Glibc
import Ingest
import TestSupport
import Testing

/// The error that `body` throws, of the type it throws; a failure where it throws none.
func thrown<Failure: Error, Value>(
    _ type: Failure.Type, _ location: SourceLocation = #_sourceLocation, by body: () throws -> Value
) -> Failure? {
    do {
        let value = try body()
        Issue.record("nothing was thrown; the result is \(value)", sourceLocation: location)
    } catch let error as Failure {
        return error
    } catch {
        Issue.record("another error: \(error)", sourceLocation: location)
    }
    return nil
}

/// The hour of a hour-ending label in UTC+8.
func hour(_ year: Int32, _ month: Int32, _ day: Int32, _ label: Int32) throws -> Hour {
    NaturalDay(try #require(CivilDate(year: year, month: month, day: day))).firstHour + (label - 1)
}

/// Reads a table from its text.
func table(_ text: String, missing: [String] = [], lenient: Bool = false) throws(TableError) -> HourlyTable {
    try HourlyTableReader(missing: missing, isLenient: lenient).read(Array(text.utf8))
}

/// The thousandths of a row in the order of the columns; nil where missing.
func thousandths(_ row: HourRow) -> [Int32?] { Pollutant.allSix.map { row[$0].thousandths } }

/// Runs a program to its end with some input.
func run(_ path: String, _ arguments: [String], input: Data = Data()) throws -> (status: Int32, output: Data) {
    let folder = try TemporaryFolder()
    try input.write(to: URL(fileURLWithPath: folder.file("in")))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.file("in")))
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, bytes)
}

/// A simulator on a port that another simulator had before.
///
/// A child that another test is just starting holds copies of the old sockets until it runs its own program: a moment's wait.
func simulator(onFreed line: ModbusLine, bank: RegisterBank) throws -> ModbusSimulator {
    guard case .tcp(_, let port) = line else { preconditionFailure("\(line.text) has no port") }
    for _ in 0..<500 {
        if let simulator = try? ModbusSimulator(tcpPort: port, bank: bank) { return simulator }
        usleep(10_000)
    }
    return try ModbusSimulator(tcpPort: port, bank: bank)
}
