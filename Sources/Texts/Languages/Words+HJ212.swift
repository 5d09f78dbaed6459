package import AQICore

/// Stations that send, and what is asked of them: `English+HJ212.swift`, `Chinese+HJ212.swift`.
package protocol HJ212Words: Sendable {
    func senderCounts(
        isConnected: Bool, heard: String?, packets: UInt64, refused: UInt64, clockOffset: Int64?,
        sins: [(name: String, count: UInt64)]
    ) -> String
    func stationDiffers(
        station: String, isDay: Bool, time: String, _ values: [(Pollutant, here: String, there: String)]
    ) -> String
    func stationHourUsed(station: String, time: String, _ pollutants: [Pollutant]) -> String
    func stationDid(_ mn: String, value: String?) -> String
    func historyCame(_ mn: String, records: Int, values: Int, from: String, through: String) -> String
    func stationHasNothing(_ mn: String) -> String
    func factorUnknown(_ factor: String, dialect: String, known: [String]) -> String
    func passwordToConfigure(_ mn: String) -> String
    func stationNotConnected(_ mn: String) -> String
    func stationAskedAlready(_ mn: String, command: Int) -> String
    func reverseControlOff(_ mn: String) -> String
    func receiverUnknown(_ mn: String) -> String
    var stationRequestIsBad: String { get }
}
