import Foundation
import TestSupport
import Testing

@Suite("warnings replay") struct ReplayCommandTests {
    private static let folder = "beijing-12-stations"

    @Test(arguments: ["langfang-2019", "national-2024"], [true, false])
    func `the winter of 2016 gives the expected warnings, twice the same bytes`(plan: String, forecast: Bool) throws {
        guard let data = try SharedData.path(Self.folder) else { return }
        var arguments = ["warnings", "replay", "--plan", plan, "--observed", "\(data)/hourly-2016-12_2017-01.csv"]
        if forecast { arguments += ["--forecast", "\(data)/forecast-perfect.csv"] }
        let first = try Program.run(arguments)
        #expect(first.status == 0)
        #expect(try Program.run(arguments).output == first.output)
        let file = "\(data)/expected-warnings/\(plan).\(forecast ? "forecast" : "no-forecast").jsonl"
        let expected = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        #expect(try first.lines.map(Self.pinned) == expected.map(Self.pinned))
    }

    private struct Pinned: Decodable, Equatable {
        var time: String
        var event: String
        var level: String
        var spell: Int
    }

    private static func pinned(_ line: Substring) throws -> Pinned {
        try JSONDecoder().decode(Pinned.self, from: Data(line.utf8))
    }

    @Test func `an order is a warning until it ends`() throws {
        let folder = try TemporaryFolder()
        let hours = (0..<48).map { hour in
            "city,2026-01-0\(1 + hour / 24)T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00,20,30,5,20,0.5,60"
        }
        let observed = try folder.write(
            "hours.csv", "station,time,pm25,pm10,so2,no2,co,o3\n" + hours.joined(separator: "\n"))
        let events = try folder.write(
            "events.jsonl",
            """
            {"time":"2026-01-01T05:30:00+08:00","type":"order","from":"province","level":"orange"}
            {"time":"2026-01-01T09:00:00+08:00","type":"consent","from":"province","level":"yellow"}
            """)
        let result = try Program.run(
            "warnings", "replay", "--plan", "langfang-2019", "--observed", observed, "--events", events)
        #expect(result.status == 0)
        let line = try #require(result.lines.first)
        #expect(line.contains(#""time":"2026-01-01T06:00:00+08:00","event":"issued","level":"orange""#))
        #expect(line.contains(#""basis":"order","spell":1,"starts":null,"ends":null,"primary":[]"#))
    }

    @Test(arguments: [
        ("nonsense", "line 1"), (#"{"time":"2026-01-01T05:00","type":"party"}"#, "party"),
        (#"{"time":"never","type":"order","from":"province","level":"red"}"#, "never"),
        (#"{"time":"2026-01-01T05:00","type":"order","from":"province","level":"blue"}"#, "blue"),
        (#"{"time":"2026-01-01T05:00","type":"sign","role":"mayor"}"#, "mayor"),
    ])
    func `an event that is none is refused with its line`(event: String, fragment: String) throws {
        let folder = try TemporaryFolder()
        let observed = try folder.write("hours.csv", "station,time,pm25\ncity,2026-01-01T01:00,20\n")
        let events = try folder.write("events.jsonl", event)
        let result = try Program.run(
            "warnings", "replay", "--plan", "langfang-2019", "--observed", observed, "--events", events)
        #expect(result.status == 65)
        #expect(result.errors.contains("line 1") && result.errors.contains(fragment))
        #expect(result.output.isEmpty)
    }
}
