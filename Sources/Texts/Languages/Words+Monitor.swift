package import AQICore
package import Warnings

/// What a running monitor does: `English+Monitor.swift`, `Chinese+Monitor.swift`.
package protocol MonitorWords: Sendable {
    // MARK: A running monitor
    func noMonitor(_ path: String) -> String
    func otherMonitorVersion(_ path: String, _ version: Int) -> String
    func socketIsTaken(_ path: String) -> String
    func socketPathIsTooLong(_ path: String, most: Int) -> String
    func monitorKeepsNothing(_ path: String) -> String
    func unheard(since: String) -> String

    // MARK: What happens
    func started(stations: Int, buses: Int) -> String
    func demoStarted(tcp: String, rtu: String, serial: String, seed: UInt64) -> String
    func demoStartedFromFile(tcp: String, rtu: String, serial: String, station: String) -> String
    var demoFinished: String { get }
    func hourClosed(station: String, time: String, index: Int32?, level: AirQualityLevel?, primary: String) -> String
    func warningEvent(_ kind: WarningEvent.Kind, _ level: WarningLevel, signedBy: Role?) -> String
    func suspectBegan(
        station: String, time: String, _ pollutant: Pollutant, value: String, _ marks: SuspectMarks
    ) -> String
    func suspectValues(_ path: String, _ count: Int, of values: Int) -> String
    func lateReadings(_ count: Int) -> String
    func recordsUnused(bus: String, device: String, _ reason: String) -> String
    var recordsNotTold: String { get }
    var recordsTooLong: String { get }
    func recordsByOtherClock(seconds: Int64) -> String
    func hourRevised(station: String, time: String) -> String
    func hourNotStored(time: String) -> String
    var demoStation: String { get }
}
