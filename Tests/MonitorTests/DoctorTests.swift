import Foundation
import Ingest
import TestSupport
import Testing

/// Is this going to work, and why not.
@Suite("doctor --config", .serialized) struct DoctorTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            var verdict: String
            var subject: String
            var text: String
            var trouble: String?
        }
        var findings: [Finding]

        subscript(subject: String) -> Finding? { findings.first { $0.subject == subject } }
    }

    private func report(_ file: String) throws -> (status: Int32, report: Report) {
        let result = try Program.run("doctor", "--config", file, "--json")
        return (result.status, try JSONDecoder().decode(Report.self, from: Data(result.output.utf8)))
    }

    @Test func `of a running monitor it tells how its devices do, without touching their lines`() throws {
        let running = try RunningMonitor()
        var found = try report(running.file)
        for _ in 0..<100 where found.report["rack: SO2 analyser"]?.verdict != "good" {
            usleep(100_000)
            found = try report(running.file)
        }
        #expect(found.status == 0)
        #expect(found.report["monitor"]?.text.contains("\(running.monitor.processIdentifier)") == true)
        #expect(found.report["rack: SO2 analyser"]?.text.contains("answers; half within") == true)
        #expect(found.report["store"]?.verdict == "good")
        // On a loaded machine an answer may have come too late once.
        #expect(found.report["rack: SO2 analyser"]?.trouble.map { $0 == "timeout" } ?? true)
    }

    @Test func `of a running monitor it tells why a device fails, and why one failed that answers again`() throws {
        let running = try RunningMonitor()
        guard case .tcp(_, let port) = running.simulator.line else { return }
        running.simulator.stop()
        let name = "rack: SO2 analyser"
        var found = try report(running.file)
        for _ in 0..<200 where found.report[name]?.trouble?.hasPrefix("cannotConnect") != true {
            usleep(100_000)
            found = try report(running.file)
        }
        #expect(found.report[name]?.trouble == "cannotConnect \(ECONNREFUSED)")
        #expect(found.report[name]?.text.contains("latest failure: cannot connect (Connection refused)") == true)
        // It answered before; that it is silent now is what counts.
        #expect(found.status == 69 && found.report[name]?.verdict == "bad", "\(found)")
        let chinese = try Program.run("doctor", "--config", running.file, "--lang", "zh").output
        #expect(
            chinese.contains("最近一次失败：") && chinese.contains("正常 配置") && chinese.contains("故障 rack: SO2"), "\(chinese)")
        #expect(
            try Program.run("watch", "--json", "--store", running.store).output.contains(#""trouble":"cannotConnect"#))
        // It answers again; why it failed is still to be known.
        let again = try ModbusSimulator(tcpPort: port, bank: RegisterBank(units: [1]))
        defer { again.stop() }
        func status() throws -> String { try Program.run("watch", "--json", "--store", running.store).output }
        for _ in 0..<300 where try status().contains(#""silent":true"#) { usleep(100_000) }
        let device = try status()
        #expect(device.contains(#""trouble":"cannotConnect"#) && !device.contains("silent"), "\(device)")
        found = try report(running.file)
        #expect(found.status == 0 && found.report[name]?.text.contains("latest failure") == true, "\(found)")
    }

    @Test func `a device that is silent now is bad, however well it did; its calibration is not said to be over`()
        throws
    {
        let running = try RunningMonitor()
        running.simulator.stop()
        let name = "rack: SO2 analyser"
        func list(_ language: String) throws -> String {
            try Program.run("calibration", "list", "--store", running.store, "--lang", language).output
        }
        for _ in 0..<200 where try list("en").contains("measuring") { usleep(100_000) }
        let silent = (try list("en"), try list("zh"))
        #expect(silent.0.hasPrefix("\(name): ") && !silent.0.contains("measuring"), "\(silent)")
        #expect(silent.1.hasPrefix("\(name): ") && !silent.1.contains("测量"), "\(silent)")
        let begun = try Program.run(
            "calibration", "begin", "zero", name, "--store", running.store, "--as", "Li", "--reason", "pump")
        #expect(begun.status == 0, "\(begun.errors)")
        var both = try list("en")
        for _ in 0..<100 where !both.contains("(PZ)") {
            usleep(100_000)
            both = try list("en")
        }
        #expect(both.hasPrefix("\(name): zero gas (PZ): "), "\(both)")
        #expect(try report(running.file).status == 69)
    }

    @Test func `receivers and uplinks are tried, and left as they were`() throws {
        let running = try RunningMonitor(startsIt: false)
        guard case .tcp(_, let taken) = running.simulator.line else { return }
        let free = freePort()
        func write(_ name: String, receiver: Int, platform: Int) throws -> String {
            try running.folder.write(
                name,
                try String(contentsOfFile: running.file, encoding: .utf8) + """

                    [[receive]]
                    name = "city"
                    type = "hj212"
                    port = \(receiver)
                    password = "1"
                    units = { a34004 = "ug/m3" }
                    [[receive.station]]
                    mn = "M1"
                    station = "A"
                    [[uplink]]
                    type = "hj212"
                    name = "province"
                    host = "127.0.0.1"
                    port = \(platform)
                    password = "2"
                    stations = { A = "M2" }
                    units = { a34004 = "mg/m3" }
                    """)
        }
        let good = try write("good.toml", receiver: free, platform: taken)
        for _ in 0..<2 {
            let found = try report(good)
            #expect(found.status == 0 && found.report["receiver city"]?.verdict == "good", "\(found)")
            #expect(found.report["uplink province"]?.text == "127.0.0.1:\(taken): takes the connection", "\(found)")
        }
        let bad = try write("bad.toml", receiver: taken, platform: free)
        let found = try Program.run("doctor", "--config", bad)
        #expect(found.status == 69)
        #expect(
            found.output.contains("BAD  receiver city: 127.0.0.1:\(taken): cannot be listened on (Address"), "\(found)")
        #expect(
            found.output.contains("BAD  uplink province: 127.0.0.1:\(free): cannot connect (Connection refused)"),
            "\(found)")
        let chinese = try Program.run("doctor", "--config", bad, "--lang", "zh").output
        #expect(chinese.contains("故障 接收 city") && chinese.contains("故障 上传 province"), "\(chinese)")
        // A running monitor has the port, and tells of the stations; of the platform it does not tell.
        _ = try write("station.toml", receiver: free, platform: taken)
        try running.start()
        let beside = try report(running.file)
        #expect(beside.report["receiver city"] == nil && beside.report["city: M1"]?.verdict == "bad", "\(beside)")
        #expect(beside.report["uplink province"]?.verdict == "good", "\(beside)")
    }

    @Test func `without one it asks each device itself; a dead one, and a store that cannot be made, are named`() throws
    {
        let running = try RunningMonitor()
        running.stop()
        let whole = try report(running.file)
        #expect(whole.status == 0 && whole.report["rack: SO2 analyser"]?.text.hasPrefix("1 answers") == true)
        running.simulator.stop()
        let text = try String(contentsOfFile: running.file, encoding: .utf8)
        let broken = try running.folder.write(
            "broken.toml", text.replacingOccurrences(of: running.store, with: "/nowhere/air.db"))
        let result = try Program.run("doctor", "--config", broken)
        #expect(result.status == 69)
        #expect(result.output.contains("BAD  rack: SO2 analyser: cannot connect"), "\(result.output)")
        #expect(result.output.contains("BAD  store: /nowhere/air.db"), "\(result.output)")
        #expect(result.errors.contains("does not work: store, rack: SO2 analyser"), "\(result.errors)")
    }

    @Test func `a bad configuration is told as everywhere else`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("bad.toml", "[monitor]\nstor = \"a\"\n")
        let result = try Program.run("doctor", "--config", file)
        #expect(result.status == 78 && result.errors.contains("bad.toml: line 2, column 1"), "\(result.errors)")
        #expect(try Program.run("doctor").status == 64)
    }
}
