/// What is said of a command line that cannot be carried out: `English+Usage.swift`, `Chinese+Usage.swift`.
///
/// `what` is the option with its value, as it was given.
package protocol UsageWords {
    /// A line that the parser of the command line gives in English.
    func wrongUsage(_ line: String) -> String

    // MARK: Values
    func within(_ what: String, _ range: ClosedRange<Int>) -> String
    func oneOf(_ what: String, _ known: [String]) -> String
    func writeLike(_ what: String, _ forms: [String]) -> String
    /// With the names that a form takes.
    func writeLike(_ what: String, _ forms: [String], of known: [String]) -> String
    func mustNotBeEmpty(_ what: String) -> String
    func hexadecimalDigits(_ what: String, _ count: Int) -> String
    func decimalWanted(_ what: String, from lowest: String, to highest: String, _ unit: String) -> String
    func hoursInOrder(_ what: String) -> String
    func seeExamples(_ what: String) -> String

    // MARK: Options beside each other
    func senderWanted(_ what: String) -> String
    func unknownCommand(_ word: String, suggestion: String?) -> String
    /// Of a command that only shows.
    var noTerminalToWatch: String { get }

    func goesWith(_ what: String, _ other: String) -> String
    func either(_ options: [String]) -> String
    func namedTwice(_ what: String) -> String

    // MARK: Of single commands
    func judgesByVolume(_ edition: String, title: String, others: [String]) -> String
    func notInReport(_ indicator: String, _ report: String, _ edition: String) -> String
    func noHoursOf(_ indicator: String, _ edition: String) -> String
    func hoursAreOfNow(_ what: String) -> String
    func exceptionIsOfVetoes(_ finding: String) -> String
    func warningsHaveNoStation(_ option: String) -> String
    func operatorIsOfTheScreen(_ option: String) -> String
    func notInProtocol(_ what: String, _ name: String) -> String
    func lineHasOneUnit(_ what: String, _ unit: Int) -> String
    func unitIsTaken(_ what: String, _ unit: Int) -> String
}
