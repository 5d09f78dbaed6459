import AQICore
import Ingest
import Testing

@testable import aqi_monitor

@Suite("configuration of serial lines") struct SerialConfigurationTests {
    private func read(_ bus: String, _ devices: String) throws -> Configuration {
        try Configuration(
            toml: "[[station]]\nkey = \"A\"\n[[bus]]\nname = \"b\"\ntype = \"serial\"\n\(bus)\n\(devices)", path: "x")
    }

    private func mistake(_ bus: String, _ devices: String) -> ConfigurationError? {
        do {
            _ = try read(bus, devices)
            return nil
        } catch {
            return error as? ConfigurationError
        }
    }

    private let port =
        "protocol = \"bayern-hessen\"\npath = \"/dev/aqi-none\"\nbaud = 4800\nparity = \"E\"\nsettle_ms = 700"
    private func device(_ more: String, name: String = "d") -> String {
        "[[bus.device]]\nname = \"\(name)\"\n\(more)\n"
    }

    @Test func `a line, its instruments and what selects their values are read`() throws {
        let bus = try #require(
            try read(
                port,
                device("address = 1\nprofile = \"teledyne-t200-bh\"")
                    + device(
                        "address = 2\nchecksum = false\n[[bus.device.channel]]\nparameter = \"so2\"\nitem = \"#1\"\nunit = \"ppb\"\n[[bus.device.status]]\nitem = \"#1.status\"\nbits = { \"2\" = \"CZ\" }",
                        name: "e")
            ).serialBuses.first)
        #expect(
            bus.line
                == .port(
                    path: "/dev/aqi-none", baud: 4800, parity: "E", dataBits: 8, stopBits: 1, direction: .automatic))
        #expect(bus.kind == .bayernHessen && bus.options.settleMs == 700)
        #expect(bus.devices[0].channels.map(\.item.text) == ["213", "211"] && bus.devices[0].isChecked)
        #expect(bus.devices[0].statuses.count == 2)
        #expect(bus.devices[1].address == 2 && !bus.devices[1].isChecked)
        #expect(bus.devices[1].channels.map(\.rule.unit) == [.partsPerBillion])
    }

    @Test func `what is wrong is said, with its line`() throws {
        let channel = "[[bus.device.channel]]\nparameter = \"so2\"\nitem = "
        #expect(
            mistake(port, device(channel + "\"o3\""))?.kind == .wrongType(key: "item", wanted: BayernHessen.itemExample)
        )
        #expect(mistake(port, device(channel + "\"o3\""))?.line == 15)
        #expect(
            mistake(port, device(channel + "\"211\"") + device("address = 2\n" + channel + "\"212\"", name: "e"))?.kind
                == .missingKey("address"))
        #expect(mistake(port, device("unit = 5\n" + channel + "\"211\""))?.kind == .unknownKey("unit", suggestion: nil))
        let profile = mistake(port, device("profile = \"thermo-49iq\""))?.kind
        guard case .unknownName(_, _, let known) = profile else {
            Issue.record("\(String(describing: profile))")
            return
        }
        #expect(known.contains("teledyne-t200-bh") && !known.contains("thermo-49i-clink"))
        let line = "protocol = \"line\"\npath = \"/dev/aqi-none\""
        #expect(
            mistake(line, device("answer = '(?<x'\n" + channel + "\"x\""))?.kind
                == .wrongType(key: "answer", wanted: "'O3=(?<o3>[-0-9.]+)'"))
        #expect(mistake(line, device("answer = '(?<y>.)'\n" + channel + "\"x\""))?.kind == .missingKey("(?<x>...)"))
        #expect(mistake(line, device("address = 1\nanswer = '(?<x>.)'\n" + channel + "\"x\"")) != nil)
        #expect(mistake("protocol = \"morse\"\npath = \"/dev/aqi-none\"", "") != nil)
    }

    @Test func `two buses cannot have one port, whatever they speak`() {
        let channel = "[[bus.device.channel]]\nparameter = \"so2\"\nitem = \"211\""
        let other =
            "[[bus]]\nname = \"c\"\ntype = \"modbus-rtu\"\npath = \"/dev/aqi-none\"\n[[bus.device]]\nname = \"m\"\n[[bus.device.channel]]\nparameter = \"o3\"\naddress = 0"
        #expect(mistake(port, device(channel) + other)?.kind == .repeated("/dev/aqi-none"))
    }

    @Test(arguments: ShippedProfile.all.map(\.name))
    func `every serial profile says its unit, and is a device that can be asked or listens`(name: String) throws {
        let shipped = try #require(ShippedProfile.all.first { $0.name == name })
        let profile = try DeviceProfile(shipped)
        guard let serial = profile.serial, !serial.channels.isEmpty else { return }
        #expect(serial.channels.allSatisfy { $0.rule.unit != nil })
        let bus = try read(
            "protocol = \"\(serial.kind.name)\"\npath = \"/dev/aqi-none\"", device("profile = \"\(name)\"")
        ).serialBuses[0]
        #expect(bus.devices[0].channels.count == serial.channels.count)
        #expect(serial.kind.dialect.requests(for: bus.devices[0]).isEmpty == serial.kind.isStream)
        // What `profiles NAME` prints is the same device.
        let printed = profile.asDevice.joined(separator: "\n")
        let copied = try read("protocol = \"\(serial.kind.name)\"\npath = \"/dev/aqi-none\"", printed).serialBuses[0]
        #expect(copied.devices[0].channels == bus.devices[0].channels)
        #expect(copied.devices[0].statuses == bus.devices[0].statuses)
        #expect(copied.devices[0].isChecked == bus.devices[0].isChecked)
    }
}
