import AQICore
import HJ212
import Ingest

extension Configuration {
    /// One address on which stations are listened to.
    struct Receiver: Equatable, Sendable {
        var name: String
        var address: String
        var port: Int
        var stations: [WireStation]
        var isStrict = false
        var setsClocks = false
        var fillsGaps = true
        var allowsReverseControl = false
        var idleSeconds = 900
        var connectionsPerAddress = 100
        var connections = 10_000

        var rules: CentreRules {
            var rules = CentreRules(stations: stations)
            rules.isStrict = isStrict
            rules.setsClocks = setsClocks
            rules.allowsReverseControl = allowsReverseControl
            if !fillsGaps { rules.longestGap = nil }
            rules.idleSeconds = Int64(idleSeconds)
            rules.connectionsPerAddress = connectionsPerAddress
            rules.connections = connections
            return rules
        }
    }
}

extension Configuration.Receiver {
    /// Reads one `[[receive]]` with its stations.
    init(_ section: TOMLSection, stations: [Configuration.Station], taken: inout Set<Channel>) throws {
        try section.allow(
            "name", "type", "address", "port", "password", "dialect", "strict", "set_clocks", "fill_gaps",
            "reverse_control", "idle_seconds", "connections", "connections_per_address", "units", "station")
        _ = try section.required("type") { try section.choice($0, of: ["hj212"], named: \.self) }
        name = try section.string("name") ?? "hj212"
        // Nobody else's machine can reach this one unless the configuration says by which address.
        address = try section.string("address") ?? "127.0.0.1"
        port = try section.required("port") { try section.integer($0, in: 1...65_535) }
        isStrict = try section.bool("strict") ?? false
        setsClocks = try section.bool("set_clocks") ?? false
        allowsReverseControl = try section.bool("reverse_control") ?? false
        fillsGaps = try section.bool("fill_gaps") ?? true
        idleSeconds = try section.integer("idle_seconds", in: 10...86_400) ?? idleSeconds
        connections = try section.integer("connections", in: 1...100_000) ?? connections
        connectionsPerAddress =
            try section.integer("connections_per_address", in: 1...100_000) ?? connectionsPerAddress
        let password = try section.string("password")
        let dialect = try section.dialect()
        let units = try section.section("units").map { try WireChannel.all($0) } ?? []
        self.stations = []
        for own in try section.sections("station") {
            let station = try WireStation(
                own, stations: stations, password: password, dialect: dialect, channels: units, taken: &taken)
            guard !self.stations.contains(where: { $0.mn == station.mn }) else {
                throw own.error("mn", .repeated(station.mn))
            }
            self.stations.append(station)
        }
        guard !self.stations.isEmpty else { throw section.error("", .nothingToDo("[[receive.station]]")) }
    }
}

extension WireStation {
    fileprivate init(
        _ section: TOMLSection, stations: [Configuration.Station], password: String?, dialect: Dialect?,
        channels common: [WireChannel], taken: inout Set<Channel>
    ) throws {
        try section.allow("mn", "station", "password", "dialect", "source", "units")
        let mn = try section.required("mn", section.mn)
        let key = try section.string("station") ?? mn
        guard let number = stations.firstIndex(where: { $0.key == key }) else {
            throw section.error(
                section.has("station") ? "station" : "mn",
                .unknownName(key: "station", value: key, known: stations.map(\.key)))
        }
        let channels = try section.section("units").map { try WireChannel.all($0) } ?? common
        // A unit is never guessed.
        guard !channels.isEmpty else { throw section.error("", .missingKey("units")) }
        for channel in channels {
            let own = Channel(station: Int32(number), parameter: channel.parameter)
            guard taken.insert(own).inserted else {
                throw section.error("mn", .repeated("\(key) \(channel.parameter.name)"))
            }
        }
        self.init(
            mn: mn,
            password: try section.string("password") ?? password
                ?? section.required("password", section.string),
            number: Int32(number), dialect: try section.dialect() ?? dialect ?? .hj212Of2017,
            source: try section.choice("source", of: Source.allCases, named: \.rawValue) ?? .realtime,
            channels: channels)
    }
}

extension WireChannel {
    /// Reads `a34004 = "ug/m3"` for every factor that is taken.
    fileprivate static func all(_ section: TOMLSection) throws -> [WireChannel] {
        var channels: [WireChannel] = []
        for code in section.keys {
            guard let parameter = Dialect.parameter(of: code) else {
                throw section.error(code, .notOneOf(key: "units", value: code, allowed: Dialect.codes))
            }
            guard !channels.contains(where: { $0.parameter == parameter }) else {
                throw section.error(code, .repeated(parameter.name))
            }
            let unit = try section.required(code) {
                try section.choice($0, of: MeasuringUnit.all(for: parameter), named: \.rawValue)
            }
            channels.append(WireChannel(factor: Code(code), parameter: parameter, unit: unit))
        }
        return channels
    }
}

extension TOMLSection {
    /// The edition of the standard that a section names.
    func dialect() throws -> Dialect? { try choice("dialect", of: Dialect.all, named: \.name) }
}
