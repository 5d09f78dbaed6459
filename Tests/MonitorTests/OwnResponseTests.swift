import AQICore
import Foundation
import Response
import TestSupport
import Testing
import Warnings

@testable import aqi_monitor

/// A city that is not Langfang.
@Suite("a city's own response") struct OwnResponseTests {
    /// The shipped files with another city, an additional department with a measure, and no radio.
    private func folder(in folder: TemporaryFolder) throws -> String {
        let path = folder.file("response")
        let written = try Program.run("warnings", "measures", "--write", path)
        #expect(written.status == 0, "\(written.errors)")
        func change(_ name: String, _ change: (String) -> String) throws {
            let file = "\(path)/\(name)"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try change(text).write(to: URL(fileURLWithPath: file), atomically: true, encoding: .utf8)
        }
        try change("organisation.toml") {
            $0.replacing("zh = \"廊坊市\"", with: "zh = \"沧州市\"") + """

                [[department]]
                id = "ports"
                zh = "港口部门"
                en = "ports"
                clause = "our own"
                """
        }
        try change("measures.toml") {
            $0 + """

                [[measure]]
                id = "shore-power"
                kind = "mobile-sources"
                from = "orange"
                departments = ["ports"]
                clause = "our own 3"
                zh = "船舶使用岸电"
                en = "Ships use shore power"
                """
        }
        return path
    }

    @Test func `what is written is what is shipped, and never over what is there`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("response")
        #expect(try Program.run("warnings", "measures", "--write", path).status == 0)
        #expect(try ResponsePlan.read(path) == .shipped)
        let again = try Program.run("warnings", "measures", "--write", path)
        #expect(again.status == 73 && again.errors.contains("measures.toml"))
        let good = try Program.run("check-config", path)
        #expect(good.status == 0 && good.output.contains("31 measures"), "\(good)")
        #expect(try Program.run("check-config", path, "--json").output.contains(#""measures":31"#))
    }

    @Test func `a mistake is told with file, line and column; a file that is not there by its name`() throws {
        let folder = try TemporaryFolder()
        let path = try self.folder(in: folder)
        let file = "\(path)/measures.toml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing("departments = [\"ports\"]", with: "departments = [\"harbours\"]").write(
            to: URL(fileURLWithPath: file), atomically: true, encoding: .utf8)
        let bad = try Program.run("check-config", path)
        #expect(bad.status == 78 && bad.errors.contains("\(file):") && bad.errors.contains("harbours"), "\(bad)")
        try FileManager.default.removeItem(atPath: "\(path)/industries.toml")
        let missing = try Program.run("check-config", path)
        #expect(missing.status == 66 && missing.errors.contains("industries.toml"), "\(missing)")
    }

    @Test func `the monitor, its tasks, and what commands show with --config are those of the city`() throws {
        let folder = try TemporaryFolder()
        let configuration = try folder.write(
            "c.toml",
            """
            [warnings]
            response = "\(try self.folder(in: folder))"
            [[station]]
            key = "A"
            [[bus]]
            name = "rack"
            type = "modbus-tcp"
            host = "127.0.0.1"
            port = 1
              [[bus.device]]
              name = "absent"
                [[bus.device.channel]]
                parameter = "so2"
                address = 0
            """)
        let read = try Configuration.read(configuration)
        #expect(read.response.city.name.zh == "沧州市" && read.response.measures.count == 32)
        let desk = ResponseDesk(plan: read.response)
        #expect(desk.parties(at: .orange).contains("ports") && !desk.parties(at: .yellow).contains("ports"))
        let shown = try Program.run(
            "warnings", "measures", "--level", "orange", "--department", "ports", "--config", configuration)
        #expect(shown.output.contains("Ships use shore power (ports; our own 3)"), "\(shown)")
        #expect(try Program.run("warnings", "measures", "--level", "orange", "--department", "ports").status == 64)
    }
}
