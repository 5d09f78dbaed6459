import Foundation
import Ingest
import TestSupport
import Testing

/// A monitor that measures one simulated analyser until the test is over.
final class RunningMonitor {
    let folder: TemporaryFolder
    let simulator: ModbusSimulator
    let file: String
    let store: String
    private(set) var monitor = Process()

    /// The station's name is as TOML writes it.
    init(startsIt: Bool = true, commitSeconds: Int = 5, name: String = "药材公司") throws {
        folder = try TemporaryFolder()
        let bank = RegisterBank(units: [1])
        bank.set([(1, .holding, 0, RegisterBank.registers(thousandths: 12_300, order: .abcd))])
        simulator = try ModbusSimulator(tcpPort: 0, bank: bank)
        guard case .tcp(_, let port) = simulator.line else { fatalError("a TCP simulator has a port") }
        store = folder.file("air.db")
        file = try folder.write(
            "station.toml",
            """
            [monitor]
            store = "\(store)"
            poll_seconds = 1
            [store]
            commit_seconds = \(commitSeconds)
            [[station]]
            key = "A"
            name = "\(name)"
            [[bus]]
            name = "rack"
            type = "modbus-tcp"
            host = "127.0.0.1"
            port = \(port)
              [[bus.device]]
              name = "SO2 analyser"
                [[bus.device.channel]]
                parameter = "so2"
                address = 0
            """)
        if startsIt { try start() }
    }

    deinit {
        stop()
        simulator.stop()
    }

    func stop() {
        guard monitor.isRunning else { return }
        kill(monitor.processIdentifier, SIGKILL)
        monitor.waitUntilExit()
    }

    func start(
        untilItSays text: String = "12.3", environment: [String: String] = [:]
    ) throws {
        monitor = try Program.start(
            ["run", "--config", file], output: folder.file("out"), errors: folder.file("err"),
            environment: environment)
        try wait(for: text)
    }

    func json() throws -> [String: Any] {
        let result = try Program.run("watch", "--json", "--store", store)
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any])
    }

    private func wait(for text: String) throws {
        for _ in 0..<400 {
            if try Program.run("watch", "--json", "--store", store).output.contains(text) { return }
            usleep(50_000)
        }
        Issue.record("no monitor: \(try String(contentsOfFile: folder.file("err"), encoding: .utf8))")
    }
}
