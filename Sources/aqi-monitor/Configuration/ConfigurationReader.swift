import AQICore
import Ingest
import TOMLKit
import Warnings

extension Configuration {
    /// Reads a configuration; `etc/aqi-monitor.toml` describes it.
    ///
    /// - Throws: ``ConfigurationError`` with file, line and column.
    init(toml text: String, path: String) throws {
        try self.init(try TOMLSection(document: text, path: path))
    }

    private init(_ root: TOMLSection) throws {
        try root.allowSections()
        if let monitor = try root.section("monitor") {
            try monitor.allow("store", "poll_seconds", "settle_seconds")
            store = try monitor.string("store")
            pollSeconds = try monitor.integer("poll_seconds", in: 1...60) ?? pollSeconds
            settleSeconds = try monitor.integer("settle_seconds", in: 0...600) ?? settleSeconds
        }
        if let warnings = try root.section("warnings") {
            try warnings.allow("plan")
            plan = try warnings.choice("plan", of: WarningPlan.shipped, named: \.name) ?? plan
        }
        if let section = try root.section("quality") { quality = try QualityThresholds(section) }
        for section in try root.sections("station") {
            try section.allow("key", "name", "not_monitored")
            let key = try section.required("key", section.string)
            guard !key.isEmpty else { throw section.error("key", .wrongType(key: "key", wanted: "\"1067A\"")) }
            guard !stations.contains(where: { $0.key == key }) else { throw section.error("key", .repeated(key)) }
            var station = Station(key: key, name: try section.string("name") ?? key)
            for name in try section.strings("not_monitored") {
                guard let pollutant = Pollutant(name: name) else {
                    throw section.error(
                        "not_monitored",
                        .notOneOf(key: "not_monitored", value: name, allowed: Pollutant.allSix.map(\.name)))
                }
                station.notMonitored.insert(pollutant)
            }
            stations.append(station)
        }
        guard !stations.isEmpty else { throw root.error("", .nothingToDo("[[station]]")) }
        var taken: Set<Channel> = []
        for section in try root.sections("bus") {
            let bus = try BusLine(section, stations: stations, taken: &taken)
            guard !buses.contains(where: { $0.name == bus.name }) else {
                throw section.error("name", .repeated(bus.name))
            }
            buses.append(bus)
        }
        guard !buses.isEmpty else { throw root.error("", .nothingToDo("[[bus]]")) }
    }
}

extension TOMLSection {
    /// The whole of a configuration.
    ///
    /// - Throws: ``ConfigurationError`` for what is no TOML.
    init(document text: String, path: String) throws {
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw ConfigurationError(
                path: path, line: error.source.begin.line, column: error.source.begin.column,
                kind: .syntax(error.description))
        }
        self.init(table, at: "", in: TOMLDocument(path: path, positions: TOMLPositions(text)))
    }

    /// Refuses anything but the sections of a configuration.
    func allowSections() throws { try allow("monitor", "warnings", "quality", "station", "bus") }
}

extension Configuration.BusLine {
    fileprivate init(_ section: TOMLSection, stations: [Configuration.Station], taken: inout Set<Channel>) throws {
        let kind = try section.required("type") { key in
            try section.choice(key, of: ["modbus-tcp", "modbus-rtu"], named: \.self)
        }
        name = try section.required("name", section.string)
        responseTimeoutMs = try section.integer("timeout_ms", in: 10...60_000) ?? 500
        if kind == "modbus-tcp" {
            try section.allow("name", "type", "host", "port", "timeout_ms", "device")
            line = .tcp(
                host: try section.required("host", section.string),
                port: try section.integer("port", in: 1...65_535) ?? 502)
        } else {
            try section.allow(
                "name", "type", "path", "baud", "parity", "data_bits", "stop_bits", "timeout_ms", "device")
            line = .rtu(
                path: try section.required("path", section.string),
                baud: try section.integer("baud", in: 300...921_600) ?? 9600,
                parity: try section.choice("parity", of: ["N", "E", "O"], named: \.self) ?? "N",
                dataBits: try section.integer("data_bits", in: 7...8) ?? 8,
                stopBits: try section.integer("stop_bits", in: 1...2) ?? 1)
        }
        devices = []
        for section in try section.sections("device") {
            devices.append(try ModbusDevice(section, stations: stations, taken: &taken))
        }
        guard !devices.isEmpty else { throw section.error("", .nothingToDo("[[bus.device]]")) }
    }
}
