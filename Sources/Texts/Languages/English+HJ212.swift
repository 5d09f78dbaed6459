package import AQICore

/// Stations that send, and what is asked of them.
extension English {
    package func senderCounts(
        isConnected: Bool, heard: String?, packets: UInt64, refused: UInt64, clockOffset: Int64?,
        sins: [(name: String, count: UInt64)]
    ) -> String {
        var text = isConnected ? "\(packets) packets" : "not connected"
        if !isConnected { text += heard.map { ", last heard \($0)" } ?? ", never heard" }
        if refused > 0 { text += ", \(refused) refused" }
        if let clockOffset { text += "; its clock is \(abs(clockOffset)) s \(clockOffset > 0 ? "ahead" : "behind")" }
        if !sins.isEmpty { text += "; " + sins.map { "\($0.name) \($0.count)" }.joined(separator: ", ") }
        return text
    }
    package func stationDiffers(
        station: String, isDay: Bool, time: String, _ values: [(Pollutant, here: String, there: String)]
    ) -> String {
        let list = values.map { "\(indicator(Indicator($0.0))) \($0.there), here \($0.here)" }
        return "\(station) \(time)  its own \(isDay ? "day" : "hour") is another than ours: "
            + list.joined(separator: "; ")
    }
    package func stationHourUsed(station: String, time: String, _ pollutants: [Pollutant]) -> String {
        "\(station) \(time)  the station's own hour stands in, for want of samples: "
            + pollutants.map { indicator(Indicator($0)) }.joined(separator: ", ")
    }
    package func stationDid(_ mn: String, value: String?) -> String { "\(mn): \(value ?? "done")" }
    package func historyCame(_ mn: String, records: Int, values: Int, from: String, through: String) -> String {
        "\(mn) sent \(records) records with \(values) values, the first of \(from), the last of \(through)"
    }
    package func stationHasNothing(_ mn: String) -> String { "\(mn) sent nothing of that time" }
    package func factorUnknown(_ factor: String, dialect: String, known: [String]) -> String {
        "\(dialect) has no factor \(factor); it has \(known.joined(separator: ", "))"
    }
    package func passwordToConfigure(_ mn: String) -> String {
        "\(mn) has a new password: write it into the configuration, the next start does not know it"
    }
    package func stationNotConnected(_ mn: String) -> String { "\(mn) is not connected" }
    package func stationAskedAlready(_ mn: String, command: Int) -> String {
        "\(mn) is being asked command \(command) already"
    }
    package func reverseControlOff(_ mn: String) -> String {
        "\(mn): reverse control is not enabled; reverse_control = true in its [[receive]] does it"
    }
    package func receiverUnknown(_ mn: String) -> String {
        "no receiver of the monitor has a station \(mn), or several have: see watch --json, and --receiver"
    }
    package var stationRequestIsBad: String { "the standard has no such request" }
}
