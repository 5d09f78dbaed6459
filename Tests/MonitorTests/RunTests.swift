import Foundation
import Ingest
import TestSupport
import Testing

/// The daemon against devices on the wire, in real time.
@Suite("run") struct RunTests {
    private func configuration(port: Int, rtu: String, store: String) -> String {
        """
        [monitor]
        store = "\(store)"
        poll_seconds = 1
        [[station]]
        key = "A"
        [[bus]]
        name = "gas rack"
        type = "modbus-tcp"
        host = "127.0.0.1"
        port = \(port)
        timeout_ms = 200
          [[bus.device]]
          name = "SO2 analyser"
          unit = 1
            [[bus.device.channel]]
            parameter = "so2"
            address = 0
          [[bus.device]]
          name = "dead analyser"
          unit = 9
            [[bus.device.channel]]
            parameter = "no2"
            address = 0
        [[bus]]
        name = "particulates"
        type = "modbus-rtu"
        path = "\(rtu)"
          [[bus.device]]
          name = "particulate monitor"
          unit = 5
            [[bus.device.channel]]
            parameter = "pm25"
            table = "input"
            address = 8
        """
    }

    @Test func `a dead device is named, the others are shown, and SIGTERM ends it cleanly`() throws {
        let folder = try TemporaryFolder()
        let gases = RegisterBank(units: [1])
        let particulates = RegisterBank(units: [5])
        gases.set([(1, .holding, 0, RegisterBank.registers(thousandths: 12_300, order: .abcd))])
        particulates.set([(5, .input, 8, RegisterBank.registers(thousandths: 45_600, order: .abcd))])
        let tcp = try ModbusSimulator(tcpPort: 0, bank: gases)
        let rtu = try ModbusSimulator(rtuUnit: 5, bank: particulates)
        defer {
            tcp.stop()
            rtu.stop()
        }
        guard case .tcp(_, let port) = tcp.line, case .rtu(let path, _, _, _, _) = rtu.line else { return }
        let store = folder.file("air.db")
        let file = try folder.write("station.toml", configuration(port: port, rtu: path, store: store))

        let session = try TerminalSession(columns: 100, rows: 30)
        try session.run("\(Program.path) run --config \(file) --screen; echo status $?")
        let screen = try session.wait { $0.contains("12.3") && $0.contains("45.6") && $0.contains("dead analyser") }
        #expect(screen.contains("12.3") && screen.contains("45.6"), "\(screen)")
        #expect(screen.contains("no answer") && screen.contains("gas rack: dead analyser"), "\(screen)")
        try session.press("q")
        #expect(try session.wait { $0.contains("status 0") }.contains("status 0"))
        // Closed in order: nothing is left in the log of the database.
        #expect(!FileManager.default.fileExists(atPath: store + "-wal"))
        #expect(try Program.run("export", "hourly", "--store", store).status == 0)

        let daemon = try Program.start(
            ["run", "--config", file], output: folder.file("out"), errors: folder.file("err"))
        let end = Date().addingTimeInterval(20)
        while Date() < end, try !String(contentsOfFile: folder.file("err"), encoding: .utf8).contains("dead analyser") {
            Thread.sleep(forTimeInterval: 0.05)
        }
        daemon.terminate()
        daemon.waitUntilExit()
        #expect(daemon.terminationStatus == 0)
        let log = try String(contentsOfFile: folder.file("err"), encoding: .utf8)
        #expect(log.contains("measuring: 1 stations on 2 buses") && log.contains("dead analyser"), "\(log)")
    }

    @Test func `a bad configuration is refused with its place`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("station.toml", "[monitor]\npoll_seconds = 99999\n")
        let result = try Program.run("run", "--config", file)
        #expect(result.status == 78 && result.errors.contains("line 2, column 1"), "\(result.errors)")
        #expect(try Program.run("check-config", file).status == 78)
    }
}
