package import Warnings

/// The terminal and what every screen has: `English+Terminal.swift`, `Chinese+Terminal.swift`.
package protocol TerminalWords: Sendable {
    var simulated: String { get }
    var columnNow: String { get }
    var columnAge: String { get }
    var columnHour: String { get }
    var columnHourMean: String { get }
    var columnDayMean: String { get }
    var columnSubIndex: String { get }
    var hourTo: String { get }
    var dayTo: String { get }
    var primaryPollutant: String { get }
    var noPrimary: String { get }
    var notAvailable: String { get }
    var waitingForHour: String { get }
    func warningInForce(_ level: WarningLevel, response: String, since: String, number: Int) -> String
    var noWarning: String { get }
    func warningWanted(_ level: WarningLevel) -> String
    var logTitle: String { get }
    var tooSmall: String { get }
    var noTerminal: String { get }
    func unknownTerminal(_ name: String) -> String
    func age(seconds: Int64) -> String
}
