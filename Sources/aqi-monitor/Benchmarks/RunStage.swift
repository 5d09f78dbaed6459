import Foundation
import Ingest

/// `run` itself, as a process of its own: stations of six channels at 1 Hz, each a device that answers one request; a hundred of them
/// behind a gateway, as a bus has them. What is counted is the monitor's alone; the devices are simulated here.
struct RunStage {
    private let stationCount: Int
    private let seconds: Int
    private let folder: URL
    private let simulators: [ModbusSimulator]

    private static let devicesOnBus = 100

    init(_ surroundings: Surroundings, stationCount: Int) throws {
        self.stationCount = stationCount
        seconds = surroundings.seconds
        folder = URL(fileURLWithPath: "\(surroundings.folder)/aqi-bench-\(getpid())-run\(stationCount)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        simulators = try stride(from: 0, to: stationCount, by: RunStage.devicesOnBus).map { first in
            let devices = (first..<min(first + RunStage.devicesOnBus, stationCount)).map { number in
                SimulatedDevice(
                    unit: 1 + number - first,
                    values: (0..<6).map {
                        .init(Register(table: .holding, address: 2 * $0, type: .f32), Double(number % 50 + 10 * $0))
                    })
            }
            return try ModbusSimulator(tcpPort: 0, bank: RegisterBank(devices))
        }
    }

    var trial: Trial {
        var outcome = Trial.Outcome()
        return Trial(units: 0) {
            outcome = try await measure()
        } outcome: {
            outcome
        } close: {
            simulators.forEach { $0.stop() }
            try FileManager.default.removeItem(at: folder)
        }
    }

    private func measure() async throws -> Trial.Outcome {
        let file = folder.appendingPathComponent("station.toml")
        try Data(configuration.utf8).write(to: file)
        let monitor = Process()
        monitor.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        monitor.arguments = ["run", "--config", file.path]
        monitor.standardOutput = FileHandle.nullDevice
        monitor.standardError = FileHandle.nullDevice
        try monitor.run()
        defer {
            monitor.terminate()
            monitor.waitUntilExit()
        }
        // Every device has been asked, and the first round has passed.
        while requests < stationCount, monitor.isRunning { try await Task.sleep(for: .milliseconds(20)) }
        try await Task.sleep(for: .milliseconds(1500))
        let clock = ContinuousClock()
        let (began, before, asked) = (clock.now, ProcessUse(process: monitor.processIdentifier), requests)
        try await Task.sleep(for: .seconds(seconds))
        let (after, answered) = (ProcessUse(process: monitor.processIdentifier), requests - asked)
        let elapsed = (clock.now - began) / .seconds(1)
        guard monitor.isRunning else { throw Repetitions.Differs(stage: PipelineStages.run) }
        let processor = max(0.01, after.processorSeconds - before.processorSeconds)
        return .init(
            details: [
                ("stations", Int64(stationCount)), ("due", Int64(Double(stationCount) * elapsed)),
                ("answered", Int64(answered)), ("cpuThousandths", Int64(processor / elapsed * 1000)),
                ("residentKiB", after.residentKiB),
                ("writtenBytesPerSecond", Int64(Double(after.writtenBytes - before.writtenBytes) / elapsed)),
            ],
            processorSeconds: processor, units: answered * 6)
    }

    private var requests: Int { simulators.reduce(0) { $0 + $1.counts.requests } }

    private var configuration: String {
        var text = "[monitor]\nstore = \"\(folder.path)/air.db\"\npoll_seconds = 1\n"
        for number in 0..<stationCount { text += "[[station]]\nkey = \"S\(number)\"\n" }
        for (bus, simulator) in simulators.enumerated() {
            guard case .tcp(_, let port) = simulator.line else { continue }
            text += "[[bus]]\nname = \"gateway \(bus)\"\ntype = \"modbus-tcp\"\nhost = \"127.0.0.1\"\nport = \(port)\n"
            let first = bus * RunStage.devicesOnBus
            for number in first..<min(first + RunStage.devicesOnBus, stationCount) {
                text +=
                    "[[bus.device]]\nname = \"D\(number)\"\nunit = \(1 + number - first)\nstation = \"S\(number)\"\n"
                for (place, parameter) in ["pm25", "pm10", "so2", "no2", "co", "o3"].enumerated() {
                    text += "[[bus.device.channel]]\nparameter = \"\(parameter)\"\naddress = \(2 * place)\n"
                }
            }
        }
        return text
    }
}
