/// A profile of a device as it comes with the program: a TOML file of `Sources/Ingest/Profiles`, compiled in.
///
/// What is known of devices belongs to the target that talks to them; it is only carried here. The target that reads
/// configurations reads profiles too, because Ingest knows no TOML.
package struct ShippedProfile: Sendable {
    /// The name of the file without `.toml`: what a configuration calls it.
    package let name: String
    private let bytes: [UInt8]

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// All of them, in the order in which they are listed.
    package static let all: [ShippedProfile] = [
        .init(name: "thermo-42i", bytes: PackageResources.thermo_42i_toml),
        .init(name: "thermo-43i", bytes: PackageResources.thermo_43i_toml),
        .init(name: "thermo-49i", bytes: PackageResources.thermo_49i_toml),
        .init(name: "thermo-49iq", bytes: PackageResources.thermo_49iq_toml),
        .init(name: "thermo-5030i-pm25", bytes: PackageResources.thermo_5030i_pm25_toml),
        .init(name: "thermo-5030i-pm10", bytes: PackageResources.thermo_5030i_pm10_toml),
        .init(name: "teledyne-t100", bytes: PackageResources.teledyne_t100_toml),
        .init(name: "teledyne-t101", bytes: PackageResources.teledyne_t101_toml),
        .init(name: "teledyne-t300", bytes: PackageResources.teledyne_t300_toml),
        .init(name: "teledyne-t400", bytes: PackageResources.teledyne_t400_toml),
        .init(name: "teledyne-t640", bytes: PackageResources.teledyne_t640_toml),
        .init(name: "teledyne-n500", bytes: PackageResources.teledyne_n500_toml),
        .init(name: "acoem-serinus", bytes: PackageResources.acoem_serinus_toml),
        .init(name: "saimosen-so2", bytes: PackageResources.saimosen_so2_toml),
        .init(name: "saimosen-no2", bytes: PackageResources.saimosen_no2_toml),
        .init(name: "saimosen-co", bytes: PackageResources.saimosen_co_toml),
        .init(name: "saimosen-o3", bytes: PackageResources.saimosen_o3_toml),
        .init(name: "thermo-49i-clink", bytes: PackageResources.thermo_49i_clink_toml),
        .init(name: "teledyne-t200-bh", bytes: PackageResources.teledyne_t200_bh_toml),
        .init(name: "acoem-serinus-10-bh", bytes: PackageResources.acoem_serinus_10_bh_toml),
        .init(name: "acoem-serinus-30-bh", bytes: PackageResources.acoem_serinus_30_bh_toml),
        .init(name: "acoem-serinus-50-bh", bytes: PackageResources.acoem_serinus_50_bh_toml),
        .init(name: "acoem-serinus-advanced", bytes: PackageResources.acoem_serinus_advanced_toml),
        .init(name: "cai-700-ndir-ak", bytes: PackageResources.cai_700_ndir_ak_toml),
        .init(name: "plantower-pms3003", bytes: PackageResources.plantower_pms3003_toml),
        .init(name: "plantower-pms5003", bytes: PackageResources.plantower_pms5003_toml),
        .init(name: "nova-sds011", bytes: PackageResources.nova_sds011_toml),
        .init(name: "sensirion-sps30", bytes: PackageResources.sensirion_sps30_toml),
        .init(name: "generic", bytes: PackageResources.generic_toml),
        .init(name: "generic-line", bytes: PackageResources.generic_line_toml),
    ]
}
