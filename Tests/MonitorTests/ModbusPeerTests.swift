import AQICore
import Foundation
import Ingest
import TestSupport
import Testing

/// Modbus implementations of others on the far end of the wire: `make test-peers`.
///
/// They come from PyPI and Debian, so they are left out, saying so, where nobody asked for them.
enum ModbusPeers {
    static let areWanted: Bool = {
        if ProcessInfo.processInfo.environment["AQI_TEST_PEERS"] == "1" { return true }
        print("SKIPPED, the Modbus peers (make test-peers): that others read our frames, and we theirs, is not proved.")
        return false
    }()

    /// The project's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let python = "\(root)/.build/peers/bin/python"

    static let numbers = [12.5, 48.25, 0.8, 101.75, 137, 166.5]
    static let thousandths: [Int32] = [12_500, 48_250, 800, 101_750, 137_000, 166_500]
    static let parameters: [Parameter] = [.pm25, .pm10, .so2, .no2, .co, .o3]

    /// The device that the peers simulate, and that we simulate for them.
    static let device = ModbusDevice(
        name: "peer", unit: 1,
        channels: parameters.enumerated().map {
            ChannelSource(
                channel: Channel(station: 0, parameter: $0.element),
                register: Register(table: .holding, address: 2 * $0.offset, type: .f32))
        })

    static var simulated: RegisterBank {
        RegisterBank([
            SimulatedDevice(unit: 1, values: zip(device.channels, numbers).map { .init($0.register, $1) })
        ])
    }
}

/// A program that runs beside the test and ends with it: its standard input is closed, then it is asked to end.
private final class Beside {
    private let process = Process()
    private let input = Pipe()
    private let folder: TemporaryFolder

    init(_ path: String, _ arguments: [String]) throws {
        folder = try TemporaryFolder()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = input
        for file in ["out", "err"] { _ = FileManager.default.createFile(atPath: folder.file(file), contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: folder.file("out"))
        process.standardError = FileHandle(forWritingAtPath: folder.file("err"))
        try process.run()
    }

    /// Its first line, waited for half a minute.
    func firstLine() throws -> String {
        for _ in 0..<3000 {
            let text = try String(contentsOfFile: folder.file("out"), encoding: .utf8)
            if let end = text.firstIndex(of: "\n") { return String(text[..<end]) }
            if !process.isRunning { break }
            usleep(10_000)
        }
        Issue.record("no answer: \(try String(contentsOfFile: folder.file("err"), encoding: .utf8))")
        return ""
    }

    deinit {
        try? input.fileHandleForWriting.close()
        for _ in 0..<100 where process.isRunning { usleep(10_000) }
        // SIGTERM may be blocked in it, as Dispatch blocks it on its threads.
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }
}

@Suite("Peers: others on the far end of the wire", .serialized, .enabled(if: ModbusPeers.areWanted))
struct ModbusPeerTests {
    /// Runs a program to its end, and gives what it said.
    private func run(_ path: String, _ arguments: String...) throws -> String {
        let folder = try TemporaryFolder()
        _ = FileManager.default.createFile(atPath: folder.file("out"), contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let output = FileHandle(forWritingAtPath: folder.file("out"))
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        return try String(contentsOfFile: folder.file("out"), encoding: .utf8)
    }

    private static let client = "\(ModbusPeers.root)/Tests/Peers/client.py"
    private static let server = "\(ModbusPeers.root)/Tests/Peers/server.py"
    private static let answer = ModbusPeers.numbers.map { "\($0 == $0.rounded() ? "\(Int($0))" : "\($0)")\n" }.joined()

    // MARK: - They read us
    @Test(arguments: ["pymodbus-tcp", "modbus-tk", "umodbus"])
    func `a client of others reads our simulator over TCP, and hears its refusal`(kind: String) throws {
        let simulator = try ModbusSimulator(tcpPort: 0, bank: ModbusPeers.simulated)
        defer { simulator.stop() }
        guard case .tcp(_, let port) = simulator.line else { return }
        #expect(try run(ModbusPeers.python, Self.client, kind, "\(port)") == Self.answer + "exception 2\n")
    }

    @Test(arguments: ["pymodbus-rtu", "minimalmodbus"])
    func `a client of others reads our simulator over a serial line`(kind: String) throws {
        let simulator = try ModbusSimulator(rtuUnit: 1, bank: ModbusPeers.simulated)
        defer { simulator.stop() }
        guard case .rtu(let path, _, _, _, _) = simulator.line else { return }
        #expect(try run(ModbusPeers.python, Self.client, kind, path) == Self.answer + "exception 2\n")
    }

    @Test func `mbpoll reads our simulator over both lines`() throws {
        let tcp = try ModbusSimulator(tcpPort: 0, bank: ModbusPeers.simulated)
        let rtu = try ModbusSimulator(rtuUnit: 1, bank: ModbusPeers.simulated)
        defer {
            tcp.stop()
            rtu.stop()
        }
        guard case .tcp(let host, let port) = tcp.line, case .rtu(let path, _, _, _, _) = rtu.line else { return }
        let common = ["-a", "1", "-0", "-r", "0", "-c", "6", "-t", "4:float", "-B", "-1"]
        for line in [["-m", "tcp", "-p", "\(port)", host], ["-m", "rtu", "-b", "9600", "-P", "none", path]] {
            let arguments = ["mbpoll"] + line.dropLast() + common + line.suffix(1)
            let output = try run("/bin/sh", "-c", arguments.joined(separator: " "))
            let lines = output.split(separator: "\n").filter { $0.hasPrefix("[") }
            let values = lines.map {
                Double($0.split(separator: "\t").last?.trimmingCharacters(in: .whitespaces) ?? "")
            }
            #expect(values == ModbusPeers.numbers, "\(output)")
        }
    }

    // MARK: - We read them
    @Test(arguments: ["pymodbus-tcp", "pymodbus-simulator", "modbus-tk", "umodbus"])
    func `we read a server of others over TCP`(kind: String) async throws {
        let server = try Beside(ModbusPeers.python, [Self.server, kind])
        let port = try #require(Int(try server.firstLine()))
        try await expectTrueValues(.tcp(host: "127.0.0.1", port: port), target: "127.0.0.1:\(port)")
        _ = server
    }

    @Test(arguments: ["pymodbus-rtu", "pymodbus-simulator-rtu"])
    func `we read a server of others over a serial line of socat's making`(kind: String) async throws {
        let folder = try TemporaryFolder()
        let (near, far) = (folder.file("near"), folder.file("far"))
        let pair = try Beside("/usr/bin/socat", ["PTY,raw,echo=0,link=\(near)", "PTY,raw,echo=0,link=\(far)"])
        let isThere = { FileManager.default.fileExists(atPath: $0) }
        for _ in 0..<500 where !isThere(near) || !isThere(far) { usleep(10_000) }
        let server = try Beside(ModbusPeers.python, [Self.server, kind, far])
        #expect(try server.firstLine() == far)
        try await expectTrueValues(
            .rtu(path: near, baud: 9600, parity: "N", dataBits: 8, stopBits: 1), target: near)
        _ = (pair, server)
    }

    /// The bus reads every value round after round; `modbus read` sees the same numbers; `modbus scan` finds the unit.
    private func expectTrueValues(_ line: ModbusLine, target: String) async throws {
        let bus = ModbusBus(name: "peer", line: line, responseTimeoutMs: 3000, devices: [ModbusPeers.device])
        for _ in 0..<5 {
            let report = await bus.poll(at: Instant(seconds: 1_700_000_000))
            #expect(report.readings.map(\.value.thousandths) == ModbusPeers.thousandths)
            #expect(report.events.isEmpty)
        }
        await bus.close()
        let read = try Program.run("modbus", "read", target, "0", "--count", "12", "--timeout", "3000")
        for number in ModbusPeers.numbers {
            #expect(read.output.contains(" \(number)*"), "\(read.output)\(read.errors)")
        }
        let scan = try Program.run(
            "modbus", "scan", target, "--units", "1", "--registers", "0-11", "--timeout", "3000", "--json")
        #expect(scan.output.contains("\"holding\":[[0,11]]"), "\(scan.output)\(scan.errors)")
    }
}
