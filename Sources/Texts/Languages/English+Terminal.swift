package import Warnings

/// The terminal and what every screen has.
extension English {
    package var simulated: String { "SIMULATED" }
    package var columnNow: String { "now" }
    package var columnAge: String { "age" }
    package var columnHour: String { "hour so far" }
    package var columnHourMean: String { "hour" }
    package var columnDayMean: String { "24 h" }
    package var columnSubIndex: String { "IAQI" }
    package var hourTo: String { "Hour to" }
    package var dayTo: String { "24 h to" }
    package var primaryPollutant: String { "primary" }
    package var noPrimary: String { "none" }
    package var notAvailable: String { "NA" }
    package var waitingForHour: String { "the first hour is not over yet" }
    package func warningInForce(_ level: WarningLevel, response: String, since: String, number: Int) -> String {
        "\(warning(level)) in force, response \(response), since \(since) (no. \(number))"
    }
    package var noWarning: String { "no warning in force" }
    package func warningWanted(_ level: WarningLevel) -> String { "wanted: \(warning(level))" }
    package var logTitle: String { "Log" }
    package var tooSmall: String { "the window is too small" }
    package var noTerminal: String { "standard output is no terminal; start it in one, or give --headless" }
    package func unknownTerminal(_ name: String) -> String {
        "the terminal type \"\(name)\" is not known here; set TERM, as in TERM=xterm, or give --headless"
    }
    package func age(seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(max(0, seconds)) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }
}
