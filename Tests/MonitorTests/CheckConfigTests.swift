import Foundation
import TestSupport
import Testing

@Suite("check-config") struct CheckConfigTests {
    private let file: String
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        file = try folder.write(
            "station.toml",
            """
            [monitor]
            store = "air.db"
            [[station]]
            key = "A"
            [[station]]
            key = "B"
            [[bus]]
            name = "rack"
            type = "modbus-tcp"
            host = "10.0.0.5"
              [[bus.device]]
              name = "SO2 analyser"
              station = "B"
              unit = 7
                [[bus.device.channel]]
                parameter = "so2"
                address = 0
                type = "u16"
            [[receive]]
            name = "city"
            type = "hj212"
            port = 9212
            password = "secret"
            units = { a34004 = "ug/m3", a21005 = "mg/m3" }
            [[receive.station]]
            mn = "M1"
            station = "A"
            [[uplink]]
            type = "hj212"
            name = "province"
            host = "platform.example"
            port = 9000
            password = "secret"
            stations = { A = "M2" }
            units = { a34004 = "mg/m3" }
            send = ["minutes", "hours"]
            """)
    }

    @Test func `buses, receivers and uplinks are counted and named, in both languages`() throws {
        let english = try Program.run("check-config", file)
        #expect(english.status == 0, "\(english)")
        #expect(
            english.lines == [
                "\(file): good: 2 stations, 1 bus, 1 device, 1 channel, 1 receiver, 1 uplink",
                "  bus rack, 10.0.0.5:502: SO2 analyser", "  receiver city, 127.0.0.1:9212: 1 station",
                "  uplink province, platform.example:9000: hours, minutes of A",
            ])
        let chinese = try Program.run("check-config", file, "--lang", "zh")
        #expect(chinese.output.contains("1 个接收端，1 个上传目的地"))
        #expect(chinese.output.contains("上传目的地 province，platform.example:9000：A的小时值、分钟值"), "\(chinese)")
    }

    @Test func `as JSON it has the same, and no password`() throws {
        let result = try Program.run("check-config", file, "--json")
        #expect(result.status == 0 && !result.output.contains("secret"))
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let configuration = try #require(object["configuration"] as? [String: Any])
        #expect(configuration["stations"] as? [String] == ["A", "B"])
        let receiver = try #require((configuration["receivers"] as? [[String: Any]])?.first)
        #expect(receiver["at"] as? String == "127.0.0.1:9212" && receiver["stations"] as? [String] == ["M1"])
        let uplink = try #require((configuration["uplinks"] as? [[String: Any]])?.first)
        #expect(uplink["name"] as? String == "province" && uplink["sends"] as? [String] == ["hours", "minutes"])
        let bus = try #require((configuration["buses"] as? [[String: Any]])?.first)
        #expect((bus["devices"] as? [[String: Any]])?.first?["channels"] as? Int == 1)
        let plan = try Program.run("check-config", "national-2024", "--json")
        #expect(plan.status == 0 && plan.output.contains(#""plan":"national-2024","configuration":null"#))
    }

    @Test(arguments: [("response", "nosuch", "nosuch/measures.toml"), ("plan", "./nosuch.toml", "./nosuch.toml")])
    func `a file that a key names and that is not there is told with the place of the key`(
        key: String, value: String, file: String
    ) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("c.toml", "[monitor]\n[warnings]\n\(key) = \"\(value)\"\n")
        let result = try Program.run("check-config", path)
        #expect(result.status == 78 && result.errors.contains("\(path): line 3, column "), "\(result.errors)")
        #expect(result.errors.contains("\"\(key)\" needs the file \(file)"), "\(result.errors)")
        #expect(!result.errors.contains("standard input"), "\(result.errors)")
        let chinese = try Program.run("check-config", path, "--lang", "zh").errors
        #expect(chinese.contains("“\(key)”需要文件 \(file)") && !chinese.contains("标准输入"), "\(chinese)")
    }
}
