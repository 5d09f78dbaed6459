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
            \(RunningOffice.silentBus)
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

    @Test(arguments: [
        ("measures.toml", "[[measure]]", "[[measures]]", "measures"),
        ("organisation.toml", "[[channel]]", "[[nothing]]", "nothing"),
        ("industries.toml", "number = 2\n", "number = 1\n", "1"),
    ])
    func `a response that would be silent where somebody must act is refused`(
        name: String, old: String, new: String, said: String
    ) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("response")
        #expect(try Program.run("warnings", "measures", "--write", path).status == 0)
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacing(old, with: new).write(to: file, atomically: true, encoding: .utf8)
        let result = try Program.run("check-config", path)
        #expect(result.status == 78 && result.errors.contains(said), "\(result)")
    }

    @Test func `a file that is not UTF-8 is refused`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("response")
        #expect(try Program.run("warnings", "measures", "--write", path).status == 0)
        // 措施 in GBK.
        try Data([0x7A, 0x68, 0x20, 0x3D, 0x20, 0x22, 0xB4, 0xEB, 0xCA, 0xA9, 0x22]).write(
            to: URL(fileURLWithPath: "\(path)/measures.toml"))
        #expect(try Program.run("check-config", path).status == 78)
    }

    @Test func `documents name the areas of the configuration; an area that nobody has is refused`() throws {
        let plan = ResponsePlan.shipped
        #expect(plan.limited(to: ["三河市", "Xianghe", "无"]).areas.count == 2)
        #expect(plan.limited(to: []).areas == plan.areas && plan.limited(to: ["无"]).areas == plan.areas)
        let unknown = try Program.run("warnings", "measures", "--level", "orange", "--area", "Foo")
        #expect(unknown.status == 64 && unknown.errors.contains("三河市"), "\(unknown)")
        #expect(try Program.run("warnings", "measures", "--level", "orange", "--area", "Sanhe").status == 0)
    }
}
