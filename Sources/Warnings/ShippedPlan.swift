/// A plan as it comes with the program: a TOML file of `Sources/Warnings/Plans`, compiled in.
///
/// The target that reads configurations reads plans too, because Warnings knows no TOML.
package struct ShippedPlan: Sendable {
    /// The name of the file without `.toml`: what a configuration calls it.
    package let name: String
    private let bytes: [UInt8]

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// All of them, in the order in which they are listed.
    package static let all: [ShippedPlan] = [
        .init(name: "langfang-2019", bytes: PackageResources.langfang_2019_toml),
        .init(name: "national-2024", bytes: PackageResources.national_2024_toml),
    ]
}
