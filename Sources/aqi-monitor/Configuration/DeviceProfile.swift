import AQICore
import Ingest

/// What is known of a model of analyser: the keys of a `[[bus.device]]`, where they come from, and which of them nobody
/// has seen at work.
struct DeviceProfile {
    /// A channel, and whether a reply was seen that its registers explain.
    struct ProfileChannel: Equatable {
        var source: ChannelSource
        var isVerified: Bool
    }

    /// How the line is set when the device leaves the factory; for people, nothing is taken from it.
    struct LineDefaults: Equatable {
        var baud: Int?
        var parity: String?
        var dataBits: Int?
        var stopBits: Int?
        var pollSeconds: Int?
    }

    let name: String
    let maker: String
    let models: [String]
    let source: String
    /// What is not verified, in words.
    let unverified: String?
    let line: LineDefaults
    /// None where the source does not give the addresses.
    let channels: [ProfileChannel]
    let statuses: [StatusSource]
    /// Of an instrument that does not speak Modbus: what it says instead of ``channels`` and ``statuses``.
    let serial: SerialProfile?
    /// The file.
    let text: String

    var isVerified: Bool {
        !channels.isEmpty && channels.allSatisfy(\.isVerified) || serial?.isVerified ?? false
    }

    /// What becomes of each number.
    var rules: [ValueRule] { channels.map(\.source.rule) + (serial?.channels.map(\.rule) ?? []) }

    /// - Throws: ``ConfigurationError``; a test reads every profile that is shipped.
    init(_ shipped: ShippedProfile) throws {
        text = shipped.text
        let root = try TOMLSection(document: text, path: shipped.name)
        try root.allow(
            ["name", "maker", "models", "source", "verified", "unverified", "line", "channel", "status"]
                + (root.has("protocol") ? SerialProfile.keys : ["protocol"]))
        name = try root.required("name", root.string)
        maker = try root.required("maker", root.string)
        models = try root.strings("models")
        source = try root.required("source", root.string)
        unverified = try root.string("unverified")
        let all = try root.bool("verified") ?? false
        line = try root.section("line").map { try LineDefaults($0) } ?? LineDefaults()
        guard !root.has("protocol") else {
            serial = try SerialProfile(root, isVerified: all)
            channels = []
            statuses = []
            return
        }
        serial = nil
        channels = try root.sections("channel").map { section in
            ProfileChannel(
                source: try ChannelSource(section, allowing: ["verified"]),
                isVerified: try section.bool("verified") ?? all)
        }
        statuses = try root.sectionOrSections("status").map { try StatusSource($0) }
    }

    /// The profile that a device names; nil where it names none. It has the device's protocol, Modbus where that is nil.
    init?(namedIn section: TOMLSection, kind: SerialProtocol? = nil) throws {
        guard let name = try section.string("profile") else {
            if section.has("parameters") { throw section.error("parameters", .missingKey("profile")) }
            return nil
        }
        guard let shipped = ShippedProfile.all.first(where: { $0.name == name }),
            case let profile = try DeviceProfile(shipped), profile.serial?.kind == kind
        else {
            let known = try ShippedProfile.all.map { try DeviceProfile($0) }.filter { $0.serial?.kind == kind }
            throw section.error("profile", .unknownName(key: "profile", value: name, known: known.map(\.name)))
        }
        self = profile
    }

    private var deviceLines: [String] {
        ["[[bus.device]]", "name = \"\(name)\""] + (serial.map(\.deviceLines) ?? ["unit = 1"])
    }

    /// The file as a section of a configuration: what only a profile has becomes a comment.
    var asDevice: [String] {
        var lines: [String] = []
        var isBeforeTables = true
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("[["), isBeforeTables {
                lines += deviceLines + [""]
                isBeforeTables = false
            }
            if isBeforeTables {
                lines.append(line.isEmpty || line.hasPrefix("#") ? line : "# \(line)")
            } else if line.hasPrefix("[[") {
                lines.append("  [[bus.device.\(line.dropFirst(2))")
            } else {
                lines.append(line.isEmpty ? "" : "  \(line.hasPrefix("verified") ? "# " : "")\(line)")
            }
        }
        if isBeforeTables { lines += deviceLines }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}

extension DeviceProfile.LineDefaults {
    fileprivate init(_ section: TOMLSection) throws {
        try section.allow("baud", "parity", "data_bits", "stop_bits", "poll_seconds")
        baud = try section.integer("baud", in: 300...921_600)
        parity = try section.choice("parity", of: ["N", "E", "O"], named: \.self)
        dataBits = try section.integer("data_bits", in: 7...8)
        stopBits = try section.integer("stop_bits", in: 1...2)
        pollSeconds = try section.integer("poll_seconds", in: 1...3600)
    }
}
