import Foundation
import TestSupport
import Testing
import Warnings

@testable import aqi_monitor

/// Plans are data.
@Suite("Warning plans") struct PlanTests {
    private static func shipped(_ name: String) throws -> String {
        try #require(ShippedPlan.all.first { $0.name == name }).text
    }

    @Test func `every plan that is shipped can be read, bears the name of its file, and names its clauses`() throws {
        #expect(WarningPlan.shipped.map(\.name) == ShippedPlan.all.map(\.name))
        for plan in WarningPlan.shipped {
            for clause in plan.rules.map(\.clause) + [plan.heavyAbove.clause, plan.lift.clause, plan.issueAhead.clause]
            {
                #expect(!clause.isEmpty)
            }
        }
    }

    @Test func `the plans say what the contract says`() throws {
        let langfang = try #require(WarningPlan.shipped.first)
        #expect(langfang.base == 200 && langfang.lift.value == 36 && langfang.issueAhead.value == 72)
        #expect(langfang.emergency == .init(level: .yellow, hourAbove: 300, aheadAbove: 200, clause: "四(二)"))
        #expect(langfang.rules.map(\.level) == [.red, .red, .orange, .yellow])
        #expect(
            langfang.rules.map(\.conditions) == [
                [.days(above: 200, atLeast: 4), .days(above: 300, atLeast: 2), .aheadAbove(300)], [.aheadReaching(500)],
                [.days(above: 200, atLeast: 3)], [.days(above: 200, atLeast: 2)],
            ])
        let national = try #require(WarningPlan.shipped.last)
        #expect(national.base == 150 && national.lift.value == 36 && national.issueAhead.value == 72)
        #expect(national.rules.map(\.level) == [.red, .orange, .orange, .yellow, .yellow])
        #expect(
            national.rules.map(\.conditions) == [
                [.days(above: 200, atLeast: 3), .days(above: 300, atLeast: 1), .aheadAbove(300)],
                [.days(above: 200, atLeast: 2)], [.days(above: 150, atLeast: 3)], [.days(above: 200, atLeast: 1)],
                [.days(above: 150, atLeast: 2)],
            ])
    }

    /// What is changed in langfang-2019, the line that is named, and a part of what is said.
    private static let mistakes: [(String, String, Int, String)] = [
        ("at_least = 3 } ]", "at_least = 5 } ]", 47, "days"),
        ("at_least = 2 } ]\nclause", "at_least = 4 } ]\nclause", 50, "never comes to bear"),
        ("days = [ { above = 200, at_least = 3 } ]", "ahead_reaching = 500", 45, "never comes to bear"),
        ("level = \"orange\"", "level = \"purple\"", 46, "purple"),
        ("level = \"orange\"", "level = \"red\"", 1, "orange"),
        ("heavy_above = 200", "heavy_above = 250", 34, "above"),
        ("heavy_above = 200", "heavy_above = 501", 8, "501"),
        ("clean_hours = 36", "clean_hours = 0", 19, "clean_hours"),
        ("clean_hours = 36", "clean_hour = 36", 19, "clean_hours"),
        ("ahead_reaching = 500", "ahead_reaching = 501", 42, "501"),
        ("[emergency]\nlevel = \"yellow\"", "[emergency]\nlevel = 7", 24, "level"),
        ("name = \"langfang-2019\"", "", 1, "name"),
    ]

    @Test(arguments: mistakes.indices)
    func `a plan that cannot be is refused with its line`(place: Int) throws {
        let (old, new, line, part) = Self.mistakes[place]
        let text = try Self.shipped("langfang-2019")
        #expect(text.contains(old), "the plan has changed")
        let folder = try TemporaryFolder()
        let file = try folder.write("own.toml", text.replacingOccurrences(of: old, with: new))
        let result = try Program.run("check-config", file)
        #expect(result.status == 78 && result.errors.contains("line \(line), column 1"), "\(result.errors)")
        #expect(result.errors.contains(part), "\(result.errors)")
    }

    @Test(arguments: ["en", "zh"]) func `a plan is explained in words, each rule with its clause`(language: String)
        throws
    {
        let folder = try TemporaryFolder()
        let file = try folder.write("own.toml", try Self.shipped("langfang-2019"))
        let result = try Program.run("check-config", file, "--lang", language)
        #expect(result.status == 0 && result.lines.count == 9)
        for part in ["200", "300", "500", "36", "72"] { #expect(result.output.contains(part)) }
        for line in result.lines.dropFirst() { #expect(line.contains("四(")) }
        #expect(try Program.run("check-config", "national-2024").output.contains("环大气"))
    }

    @Test func `a city's own file decides, in replay and in a configuration`() throws {
        guard let data = try SharedData.path("beijing-12-stations") else { return }
        let folder = try TemporaryFolder()
        let own = try folder.write("own.toml", try Self.shipped("langfang-2019"))
        let hours = "\(data)/hourly-2016-12_2017-01.csv"
        let shipped = try Program.run("warnings", "replay", "--plan", "langfang-2019", "--observed", hours)
        #expect(shipped.lines.count > 10)
        #expect(try Program.run("warnings", "replay", "--plan", own, "--observed", hours).output == shipped.output)
        // Yellow after three days, orange after four: something else comes out.
        let mild = try Self.shipped("langfang-2019").replacingOccurrences(
            of: "at_least = 3 } ]", with: "at_least = 4 } ]")
        let other = try folder.write("mild.toml", mild)
        #expect(try Program.run("warnings", "replay", "--plan", other, "--observed", hours).output != shipped.output)

        let configuration = """
            [warnings]
            plan = "\(other)"
            areas = ["三河市"]
            [[person]]
            name = "张三"
            roles = ["deputyDirector", "deputyCommander"]
            [[station]]
            key = "A"
            [[bus]]
            name = "one"
            type = "modbus-tcp"
            host = "127.0.0.1"
              [[bus.device]]
              name = "first"
                [[bus.device.channel]]
                parameter = "so2"
                address = 2
            """
        let read = try Configuration(toml: configuration, path: "c.toml")
        #expect(read.plan.rules[2].conditions == [.days(above: 200, atLeast: 4)] && read.areas == ["三河市"])
        #expect(read.people == [Person(name: "张三", roles: [.deputyDirector, .deputyCommander])])
        #expect(
            throws: ConfigurationError(
                path: "c.toml", line: 6, column: 1,
                kind: .notOneOf(key: "roles", value: "mayor", allowed: Role.allCases.map(\.rawValue)))
        ) {
            try Configuration(
                toml: configuration.replacingOccurrences(of: "\"deputyCommander\"", with: "\"mayor\""), path: "c.toml")
        }
    }
}
