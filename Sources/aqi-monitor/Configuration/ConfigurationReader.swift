import AQICore
import Ingest
import Response
import TOMLKit
import Uplink
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
        if let section = try root.section("store") { storePolicy = try StorePolicy(section) }
        if let warnings = try root.section("warnings") {
            try warnings.allow("plan", "areas", "response")
            areas = try warnings.strings("areas")
            plan = try warnings.plan("plan") ?? plan
            response = try warnings.response("response") ?? response
        }
        for section in try root.sections("person") {
            let person = try Person(section)
            guard !people.contains(where: { $0.name == person.name }) else {
                throw section.error("name", .repeated(person.name))
            }
            people.append(person)
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
            if try section.string("type") == "serial" {
                let bus = try SerialBusLine(section, stations: stations, taken: &taken)
                try refuseTwins(section, bus.name, claim: bus.claim)
                serialBuses.append(bus)
            } else {
                let bus = try BusLine(section, stations: stations, taken: &taken)
                try refuseTwins(section, bus.name, claim: bus.claim)
                buses.append(bus)
            }
        }
        for section in try root.sections("receive") {
            let receiver = try Receiver(section, stations: stations, taken: &taken)
            guard !receivers.contains(where: { $0.port == receiver.port }) else {
                throw section.error("port", .repeated("\(receiver.port)"))
            }
            receivers.append(receiver)
        }
        for section in try root.sections("uplink") {
            let uplink = try Destination(section, stations: stations)
            guard !uplinks.contains(where: { $0.name == uplink.name }) else {
                throw section.error("name", .repeated(uplink.name))
            }
            // What is uploaded is what is stored: it must outlive a platform that is away.
            guard store != nil else { throw section.error("", .missingKey("monitor.store")) }
            uplinks.append(uplink)
        }
        guard !buses.isEmpty || !serialBuses.isEmpty || !receivers.isEmpty else {
            throw root.error("", .nothingToDo("[[bus]]"))
        }
    }

    /// Two buses of one name, or on one port.
    private func refuseTwins(_ section: TOMLSection, _ name: String, claim: (key: String, what: String)?) throws {
        guard !buses.contains(where: { $0.name == name }), !serialBuses.contains(where: { $0.name == name }) else {
            throw section.error("name", .repeated(name))
        }
        let claims = buses.compactMap(\.claim?.what) + serialBuses.compactMap(\.claim?.what)
        if let claim, claims.contains(claim.what) { throw section.error(claim.key, .repeated(claim.what)) }
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

    /// A plan that comes with the program, by its name, or one of the city's own, by its file.
    fileprivate func plan(_ key: String) throws -> WarningPlan? {
        guard let name = try string(key) else { return nil }
        guard WarningPlan.isFile(name) else { return try choice(key, of: WarningPlan.shipped, named: \.name) }
        return try reading(key) { try WarningPlan.named(name) }
    }

    /// A city's own response, by its folder.
    fileprivate func response(_ key: String) throws -> ResponsePlan? {
        guard let folder = try string(key) else { return nil }
        return try reading(key) { try ResponsePlan.read(folder) }
    }

    /// What is read from a file that a key names: one that cannot be read is an error of the key.
    private func reading<Value>(_ key: String, _ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let file as TableFile.Unreadable {
            throw error(key, .unreadableFile(key: key, path: file.path, errno: file.errno))
        }
    }

    /// A number by which a platform knows a station, in the text of a packet.
    func mn(_ key: String) throws -> String? {
        guard let mn = try string(key) else { return nil }
        guard !mn.isEmpty, mn.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ";") }) else {
            throw error(key, .notAnMN(key: key))
        }
        return mn
    }

    /// Refuses anything but the sections of a configuration.
    func allowSections() throws {
        try allow("monitor", "store", "warnings", "person", "quality", "station", "bus", "receive", "uplink")
    }
}

extension Person {
    /// A person; without roles one who keeps watch and signs nothing.
    fileprivate init(_ section: TOMLSection) throws {
        try section.allow("name", "roles")
        let name = try section.required("name", section.string)
        guard name.contains(where: { !$0.isWhitespace }) else {
            throw section.error("name", .wrongType(key: "name", wanted: "\"张三\""))
        }
        let roles = try section.strings("roles").map { text in
            guard let role = Role(rawValue: text) else {
                throw section.error(
                    "roles", .notOneOf(key: "roles", value: text, allowed: Role.allCases.map(\.rawValue)))
            }
            return role
        }
        self.init(name: name, roles: roles)
    }
}
