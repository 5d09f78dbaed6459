import AQICore
import HJ212
import Ingest
import Uplink

extension Destination {
    /// Reads one `[[uplink]]`.
    init(_ section: TOMLSection, stations: [Configuration.Station]) throws {
        try section.allow(
            "name", "type", "host", "port", "password", "dialect", "stations", "units", "catch_up_per_minute",
            "send", "realtime_seconds", "reverse_control", "calibration_minutes")
        _ = try section.required("type") { try section.choice($0, of: ["hj212"], named: \.self) }
        let dialect = try section.dialect() ?? .hj212Of2017
        var mns: [String: String] = [:]
        if let table = try section.section("stations") {
            for key in table.keys {
                guard stations.contains(where: { $0.key == key }) else {
                    throw table.error(key, .unknownName(key: "stations", value: key, known: stations.map(\.key)))
                }
                mns[key] = try table.required(key, table.mn)
            }
        }
        guard !mns.isEmpty else { throw section.error("", .missingKey("stations")) }
        var factors: [Factor] = []
        if let units = try section.section("units") {
            for code in units.keys {
                guard let parameter = Dialect.parameter(of: code), let pollutant = parameter.pollutant else {
                    let known = Dialect.codes.filter { Dialect.parameter(of: $0)?.pollutant != nil }
                    throw units.error(code, .notOneOf(key: "units", value: code, allowed: known))
                }
                let allowed = MeasuringUnit.all(for: parameter).filter { !$0.isMixingRatio }
                let unit = try units.required(code) { try units.choice($0, of: allowed, named: \.rawValue) }
                factors.append(Factor(code: code, pollutant: pollutant, places: unit.places(of: parameter)))
            }
        }
        // A unit is never guessed.
        guard !factors.isEmpty else { throw section.error("", .missingKey("units")) }
        self.init(
            name: try section.required("name", section.string), host: try section.required("host", section.string),
            port: try section.required("port") { try section.integer($0, in: 1...65_535) },
            password: try section.required("password", section.string), dialect: dialect, stations: mns,
            factors: factors,
            catchUpPerMinute: try section.integer("catch_up_per_minute", in: 1...6000) ?? 60)
        if section.has("send") {
            sends = Set(
                try section.strings("send").map { text in
                    guard let content = Content(rawValue: text) else {
                        throw section.error(
                            "send", .notOneOf(key: "send", value: text, allowed: Content.allCases.map(\.rawValue)))
                    }
                    return content
                })
        }
        realtimeSeconds = try section.integer("realtime_seconds", in: 30...3600) ?? realtimeSeconds
        allowsReverseControl = try section.bool("reverse_control") ?? false
        calibrationMinutes = try section.integer("calibration_minutes", in: 1...600) ?? calibrationMinutes
    }
}
