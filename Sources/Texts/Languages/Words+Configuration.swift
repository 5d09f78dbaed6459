/// What is in a configuration: `English+Configuration.swift`, `Chinese+Configuration.swift`.
package protocol ConfigurationWords {
    func configurationIsGood(
        _ path: String, stations: Int, buses: Int, devices: Int, channels: Int, receivers: Int, uplinks: Int
    ) -> String
    func busInConfiguration(_ name: String, at line: String, devices: [String]) -> String
    func receiverInConfiguration(_ name: String, at end: String, stations: Int) -> String
    /// `sends` are the words of the configuration.
    func uplinkInConfiguration(_ name: String, at end: String, stations: [String], sends: [String]) -> String
}
