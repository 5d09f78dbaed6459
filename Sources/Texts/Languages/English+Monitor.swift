package import AQICore
package import Warnings

/// What a running monitor does.
extension English {
    // MARK: A running monitor
    package func noMonitor(_ path: String) -> String {
        "no monitor is running here (\(path)); start one with `aqi-monitor run --config FILE`, or name its store with --store"
    }
    package func otherMonitorVersion(_ path: String, _ version: Int) -> String {
        "\(path): the monitor speaks version \(version), which this program does not; use the program of the monitor"
    }
    package func socketIsTaken(_ path: String) -> String {
        "\(path): another monitor listens there; stop it first, or give this one a store of its own"
    }
    package func socketPathIsTooLong(_ path: String, most: Int) -> String {
        "\(path): the sockets of a monitor lie beside its store, and the system takes no path of more than \(most) bytes; "
            + "give the store a shorter path, or a relative one"
    }
    package func monitorKeepsNothing(_ path: String) -> String {
        "\(path): a monitor without a store has no socket; name a file with store = \"...\" in [monitor]"
    }
    package func unheard(since: String) -> String { "monitor not heard since \(since)" }

    // MARK: What happens
    package func started(stations: Int, buses: Int) -> String { "measuring: \(stations) stations on \(buses) buses" }
    package func demoStarted(tcp: String, rtu: String, serial: String, seed: UInt64) -> String {
        "simulated analysers: gases at \(tcp), ozone at \(serial), particulates at \(rtu); episode \(seed)"
    }
    package func demoStartedFromFile(tcp: String, rtu: String, serial: String, station: String) -> String {
        "simulated analysers: gases at \(tcp), ozone at \(serial), particulates at \(rtu); the hours of \(station)"
    }
    package var demoFinished: String { "all hours have been replayed" }
    package func hourClosed(station: String, time: String, index: Int32?, level: AirQualityLevel?, primary: String)
        -> String
    {
        "\(station) \(time)  AQI " + (index.map { "\($0)" } ?? "NA") + (level.map { " \(self.level($0))" } ?? "")
            + (primary.isEmpty ? "" : ", \(primary)")
    }
    package func warningEvent(_ kind: WarningEvent.Kind, _ level: WarningLevel, signedBy: Role?) -> String {
        let signed = signedBy.map { ", signed by the \(signer($0))" } ?? ""
        return switch kind {
        case .issued: "\(warning(level)) issued\(signed)"
        case .upgraded: "upgraded to \(warning(level))\(signed)"
        case .downgraded: "downgraded to \(warning(level))\(signed)"
        case .lifted: "\(warning(level)) lifted\(signed)"
        case .proposed: "\(warning(level)) proposed"
        }
    }
    package func suspectBegan(
        station: String, time: String, _ pollutant: Pollutant, value: String, _ marks: SuspectMarks
    ) -> String {
        "\(station) \(time)  \(indicator(Indicator(pollutant))) \(value) counts but is suspect: "
            + marks.rules.map { "\(suspectRule($0)) (\($0.name))" }.joined(separator: ", ")
    }
    package func suspectValues(_ path: String, _ count: Int, of values: Int) -> String {
        "\(path): \(count) of \(values) values are suspect"
    }
    package func recordsUnused(bus: String, device: String, _ reason: String) -> String {
        "\(bus): \(device): its own records do not fill the gap: \(reason)"
    }
    package var recordsNotTold: String { "it does not tell them" }
    package var recordsTooLong: String { "they last more than five minutes, or not whole ones" }
    package func recordsByOtherClock(seconds: Int64) -> String {
        "the newest is \(seconds.magnitude) s \(seconds < 0 ? "behind" : "ahead of") our clock; set the instrument's clock"
    }
    package func lateReadings(_ count: Int) -> String {
        "\(count) readings came too late for their hour and are not used"
    }
    package func hourNotStored(time: String) -> String {
        "\(time)  was stored before, under a clock that stood elsewhere: the stored hour stays, this one is not kept"
    }
    package func hourRevised(station: String, time: String) -> String {
        "\(station) \(time)  made anew with readings that came late, and every index that depends on it"
    }
    package var demoStation: String { "Demo station" }
}
