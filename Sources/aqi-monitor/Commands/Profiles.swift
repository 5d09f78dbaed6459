import AQICore
import ArgumentParser
import Ingest
import Texts

struct Profiles: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What is known of analysers: their registers, where that comes from, and what nobody has verified.",
        discussion: """
            A configuration takes a profile by its name, profile = "thermo-49iq" in a
            [[bus.device]], whole or some of its channels; docs/devices.md has the rest.
            With a NAME the profile is printed as a section to be copied and changed.

            EXAMPLES
              aqi-monitor profiles
              aqi-monitor profiles thermo-49iq >> station.toml
              aqi-monitor profiles --json
            """)

    @Argument(help: "Print this profile as a [[bus.device]].")
    var name: String?

    @Flag(help: "One line of JSON a profile.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        let words = Session.words
        let shipped = ShippedProfile.all.filter { name == nil || $0.name == name }
        guard !shipped.isEmpty else {
            throw Failure(.wrongUsage, words.profileIsUnknown(name ?? "", known: ShippedProfile.all.map(\.name)))
        }
        var output = try Output(path: nil)
        for shipped in shipped {
            let profile = try DeviceProfile(shipped)
            if json {
                try output.line(profile.json.line)
            } else {
                for line in name == nil ? profile.summary(words) : profile.asDevice { try output.line(line) }
            }
        }
        try output.finish()
    }
}

extension DeviceProfile {
    /// A paragraph for people.
    func summary(_ words: any Words) -> [String] {
        let measured = rules.map { rule in
            rule.channel.parameter.name + (rule.unit.map { " (\($0.rawValue))" } ?? "")
        }
        let title = ([maker] + (models.isEmpty ? [] : [models.joined(separator: ", ")])).joined(separator: " ")
        var lines = [
            "\(name)  \(title)\(serial.map { "  \($0.kind.name)" } ?? "")", words.profileMeasures(measured),
            words.profileSource(source),
        ]
        if let unverified { lines.append(words.profileUnverified(unverified)) }
        for place in lines.indices.dropFirst() { lines[place] = "    " + lines[place] }
        return lines
    }

    var json: JSON {
        .object([
            ("name", .string(name)), ("maker", .string(maker)), ("models", .array(models.map(JSON.string))),
            ("protocol", .string(serial?.kind.name ?? "modbus")),
            (
                "channels",
                .array(
                    channels.map { channel in
                        let (source, register) = (channel.source, channel.source.register)
                        return .object([
                            ("parameter", .string(source.channel.parameter.name)),
                            ("unit", .string(orNull: source.unit?.rawValue)), ("table", .string(register.table.name)),
                            ("address", .integer(Int64(register.address))), ("type", .string(register.type.rawValue)),
                            ("order", .string(register.order.rawValue)), ("verified", .bool(channel.isVerified)),
                        ])
                    } + (serial?.channelsAsJSON ?? []))
            ),
            ("hasStatus", .bool(!statuses.isEmpty || serial?.statuses.isEmpty == false)), ("line", line.json),
            ("source", .string(source)),
            ("verified", .bool(isVerified)), ("unverified", .string(orNull: unverified)),
        ])
    }
}

extension SerialProfile {
    fileprivate var channelsAsJSON: [JSON] {
        channels.map { channel in
            .object([
                ("parameter", .string(channel.rule.channel.parameter.name)),
                ("unit", .string(orNull: channel.rule.unit?.rawValue)), ("item", .string(channel.item.text)),
                ("verified", .bool(isVerified)),
            ])
        }
    }
}

extension DeviceProfile.LineDefaults {
    fileprivate var json: JSON {
        let numbers = [("dataBits", dataBits), ("stopBits", stopBits), ("pollSeconds", pollSeconds)]
        var members: [(String, JSON)] = []
        if let baud { members.append(("baud", .integer(Int64(baud)))) }
        if let parity { members.append(("parity", .string(parity))) }
        for case (let name, .some(let number)) in numbers { members.append((name, .integer(Int64(number)))) }
        return .object(members)
    }
}
