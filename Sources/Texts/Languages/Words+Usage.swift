/// What is said of a command line that cannot be carried out: `English+Usage.swift`, `Chinese+Usage.swift`.
package protocol UsageWords {
    /// A line that the parser of the command line gives in English.
    func wrongUsage(_ line: String) -> String
}
