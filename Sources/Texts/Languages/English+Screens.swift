package import AQICore
package import Warnings

/// The screens.
extension English {
    package var tabs: [String] { ["City", "Station", "Trend", "Warning", "Alarms", "Devices", "HJ 212", "Log"] }
    package func shortLevel(_ level: AirQualityLevel) -> String {
        switch level {
        case .excellent: "excellent"
        case .good: "good"
        case .light: "light"
        case .moderate: "moderate"
        case .heavy: "heavy"
        case .severe: "severe"
        }
    }
    package var comma: String { ", " }
    package var stale: String { "stale" }
    package var neverHeard: String { "nothing heard yet" }
    package func alarmsCall(_ count: Int) -> String { count == 1 ? "1 ALARM" : "\(count) ALARMS" }
    package func actsAs(_ person: String) -> String { "operator \(person)" }

    package var columnStation: String { "station" }
    package var columnPrimary: String { "primary" }
    package var columnNotes: String { "remarks" }
    package func cityForWarnings(_ index: String) -> String { "City, 24 h without ozone: \(index)" }
    package func stationsListed(_ count: Int, of all: Int) -> String {
        let stations = all == 1 ? "1 station" : "\(all) stations"
        return count == all ? stations : "\(count) of \(stations)"
    }
    package var orders: [String] { ["as configured", "by AQI", "by name", "by age"] }
    package var noStations: String { "no stations" }

    package func lastHours(_ count: Int) -> String { "Last \(count) hours" }
    package var waitingForHistory: String { "waiting for the hours that were" }
    package var ranges: [String] { ["24 h", "7 d", "30 d"] }
    package var newestHour: String { "newest hour" }
    package var atCursor: String { "hour to" }
    package var noHoursOfChannel: String {
        "no valid hour of it here: they are made of the samples that the store keeps"
    }
    package func parameter(_ parameter: Parameter) -> String {
        switch parameter {
        case .no: "NO"
        case .nox: "NOx"
        case .temperature: "temperature"
        case .humidity: "humidity"
        case .pressure: "pressure"
        case .windSpeed: "wind"
        case .windDirection: "wind from"
        default: parameter.pollutant.map { indicator(Indicator($0)) } ?? ""
        }
    }

    package func proposal(_ number: Int, _ action: WarningEvent.Kind, _ level: WarningLevel) -> String {
        let level = warning(level)
        let what =
            switch action {
            case .issued: "issue a \(level)"
            case .upgraded: "upgrade to \(level)"
            case .downgraded: "downgrade to \(level)"
            case .lifted: "lift the \(level)"
            case .proposed: level
            }
        return "proposal \(number): \(what)"
    }
    package func proposalSigned(by person: String, _ role: Role, at time: String) -> String {
        "signed by \(person), \(signer(role)), \(time)"
    }
    package func proposalDeclined(by person: String, _ role: Role, at time: String, reason: String) -> String {
        "declined by \(person), \(signer(role)), \(time): \(reason)"
    }
    package func areaHas(_ area: String, _ level: WarningLevel?, consentBy person: String) -> String {
        "\(area): \(level.map(warning) ?? noWarning), consent recorded by \(person)"
    }
    package func spell(from first: String, to last: String) -> String { "heavy hours from \(first) to \(last)" }
    package func basis(_ basis: WarningEvent.Basis) -> String {
        switch basis {
        case .observed: "by what was measured"
        case .forecast: "by the forecast"
        case .order: "by an order"
        case .operator: "by an operator"
        }
    }
    package func evidence(index24: String, hour: String) -> String { "24 h \(index24), hour \(hour)" }
    package func days(_ count: Int, above bound: Int32) -> String {
        "\(count) d > \(bound)"
    }
    package func largestAhead(_ index: Int32) -> String { "up to \(index) ahead" }
    package var curveTitle: String { "Index of 24 h" }
    package var curveAhead: String { "forecast" }
    package var deskTitle: String { "Standing" }
    package var noForecast: String { "no forecast: only what was measured counts" }
    package var measuresTitle: String { "Measures" }
    package func measuresRun(_ count: Int, waiting: Int) -> String {
        "measures of the level: \(count) run" + (waiting == 0 ? "" : ", \(waiting) wait")
    }
    package func linesShown(_ first: Int, _ last: Int, of count: Int) -> String {
        "(lines \(first)-\(last) of \(count))"
    }

    package var noAlarms: String { "no alarms" }
    package var columnNumber: String { "no." }
    package var columnState: String { "state" }
    package var columnSince: String { "since" }
    package var columnAlarm: String { "alarm" }
    package func alarmKind(_ kind: Alarm.Kind) -> String {
        switch kind {
        case .deviceSilent: "does not answer"
        case .deviceIncomplete: "answers in part"
        case .calibrationOverdue: "calibration lasts too long"
        case .storeTrouble: "nothing is stored"
        case .senderClock: "its clock is off by more than 30 s"
        case .stationStale: "no fresh value"
        case .suspectValue: "looks wrong"
        case .signatureWanted: "a proposal waits for a signature"
        case .consultationOverdue: "a consultation is overdue"
        }
    }
    package func alarmState(_ state: Alarm.State) -> String {
        switch state {
        case .unacknowledged: "! ACTIVE"
        case .acknowledged: "  known"
        case .returned: "~ was active"
        case .shelved: "z shelved"
        }
    }
    package func alarmCleared(_ time: String) -> String { "over since \(time)" }
    package func alarmAcknowledged(by person: String, at time: String) -> String {
        "acknowledged by \(person), \(time)"
    }
    package func alarmShelved(by person: String, until: String, reason: String) -> String {
        "shelved by \(person) until \(until)" + (reason.isEmpty ? "" : ": \(reason)")
    }
    package func alarmRefusal(_ refusal: AlarmBoard.Refusal) -> String {
        switch refusal {
        case .noSuchAlarm(let number): "there is no alarm \(number) any more; look with alarms list"
        case .acknowledgedAlready(let number): "alarm \(number) is acknowledged already"
        case .notShelved(let number): "alarm \(number) is not shelved"
        case .badTime: "an alarm is shelved for a minute to a week"
        case .nameless: "who acts must have a name"
        }
    }
    package func alarmStep(_ what: AlarmStep, _ alarm: String, by person: String) -> String {
        switch what {
        case .raised: "alarm: \(alarm)"
        case .cleared: "alarm over: \(alarm)"
        case .acknowledged: "alarm acknowledged by \(person): \(alarm)"
        case .shelved(let until): "alarm shelved by \(person) until \(until): \(alarm)"
        case .unshelved: "alarm taken from the shelf by \(person): \(alarm)"
        case .backFromShelf: "alarm back from the shelf: \(alarm)"
        }
    }

    package var noDevices: String { "no devices are asked" }
    package var noSenders: String { "no stations send here" }
    package var senderColumns: [String] { ["packets", "refused", "heard", "clock"] }
    package var columnSins: String { "what it does wrong" }
    package var logHeld: String { "the log is held here; End goes on" }

    package var keysEverywhere: String { "q quit   ? keys" }
    package var keysOfCity: String { "Enter station   o order   / filter" }
    package var keysOfStation: String { "n p station   Enter trend" }
    package var keysOfTrend: String { "r range   arrows channel, cursor   n p station" }
    package var keysOfLists: String { "arrows scroll" }
    package var keysOfWarning: String { "m measures" }
    package var keysOfMeasures: String { "m back   arrows scroll" }
    package var keysOfDesk: String { "s sign" }
    package var keysOfAlarms: String { "a acknowledge   s shelve   u take from the shelf" }
    package var keysOfHelp: String { "any key goes back" }
    package var onlyLooks: String { "only looking: watch --operator NAME acts" }
    package func help(endsMonitor: Bool) -> [(key: String, meaning: String)] {
        [
            ("1 ... 8, Tab", "the screens"),
            ("up, down", "select a station, a channel, an alarm; scroll a list"),
            ("Enter", "from the city to the station, from the station to the trend"),
            ("Esc", "back"),
            ("n, p", "the next station, the one before"),
            ("o", "city: order as configured, by AQI, by name, by age"),
            ("/", "city: only stations with this text; Enter keeps, Esc ends"),
            ("r", "trend: 24 hours, 7 days, 30 days"),
            ("m", "warning: the measures of the level, and back"),
            ("left, right", "trend: read an hour; Esc ends it"),
            ("a, s, u", "alarms: acknowledge, shelve, take from the shelf (operators)"),
            ("s", "warning: sign the proposal (operators)"),
            ("q", endsMonitor ? "quit, and stop the monitor" : "quit; the monitor goes on"),
            ("", ""),
            ("H B C PZ W ...", "instead of a value: why; behind an hour: what is now"),
            ("Q   !", "looks wrong, but counts; stale: nothing newer for 5 min"),
        ]
    }
    package func asksAcknowledge(_ number: Int) -> String { "acknowledge alarm \(number)? y / any other key" }
    package func asksShelve(_ number: Int) -> String {
        "shelve alarm \(number) for: 1 = 1 hour, 2 = 8 hours, 3 = a day, 4 = a week; any other key: not"
    }
    package func asksUnshelve(_ number: Int) -> String { "take alarm \(number) from the shelf? y / any other key" }
    package func asksSign(_ number: Int) -> String { "sign proposal \(number)? y / any other key" }
    package var stepDone: String { "done" }
}
