import Ingest
import Testing

@testable import aqi_monitor

@Suite("configuration of lines") struct BusConfigurationTests {
    /// A configuration with some buses, each with one device.
    private func read(_ buses: String...) throws -> Configuration {
        var text = "[[station]]\nkey = \"A\"\n"
        for (place, bus) in buses.enumerated() {
            text += """
                [[bus]]
                name = "bus \(place)"
                \(bus)
                  [[bus.device]]
                  name = "device"
                    [[bus.device.channel]]
                    parameter = "\(["so2", "no2", "co", "o3"][place])"
                    address = 0

                """
        }
        return try Configuration(toml: text, path: "x")
    }

    private func mistake(_ buses: String...) -> ConfigurationError.Kind? {
        do {
            switch buses.count {
            case 1: _ = try read(buses[0])
            default: _ = try read(buses[0], buses[1])
            }
            return nil
        } catch {
            return (error as? ConfigurationError)?.kind
        }
    }

    @Test func `every kind of line is read`() throws {
        let buses = try read(
            "type = \"modbus-tcp\"\nhost = \"10.0.0.1\"\ngap_ms = 30\nfill_gaps = false",
            "type = \"modbus-rtu-tcp\"\nhost = \"10.0.0.2\"\nport = 4001",
            "type = \"modbus-rtu-listen\"\nport = 4002\naddress = \"10.0.0.9\"\nregistration = \"DTU-7\"",
            "type = \"modbus-rtu\"\npath = \"/dev/aqi-none\"\ndirection = \"rts-up\""
        ).buses
        #expect(
            buses.map(\.line) == [
                .tcp(host: "10.0.0.1", port: 502), .rtuOverTCP(host: "10.0.0.2", port: 4001),
                .rtuListening(address: "10.0.0.9", port: 4002, registration: "DTU-7"),
                .rtu(path: "/dev/aqi-none", baud: 9600, parity: "N", dataBits: 8, stopBits: 1),
            ])
        #expect(buses[0].options.gapMs == 30 && !buses[0].options.fillsGaps)
        #expect(buses[1].options == ModbusOptions())
        #expect(buses[3].options.direction == .rtsUp)
    }

    @Test func `a listener binds to this machine alone unless an address is named`() throws {
        let line = try read("type = \"modbus-rtu-listen\"\nport = 4002").buses[0].line
        #expect(line == .rtuListening(address: "127.0.0.1", port: 4002, registration: ""))
    }

    @Test func `a speed that would silently be another is refused`() {
        guard
            case .notOneOf("baud", "9601", _)? = mistake("type = \"modbus-rtu\"\npath = \"/dev/ttyS0\"\nbaud = 9601")
        else {
            Issue.record("9601 baud")
            return
        }
    }

    @Test func `what belongs to another kind of line is refused`() {
        #expect(
            mistake("type = \"modbus-rtu-tcp\"\nhost = \"h\"\nport = 1\nbaud = 9600")
                == .unknownKey("baud", suggestion: nil))
        #expect(mistake("type = \"modbus-rtu-tcp\"\nhost = \"h\"") == .missingKey("port"))
    }

    @Test func `two devices of one name on one bus are refused, with the line of the second`() {
        for (bus, second) in [
            ("type = \"modbus-tcp\"\nhost = \"h\"", "unit = 2"),
            ("type = \"serial\"\nprotocol = \"bayern-hessen\"\npath = \"/dev/null\"", "address = 2"),
        ] {
            let device = "[[bus.device]]\nname = \"twin\"\n"
            func channel(_ parameter: String) -> String {
                let place = bus.contains("serial") ? "item = \"#1\"\nunit = \"ug/m3\"" : "address = 0"
                return "[[bus.device.channel]]\nparameter = \"\(parameter)\"\n\(place)\n"
            }
            let first = second.replacing("2", with: "1")
            let head = "[[station]]\nkey = \"A\"\n[[bus]]\nname = \"b\"\n\(bus)\n"
            let text = head + device + first + "\n" + channel("so2") + device + second + "\n" + channel("no2")
            let error = #expect(throws: ConfigurationError.self) { try Configuration(toml: text, path: "x") }
            #expect(error?.kind == .repeated("twin"))
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(error?.line == (lines.lastIndex(of: "name = \"twin\"") ?? 0) + 1)
            #expect(throws: Never.self) {
                try Configuration(toml: text.replacing("twin\"\n\(second)", with: "other\"\n\(second)"), path: "x")
            }
        }
    }

    @Test func `one serial port is not for two buses, by whatever name`() {
        let first = "type = \"modbus-rtu\"\npath = \"/dev/null\""
        #expect(mistake(first, first) == .repeated("/dev/null"))
        #expect(mistake(first, "type = \"modbus-rtu\"\npath = \"/dev/../dev/null\"") == .repeated("/dev/null"))
        #expect(mistake(first, "type = \"modbus-rtu\"\npath = \"/dev/zero\"") == nil)
        let listening = "type = \"modbus-rtu-listen\"\nport = 4002"
        #expect(mistake(listening, listening) == .repeated("127.0.0.1:4002"))
        // A server may have any number of clients.
        let server = "type = \"modbus-tcp\"\nhost = \"h\""
        #expect(mistake(server, server) == nil)
    }

    @Test func `a unit is one device, and a device has a longest request`() throws {
        let text = """
            [[station]]
            key = "A"
            [[bus]]
            name = "bus"
            type = "modbus-tcp"
            host = "h"
              [[bus.device]]
              name = "one"
              unit = 3
              max_registers = 16
                [[bus.device.channel]]
                parameter = "so2"
                address = 0
              [[bus.device]]
              name = "two"
              unit = 3
                [[bus.device.channel]]
                parameter = "no2"
                address = 0
            """
        #expect(throws: ConfigurationError(path: "x", line: 16, column: 3, kind: .repeated("unit 3"))) {
            try Configuration(toml: text, path: "x")
        }
        let good = try Configuration(toml: text.replacing("unit = 3\n  max", with: "unit = 4\n  max"), path: "x")
        #expect(good.buses[0].devices.map(\.maxRegisters) == [16, 125])
    }
}
