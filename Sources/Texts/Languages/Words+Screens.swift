package import AQICore
package import Warnings

/// What the screens say, once a language: `English+Screens.swift`, `Chinese+Screens.swift`.
package protocol ScreenWords: Sendable {
    /// The names of the screens, in the order of their tabs; all of them together take 80 columns at most.
    var tabs: [String] { get }
    /// A level in at most nine columns.
    func shortLevel(_ level: AirQualityLevel) -> String
    /// Between two parts of a sentence.
    var comma: String { get }
    var stale: String { get }
    var neverHeard: String { get }
    func alarmsCall(_ count: Int) -> String
    func actsAs(_ person: String) -> String

    // MARK: City and stations
    var columnStation: String { get }
    /// In at most seven columns.
    var columnPrimary: String { get }
    var columnNotes: String { get }
    func cityForWarnings(_ index: String) -> String
    func stationsListed(_ count: Int, of all: Int) -> String
    /// As configured, by index, by name, by age.
    var orders: [String] { get }
    var noStations: String { get }

    // MARK: Courses of time
    func lastHours(_ count: Int) -> String
    var waitingForHistory: String { get }
    /// A day, a week, a month.
    var ranges: [String] { get }
    var newestHour: String { get }
    var atCursor: String { get }
    /// Of what is no pollutant only samples are kept.
    var noHoursOfChannel: String { get }
    /// What is measured.
    func parameter(_ parameter: Parameter) -> String

    // MARK: The warning
    func proposal(_ number: Int, _ action: WarningEvent.Kind, _ level: WarningLevel) -> String
    func proposalSigned(by person: String, _ role: Role, at time: String) -> String
    func proposalDeclined(by person: String, _ role: Role, at time: String, reason: String) -> String
    func areaHas(_ area: String, _ level: WarningLevel?, consentBy person: String) -> String
    func spell(from first: String, to last: String) -> String
    func basis(_ basis: WarningEvent.Basis) -> String
    func evidence(index24: String, hour: String) -> String
    func days(_ count: Int, above bound: Int32) -> String
    func largestAhead(_ index: Int32) -> String
    var curveTitle: String { get }
    var curveAhead: String { get }
    var deskTitle: String { get }
    var noForecast: String { get }
    var measuresTitle: String { get }
    func measuresRun(_ count: Int, waiting: Int) -> String
    /// Which lines of a list are in sight.
    func linesShown(_ first: Int, _ last: Int, of count: Int) -> String

    // MARK: Alarms
    var noAlarms: String { get }
    var columnNumber: String { get }
    var columnState: String { get }
    var columnSince: String { get }
    var columnAlarm: String { get }
    func alarmKind(_ kind: Alarm.Kind) -> String
    /// In at most thirteen columns.
    func alarmState(_ state: Alarm.State) -> String
    func alarmCleared(_ time: String) -> String
    func alarmAcknowledged(by person: String, at time: String) -> String
    func alarmShelved(by person: String, until: String, reason: String) -> String
    func alarmRefusal(_ refusal: AlarmBoard.Refusal) -> String
    /// For the log.
    func alarmStep(_ what: AlarmStep, _ alarm: String, by person: String) -> String

    // MARK: Devices, senders, the log
    var noDevices: String { get }
    var noSenders: String { get }
    /// Packets, refused, heard, clock; the first in at most eight columns each.
    var senderColumns: [String] { get }
    var columnSins: String { get }
    var logHeld: String { get }

    // MARK: Keys
    var keysEverywhere: String { get }
    var keysOfCity: String { get }
    var keysOfStation: String { get }
    var keysOfTrend: String { get }
    var keysOfLists: String { get }
    var keysOfWarning: String { get }
    var keysOfMeasures: String { get }
    var keysOfDesk: String { get }
    var keysOfAlarms: String { get }
    var keysOfHelp: String { get }
    var onlyLooks: String { get }
    /// `endsMonitor`: whether leaving ends the measuring, too.
    func help(endsMonitor: Bool) -> [(key: String, meaning: String)]
    func asksAcknowledge(_ number: Int) -> String
    func asksShelve(_ number: Int) -> String
    func asksUnshelve(_ number: Int) -> String
    func asksSign(_ number: Int) -> String
    var stepDone: String { get }
}

/// What became of an alarm.
package enum AlarmStep: Equatable, Sendable {
    case raised
    case cleared
    case acknowledged
    /// Until a time.
    case shelved(until: String)
    case unshelved
    /// Its time on the shelf was over.
    case backFromShelf
}
