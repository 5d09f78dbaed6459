import Foundation
import TestSupport
import Testing

@testable import aqi_monitor

@Suite("hj212 send") struct HJ212SendTests {
    @Test
    func `a person asks a station through the running monitor, and makes it do something only where that is enabled`()
        async throws
    {
        let folder = try TemporaryFolder()
        let (open, closed) = (freePort(), freePort())
        func receiver(_ port: Int, _ mn: String, _ key: String, _ more: String = "") -> String {
            """
            [[receive]]
            name = "\(key)"
            type = "hj212"
            port = \(port)
            password = "123456"
            units = { a34004 = "ug/m3" }
            \(more)
            [[receive.station]]
            mn = "\(mn)"
            station = "\(key)"

            """
        }
        let file = try folder.write(
            "c.toml",
            """
            [monitor]
            store = "\(folder.file("air.db"))"
            [[station]]
            key = "A"
            [[station]]
            key = "B"

            """ + receiver(open, "AQISIM00000000", "A", "reverse_control = true")
                + receiver(closed, "AQISIM00000000", "B"))
        let run = try Program.start(
            ["run", "--config", file], output: folder.file("out"), errors: folder.file("err"))
        defer { run.terminate() }
        func send(_ arguments: String...) throws -> Program.Result {
            try Program.run(
                ["hj212", "send", "AQISIM00000000"] + arguments
                    + ["--config", file, "--as", "Li", "--reason", "weekly check"])
        }
        // Nobody is there yet: who was asked is not in the trail either.
        var early: Program.Result?
        for _ in 0..<100 {
            early = try send("time", "--receiver", "A")
            if early?.errors.contains("is not connected") ?? false { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(early?.status == 69)
        let cities = try [open, closed].map {
            try Program.start(
                ["simulate", "hj212", "--port", "\($0)", "--stations", "1", "--every", "0.2s", "--for", "10m"],
                output: folder.file("city\($0)"), errors: folder.file("cityErrors\($0)"))
        }
        defer { for city in cities { city.terminate() } }
        var time: Program.Result?
        for _ in 0..<100 {
            time = try send("time", "--receiver", "A")
            if time?.status == 0 { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(time?.output.hasPrefix("AQISIM00000000: 20") == true, "\(String(describing: time))")
        #expect(
            try send("realtime-interval", "--receiver", "A", "--json").output
                == #"{"mn":"AQISIM00000000","command":1061,"value":"1"}"# + "\n")
        #expect(try send("calibrate", "a21026", "--receiver", "A").status == 0)
        let unknown = try send("calibrate", "a2102", "--receiver", "A")
        #expect(
            unknown.status == 65 && unknown.errors.contains("no factor a2102; it has a01001, "), "\(unknown.errors)")
        #expect(try send("sample", "PM25", "--receiver", "A").errors.contains("a34004"))
        // The simulated station has the newest whole hour.
        let hours = try send("hours", "2020-01-01T00:00:00+08:00", "2099-01-01T00:00:00+08:00", "--receiver", "A")
        #expect(hours.status == 0 && hours.output.contains("sent 1 records with "), "\(hours)")
        let none = try send("hours", "2020-01-01T00:00:00+08:00", "2020-01-02T00:00:00+08:00", "--receiver", "A")
        #expect(none.output == "AQISIM00000000 sent nothing of that time\n", "\(none)")
        let json = try send(
            "minutes", "2020-01-01T00:00:00+08:00", "2099-01-01T00:00:00+08:00", "--receiver", "A", "--json")
        #expect(
            json.output.contains(#""command":2051,"value":null,"records":1,"values":"#)
                && json.output.contains(#""through":"20"#), "\(json)")
        #expect(try send("password", "123456", "--receiver", "A").errors.contains("write it into the configuration"))
        for _ in 0..<100 {
            if try send("time", "--receiver", "B").status == 0 { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        let refused = try send("calibrate", "a21026", "--receiver", "B")
        #expect(refused.status == 78 && refused.errors.contains("reverse_control = true"))
        #expect(try send("time").status == 65)
        #expect(try send("realtime-interval", "5", "--receiver", "A").status == 64)
        // The monitor says how its senders do once a second.
        var report = ""
        for _ in 0..<100 {
            report = try Program.run("doctor", "--config", file).output
            if report.contains("ok   A: AQISIM00000000: ") { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(report.contains("ok   A: AQISIM00000000: "))
        for city in cities { city.terminate() }
        run.terminate()
        run.waitUntilExit()
        let audit = try Program.run(
            "query", "--store", folder.file("air.db"), "--sql", "SELECT person, subject, after, reason FROM audit")
        #expect(audit.output.contains("Li (") && audit.output.contains("station A: AQISIM00000000"))
        #expect(audit.output.contains("CN=3011 PolId=a21026") && audit.output.contains("weekly check"))
        // A password is nobody's business.
        #expect(audit.output.contains("CN=1072") && !audit.output.contains("123456"))
        #expect(!audit.output.contains("station B: AQISIM00000000,CN=3011"))
    }
}
