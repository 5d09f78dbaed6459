import AQICore
import Ingest
import Testing

@testable import aqi_monitor

/// The section `[quality]`: everything in it is optional, and `false` switches a rule off.
@Suite("configuration of suspect values") struct QualityConfigurationTests {
    private static let good = """
        [quality]
        pm25_above_pm10 = 2.5
        no2_above_nox = false
          [quality.so2]
          lowest = -1.5
          highest = 600
          noise = 2
          flat_hours = 4
          flat_tolerance = 0.25
          spike_step = 80
          spike_factor = 1.5
          [quality.o3]
          flat_hours = false
          highest = false
          noise = false
          spike_step = false

        """

    private func read(_ text: String) throws -> QualityThresholds { try QualityThresholds(toml: text, path: "q.toml") }

    @Test func `what is written is read, the rest stays as the program has it`() throws {
        let read = try read(Self.good)
        var wanted = QualityThresholds.standard
        wanted.pm25AbovePM10 = 2500
        wanted.no2AboveNOx = nil
        wanted[.so2].lowest = -1500
        wanted[.so2].highest = 600_000
        wanted[.so2].noise = 2000
        wanted[.so2].flatHours = 4
        wanted[.so2].flatTolerance = 250
        wanted[.so2].spikeStep = 80_000
        wanted[.so2].spikeFactor = 1500
        wanted[.o3].flatHours = nil
        wanted[.o3].highest = nil
        wanted[.o3].noise = nil
        wanted[.o3].spikeStep = nil
        #expect(read == wanted)
    }

    @Test func `a file without the section has the thresholds of the program`() throws {
        #expect(try read("") == .standard)
        #expect(try read("[quality]\n") == .standard)
        #expect(try read("[monitor]\npoll_seconds = 5\n[[station]]\nkey = \"A\"\n") == .standard)
    }

    @Test func `the thresholds of a configuration are those of the monitor`() throws {
        let station = """
            [[station]]
            key = "A"
            [[bus]]
            name = "one"
            type = "modbus-tcp"
            host = "127.0.0.1"
              [[bus.device]]
              name = "NOx analyser"
                [[bus.device.channel]]
                parameter = "nox"
                address = 2
            """
        let configuration = try Configuration(toml: Self.good + station, path: "q.toml")
        #expect(configuration.quality == (try read(Self.good)))
        #expect(configuration.buses[0].devices[0].channels[0].channel == Channel(station: 0, parameter: .nox))
    }

    @Test func `the thresholds in the example are those of the program`() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let example = try Configuration.read("/\(root)/etc/aqi-monitor.toml")
        #expect(example.quality == .standard)
    }

    @Test(arguments: [
        ("noise = 2\n", "nois = 2\n", 7, 3, ConfigurationError.Kind.unknownKey("nois", suggestion: "noise")),
        ("[quality.so2]", "[quality.so3]", 4, 3, .unknownKey("so3", suggestion: "so2")),
        ("pm25_above_pm10 = 2.5", "pm25_above_pm10 = true", 2, 1, .wrongType(key: "pm25_above_pm10", wanted: "0.001")),
        ("pm25_above_pm10 = 2.5", "pm25_above_pm10 = \"2\"", 2, 1, .wrongType(key: "pm25_above_pm10", wanted: "0.001")),
        (
            "pm25_above_pm10 = 2.5", "pm25_above_pm10 = 0.0001", 2, 1,
            .wrongType(key: "pm25_above_pm10", wanted: "0.001")
        ),
        ("noise = 2\n", "noise = -2\n", 7, 3, .wrongType(key: "noise", wanted: "2.5 (not below 0)")),
        (
            "flat_hours = 4", "flat_hours = 1", 8, 3,
            .outOfRange(key: "flat_hours", value: 1, lowest: 2, highest: 24)
        ),
        (
            "flat_hours = 4", "flat_hours = 25", 8, 3,
            .outOfRange(key: "flat_hours", value: 25, lowest: 2, highest: 24)
        ),
        ("flat_hours = 4", "flat_hours = 4.5", 8, 3, .wrongType(key: "flat_hours", wanted: "1")),
        ("flat_tolerance = 0.25", "flat_tolerance = false", 9, 3, .wrongType(key: "flat_tolerance", wanted: "0.001")),
        (
            "spike_factor = 1.5", "spike_factor = -1", 11, 3,
            .wrongType(key: "spike_factor", wanted: "2.5 (not below 0)")
        ),
        (
            "highest = 600", "highest = -1.5", 6, 3,
            .wrongType(key: "highest", wanted: "lowest = 0, highest = 1000")
        ),
        ("[quality]\n", "[qualty]\n", 1, 1, .unknownKey("qualty", suggestion: "quality")),
    ])
    func `a mistake is told with line and column`(
        what: String, mistake: String, line: Int, column: Int, kind: ConfigurationError.Kind
    ) throws {
        var text = Self.good.replacing(what, with: mistake, maxReplacements: 1)
        if mistake.hasPrefix("[qualty]") { text = "[qualty]\npm25_above_pm10 = 2.5\n" }
        #expect(throws: ConfigurationError(path: "q.toml", line: line, column: column, kind: kind)) { try read(text) }
    }
}
