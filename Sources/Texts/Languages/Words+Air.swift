package import AQICore
package import Warnings

/// The air: levels, indicators, flags: `English+Air.swift`, `Chinese+Air.swift`.
package protocol AirWords: Sendable {
    func level(_ level: AirQualityLevel) -> String
    func warning(_ level: WarningLevel) -> String
    func indicator(_ indicator: Indicator) -> String
    func signer(_ role: Role) -> String
    func flag(_ flag: DataFlag) -> String
    func suspectRule(_ rule: SuspectRule) -> String
}
