import AQICore
import Ingest

extension Configuration.SerialBusLine {
    /// Reads a `[[bus]]` of the type "serial" with its devices.
    init(_ section: TOMLSection, stations: [Configuration.Station], taken: inout Set<Channel>) throws {
        name = try section.required("name", section.string)
        kind = try section.required("protocol") { key in
            try section.choice(key, of: SerialProtocol.allCases, named: \.name)
        }
        line = try SerialLine(section)
        options.responseTimeoutMs = try section.integer("timeout_ms", in: 10...60_000) ?? options.responseTimeoutMs
        options.gapMs = try section.integer("gap_ms", in: 0...10_000) ?? options.gapMs
        options.settleMs = try section.integer("settle_ms", in: 0...60_000)
        devices = []
        let sections = try section.sections("device")
        for section in sections {
            let device = try SerialDevice(section, kind: kind, stations: stations, taken: &taken)
            // On a shared line each must know when it is meant.
            if sections.count > 1, device.address == nil { throw section.error("", .missingKey("address")) }
            guard !devices.contains(where: { $0.name == device.name }) else {
                throw section.error("name", .repeated(device.name))
            }
            guard !devices.contains(where: { $0.address == device.address }) else {
                throw section.error("address", .repeated("address \(device.address ?? 0)"))
            }
            devices.append(device)
        }
        guard !devices.isEmpty else { throw section.error("", .nothingToDo("[[bus.device]]")) }
    }

    /// A port that only one bus can have.
    var claim: (key: String, what: String)? {
        if case .port(let path, _, _, _, _, _) = line { ("path", resolved(path)) } else { nil }
    }
}

extension SerialLine {
    fileprivate init(_ section: TOMLSection) throws {
        let common = ["name", "type", "protocol", "timeout_ms", "gap_ms", "settle_ms", "device"]
        if section.has("host") {
            try section.allow(common + ["host", "port"])
            self = .tcp(
                host: try section.required("host", section.string),
                port: try section.required("port") { try section.integer($0, in: 1...65_535) })
            return
        }
        try section.allow(common + ["path", "baud", "parity", "data_bits", "stop_bits", "direction"])
        let baud = try section.integer("baud", in: 300...921_600) ?? 9600
        guard ModbusOptions.bauds.contains(baud) else {
            throw section.error(
                "baud", .notOneOf(key: "baud", value: "\(baud)", allowed: ModbusOptions.bauds.map { "\($0)" }))
        }
        self = .port(
            path: try section.required("path", section.string), baud: baud,
            parity: try section.choice("parity", of: ["N", "E", "O"], named: \.self) ?? "N",
            dataBits: try section.integer("data_bits", in: 7...8) ?? 8,
            stopBits: try section.integer("stop_bits", in: 1...2) ?? 1,
            direction: try section.choice(
                "direction", of: ModbusOptions.DirectionControl.allCases, named: \.rawValue) ?? .automatic)
    }
}

extension SerialDevice {
    /// Reads a `[[bus.device]]` of a serial line; what it does not say, its profile does.
    init(
        _ section: TOMLSection, kind: SerialProtocol, stations: [Configuration.Station], taken: inout Set<Channel>
    ) throws {
        try section.allow(
            ["name", "station", "profile", "parameters", "status", "channel", "calibration"]
                + (kind.dialect.addresses == nil ? [] : ["address"]) + (kind == .cLink ? ["backfill"] : [])
                + SerialProfile.keys(of: kind))
        let profile = try DeviceProfile(namedIn: section, kind: kind)?.serial
        let channels = try section.channels(
            \.rule, overriding: profile?.channels ?? [], stations: stations, taken: &taken
        ) { own, known in try SerialChannel(own, kind: kind, overriding: known) }
        let statuses =
            section.has("status")
            ? try section.sectionOrSections("status").map { try SerialStatus($0, kind: kind) }
            : profile?.statuses ?? []
        self.init(
            name: try section.required("name", section.string),
            address: try kind.dialect.addresses.flatMap { try section.integer("address", in: $0) },
            channels: channels, statuses: statuses)
        isChecked = try section.bool("checksum") ?? profile?.isChecked ?? (kind == .bayernHessen)
        request = try section.string("request") ?? profile?.request ?? ""
        answer = try section.string("answer") ?? profile?.answer ?? ""
        calibration = try section.calibration(of: channels.map(\.rule))
        fillsGaps = try section.bool("backfill") ?? true
        if kind == .line { try checkAnswer(section) }
    }

    /// The expression of a line of text, and its groups.
    private func checkAnswer(_ section: TOMLSection) throws {
        guard !answer.isEmpty else { throw section.error("", .missingKey("answer")) }
        guard let expression = try? Regex(answer) else {
            throw section.error("answer", .wrongType(key: "answer", wanted: "'O3=(?<o3>[-0-9.]+)'"))
        }
        for item in channels.map(\.item.text) + statuses.map(\.item.text)
        where !expression.contains(captureNamed: item) {
            throw section.error("answer", .missingKey("(?<\(item)>...)"))
        }
    }
}

extension SerialChannel {
    /// Reads a channel of the first station. What it does not say, the one of the same parameter among `channels` does.
    init(
        _ section: TOMLSection, kind: SerialProtocol, overriding channels: [SerialChannel] = [],
        allowing others: [String] = []
    ) throws {
        try section.allow(["item"] + ValueRule.keys + others)
        let parameter = try ValueRule.parameter(section)
        let base = channels.first { $0.rule.channel.parameter == parameter }
        let item = try SerialItem(section, kind: kind) ?? base?.item
        guard let item else { throw section.error("", .missingKey("item")) }
        self.init(
            item: item, rule: try ValueRule(section, of: parameter, overriding: base?.rule, isInteger: false))
    }
}

extension SerialStatus {
    /// Reads one way in which an instrument says how it is doing.
    init(_ section: TOMLSection, kind: SerialProtocol) throws {
        try section.allow(["item"] + StatusRule.keys)
        guard let item = try SerialItem(section, kind: kind) else { throw section.error("", .missingKey("item")) }
        self.init(item: item, rule: try StatusRule(section, width: 32))
    }
}

extension SerialItem {
    /// Reads `item`; nil where it is not there.
    fileprivate init?(_ section: TOMLSection, kind: SerialProtocol) throws {
        guard let text = try section.string("item") else { return nil }
        let dialect = kind.dialect
        guard let item = dialect.item(text) else {
            throw section.error("item", .wrongType(key: "item", wanted: dialect.itemExample))
        }
        self = item
    }
}

/// The part of a profile that is of an instrument on a serial line.
struct SerialProfile {
    let kind: SerialProtocol
    let channels: [SerialChannel]
    let statuses: [SerialStatus]
    let isVerified: Bool
    let isChecked: Bool?
    let request: String
    let answer: String

    static let keys = ["protocol", "checksum", "request", "answer"]

    /// The keys that a device of a protocol may have beside the common ones.
    static func keys(of kind: SerialProtocol) -> [String] {
        switch kind {
        case .bayernHessen, .cLink: ["checksum"]
        case .line: ["request", "answer"]
        case .ak, .serinusAdvanced, .pmsx003, .sds011, .sps30: []
        }
    }

    init(_ root: TOMLSection, isVerified: Bool) throws {
        let kind = try root.required("protocol") { key in
            try root.choice(key, of: SerialProtocol.allCases, named: \.name)
        }
        self.kind = kind
        self.isVerified = isVerified
        channels = try root.sections("channel").map { try SerialChannel($0, kind: kind) }
        statuses = try root.sectionOrSections("status").map { try SerialStatus($0, kind: kind) }
        isChecked = try root.bool("checksum")
        request = try root.string("request") ?? ""
        answer = try root.string("answer") ?? ""
    }

    /// What a device of a configuration says of this.
    var deviceLines: [String] { isChecked.map { ["checksum = \($0)"] } ?? [] }
}
