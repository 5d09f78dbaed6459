/// The response of 廊坊市重污染天气应急预案, 2019-09-29, as it comes with the program: TOML files of `Sources/Response`, compiled in.
///
/// The target that reads configurations reads them, as it reads plans.
package enum ShippedResponse {
    package static var measures: String { text(PackageResources.measures_toml) }
    package static var industries: String { text(PackageResources.industries_toml) }
    package static var organisation: String { text(PackageResources.organisation_toml) }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
