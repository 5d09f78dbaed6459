/// Where a row stands, so that whatever is wrong with it can be found.
package struct SourceLine: Hashable, Sendable {
    package var file: String
    /// From 1; 0 where the whole file is meant.
    package var line: Int

    package init(file: String, line: Int) {
        self.file = file
        self.line = line
    }
}
