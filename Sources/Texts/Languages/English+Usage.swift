/// Command lines that cannot be carried out.
extension English {
    package func wrongUsage(_ line: String) -> String { line }

    package func within(_ what: String, _ range: ClosedRange<Int>) -> String {
        "\(what): must be \(range.lowerBound) ... \(range.upperBound)"
    }
    package func oneOf(_ what: String, _ known: [String]) -> String {
        "\(what): known are \(known.joined(separator: ", "))"
    }
    package func writeLike(_ what: String, _ forms: [String]) -> String {
        "\(what): write it like \(forms.joined(separator: " or "))"
    }
    package func writeLike(_ what: String, _ forms: [String], of known: [String]) -> String {
        "\(writeLike(what, forms)), of \(known.joined(separator: ", "))"
    }
    package func mustNotBeEmpty(_ what: String) -> String { "\(what): must not be empty" }
    package func hexadecimalDigits(_ what: String, _ count: Int) -> String { "\(what): \(count) hexadecimal digits" }
    package func decimalWanted(_ what: String, from lowest: String, to highest: String, _ unit: String) -> String {
        "\(what): a plain decimal from \(lowest) to \(highest) \(unit) is wanted"
    }
    package func hoursInOrder(_ what: String) -> String { "\(what): full hours, the earlier first" }
    package func seeExamples(_ what: String) -> String { "\(what): see the examples of --help" }

    package func senderWanted(_ what: String) -> String {
        "\(what): must be 14 digits, the region (6, GB/T 2260), the body (3, GB/T 4657), the unit (3) and an extension (2), as "
            + "13100041600000"
    }
    package func unknownCommand(_ word: String, suggestion: String?) -> String {
        "There is no command '\(word)'" + (suggestion.map { ". Did you mean '\($0)'?" } ?? "")
    }
    package var noTerminalToWatch: String {
        "standard output is no terminal; start it in one, or give --once for one screen as text, --json for data"
    }

    package func goesWith(_ what: String, _ other: String) -> String { "\(what): only together with \(other)" }
    package func either(_ options: [String]) -> String {
        "give one of \(options.joined(separator: ", ")), and only one"
    }
    package func namedTwice(_ what: String) -> String { "\(what): named twice" }

    package func judgesByVolume(_ edition: String, title: String, others: [String]) -> String {
        "--rules \(edition): \(title) judges gases in ppb and ppm, and hourly tables are in µg/m³ (CO mg/m³) at the reference "
            + "state of GB 3095; take \(others.joined(separator: ", ")) here; single values in ppb and ppm: aqi-monitor explain "
            + "NAME=VALUE ... --rules \(edition)"
    }
    package func notInReport(_ indicator: String, _ report: String, _ edition: String) -> String {
        "\(indicator): not part of the \(report) of \(edition)"
    }
    package func noHoursOf(_ indicator: String, _ edition: String) -> String {
        "\(edition) takes no list of hours of \(indicator)"
    }
    package func hoursAreOfNow(_ what: String) -> String {
        "\(what): a list of hours is judged as they are now; --report daily takes the 24 h mean"
    }
    package func exceptionIsOfVetoes(_ finding: String) -> String {
        "--exception: only a veto holds \"in principle\", and \(finding) is none"
    }
    package func warningsHaveNoStation(_ option: String) -> String {
        "\(option): warnings are of the city, not of a station; leave it out"
    }
    package func operatorIsOfTheScreen(_ option: String) -> String {
        "\(option): a name, and it goes with the live screen"
    }
    package func notInProtocol(_ what: String, _ name: String) -> String { "\(what): not in \(name)" }
    package func lineHasOneUnit(_ what: String, _ unit: Int) -> String {
        "\(what): a simulated serial line has one unit, \(unit)"
    }
    package func unitIsTaken(_ what: String, _ unit: Int) -> String { "\(what): unit \(unit) is taken" }
}
