import AQICore
import Ingest
import TestSupport
import Testing

@testable import aqi_monitor

@Suite("configuration") struct ConfigurationTests {
    private static let good = """
        [monitor]
        poll_seconds = 10

        [[station]]
        key = "A"
        not_monitored = ["co"]
        [[station]]
        key = "B"
        name = "二号站"

        [[bus]]
        name = "one"
        type = "modbus-tcp"
        host = "127.0.0.1"
          [[bus.device]]
          name = "first"
          station = "B"
          unit = 7
          status = { address = 4, meanings = { "1" = "C" } }
            [[bus.device.channel]]
            parameter = "so2"
            address = 2
            type = "u16"
            step = 0.1
            missing = -999
        [[bus]]
        name = "two"
        type = "modbus-rtu"
        path = "/dev/ttyS0"
          [[bus.device]]
          name = "second"
            [[bus.device.channel]]
            parameter = "pm25"
            address = 0
            order = "CDAB"
        """

    @Test func `everything that is written is read`() throws {
        let configuration = try Configuration(toml: Self.good, path: "good.toml")
        #expect(configuration.pollSeconds == 10 && configuration.settleSeconds == 5)
        #expect(configuration.stations.map(\.name) == ["A", "二号站"])
        #expect(configuration.stations[0].notMonitored.contains(.co))
        #expect(configuration.buses[0].line == .tcp(host: "127.0.0.1", port: 502))
        #expect(
            configuration.buses[1].line
                == .rtu(path: "/dev/ttyS0", baud: 9600, parity: "N", dataBits: 8, stopBits: 1))
        let device = configuration.buses[0].devices[0]
        #expect(device.unit == 7 && device.statuses.map { $0.flag(1) } == [.calibration])
        #expect(device.statuses.map { $0.flag(2) } == [.fault])
        #expect(
            device.channels == [
                ChannelSource(
                    channel: Channel(station: 1, parameter: .so2),
                    register: Register(table: .holding, address: 2, type: .u16),
                    scale: ExactDecimal(thousandths: 100), sentinels: [-999_000])
            ])
        #expect(configuration.buses[1].devices[0].channels[0].register.order == .cdab)
    }

    @Test func `the example that comes with the program is good`() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        #expect(throws: Never.self) { try Configuration.read("/\(root)/etc/aqi-monitor.toml") }
    }

    @Test(arguments: [
        ("poll_seconds = 10", "poll_secs = 10", 2, 1, ConfigurationError.Kind.unknownKey("poll_secs", suggestion: nil)),
        ("poll_seconds = 10", "poll_second = 10", 2, 1, .unknownKey("poll_second", suggestion: "poll_seconds")),
        (
            "poll_seconds = 10", "poll_seconds = 0", 2, 1,
            .outOfRange(key: "poll_seconds", value: 0, lowest: 1, highest: 60)
        ),
        ("poll_seconds = 10", "poll_seconds = \"10\"", 2, 1, .wrongType(key: "poll_seconds", wanted: "1")),
        ("key = \"B\"", "key = \"A\"", 8, 1, .repeated("A")),
        ("host = \"127.0.0.1\"\n", "\n", 11, 1, .missingKey("host")),
        ("station = \"B\"", "station = \"C\"", 17, 3, .unknownName(key: "station", value: "C", known: ["A", "B"])),
        ("unit = 7", "unit = 248", 18, 3, .outOfRange(key: "unit", value: 248, lowest: 1, highest: 247)),
        (
            "order = \"CDAB\"", "order = \"CADB\"", 35, 5,
            .notOneOf(key: "order", value: "CADB", allowed: ["ABCD", "CDAB", "BADC", "DCBA"])
        ),
        ("name = \"two\"", "name = \"one\"", 27, 1, .repeated("one")),
    ])
    func `a mistake is told with line and column`(
        what: String, mistake: String, line: Int, column: Int, kind: ConfigurationError.Kind
    ) throws {
        let text = Self.good.replacing(what, with: mistake, maxReplacements: 1)
        #expect(throws: ConfigurationError(path: "bad.toml", line: line, column: column, kind: kind)) {
            try Configuration(toml: text, path: "bad.toml")
        }
    }

    @Test func `text that is no TOML is told with line and column`() {
        #expect {
            try Configuration(toml: "[monitor]\npoll_seconds = = 3\n", path: "bad.toml")
        } throws: { error in
            guard let error = error as? ConfigurationError, case .syntax = error.kind else { return false }
            return error.line == 2 && error.column > 1
        }
    }

    @Test func `two channels for one parameter of one station are refused`() throws {
        let text = Self.good.replacing("parameter = \"pm25\"", with: "parameter = \"so2\"")
            .replacing("name = \"second\"", with: "name = \"second\"\nstation = \"B\"")
        #expect(throws: ConfigurationError(path: "x", line: 34, column: 5, kind: .repeated("B so2"))) {
            try Configuration(toml: text, path: "x")
        }
    }
}
