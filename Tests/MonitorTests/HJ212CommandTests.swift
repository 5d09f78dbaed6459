import Foundation
import HJ212
import Ingest
import TestSupport
import Testing
import Uplink

@testable import aqi_monitor

@Suite("hj212") struct HJ212CommandTests {
    private static let packet =
        "##0317QN=20191018104952418;ST=22;CN=2011;PW=123456;MN=ZX00001;Flag=5;CP=&&DataTime=20191018104900;"
        + "a34002-Rtd=30,a34002-Flag=N;a34004-Rtd=25,a34004-Flag=N;a01001-Rtd=13.5,a01001-Flag=N;a01002-Rtd=43.8,a01002-Flag=N;"
        + "a01008-Rtd=30,a01008-Flag=N;a01007-Rtd=3.5,a01007-Flag=N;a34001-Rtd=132,a34001-Flag=N;LA-Rtd=66.8,LA-Flag=N&&AF01"

    @Test func `a packet is a line of JSON`() throws {
        let result = try Program.run(
            ["hj212", "decode", "--strict", "--json", "-"], input: "noise\n" + Self.packet + "\r\n")
        #expect(result.status == 0)
        #expect(
            result.output.hasPrefix(
                #"{"ok":true,"crc":"annex-a","length":"ok","mn":"ZX00001","st":22,"cn":2011,"qn":"20191018104952418","#
                    + #""flag":5,"dataTime":"2019-10-18T10:49:00+08:00","values":{"a34002":{"Rtd":"30","flag":"N"},"#))
        #expect(result.output.hasSuffix(#""LA":{"Rtd":"66.8","flag":"N"}},"problems":[]}"# + "\n"))
        #expect(result.errors.contains("1 packets, 0 of them refused; 6 bytes between them skipped"))
    }

    @Test func `what the standard has not is refused strictly, and named`() throws {
        let input = Self.packet.replacing("AF01", with: "af01") + "\n"
        let lenient = try Program.run(["hj212", "decode", "--json"], input: input)
        #expect(lenient.output.contains(#""ok":true"#) && lenient.output.contains(#""problems":["crc-lower-case"]"#))
        let strict = try Program.run(["hj212", "decode", "--json", "--strict"], input: input)
        #expect(strict.output.contains(#""ok":false"#))
    }

    @Test func `a packet cannot steer the terminal`() throws {
        let result = try Program.run(["hj212", "decode"], input: "##0030ST=22;CN=2011;MN=\u{1B}[2J;CP=&&&&0000\n")
        #expect(!result.output.contains("\u{1B}") && result.output.hasPrefix("--"))
    }

    private static let head = """
        [monitor]
        store = "air.db"
        [[station]]
        key = "A"

        """

    @Test func `stations and platforms are read from a configuration`() throws {
        let configuration = try Configuration(
            toml: Self.head + """
                [[receive]]
                type = "hj212"
                port = 9212
                password = "1"
                units = { a34004 = "ug/m3", a21005 = "mg/m3" }
                [[receive.station]]
                mn = "M1"
                station = "A"
                [[uplink]]
                type = "hj212"
                name = "province"
                host = "h"
                port = 1
                password = "2"
                stations = { A = "M2" }
                units = { a34004 = "mg/m3" }
                send = ["minutes", "realtime"]
                realtime_seconds = 60
                reverse_control = true
                """, path: "t")
        let receiver = try #require(configuration.receivers.first)
        #expect(receiver.address == "127.0.0.1" && receiver.stations[0].channels.count == 2)
        #expect(receiver.stations[0].password == "1")
        #expect(configuration.uplinks[0].factors.map(\.places) == [6])
        #expect(configuration.uplinks[0].stations == ["A": "M2"])
        #expect(configuration.uplinks[0].sends == [.minutes, .realtime])
        #expect(configuration.uplinks[0].realtimeSeconds == 60 && configuration.uplinks[0].allowsReverseControl)
        #expect(!receiver.rules.allowsReverseControl)
    }

    @Test(arguments: [
        (
            "units = { a34004 = \"ug/m3\" }", "units = { a34004 = \"kg\" }",
            ConfigurationError.Kind.notOneOf(key: "a34004", value: "kg", allowed: ["ug/m3", "mg/m3"]), 9
        ),
        ("units = { a34004 = \"ug/m3\" }", "", .missingKey("units"), 10),
        ("station = \"A\"", "station = \"B\"", .unknownName(key: "station", value: "B", known: ["A"]), 12),
        ("password = \"1\"", "", .missingKey("password"), 10),
        ("mn = \"M1\"", "mn = \"\"", .notAnMN(key: "mn"), 11),
        ("mn = \"M1\"", "mn = \"M;1\"", .notAnMN(key: "mn"), 11),
        ("port = 9212", "prt = 9212", .unknownKey("prt", suggestion: "port"), 7),
    ])
    func `a mistake is told with its line`(text: String, wrong: String, kind: ConfigurationError.Kind, line: Int) throws
    {
        let good =
            Self.head + """
                [[receive]]
                type = "hj212"
                port = 9212
                password = "1"
                units = { a34004 = "ug/m3" }
                [[receive.station]]
                mn = "M1"
                station = "A"
                """
        let error = #expect(throws: ConfigurationError.self) {
            try Configuration(toml: good.replacing(text, with: wrong), path: "t")
        }
        #expect(error?.kind == kind)
        #expect(error?.line == line)
    }

    @Test func `a simulated city comes back to a centre that was away, and says how often`() throws {
        let folder = try TemporaryFolder()
        let port = freePort()
        let address = ["--port", "\(port)"]
        func text(_ name: String) throws -> String { try String(contentsOfFile: folder.file(name), encoding: .utf8) }
        /// Waits until a centre has heard both stations.
        func listen(_ name: String) throws -> Process {
            let centre = try Program.start(
                ["hj212", "listen"] + address, output: folder.file(name), errors: folder.file("\(name).err"))
            for _ in 0..<200 where try !text(name).contains("127.0.0.1:") { usleep(50_000) }
            return centre
        }
        func wait(_ name: String) throws {
            for _ in 0..<400 {
                let heard = try text(name)
                if heard.contains("AQISIM00000000"), heard.contains("AQISIM00000001") { return }
                usleep(50_000)
            }
            Issue.record("not heard: \(try text(name))")
        }
        let refused = try Program.run(["simulate", "hj212"] + address)
        #expect(refused.status == 69 && refused.errors.contains("127.0.0.1:\(port): nobody listens there"))
        let chinese = try Program.run(["simulate", "hj212", "--lang", "zh"] + address)
        #expect(chinese.errors.contains("没有程序在监听") && !chinese.errors.contains("波特率"), "\(chinese.errors)")

        let first = try listen("first")
        let city = try Program.start(
            ["simulate", "hj212", "--stations", "2", "--every", "0.2s", "--json"] + address,
            output: folder.file("city"), errors: folder.file("city.err"))
        defer { city.terminate() }
        try wait("first")
        kill(first.processIdentifier, SIGKILL)
        first.waitUntilExit()
        let second = try listen("second")
        defer { second.terminate() }
        try wait("second")
        city.terminate()
        city.waitUntilExit()
        let counts = try #require(
            try JSONSerialization.jsonObject(with: Data(try text("city").utf8)) as? [String: NSNumber])
        #expect(counts["reconnected"] == 2 && counts["lost"] == 2, "\(counts)")
    }

    @Test func `a simulated city is heard, acknowledged and told by run`() async throws {
        let folder = try TemporaryFolder()
        let port = freePort()
        let file = try folder.write(
            "c.toml",
            """
            [monitor]
            store = "\(folder.file("air.db"))"
            [[station]]
            key = "A"
            [[receive]]
            type = "hj212"
            port = \(port)
            password = "123456"
            units = { a34004 = "ug/m3" }
            [[receive.station]]
            mn = "AQISIM00000000"
            station = "A"
            """)
        let run = try Program.start(
            ["run", "--config", file], output: folder.file("out"), errors: folder.file("err"))
        defer { run.terminate() }
        var result: Program.Result?
        for _ in 0..<50 {
            result = try Program.run(
                "simulate", "hj212", "--port", "\(port)", "--stations", "2", "--every", "0.2s", "--for", "1s", "--json")
            if result?.status == 0 { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        run.terminate()
        run.waitUntilExit()
        let counts = try #require(
            try JSONSerialization.jsonObject(with: Data((result?.output ?? "").utf8)) as? [String: NSNumber])
        // The second station is none of ours.
        let (sent, acknowledged) = (counts["sent"]?.intValue ?? 0, counts["acknowledged"]?.intValue ?? 0)
        #expect(acknowledged > 1 && acknowledged <= sent / 2 + 1)
        let log = try String(contentsOfFile: folder.file("err"), encoding: .utf8)
        #expect(log.contains("AQISIM00000000 is connected"))
        #expect(log.contains("AQISIM00000001 is no station of the configuration"))
        #expect(run.terminationStatus == 0)
    }
}
