import AQICore
import Ingest
import Testing

@testable import aqi_monitor

/// A configuration whose lines from the ninth on are those of one device, and from the eleventh on of its channel.
private func device(_ channel: String, status: String = "unit = 1") throws -> ModbusDevice {
    let text = """
        [[station]]
        key = "A"

        [[bus]]
        name = "one"
        type = "modbus-tcp"
        host = "127.0.0.1"
        [[bus.device]]
          name = "d"
          \(status)
          [[bus.device.channel]]
          \(channel)
        """
    return try #require(try Configuration(toml: text, path: "x").buses.first?.devices.first)
}

private func source(_ channel: String) throws -> ChannelSource { try #require(try device(channel).channels.first) }
private func status(_ status: String) throws -> [StatusSource] {
    try device("parameter = \"so2\"\naddress = 0", status: status).statuses
}

private func problem(_ body: () throws -> some Any) -> ConfigurationError? {
    do {
        let value = try body()
        Issue.record("nothing was thrown: \(value)")
    } catch let error as ConfigurationError {
        return error
    } catch {
        Issue.record("\(error)")
    }
    return nil
}

@Suite("configuration of devices") struct DeviceConfigurationTests {
    @Test func `every key of a channel is read`() throws {
        let source = try source(
            """
            parameter = "co"
            table = "input"
            address = 18
            type = "f64"
            order = "BADC"
            scale = 1e-05
            offset = -0.25
            unit = "ppb"
            missing = [-999, 99.99]
            valid = [-500, 50000.5]
            deadband = 0.5
            """)
        #expect(
            source
                == ChannelSource(
                    channel: Channel(station: 0, parameter: .co),
                    register: Register(table: .input, address: 18, type: .f64, order: .badc),
                    scale: ExactDecimal(billionths: 10_000), offset: ExactDecimal(thousandths: -250),
                    unit: .partsPerBillion, sentinels: [-999_000, 99_990],
                    valid: ExactDecimal(thousandths: -500_000)...ExactDecimal(thousandths: 50_000_500),
                    deadband: ExactDecimal(thousandths: 500)))
    }

    @Test(arguments: [
        ("register = 40019", "table = \"holding\"\naddress = 18"),
        ("register = 30019", "table = \"input\"\naddress = 18"),
        ("register = 400019", "address = 18"), ("register = 365535", "table = \"input\"\naddress = 65534"),
    ])
    func `a register by its number is the same as table and address`(number: String, address: String) throws {
        #expect(try source("parameter = \"so2\"\n\(number)") == source("parameter = \"so2\"\n\(address)"))
    }

    @Test func `the units that a parameter can have`() throws {
        for (parameter, units) in [
            ("pm25", ["ug/m3", "mg/m3"]), ("so2", ["ug/m3", "mg/m3", "ppb", "ppm"]), ("nox", ["ppb"]),
            ("co", ["mg/m3", "ug/m3", "ppm", "ppb"]), ("no", ["ppb"]), ("temperature", ["degC"]), ("humidity", ["%"]),
            ("pressure", ["hPa", "kPa"]), ("wind_speed", ["m/s"]), ("wind_direction", ["deg"]),
        ] {
            for unit in units {
                let read = try source("parameter = \"\(parameter)\"\naddress = 0\nunit = \"\(unit)\"")
                #expect(read.unit?.rawValue == unit)
            }
        }
        #expect(
            problem { try source("parameter = \"pm25\"\naddress = 0\nunit = \"ppb\"") }
                == ConfigurationError(
                    path: "x", line: 14, column: 1,
                    kind: .notOneOf(key: "unit", value: "ppb", allowed: ["ug/m3", "mg/m3"])))
    }

    @Test(arguments: [
        ("register = 40019\naddress = 18", 13, ConfigurationError.Kind.notTogether("register", "address")),
        ("table = \"input\"\nregister = 30019", 14, .notTogether("register", "table")),
        ("register = 10019", 13, .wrongType(key: "register", wanted: "40019 or 30019")),
        ("register = 40000", 13, .wrongType(key: "register", wanted: "40019 or 30019")),
        ("register = 465537", 13, .outOfRange(key: "register", value: 465_537, lowest: 1, highest: 465_536)),
        ("register = 465536", 13, .outOfRange(key: "address", value: 65_535, lowest: 0, highest: 65_534)),
        (
            "type = \"f64\"\naddress = 65533", 14,
            .outOfRange(key: "address", value: 65_533, lowest: 0, highest: 65_532)
        ),
        ("table = \"coils\"\naddress = 1", 13, .notOneOf(key: "table", value: "coils", allowed: ["holding", "input"])),
        ("table = \"input\"", 11, .missingKey("address")),
        ("address = 1\nscale = 0", 14, .wrongType(key: "scale", wanted: "0.1 (above 0)")),
        ("address = 1\nscale = 0.0000000001", 14, .wrongType(key: "scale", wanted: "0.001")),
        ("address = 1\nstep = 0.1", 14, .wrongType(key: "step", wanted: "0.1 (u16, i16, u32, i32)")),
        ("address = 1\ntype = \"u16\"\nstep = 0", 15, .wrongType(key: "step", wanted: "0.1 (u16, i16, u32, i32)")),
        ("address = 1\ntype = \"u16\"\nstep = 1\nscale = 1", 15, .notTogether("step", "scale")),
        ("address = 1\noffset = \"1\"", 14, .wrongType(key: "offset", wanted: "0.001")),
        ("address = 1\noffset = nan", 14, .wrongType(key: "offset", wanted: "0.001")),
        ("address = 1\nmissing = [1, \"x\"]", 14, .wrongType(key: "missing", wanted: "[0.001, ...]")),
        ("address = 1\nmissing = 0.0001", 14, .wrongType(key: "missing", wanted: "-999.999")),
        ("address = 1\nvalid = 5", 14, .wrongType(key: "valid", wanted: "[0, 500]")),
        ("address = 1\nvalid = [5, 5]", 14, .wrongType(key: "valid", wanted: "[0, 500]")),
        ("address = 1\ndeadband = -0.1", 14, .wrongType(key: "deadband", wanted: "0.5 (not below 0)")),
        ("address = 1\nbits = 3", 14, .unknownKey("bits", suggestion: nil)),
    ])
    func `a mistake in a channel is told with line and column`(
        lines: String, line: Int, kind: ConfigurationError.Kind
    ) throws {
        let wanted = ConfigurationError(path: "x", line: line, column: line == 11 ? 3 : 1, kind: kind)
        #expect(problem { try source("parameter = \"so2\"\n\(lines)") } == wanted)
    }

    @Test func `a status is read in all its forms`() throws {
        let one = try status("status = { register = 40005, meanings = { 1 = \"C\" }, normal = 7 }")
        #expect(
            one == [
                StatusSource(
                    register: Register(table: .holding, address: 4, type: .u16),
                    meaning: .number([1: .calibration], normal: 7))
            ])
        let several = try status(
            """
            [[bus.device.status]]
            table = "input"
            address = 60
            type = "u32"
            order = "CDAB"
            mask = 0x0FF0
            shift = 4
            bits = { "4" = "C", "7" = "D" }
            cleared_bits = { "0" = "M" }
            [[bus.device.status]]
            table = "discrete"
            bits = { "15" = "D", "16" = "PZ" }
            [[bus.device.status]]
            register = 10016
            cleared_bits = { "4" = "D" }
            [[bus.device.status]]
            table = "coils"
            address = 3
            bits = { "0" = "F" }
            """)
        #expect(
            several == [
                StatusSource(
                    register: Register(table: .input, address: 60, type: .u32, order: .cdab), mask: 0xFF0, shift: 4,
                    meaning: .bits([
                        .init(4, .calibration), .init(7, .fault), .init(0, .maintenance, whenClear: true),
                    ])),
                StatusSource(
                    register: Register(bit: 0, in: .discreteInputs),
                    meaning: .bits([.init(15, .fault), .init(16, .zeroCheck)])),
                StatusSource(
                    register: Register(bit: 15, in: .discreteInputs),
                    meaning: .bits([.init(4, .fault, whenClear: true)])),
                StatusSource(register: Register(bit: 3, in: .coils), meaning: .bits([.init(0, .stopped)])),
            ])
    }

    @Test(arguments: [
        ("meanings = { \"1\" = \"C\" }", ConfigurationError.Kind.missingKey("address")),
        ("address = 1, type = \"f32\"", .notOneOf(key: "type", value: "f32", allowed: ["u16", "u32"])),
        ("address = 1, bits = { \"16\" = \"C\" }", .outOfRange(key: "16", value: 16, lowest: 0, highest: 15)),
        ("address = 1, bits = { \"x\" = \"C\" }", .wrongType(key: "x", wanted: "number = \"HJ 212 flag\"")),
        ("address = 1, bits = { \"1\" = \"ZZ\" }", .wrongType(key: "1", wanted: "number = \"HJ 212 flag\"")),
        ("address = 1, bits = { \"1\" = \"C\", \"01\" = \"D\" }", .repeated("1")),
        ("address = 1, bits = {}, normal = 1", .notTogether("normal", "bits")),
        ("address = 1, cleared_bits = {}, meanings = {}", .notTogether("meanings", "cleared_bits")),
        ("address = 1, mask = 0x10000", .outOfRange(key: "mask", value: 65_536, lowest: 1, highest: 65_535)),
        ("address = 1, shift = 16", .outOfRange(key: "shift", value: 16, lowest: 0, highest: 15)),
        ("table = \"coils\", address = 1", .missingKey("bits")),
        ("table = \"discrete\", bits = {}, mask = 1", .unknownKey("mask", suggestion: nil)),
        (
            "table = \"discrete\", address = 65535, bits = { \"1\" = \"D\" }",
            .outOfRange(key: "1", value: 1, lowest: 0, highest: 0)
        ),
        ("register = 40005, address = 4", .notTogether("register", "address")),
        ("register = 7", .wrongType(key: "register", wanted: "40019, 30019 or 10019")),
    ])
    func `a mistake in a status is told with its line`(inside: String, kind: ConfigurationError.Kind) throws {
        #expect(
            problem { try status("status = { \(inside) }") }
                == ConfigurationError(path: "x", line: 10, column: 3, kind: kind))
    }

    @Test func `a mistake in one of several statuses is told with its own line`() throws {
        let lines = """
            [[bus.device.status]]
            address = 1
            [[bus.device.status]]
            address = 2
            shift = 99
            """
        #expect(
            problem { try status(lines) }
                == ConfigurationError(
                    path: "x", line: 14, column: 1, kind: .outOfRange(key: "shift", value: 99, lowest: 0, highest: 15)))
    }
}
