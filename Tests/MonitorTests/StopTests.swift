import Foundation
import Glibc
import Ingest
import TestSupport
import Testing

/// SIGTERM while the program waits for devices that will not answer.
@Suite("run: stopping") struct StopTests {
    @Test func `SIGTERM in the middle of a poll of dead devices ends the program within a second`() throws {
        let folder = try TemporaryFolder()
        // A listener that nobody accepts from: the system takes the connections, and nothing is ever answered.
        let (listener, port) = listenOnLoopback(port: 0)
        defer { close(listener) }
        let terminal = try Pseudoterminal()
        var text = "[[station]]\nkey = \"A\"\n"
        for (place, line) in [
            "type = \"modbus-tcp\"\nhost = \"127.0.0.1\"\nport = \(port)",
            "type = \"modbus-rtu\"\npath = \"\(terminal.path)\"",
            "type = \"modbus-rtu-listen\"\nport = 47123",
            "type = \"modbus-tcp\"\nhost = \"192.0.2.1\"",
        ].enumerated() {
            text += "[[bus]]\nname = \"bus \(place)\"\ntimeout_ms = 60000\n\(line)\n"
            text += "[[bus.device]]\nname = \"dead\"\n[[bus.device.channel]]\n"
            text += "parameter = \"\(["so2", "no2", "co", "o3"][place])\"\naddress = 0\n"
        }
        let file = try folder.write("station.toml", text)
        let daemon = try Program.start(
            ["run", "--config", file], output: folder.file("out"), errors: folder.file("err"))
        let end = Date().addingTimeInterval(20)
        while Date() < end, try !String(contentsOfFile: folder.file("err"), encoding: .utf8).contains("measuring") {
            Thread.sleep(forTimeInterval: 0.05)
        }
        Thread.sleep(forTimeInterval: 0.5)
        let told = Date()
        daemon.terminate()
        daemon.waitUntilExit()
        #expect(Date().timeIntervalSince(told) < 1)
        #expect(daemon.terminationStatus == 0)
    }
}
