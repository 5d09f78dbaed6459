package import Foundation

/// The program under test, run as a user runs it.
package enum Program {
    /// Built beside the test bundle.
    package static var path: String {
        URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("aqi-monitor")
            .path
    }

    /// What a run left behind.
    package struct Result: Sendable {
        package var status: Int32
        package var output: String
        package var errors: String

        package var lines: [Substring] { output.split(separator: "\n") }
    }

    /// Runs the program to its end, in English unless the environment says otherwise.
    package static func run(
        _ arguments: String..., input: String? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        try run(arguments, input: input, environment: environment)
    }

    /// Runs the program to its end.
    package static func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
    ) throws -> Result {
        let folder = try TemporaryFolder()
        let (output, errors) = (folder.file("out"), folder.file("err"))
        let process = try start(arguments, output: output, errors: errors, input: input, environment: environment)
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8))
    }

    /// Starts the program; what it prints goes to files, so that no pipe can fill up.
    package static func start(
        _ arguments: [String], output: String, errors: String, input: String? = nil,
        environment: [String: String] = [:]
    ) throws -> Process {
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm"].merging(environment) { $1 }
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        if let input {
            try input.write(toFile: output + ".in", atomically: true, encoding: .utf8)
            process.standardInput = FileHandle(forReadingAtPath: output + ".in")
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
        return process
    }
}

/// A table of comma-separated values without quoted fields, for what the program prints.
package struct PlainTable {
    package let header: [String]
    package let rows: [[String: String]]

    package init(_ text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let header = lines.first ?? []
        self.header = header
        rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }
}
