/// What is in a configuration.
extension English {
    package func configurationIsGood(
        _ path: String, stations: Int, buses: Int, devices: Int, channels: Int, receivers: Int, uplinks: Int
    ) -> String {
        let parts = [
            count(stations, "station", "stations"), count(buses, "bus", "buses"), count(devices, "device", "devices"),
            count(channels, "channel", "channels"), count(receivers, "receiver", "receivers"),
            count(uplinks, "uplink", "uplinks"),
        ]
        return "\(path): good: \(parts.joined(separator: ", "))"
    }
    package func busInConfiguration(_ name: String, at line: String, devices: [String]) -> String {
        "bus \(name), \(line): \(devices.joined(separator: ", "))"
    }
    package func receiverInConfiguration(_ name: String, at end: String, stations: Int) -> String {
        "receiver \(name), \(end): \(count(stations, "station", "stations"))"
    }
    package func uplinkInConfiguration(_ name: String, at end: String, stations: [String], sends: [String]) -> String {
        "uplink \(name), \(end): \(sends.joined(separator: ", ")) of \(stations.joined(separator: ", "))"
    }
    private func count(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
}
