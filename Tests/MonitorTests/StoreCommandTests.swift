import Foundation
import TestSupport
import Testing

@Suite("query, import, backup, doctor, store") struct StoreCommandTests {
    private static let table = """
        station,time,pm25,pm10,so2,no2,co,o3
        A,2026-05-01T01:00,10,20,3,40,0.5,60
        A,2026-05-01T02:00,11,21,,41,0.6,61
        B,2026-05-01T02:00,200,220,3,41,0.6,61

        """

    private func imported(_ folder: TemporaryFolder) throws -> String {
        let store = folder.file("air.db")
        let result = try Program.run("import", try folder.write("t.csv", Self.table), "--store", store)
        #expect(result.status == 0, "\(result.errors)")
        return store
    }

    @Test func `an imported table comes out as it went in, and its indices as compute has them`() throws {
        guard let data = try SharedData.path("langfang-2020") else { return }
        let folder = try TemporaryFolder()
        let files = try FileManager.default.contentsOfDirectory(atPath: data).filter { $0.hasSuffix(".csv") }.sorted()
        let source = try #require(files.first { $0.contains("hourly") } ?? files.first)
        let full = try String(contentsOfFile: "\(data)/\(source)", encoding: .utf8).split(separator: "\n")
        let csv = try folder.write("t.csv", full.prefix(1500).joined(separator: "\n") + "\n")
        let store = folder.file("air.db")
        let computed = try Program.run("compute", csv, "--report", "running24")
        guard computed.status == 0 else {
            Issue.record("\(source): \(computed.errors)")
            return
        }
        #expect(try Program.run("import", csv, "--store", store).status == 0)
        let exported = try Program.run("export", "index", "--report", "running24", "--store", store).lines
        let all = Set(computed.lines)
        #expect(exported.count > 100 && exported.allSatisfy(all.contains))
    }

    @Test func `the same table twice changes nothing; another value is a revision`() throws {
        let folder = try TemporaryFolder()
        let store = try imported(folder)
        let again = try Program.run("import", folder.file("t.csv"), "--store", store)
        #expect(again.errors.contains("0 of them new or changed"))
        let counts = "SELECT (SELECT count(*) FROM revision) AS r, (SELECT count(*) FROM outbox) AS o"
        #expect(try Program.run("query", "--store", store, "--sql", counts, "--json").output == "{\"r\":0,\"o\":3}\n")
        let other = try folder.write("o.csv", Self.table.replacingOccurrences(of: ",10,20,", with: ",12,20,"))
        #expect(try Program.run("import", other, "--store", store).errors.contains("1 of them new or changed"))
        let revisions = try Program.run(
            "query", "--store", store, "--json", "--sql",
            "SELECT reason, json_extract(body, '$.pm25') AS was FROM revision WHERE subject = 'hourly'")
        #expect(revisions.output == "{\"reason\":\"import\",\"was\":10000}\n")
    }

    @Test func `query shows hours with their index, and takes SQL that only reads`() throws {
        let folder = try TemporaryFolder()
        let store = try imported(folder)
        let hours = try Program.run("query", "--store", store, "--station", "B")
        #expect(hours.lines.count == 2 && hours.output.contains("2026-05-01 02:00"), "\(hours)")
        let chinese = try Program.run("query", "--store", store, "--station", "B", "--lang", "zh")
        #expect(
            chinese.output.hasPrefix("站点") && chinese.lines[0].contains("PM2.5") && chinese.lines[0].hasSuffix("标记"))
        let byDate = try Program.run("query", "--store", store, "--from", "2026-05-01", "--to", "2026-05-01")
        #expect(byDate.lines.count == 4)
        let change = try Program.run("query", "--store", store, "--sql", "DELETE FROM hourly")
        #expect(change.status == 64 && change.errors.contains("only reads"), "\(change)")
        #expect(try Program.run("export", "hourly", "--store", store, "--station", "C").errors.contains("it has A, B"))
        #expect(try Program.run("export", "warnings", "--store", store, "--station", "A").status == 64)
        #expect(try Program.run("export", "hourly", "--store", try folder.write("e.db", "")).status == 66)
    }

    @Test func `a backup is the store, and replaces nothing`() throws {
        let folder = try TemporaryFolder()
        let store = try imported(folder)
        let copy = folder.file("copy.db")
        #expect(try Program.run("backup", "--store", store, copy).status == 0)
        #expect(
            try Program.run("export", "hourly", "--store", copy).output
                == Program.run("export", "hourly", "--store", store).output)
        #expect(try Program.run("backup", "--store", store, copy).status == 73)
        #expect(try Program.run("store", "compact", copy).status == 0)
        #expect(try Program.run("export", "hourly", "--store", copy).lines.count == 4)
    }

    @Test func `doctor tells a damaged store from a sound one, and salvage saves what can be read`() throws {
        let folder = try TemporaryFolder()
        let store = folder.file("air.db")
        let labels = ISO8601DateFormatter()
        var text = "station,time,pm25,pm10,so2,no2,co,o3\n"
        for hour in 0..<4000 {
            let label = labels.string(from: Date(timeIntervalSince1970: Double((493_611 + hour) * 3600)))
            text += "A,\(label),\(hour % 90),20,3,40,0.5,60\n"
        }
        #expect(try Program.run("import", try folder.write("t.csv", text), "--store", store).status == 0)
        let sound = try Program.run("doctor", "--store", store, "--json")
        #expect(sound.status == 0 && sound.output.contains("\"sound\":true"), "\(sound)")
        let whole = try Program.run("export", "hourly", "--store", store).lines.count
        // A page in the middle of the file.
        let handle = try #require(FileHandle(forUpdatingAtPath: store))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: size / 2 / 4096 * 4096)
        handle.write(Data(repeating: 0xA5, count: 4096))
        try handle.close()
        #expect(try Program.run("doctor", "--store", store).status == 65)
        let saved = folder.file("saved.db")
        #expect(try Program.run("store", "salvage", store, saved).status == 0)
        #expect(try Program.run("doctor", "--store", saved).status == 0)
        #expect(try Program.run("export", "hourly", "--store", saved).lines.count >= whole - 100)
    }
}
