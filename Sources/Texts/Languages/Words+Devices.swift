package import AQICore

/// Lines, devices and their profiles: `English+Devices.swift`, `Chinese+Devices.swift`.
package protocol DeviceWords: Sendable {
    // MARK: Devices
    var deviceMeasures: String { get }
    var deviceIsPaused: String { get }
    func deviceReads(_ kind: String, until: String?) -> String
    func deviceRecovers(until: String?) -> String

    // MARK: Device profiles
    func profileMeasures(_ parameters: [String]) -> String
    func profileSource(_ source: String) -> String
    func profileUnverified(_ what: String) -> String
    func profileIsUnknown(_ name: String, known: [String]) -> String

    // MARK: Lines and devices
    func portInUse(_ port: Int, _ reason: String) -> String
    func noPseudoterminal(_ reason: String) -> String
    func deviceLost(bus: String, device: String, _ problem: String) -> String
    func deviceBack(bus: String, device: String) -> String
    func deviceIncomplete(bus: String, device: String, _ problem: String) -> String
    func devicePaused(bus: String, device: String) -> String
    func cannotConnect(_ reason: String) -> String
    func connectionLost(_ reason: String) -> String
    func calibrationKind(_ kind: CalibrationKind) -> String
    func calibrationSource(_ source: CalibrationSource) -> String
    func calibrationVerdict(_ verdict: CalibrationVerdict) -> String
    func calibrationBegan(
        bus: String, device: String, _ kind: CalibrationKind, _ source: CalibrationSource, flag: String, until: String?
    ) -> String
    func calibrationRecovers(bus: String, device: String, until: String) -> String
    func calibrationIsOver(bus: String, device: String) -> String
    func calibrationIsOverdue(bus: String, device: String, _ kind: CalibrationKind, since: String) -> String
    func calibrationResult(
        station: String, device: String, parameter: String, _ kind: CalibrationKind, mean: String, reference: String?,
        limit: String?, _ verdict: CalibrationVerdict
    ) -> String
    func deviceIsUnknown(_ device: String, known: [String]) -> String
    func nothingToEnd(device: String) -> String
    var personIsNameless: String { get }
    var noAnswer: String { get }
    var badAnswer: String { get }
    func refused(code: Int) -> String
}
