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

    package func inConfiguration(_ path: String, line: Int, column: Int, _ problem: String) -> String {
        "\(path): line \(line), column \(column): \(problem)"
    }
    package func badSyntax(_ parser: String) -> String { "not valid TOML: \(parser)" }
    package func missingKey(_ key: String) -> String { "\"\(key)\" is missing here" }
    package func unknownKey(_ key: String, suggestion: String?) -> String {
        "\"\(key)\" is not known here" + (suggestion.map { "; did you mean \"\($0)\"?" } ?? "")
    }
    package func wrongType(key: String, wanted: String) -> String { "\"\(key)\" must look like \(wanted)" }
    package func outOfRange(key: String, value: Int, lowest: Int, highest: Int) -> String {
        "\"\(key)\" is \(value); it must lie in \(lowest) ... \(highest)"
    }
    package func notOneOf(key: String, value: String, allowed: [String]) -> String {
        "\"\(key)\" is \"\(value)\"; it must be one of \(allowed.joined(separator: ", "))"
    }
    package func repeated(_ name: String) -> String { "\"\(name)\" stands twice; remove or rename one" }
    package func unknownName(key: String, value: String, known: [String]) -> String {
        "\"\(key)\" names \"\(value)\", which is not defined; there is \(known.joined(separator: ", "))"
    }
    package func notTogether(_ key: String, _ other: String) -> String {
        "\"\(key)\" and \"\(other)\" cannot stand together; remove one"
    }
    package func unreadableFile(key: String, path: String, _ reason: String) -> String {
        "\"\(key)\" needs the file \(path), which cannot be read (\(reason)); check the path, which begins where the program was started"
    }
    package func notAnMN(_ key: String) -> String {
        "\"\(key)\" must be a station's MN: one printable ASCII character at least, no space and no semicolon, as \"010000A8900016F000169DC0\""
    }
    package func nothingToDo(_ section: String) -> String { "there is no \(section); see etc/aqi-monitor.toml" }
}
