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
            if let key = bus.keyOfClaim, let claim = bus.claim, buses.contains(where: { $0.claim == claim }) {
                throw section.error(key, .repeated(claim))
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

extension ModbusDevice {
    init(_ section: TOMLSection, stations: [Configuration.Station], taken: inout Set<Channel>) throws {
        try section.allow("name", "station", "unit", "max_registers", "status", "channel")
        let name = try section.required("name", section.string)
        let key = try section.string("station") ?? stations[0].key
        guard let station = stations.firstIndex(where: { $0.key == key }) else {
            throw section.error("station", .unknownName(key: "station", value: key, known: stations.map(\.key)))
        }
        let unit = try section.integer("unit", in: 1...247) ?? 1
        let status = try section.section("status").map { section in
            try section.allow("table", "address", "type", "order", "meanings")
            var meanings: [UInt32: DataFlag] = [:]
            if let words = try section.section("meanings") {
                for key in words.keys {
                    let flag = DataFlag(text: try words.required(key, words.string))
                    guard let number = UInt32(key), flag != .unknown else {
                        throw words.error(key, .wrongType(key: key, wanted: "number = \"HJ 212 flag\""))
                    }
                    meanings[number] = flag
                }
            }
            return StatusSource(register: try Register(section, type: .u16), meanings: meanings)
        }
        var channels: [ChannelSource] = []
        for section in try section.sections("channel") {
            try section.allow("parameter", "table", "address", "type", "order", "step", "missing")
            let parameter = try section.required("parameter") { key in
                try section.choice(key, of: [.pm25, .pm10, .so2, .no2, .co, .o3, .nox] as [Parameter], named: \.name)
            }
            let channel = Channel(station: Int32(station), parameter: parameter)
            guard taken.insert(channel).inserted else {
                throw section.error("parameter", .repeated("\(key) \(parameter.name)"))
            }
            let register = try Register(section, type: .f32)
            let step = try section.thousandths("step")
            // A step of 0 would read as clean air, and a float has none.
            guard step.map({ $0 > 0 && register.type != .f32 }) ?? true else {
                throw section.error("step", .wrongType(key: "step", wanted: "0.1 (u16, i16, u32, i32)"))
            }
            channels.append(
                ChannelSource(
                    channel: channel, register: register, step: step ?? 1000,
                    sentinel: try section.thousandths("missing")))
        }
        guard !channels.isEmpty else { throw section.error("", .nothingToDo("[[bus.device.channel]]")) }
        self.init(name: name, unit: unit, channels: channels, status: status)
        maxRegisters = try section.integer("max_registers", in: 1...125) ?? maxRegisters
    }
}

extension Register {
    fileprivate init(_ section: TOMLSection, type: RegisterType) throws {
        self.init(
            table: try section.choice("table", of: RegisterTable.allCases, named: \.name) ?? .holding,
            address: try section.required("address") { try section.integer($0, in: 0...65_535) },
            type: try section.choice("type", of: RegisterType.allCases, named: \.rawValue) ?? type,
            order: try section.choice("order", of: ByteOrder.allCases, named: \.rawValue) ?? .abcd)
    }
}

extension RegisterTable {
    /// The name in configurations.
    var name: String { self == .holding ? "holding" : "input" }
}
