/// What is in a configuration: `English+Configuration.swift`, `Chinese+Configuration.swift`.
package protocol ConfigurationWords {
    func configurationIsGood(
        _ path: String, stations: Int, buses: Int, devices: Int, channels: Int, receivers: Int, uplinks: Int
    ) -> String
    func busInConfiguration(_ name: String, at line: String, devices: [String]) -> String
    func receiverInConfiguration(_ name: String, at end: String, stations: Int) -> String
    /// `sends` are the words of the configuration.
    func uplinkInConfiguration(_ name: String, at end: String, stations: [String], sends: [String]) -> String

    func inConfiguration(_ path: String, line: Int, column: Int, _ problem: String) -> String
    func badSyntax(_ parser: String) -> String
    func missingKey(_ key: String) -> String
    func unknownKey(_ key: String, suggestion: String?) -> String
    func wrongType(key: String, wanted: String) -> String
    func outOfRange(key: String, value: Int, lowest: Int, highest: Int) -> String
    func notOneOf(key: String, value: String, allowed: [String]) -> String
    func repeated(_ name: String) -> String
    func unknownName(key: String, value: String, known: [String]) -> String
    func notTogether(_ key: String, _ other: String) -> String
    func outOfOrder(_ what: String, after higher: String) -> String
    func unreadableFile(key: String, path: String, _ reason: String) -> String
    func notAnMN(_ key: String) -> String
    func nothingToDo(_ section: String) -> String
}
