import Foundation
import Ingest
import TestSupport
import Testing

/// Each mistake gives one clear message, the exit code of the contract, and leaves nothing behind.
@Suite("bad input") struct BadInputTests {
    private func expect(
        _ result: Program.Result, _ status: Int32, _ fragments: String...,
        at location: SourceLocation = #_sourceLocation
    ) {
        #expect(result.status == status, sourceLocation: location)
        for fragment in fragments {
            #expect(result.errors.contains(fragment), "\(result.errors)", sourceLocation: location)
        }
        // One message, no stack trace.
        #expect(result.errors.split(separator: "\n").count <= 5, "\(result.errors)", sourceLocation: location)
        #expect(!result.errors.contains("Fatal error"), sourceLocation: location)
        #expect(result.output.isEmpty, sourceLocation: location)
    }

    @Test func `a file that is missing`() throws {
        expect(try Program.run("compute", "/nowhere/hours.csv"), 66, "/nowhere/hours.csv", "no such file")
    }

    @Test func `a column that is missing`() throws {
        expect(try Program.run("compute", "-", input: "place,time\nA,2026-01-01T01:00\n"), 65, "line 1", "\"station\"")
    }

    @Test func `a number that is not one`() throws {
        let input = "station,time,pm25\nA,2026-01-01T01:00,12\nA,2026-01-01T02:00,1e3\n"
        expect(try Program.run("compute", "-", input: input), 65, "line 3", "pm25", "1e3")
        let lenient = try Program.run("compute", "-", "--lenient", input: input)
        #expect(lenient.status == 0 && lenient.errors.contains("1 values"))
    }

    @Test func `an output that cannot be written leaves no file`() throws {
        let folder = try TemporaryFolder()
        let input = "station,time,pm25\nA,2026-01-01T01:00,12\n"
        expect(try Program.run("compute", "-", "-o", folder.file("no/such/folder.csv"), input: input), 73, "no/such")
        expect(try Program.run("compute", "-", "-o", folder.file("out.csv"), input: "x"), 65, "station")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test(arguments: [
        ["compute"], ["compute", "-", "--report", "weekly"], ["compute", "-", "--not-monitored", "xenon"],
        ["demo", "--speed", "0"], ["demo", "--for", "soon"], ["demo", "--from", "2026-01-01T00:30"],
        ["export", "hourly"], ["warnings", "replay", "--plan", "mine", "--observed", "x"], ["dance"],
        ["compute", "-", "--lang", "fr"],
    ])
    func `a command line that makes no sense`(arguments: [String]) throws {
        let result = try Program.run(arguments + (arguments.first == "demo" ? ["--headless"] : []))
        #expect(result.status == 64, "\(arguments): \(result.errors)")
        #expect(!result.errors.isEmpty)
    }

    @Test func `a port in use`() throws {
        let folder = try TemporaryFolder()
        let holder = try ModbusSimulator(tcpPort: 0, bank: RegisterBank(units: [1]))
        defer { holder.stop() }
        guard case .tcp(_, let port) = holder.line else { return }
        let store = folder.file("T.db")
        expect(try Program.run("demo", "--headless", "--port", "\(port)", "--store", store), 69, "port \(port)")
        #expect(!FileManager.default.fileExists(atPath: store))
    }

    @Test func `a store that is no database, or of another program, stays as it is`() throws {
        let folder = try TemporaryFolder()
        let text = try folder.write("notes.db", String(repeating: "these are my notes\n", count: 100))
        expect(try Program.run("demo", "--headless", "--store", text), 65, "notes.db", "not an SQLite database")
        #expect(try String(contentsOfFile: text, encoding: .utf8).hasPrefix("these are my notes"))
        expect(try Program.run("export", "hourly", "--store", folder.file("none.db")), 66, "none.db")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["notes.db"])
    }

    @Test func `a store that another writer holds`() throws {
        let folder = try TemporaryFolder()
        let store = folder.file("T.db")
        let writer = try Program.start(
            ["demo", "--headless", "--store", store, "--speed", "60"], output: folder.file("out"),
            errors: folder.file("err"))
        defer { writer.terminate() }
        while !FileManager.default.fileExists(atPath: store + "-wal") { Thread.sleep(forTimeInterval: 0.01) }
        expect(
            try Program.run("demo", "--headless", "--store", store), 69, "process \(writer.processIdentifier)",
            "stop that one first")
    }

    @Test func `a store beside which no socket can lie`() throws {
        let folder = try TemporaryFolder()
        let store = folder.file(String(repeating: "x", count: 100) + ".db")
        expect(try Program.run("demo", "--headless", "--store", store), 78, "more than 107 bytes", "shorter")
        let file = try folder.write(
            "c.toml", "[monitor]\nstore = \"\(store)\"\n[[station]]\nkey = \"A\"\n" + RunningOffice.silentBus)
        expect(try Program.run("run", "--config", file), 78, "more than 107 bytes", "shorter")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["c.toml"])
    }

    @Test func `a screen without a terminal`() throws {
        expect(try Program.run("demo"), 64, "--headless")
    }

    @Test func `Chinese is spoken where LANG or the command line asks for it`() throws {
        let byOption = try Program.run("compute", "/nowhere.csv", "--lang", "zh")
        #expect(byOption.status == 66 && byOption.errors.contains("文件不存在"))
        let byLocale = try Program.run(["compute", "/nowhere.csv"], environment: ["LANG": "zh_CN.UTF-8"])
        #expect(byLocale.errors == byOption.errors)
    }

    @Test func `text from a file cannot steer the terminal`() throws {
        let input = "station,time,pm25\nA,2026-01-01T01:00,\u{1B}[2J\u{1B}]0;owned\u{07}\n"
        let result = try Program.run("compute", "-", input: input)
        #expect(result.status == 65 && !result.errors.contains("\u{1B}") && result.errors.contains("?[2J"))
    }
}
