import Foundation
import TestSupport
import Testing

/// From the wire to the store and back: nothing is lost, nothing is added, nothing is rounded on the way.
@Suite("demo: the chain is exact") struct ChainTests {
    private static let table = "beijing-12-stations/hourly-2016-12_2017-01.csv"

    private func demo(_ data: String, store: String, hours: Int) throws -> Program.Result {
        try Program.run(
            "demo", "--data", data, "--station", "Dongsi", "--from", "2016-12-15T00:00:00+08:00", "--hours", "\(hours)",
            "--speed", "max", "--headless", "--store", store)
    }

    @Test func `hours come back as they went in, and indices as compute has them`() throws {
        guard let data = try SharedData.path(Self.table) else { return }
        let folder = try TemporaryFolder()
        let store = folder.file("T.db")
        #expect(try demo(data, store: store, hours: 240).status == 0)

        let input = PlainTable(try String(contentsOfFile: data, encoding: .utf8))
        var hours: [String: [String: String]] = [:]
        for row in input.rows where row["station"] == "Dongsi" { hours[row["time"] ?? ""] = row }
        let exported = PlainTable(try Program.run("export", "hourly", "--store", store).output)
        #expect(exported.rows.count == 240)
        for row in exported.rows {
            let hour = try #require(hours[row["time"] ?? ""])
            for pollutant in ["pm25", "pm10", "so2", "no2", "co", "o3"] {
                #expect(Decimal(string: row[pollutant] ?? "") == Decimal(string: hour[pollutant] ?? ""), "\(row)")
            }
        }

        for report in ["running24", "realtime"] {
            var computed: [Substring: Substring] = [:]
            for line in try Program.run("compute", data, "--report", report).lines where line.hasPrefix("Dongsi,") {
                computed[line.split(separator: ",")[1]] = line
            }
            let indices = try Program.run("export", "index", "--store", store, "--report", report).lines.dropFirst()
            #expect(indices.count == 240)
            // Before the 32nd hour the demo has no history. Realtime has none to begin with, but its notes name the marks
            // that a missing value carries on the wire.
            for line in indices.dropFirst(31) where report == "running24" || line.last == "," {
                #expect(computed[line.split(separator: ",")[1]] == line)
            }
        }
    }

    @Test func `missing hours stay missing, and say why`() throws {
        let folder = try TemporaryFolder()
        let data = try folder.write(
            "hours.csv",
            """
            station,time,pm25,pm10,so2,no2,co,o3
            A,2026-05-01T01:00,10,20,,40,0.5,60
            A,2026-05-01T02:00,,20,5,40,,60.125
            A,2026-05-01T03:00,11.5,20,5,40,0.5,60
            """)
        let store = folder.file("T.db")
        let result = try Program.run(
            "demo", "--data", data, "--speed", "max", "--headless", "--store", store)
        #expect(result.status == 0)
        let rows = PlainTable(try Program.run("export", "hourly", "--store", store).output).rows
        #expect(rows.map { $0["so2"] } == ["", "5", "5"])
        #expect(rows.map { $0["flag_so2"] } == ["D", "", ""])
        #expect(rows.map { $0["pm25"] } == ["10", "", "11.5"])
        #expect(rows.map { $0["flag_pm25"] } == ["", "D", ""])
        #expect(rows.map { $0["o3"] } == ["60", "60.125", "60"])
    }

    @Test func `a second run on the same store continues and does not double`() throws {
        guard let data = try SharedData.path(Self.table) else { return }
        let folder = try TemporaryFolder()
        let (whole, parts) = (folder.file("whole.db"), folder.file("parts.db"))
        #expect(try demo(data, store: whole, hours: 120).status == 0)
        #expect(try demo(data, store: parts, hours: 77).status == 0)
        #expect(try demo(data, store: parts, hours: 120).errors.contains("continues from 2016-12-18 05:00"))
        #expect(try demo(data, store: parts, hours: 120).status == 0)
        try expectEqual(whole, parts)
    }

    @Test func `a run that is killed is continued without loss`() throws {
        guard let data = try SharedData.path(Self.table) else { return }
        let folder = try TemporaryFolder()
        let (whole, parts) = (folder.file("whole.db"), folder.file("parts.db"))
        #expect(try demo(data, store: whole, hours: 120).status == 0)
        let process = try Program.start(
            [
                "demo", "--data", data, "--station", "Dongsi", "--from", "2016-12-15T00:00:00+08:00", "--hours", "120",
                "--speed", "max", "--headless", "--store", parts,
            ], output: folder.file("out"), errors: folder.file("err"))
        Thread.sleep(forTimeInterval: 0.8)
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try demo(data, store: parts, hours: 120).status == 0)
        try expectEqual(whole, parts)
    }

    private func expectEqual(_ left: String, _ right: String) throws {
        for what in [
            ["hourly"], ["index", "--report", "realtime"], ["index", "--report", "running24"],
            ["index", "--report", "daily"], ["warnings"],
        ] {
            let one = try Program.run(["export"] + what + ["--store", left])
            let other = try Program.run(["export"] + what + ["--store", right])
            #expect(!one.output.isEmpty && one.output == other.output, "\(what)")
        }
    }

    @Test func `the same seed plays the same episode, and its warning comes and goes`() throws {
        let folder = try TemporaryFolder()
        let (left, right) = (folder.file("left.db"), folder.file("right.db"))
        for store in [left, right] {
            #expect(
                try Program.run("demo", "--headless", "--speed", "max", "--seed", "7", "--store", store).status == 0)
        }
        try expectEqual(left, right)
        let events = try Program.run("export", "warnings", "--store", left).output
        #expect(events.contains(#""event":"issued""#))
        #expect(events.contains(#""event":"upgraded""#))
        #expect(events.contains(#""event":"lifted""#))
    }
}
