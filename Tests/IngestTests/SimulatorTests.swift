import AQICore
import Foundation
import Glibc
import Ingest
import TestSupport
import Testing

@Suite("Ingest: simulated devices") struct SimulatorTests {
    private func port(_ line: ModbusLine) -> Int {
        if case .tcp(_, let port) = line { port } else { 0 }
    }

    private func values(_ line: ModbusLine, unit: Int) async -> [Int32?] {
        let bus = ModbusBus(
            name: "bus", line: line, responseTimeoutMs: 5000, devices: [analyser("a", unit: unit, [.so2])])
        return await bus.poll(at: noon).readings.map(\.value.thousandths)
    }

    @Test func `a simulator takes a free port of the loopback interface and says which`() throws {
        let server = try ModbusSimulator(tcpPort: 0, bank: RegisterBank(units: [1]))
        defer { server.stop() }
        guard case .tcp("127.0.0.1", let port) = server.line else {
            Issue.record("\(server.line)")
            return
        }
        #expect((1...65_535).contains(port))
        #expect(server.line.text == "127.0.0.1:\(port)")
        // /proc/net/tcp, state 0A: listening. Nobody else may reach a simulated station.
        let hex = String(port, radix: 16, uppercase: true)
        var listening: [String] = []
        // Not by Foundation: of a file in /proc it reads the first page.
        let table = try run("/bin/cat", ["/proc/net/tcp"]).output
        for line in String(decoding: table, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: " ").map(String.init)
            if fields.count > 3, fields[3] == "0A" { listening.append(fields[1]) }
        }
        let address = "0100007F:" + String(repeating: "0", count: 4 - hex.count) + hex
        #expect(listening.contains(address))
        #expect(!listening.contains { $0.hasSuffix(address.suffix(5)) && $0 != address })
    }

    @Test func `a port that is taken is refused, and the one who has it goes on`() async throws {
        let server = try ModbusSimulator(tcpPort: 0, bank: RegisterBank(units: [1]))
        defer { server.stop() }
        let taken = port(server.line)
        let error = thrown(ModbusSimulator.Failed.self) {
            try ModbusSimulator(tcpPort: taken, bank: RegisterBank(units: [2]))
        }
        #expect(error == .cannotListen(port: taken, errno: EADDRINUSE))
        #expect(await values(server.line, unit: 1) == [0])
    }

    @Test func `stop ends the server and frees its port, also under clients and when called twice`() async throws {
        let server = try ModbusSimulator(tcpPort: 0, bank: RegisterBank(units: [1]))
        let bus = ModbusBus(
            name: "bus", line: server.line, responseTimeoutMs: 5000, devices: [analyser("a", unit: 1, [.so2])])
        #expect(await bus.poll(at: noon).events.isEmpty)
        // A client that sits there and never says anything.
        let idle = connectToLoopback(port: port(server.line))
        defer { close(idle) }
        #expect(idle >= 0)
        server.stop()
        server.stop()
        let again = try simulator(onFreed: server.line, bank: RegisterBank(units: [9]))
        #expect(await values(again.line, unit: 9) == [0])
        again.stop()
    }

    @Test func `a simulator that nobody keeps stops by itself`() throws {
        let line = try ModbusSimulator(tcpPort: 0, bank: RegisterBank(units: [1])).line
        let again = try simulator(onFreed: line, bank: RegisterBank(units: [1]))
        again.stop()
    }

    @Test func `bytes that are no request cost the sender its connection and nobody else`() async throws {
        let server = try ModbusSimulator(tcpPort: 0, bank: RegisterBank(units: [1]))
        defer { server.stop() }
        guard case .tcp(let host, let port) = server.line else { return }
        for text in ["GET / HTTP/1.1\r\n\r\n", "\u{0}", String(repeating: "x", count: 5000)] {
            // bash's /dev/tcp: a client without a library.
            _ = try run("/bin/bash", ["-c", "cat >/dev/tcp/\(host)/\(port)"], input: Data(text.utf8))
            #expect(await values(server.line, unit: 1) == [0])
        }
    }

    @Test func `fifty starts and stops leave no descriptor behind`() async throws {
        func openDescriptors() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        }
        let before = try openDescriptors()
        for _ in 0..<50 {
            let bank = RegisterBank(units: [1])
            let tcp = try ModbusSimulator(tcpPort: 0, bank: bank)
            let rtu = try ModbusSimulator(rtuUnit: 1, bank: bank)
            for line in [tcp.line, rtu.line] { #expect(await values(line, unit: 1) == [0]) }
            _ = thrown(ModbusSimulator.Failed.self) { try ModbusSimulator(tcpPort: port(tcp.line), bank: bank) }
            tcp.stop()
            rtu.stop()
        }
        // Other tests of this process open files meanwhile, and close them; one lost a round would be fifty.
        for _ in 0..<600 where try openDescriptors() - before >= 40 { try await Task.sleep(for: .milliseconds(100)) }
        #expect(try openDescriptors() - before < 40)
    }
}
