import Foundation

/// Programs of the system, run to their end.
package enum SystemProgram {
    /// Runs a program; what it says to standard error is not kept.
    @discardableResult
    package static func run(_ arguments: String...) throws -> (status: Int32, output: String) {
        try run(arguments)
    }

    /// The same.
    @discardableResult
    package static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
    }
}

/// The sqlite3 shell would not do it.
package struct ShellRefused: Error {
    package var sql: String
    package var status: Int32
}

/// What the sqlite3 shell says to some statements, one line a row; the columns parted by `|`.
@discardableResult
package func sqlite3(_ path: String, _ sql: String, options: [String] = []) throws -> [String] {
    let (status, output) = try SystemProgram.run(["sqlite3", "-batch", "-bail"] + options + [path, sql])
    guard status == 0 else { throw ShellRefused(sql: sql, status: status) }
    return output.split(separator: "\n").map(String.init)
}

/// A file system of a few megabytes, which goes with its owner.
package final class SmallDisk {
    package let path: String
    private let folder: TemporaryFolder

    /// nil where nobody may mount one; the output then says what was left out.
    package init?(megabytes: Int) throws {
        folder = try TemporaryFolder()
        path = folder.file("disk")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let size = "size=\(megabytes)m"
        guard try SystemProgram.run("mount", "-t", "tmpfs", "-o", size, "tmpfs", path).status == 0 else {
            print("SKIPPED, for want of the right to mount: what a full disk does is not proved.")
            return nil
        }
    }

    package func remount(_ option: String) throws {
        try SystemProgram.run("mount", "-o", "remount,\(option)", path)
    }

    /// Takes all the room that is left, until it is freed.
    package func fill() throws { try SystemProgram.run("dd", "if=/dev/zero", "of=\(path)/filler", "bs=1k") }

    package func free() throws { try FileManager.default.removeItem(atPath: "\(path)/filler") }

    deinit { _ = try? SystemProgram.run("umount", "-l", path) }
}
