import Foundation

/// The real data of `../shared/data`, which is not ours to copy into the project.
package enum SharedData {
    /// The path of a file or folder under `../shared/data`, or nil where `AQI_WITHOUT_SHARED=1` says that it may be absent;
    /// the output then tells what was left out.
    ///
    /// - Throws: ``Absent`` where the data are not there and nobody said that they may be.
    package static func path(_ name: String, file: String = #filePath) throws -> String? {
        let root = URL(fileURLWithPath: file).pathComponents.lastIndex(of: "Tests").map { place in
            URL(fileURLWithPath: file).pathComponents[..<place].joined(separator: "/").dropFirst()
        }
        let path = "\(root ?? "")/../shared/data/\(name)"
        if FileManager.default.fileExists(atPath: path) { return path }
        if ProcessInfo.processInfo.environment["AQI_WITHOUT_SHARED"] == "1" {
            print("SKIPPED, for want of shared/data/\(name): what this test would have proved is not proved.")
            return nil
        }
        throw Absent(path: path)
    }

    /// Data that a test needs and that are not there.
    package struct Absent: Error, CustomStringConvertible {
        package let path: String
        package var description: String {
            "\(path) is absent; put shared/ beside the project, or set AQI_WITHOUT_SHARED=1 to leave such tests out."
        }
    }
}

/// A folder that goes with its owner.
package final class TemporaryFolder {
    package let path: String

    /// In memory where the system has such a place; where the disk itself matters, on the disk.
    package init(onDisk: Bool = false) throws {
        let memory = "/dev/shm"
        let isInMemory = !onDisk && FileManager.default.isWritableFile(atPath: memory)
        let parent = isInMemory ? URL(fileURLWithPath: memory) : FileManager.default.temporaryDirectory
        let url = parent.appendingPathComponent("aqi-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in it.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and gives its path.
    package func write(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: file(name), atomically: true, encoding: .utf8)
        return file(name)
    }
}
