import AQICore
import Glibc
import Ingest

extension Configuration.BusLine {
    private static let kinds = ["modbus-tcp", "modbus-rtu", "modbus-rtu-tcp", "modbus-rtu-listen", "serial"]

    /// Reads one `[[bus]]` with its devices.
    init(_ section: TOMLSection, stations: [Configuration.Station], taken: inout Set<Channel>) throws {
        let kind = try section.required("type") { key in
            try section.choice(key, of: Self.kinds, named: \.self)
        }
        name = try section.required("name", section.string)
        line = try ModbusLine(section, kind: kind)
        options.responseTimeoutMs =
            try section.integer("timeout_ms", in: 10...60_000) ?? options.responseTimeoutMs
        options.gapMs = try section.integer("gap_ms", in: 0...10_000)
        options.fillsGaps = !section.isOff("fill_gaps")
        options.direction =
            try section.choice("direction", of: ModbusOptions.DirectionControl.allCases, named: \.rawValue)
            ?? options.direction
        devices = []
        for section in try section.sections("device") {
            let device = try ModbusDevice(section, stations: stations, taken: &taken)
            guard !devices.contains(where: { $0.name == device.name }) else {
                throw section.error("name", .repeated(device.name))
            }
            // Two devices that answer to one address answer at the same time.
            guard !devices.contains(where: { $0.unit == device.unit }) else {
                throw section.error("unit", .repeated("unit \(device.unit)"))
            }
            devices.append(device)
        }
        guard !devices.isEmpty else { throw section.error("", .nothingToDo("[[bus.device]]")) }
    }

    /// What only one bus can have, and the key that stands for it: a serial port, by whatever name, or a port to listen on. nil
    /// where any number can share.
    var claim: (key: String, what: String)? {
        switch line {
        case .rtu(let path, _, _, _, _): ("path", resolved(path))
        case .rtuListening(let address, let port, _): ("port", "\(address):\(port)")
        case .tcp, .rtuOverTCP: nil
        }
    }
}

/// The file behind symbolic links, as those in /dev/serial/by-id; the path itself where there is none yet.
func resolved(_ path: String) -> String {
    // Invariant: realpath returns a NUL-terminated string of its own, which is copied and freed.
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
}

extension ModbusLine {
    /// Reads where a bus of a kind begins, and refuses keys that this kind has not.
    fileprivate init(_ section: TOMLSection, kind: String) throws {
        let common = ["name", "type", "timeout_ms", "gap_ms", "fill_gaps", "device"]
        func host() throws -> String { try section.required("host", section.string) }
        switch kind {
        case "modbus-tcp":
            try section.allow(common + ["host", "port"])
            self = .tcp(host: try host(), port: try section.integer("port", in: 1...65_535) ?? 502)
        case "modbus-rtu-tcp":
            try section.allow(common + ["host", "port"])
            self = .rtuOverTCP(
                host: try host(), port: try section.required("port") { try section.integer($0, in: 1...65_535) })
        case "modbus-rtu-listen":
            try section.allow(common + ["address", "port", "registration"])
            self = .rtuListening(
                // Nobody else's machine can reach this one unless the configuration says by which address.
                address: try section.string("address") ?? "127.0.0.1",
                port: try section.required("port") { try section.integer($0, in: 1...65_535) },
                registration: try section.string("registration") ?? "")
        default:
            try section.allow(common + ["path", "baud", "parity", "data_bits", "stop_bits", "direction"])
            let baud = try section.integer("baud", in: 300...921_600) ?? 9600
            guard ModbusOptions.bauds.contains(baud) else {
                throw section.error(
                    "baud", .notOneOf(key: "baud", value: "\(baud)", allowed: ModbusOptions.bauds.map { "\($0)" }))
            }
            self = .rtu(
                path: try section.required("path", section.string), baud: baud,
                parity: try section.choice("parity", of: ["N", "E", "O"], named: \.self) ?? "N",
                dataBits: try section.integer("data_bits", in: 7...8) ?? 8,
                stopBits: try section.integer("stop_bits", in: 1...2) ?? 1)
        }
    }
}
