import AQICore
import Foundation
import TestSupport
import Testing

@testable import Ingest
@testable import aqi_monitor

/// A moment at which 298.15 K holds.
private let noon = Instant(seconds: 1_700_000_000)

/// The readings of a device whose registers are laid out by hand; what is not laid out is 0.
private func readings(
    _ device: ModbusDevice, _ words: [(RegisterTable, Int, [UInt16])], at time: Instant = noon
) -> [Parameter: Concentration] {
    var tables: [RegisterTable: [UInt16]] = [:]
    for table in RegisterTable.allCases { tables[table] = [UInt16](repeating: 0, count: 4000) }
    for (table, address, registers) in words {
        tables[table]?.replaceSubrange(address..<address + registers.count, with: registers)
    }
    var answer = RegisterDecoder.answer(of: device) { register in
        tables[register.table].map { (0, $0, time) }
    }
    answer.readings.mark(answer.flag)
    return Dictionary(uniqueKeysWithValues: answer.readings.map { ($0.channel.parameter, $0.value) })
}

/// A configuration with one device.
private func configuration(_ device: String) throws -> Configuration {
    try Configuration(
        toml: """
            [[station]]
            key = "A"
            [[bus]]
            name = "one"
            type = "modbus-tcp"
            host = "127.0.0.1"
            \(device)
            """, path: "x")
}

private func device(profile: String, _ more: String = "") throws -> ModbusDevice {
    let text = "[[bus.device]]\nname = \"d\"\nprofile = \"\(profile)\"\n\(more)"
    return try #require(try configuration(text).buses.first?.devices.first)
}

@Suite("device profiles") struct ProfileTests {
    @Test(arguments: ShippedProfile.all.map(\.name))
    func `every profile that is shipped can be read, and says where it comes from and what is not verified`(
        name: String
    ) throws {
        let shipped = try #require(ShippedProfile.all.first { $0.name == name })
        let profile = try DeviceProfile(shipped)
        #expect(profile.name == name && !profile.maker.isEmpty && !profile.source.isEmpty)
        // Nobody has tried any of them on a device.
        #expect(profile.unverified?.isEmpty == false)
        let parameters = profile.channels.map(\.source.rule.channel.parameter)
        #expect(Set(parameters).count == parameters.count)
        for channel in profile.channels { #expect(channel.source.unit != nil, "the unit is always said") }
    }

    @Test func `the files of the folder and the list of the program are the same`() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let folder = "/\(root)/Sources/Ingest/Profiles"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(files) == Set(ShippedProfile.all.map { "\($0.name).toml" }))
        for shipped in ShippedProfile.all {
            #expect(try String(contentsOfFile: "\(folder)/\(shipped.name).toml", encoding: .utf8) == shipped.text)
        }
    }

    // Registers by shared/domain/analysers.md. 50 ppb are 4248 0000, 12.5 4148 0000, 20.25 41A2 0000, 33.5 4206 0000,
    // 1.5 ppm 3FC0 0000, 15 µg/m³ 4170 0000, 22.5 41B4 0000; by 24.4654037 L/mol 98.094, 32.732, 38.079, 62.994 µg/m³
    // and 1.717 mg/m³.
    @Test(
        arguments: [
            ("thermo-42i", [(.holding, 2, [0, 0x41A2]), (.holding, 4, [0, 0x4206])], [.no2: 38_079, .nox: 62_994]),
            ("thermo-43i", [(.holding, 0, [0, 0x4148])], [.so2: 32_732]),
            ("thermo-49i", [(.holding, 0, [0, 0x4248])], [.o3: 98_094]),
            ("thermo-49iq", [(.holding, 2100, [0, 0x4248])], [.o3: 98_094]),
            ("thermo-5030i-pm25", [(.holding, 1, [0, 0x4170])], [.pm25: 15_000]),
            ("thermo-5030i-pm10", [(.holding, 1, [0, 0x4170])], [.pm10: 15_000]),
            ("teledyne-t101", [(.input, 34, [0x4148, 0])], [.so2: 32_732]),
            ("teledyne-t300", [(.input, 18, [0x3FC0, 0])], [.co: 1717]),
            ("teledyne-t400", [(.input, 18, [0x4248, 0])], [.o3: 98_094]),
            ("teledyne-t640", [(.input, 6, [0x41B4, 0]), (.input, 8, [0x4170, 0])], [.pm25: 15_000, .pm10: 22_500]),
            ("teledyne-n500", [(.input, 12, [0x41A2, 0]), (.input, 76, [0x4206, 0])], [.no2: 38_079, .nox: 62_994]),
            (
                "saimosen-no2", [(.holding, 2, [0, 0x41A2]), (.holding, 4, [0, 0x4206])], [.no2: 38_079, .nox: 62_994]
            ),
            ("saimosen-co", [(.holding, 0, [0, 0x3FC0])], [.co: 1717]),
            ("saimosen-o3", [(.holding, 0, [0, 0x4248])], [.o3: 98_094]),
        ] as [(String, [(RegisterTable, Int, [UInt16])], [Parameter: Int32])])
    func `registers laid out by hand read as they should`(
        name: String, words: [(RegisterTable, Int, [UInt16])], wanted: [Parameter: Int32]
    ) throws {
        let device = try device(profile: name)
        #expect(readings(device, words) == wanted.mapValues { Concentration(thousandths: $0) })
        // In any other order of bytes the same registers are something else.
        for order in ByteOrder.allCases where device.channels.allSatisfy({ $0.register.order != order }) {
            var other = device
            for place in other.channels.indices { other.channels[place].register.order = order }
            #expect(readings(other, words).values.allSatisfy { !wanted.values.contains($0.packed) }, "\(order)")
        }
    }

    @Test func `every profile with channels has its registers laid out above`() throws {
        let withChannels = try ShippedProfile.all.filter { try !DeviceProfile($0).channels.isEmpty }
        #expect(withChannels.count == 14)
    }

    @Test func `gases follow the reference state of their time`() throws {
        let device = try device(profile: "thermo-49iq")
        let words = [(RegisterTable.holding, 2100, [0, 0x4248] as [UInt16])]
        // 2018-08-31T23:59:59+08:00: 273.15 K still.
        let before = Instant(seconds: 1_535_731_199)
        #expect(readings(device, words, at: before) == [.o3: Concentration(thousandths: 107_072)])
        #expect(readings(device, words, at: before + 1) == [.o3: Concentration(thousandths: 98_094)])
    }

    @Test func `the bits of a T100 are flags`() throws {
        let device = try device(
            profile: "teledyne-t100",
            "[[bus.device.channel]]\nparameter = \"so2\"\ntable = \"input\"\naddress = 200\nunit = \"ppb\"")
        let so2 = (RegisterTable.input, 200, [0x4148, 0] as [UInt16])
        func flag(_ bits: [UInt16]) -> Concentration? { readings(device, [so2, (.discreteInputs, 15, bits)])[.so2] }
        #expect(flag([0, 0, 0, 0, 0]) == Concentration(thousandths: 32_732))
        #expect(flag([0, 0, 0, 0, 1]) == Concentration(thousandths: 32_732))
        #expect(flag([0, 1, 0, 0, 0]) == .missing(.zeroCalibration))
        #expect(flag([0, 0, 1, 0, 0]) == .missing(.spanCalibration))
        #expect(flag([0, 0, 0, 1, 0]) == .missing(.calibration))
        #expect(flag([0, 0, 1, 1, 1]) == .missing(.spanCalibration))
        #expect(flag([1, 1, 1, 1, 1]) == .missing(.fault))
    }

    @Test(arguments: ["saimosen-no2", "saimosen-co", "saimosen-o3"])
    func `the state of a Saimosen analyser is a flag`(name: String) throws {
        let device = try device(profile: name)
        for (state, flag) in [(1, .zeroCalibration), (2, .spanCalibration), (3, .fault)] as [(UInt16, DataFlag)] {
            #expect(readings(device, [(.holding, 1006, [state])]).values.allSatisfy { $0 == .missing(flag) })
        }
        #expect(readings(device, []).values.allSatisfy { $0 == Concentration(thousandths: 0) })
    }
}

@Suite("profiles in a configuration") struct ProfileConfigurationTests {
    @Test func `a device takes some of a profile's channels, changes one and adds one`() throws {
        let device = try device(
            profile: "thermo-42i",
            """
            parameters = ["no2"]
            [[bus.device.channel]]
            parameter = "no2"
            order = "ABCD"
            scale = 2
            [[bus.device.channel]]
            parameter = "o3"
            register = 30019
            """)
        let no2 = try #require(device.channels.first)
        #expect(device.channels.map(\.rule.channel.parameter) == [.no2, .o3])
        #expect(no2.register == Register(table: .holding, address: 2, type: .f32, order: .abcd))
        #expect(no2.unit == .partsPerBillion && no2.scale == ExactDecimal(thousandths: 2000))
        #expect(device.channels[1].register == Register(table: .input, address: 18, type: .f32))
    }

    @Test func `a device's own status replaces that of its profile, an empty one takes it away`() throws {
        #expect(try device(profile: "saimosen-o3").statuses.count == 1)
        #expect(try device(profile: "saimosen-o3", "status = []").statuses.isEmpty)
        let own = try device(profile: "saimosen-o3", "status = { address = 7, normal = 5 }")
        #expect(own.statuses.map(\.register.address) == [7])
    }

    @Test(arguments: [
        ("profile = \"thermo-49\"", "profile", 9),
        ("profile = \"thermo-42i\"\nparameters = [\"co\"]", "parameters", 10),
    ])
    func `a name that nothing bears is told with its line`(text: String, key: String, line: Int) throws {
        #expect {
            try configuration("[[bus.device]]\nname = \"d\"\n\(text)")
        } throws: { error in
            guard let error = error as? ConfigurationError, case .unknownName(key, _, let known) = error.kind else {
                return false
            }
            return error.line == line && error.column == 1 && !known.isEmpty
        }
    }

    @Test func `what a profile cannot give is told: no channels, no profile, a parameter twice`() throws {
        func error(_ text: String) -> ConfigurationError? {
            do {
                _ = try configuration(text)
                return nil
            } catch {
                return error as? ConfigurationError
            }
        }
        #expect(
            error("[[bus.device]]\nname = \"d\"\nprofile = \"acoem-serinus\"")
                == ConfigurationError(path: "x", line: 7, column: 1, kind: .nothingToDo("[[bus.device.channel]]")))
        #expect(
            error("[[bus.device]]\nname = \"d\"\nparameters = [\"o3\"]")
                == ConfigurationError(path: "x", line: 9, column: 1, kind: .missingKey("profile")))
        let twice = (1...2).map { "[[bus.device]]\nname = \"\($0)\"\nprofile = \"thermo-43i\"" }.joined(separator: "\n")
        #expect(error(twice) == ConfigurationError(path: "x", line: 12, column: 1, kind: .repeated("A so2")))
    }

    @Test(arguments: ShippedProfile.all.map(\.name))
    func `what profiles NAME prints is a device with the profile's channels`(name: String) throws {
        let shipped = try #require(ShippedProfile.all.first { $0.name == name })
        let profile = try DeviceProfile(shipped)
        // A configuration of a serial line reads its own (SerialConfigurationTests).
        guard profile.serial == nil else { return }
        var text = profile.asDevice.joined(separator: "\n")
        #expect(text.contains("[[bus.device]]") && !text.contains("\t"))
        if profile.channels.isEmpty {
            text += "\n  [[bus.device.channel]]\n  parameter = \"so2\"\n  address = 30"
        }
        let device = try #require(try configuration(text).buses.first?.devices.first)
        #expect(device.name == name && device.unit == 1)
        #expect(profile.channels.isEmpty || device.channels == profile.channels.map(\.source))
        #expect(device.statuses == profile.statuses)
    }
}

@Suite("aqi-monitor profiles") struct ProfilesCommandTests {
    @Test func `the list names every profile with its source and what is unverified`() throws {
        let result = try Program.run("profiles")
        #expect(result.status == 0 && result.errors.isEmpty)
        for shipped in ShippedProfile.all { #expect(result.lines.contains { $0.hasPrefix("\(shipped.name)  ") }) }
        #expect(result.lines.filter { $0.hasPrefix("    source: ") }.count == ShippedProfile.all.count)
        #expect(result.lines.filter { $0.hasPrefix("    unverified: ") }.count == ShippedProfile.all.count)
        #expect(try Program.run("profiles", "--lang", "zh").output.contains("    未验证："))
    }

    @Test func `with --json there is one line a profile`() throws {
        let result = try Program.run("profiles", "--json")
        #expect(result.lines.count == ShippedProfile.all.count)
        let names = try result.lines.map { line in
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            return object["name"] as? String
        }
        #expect(names == ShippedProfile.all.map(\.name))
        #expect(
            try Program.run("profiles", "--json", "saimosen-o3").output.contains(
                #""line":{"baud":9600,"parity":"N","dataBits":8,"stopBits":1,"pollSeconds":5}"#))
    }

    @Test func `a name is printed as a section that check-config takes`() throws {
        let folder = try TemporaryFolder()
        let section = try Program.run("profiles", "thermo-49iq").output
        let file = try folder.write(
            "station.toml",
            "[[station]]\nkey = \"A\"\n[[bus]]\nname = \"b\"\ntype = \"modbus-tcp\"\nhost = \"h\"\n\(section)")
        #expect(try Program.run("check-config", file).status == 0)
    }

    @Test func `a name that there is not is wrong usage, and the names are told`() throws {
        let result = try Program.run("profiles", "thermo")
        #expect(result.status == 64 && result.output.isEmpty && result.errors.contains("thermo-49iq"))
    }

    @Test func `two keys of which one must go are told in words`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "bad.toml",
            """
            [[station]]
            key = "A"
            [[bus]]
            name = "b"
            type = "modbus-tcp"
            host = "h"
              [[bus.device]]
              name = "d"
                [[bus.device.channel]]
                parameter = "o3"
                register = 40019
                address = 18
            """)
        let result = try Program.run("check-config", file)
        #expect(result.status == 78)
        #expect(result.errors.contains("line 11, column 5: \"register\" and \"address\" cannot stand together"))
    }
}
