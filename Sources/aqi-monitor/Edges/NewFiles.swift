import Glibc

/// Files that are written where there are none of their names: examples, and patterns to change.
enum NewFiles {
    /// Writes them all into a folder, which is made where it is not there, and says where each is. Where one of them is there already
    /// none is written.
    ///
    /// - Throws: ``Output/Failed``.
    static func write(_ files: [(name: String, lines: [String])], into folder: String) throws {
        try makeFolder(folder)
        let files = files.map { (path: "\(folder)/\($0.name)", lines: $0.lines) }
        for (path, _) in files where unsafe access(path, F_OK) == 0 {
            throw Output.Failed(path: path, errno: EEXIST, isCreation: true)
        }
        for (path, lines) in files {
            var output = try Output(path: path)
            for line in lines { try output.line(line) }
            try output.finish()
            Session.say(path)
        }
    }

    /// Makes a folder where it is not there; the one that it is in must be.
    ///
    /// - Throws: ``Output/Failed``.
    static func makeFolder(_ path: String) throws {
        guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw Output.Failed(path: path, errno: errno, isCreation: true)
        }
    }
}
