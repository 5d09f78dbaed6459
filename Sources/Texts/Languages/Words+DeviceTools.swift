/// Looking at devices, and being one: `English+DeviceTools.swift`, `Chinese+DeviceTools.swift`.
package protocol DeviceToolWords: Sendable {
    func cannotListen(_ address: String, _ reason: String) -> String
    func simulatorEnded(requests: Int, misbehaved: Int) -> String
    func stationSpeaks(_ mn: String) -> String
    func stationUnknown(_ mn: String) -> String
    func stationWrongPassword(_ mn: String) -> String
    func packetRefused(_ mn: String, _ problems: String) -> String
    func commandNotAllowed(_ mn: String, command: Int) -> String
    func clockIsOff(_ mn: String, seconds: Int64) -> String
    func clockIsRight(_ mn: String) -> String
    func requestAnswered(_ mn: String, command: Int, result: Int) -> String
    func requestUnanswered(_ mn: String, command: Int) -> String
    func connectionClosed(_ reason: String) -> String
    func platformConnected(_ name: String) -> String
    func platformLost(_ name: String) -> String
    func packetsDecoded(_ count: Int, refused: Int, skippedBytes: Int) -> String
    func nobodyListens(_ address: String) -> String
    func onLine(_ line: String, _ problem: String) -> String
    func onUnit(_ line: String, unit: Int, _ problem: String) -> String
    func nothingAnswers(_ line: String, units: String) -> String
    var looksLikeConcentration: String { get }
    var columnAddress: String { get }
    func scanningUnits(_ unit: Int, of count: Int, found: Int, perSecond: String, left: String) -> String
    func scanningRegisters(unit: Int, _ done: Int, of count: Int, left: String) -> String
    func unitWithoutRegisters(_ unit: Int) -> String
}
