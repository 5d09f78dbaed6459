import AQICore
import Foundation
import Glibc
import Ingest
import TestSupport
import Testing

/// Replies that come late, wrong or not at all, on each kind of line: no value may ever be that of another register.
@Suite("Ingest: never a value in the wrong place") struct LateAndLostTests {
    /// Two blocks of the same shape, so that an answer to one looks like one to the other.
    private func device(_ unit: Int = 1) -> ModbusDevice {
        var device = registers("d\(unit)", unit: unit, [10, 11, 500, 501])
        device.maxRegisters = 2
        return device
    }

    private static let wanted: [Int32] = [10, 11, 500, 501]

    private func expectOwnValues(_ values: [Int32?], _ comment: String) {
        for (value, wanted) in zip(values, Self.wanted) where value != nil { #expect(value == wanted, "\(comment)") }
    }

    private enum Line: CaseIterable { case tcp, rtuOverTCP, rtu }

    private func make(
        _ line: Line, _ decide: @escaping @Sendable (LyingDevice.Request) -> LyingDevice.Deed
    ) throws -> LyingDevice {
        switch line {
        case .tcp: LyingDevice(isFramed: true, decide)
        case .rtuOverTCP: LyingDevice(isFramed: false, decide)
        case .rtu: try LyingDevice(serial: (), decide)
        }
    }

    @Test(arguments: Line.allCases, [1, 2, 3])
    private func `a reply that comes so many time-outs late is never credited, and the device is heard again`(
        line: Line, timeouts: Int
    ) async throws {
        // The first request after some good rounds is answered far too late; those behind it wait, as in a real device.
        let lateAt = Count()
        lateAt.set(-1)
        let device = try make(line) { $0.number == lateAt.value ? .late(60 * timeouts + 30) : .answer }
        defer { device.stop() }
        let bus = makeBus(device.line, [self.device()], timeoutMs: 60)
        #expect(await bus.values() == Self.wanted)
        lateAt.set(device.requests.count)
        var rounds: [[Int32?]] = []
        for second in 1..<14 {
            rounds.append(await bus.values(at: noon + Int64(second * 61)))
            expectOwnValues(rounds[rounds.count - 1], "\(rounds)")
        }
        #expect(rounds[0][0] == nil)
        #expect(rounds.last == Self.wanted, "\(rounds)")
        let counters = await bus.counters()
        #expect(counters.timeouts >= 1)
    }

    @Test(arguments: Line.allCases)
    private func `whoever looks for registers by hand never sees another's either`(line: Line) throws {
        let device = try make(line) { $0.number == 1 ? .late(100) : .answer }
        defer { device.stop() }
        let hand = try RawRead(device.line, responseTimeoutMs: 60)
        #expect(try hand.read(.holding, unit: 1, address: 10, count: 4) == [10, 11, 12, 13])
        #expect(throws: ExchangeError.self) { try hand.read(.holding, unit: 1, address: 500, count: 4) }
        var isHeard = false
        for _ in 0..<20 where !isHeard {
            guard let words = try? hand.read(.holding, unit: 1, address: 700, count: 4) else { continue }
            #expect(words == [700, 701, 702, 703])
            isHeard = true
        }
        #expect(isHeard)
    }

    @Test(arguments: Line.allCases)
    private func `a late reply is drained and counted while the line goes on`(line: Line) async throws {
        // Unit 2 keeps the connection alive: it is the same on which unit 1's answer comes late.
        let device = try make(line) { $0.unit == 1 && $0.number == 4 ? .late(90) : .answer }
        defer { device.stop() }
        let bus = makeBus(device.line, [self.device(), registers("other", unit: 2, [7])], timeoutMs: 60)
        for second in 0..<8 {
            let values = await bus.values(at: noon + Int64(second * 61))
            expectOwnValues(values, "\(values)")
            if second > 3 { #expect(values == Self.wanted + [7], "round \(second): \(values)") }
        }
        let late = await bus.statistics.reduce(0) { $0 + $1.counters.late }
        #expect(late >= 1)
        if line != .rtu { #expect(device.connections == 1) }
    }

    @Test(arguments: Line.allCases, [21, 22, 23] as [UInt64])
    private func `a device that does everything wrong that there is never gives a wrong value`(
        line: Line, seed: UInt64
    ) async throws {
        let device = try make(line) { request in
            var random = SplitMix(seed: seed &* 1_000_003 &+ UInt64(request.number))
            // Ten good ones follow ten bad ones.
            guard request.number / 10 % 2 == 0, request.number > 4 else { return .answer }
            return switch random.next(8) {
            case 0: .silence
            case 1: .late(25)
            case 2: .late(70)
            case 3: .refuse(random.next(2) == 0 ? 4 : 6)
            case 4: .garble
            case 5: .asUnit(request.unit + 1)
            case 6: line == .rtu ? .silence : .reset
            default: .answer
            }
        }
        defer { device.stop() }
        // Garbled frames of Modbus TCP have no checksum to tell them by: there the last byte is simply another value.
        let isChecked = line != .tcp
        let bus = makeBus(device.line, [self.device()], timeoutMs: 40)
        var good = 0
        for second in 0..<60 {
            let values = await bus.values(at: noon + Int64(second * 61))
            if values == Self.wanted { good += 1 }
            if isChecked {
                expectOwnValues(values, "seed \(seed), round \(second): \(values)")
            } else {
                for (value, wanted) in zip(values, Self.wanted) {
                    let garbled = (wanted & 0xFF00) | (wanted & 0xFF ^ 0xFF)
                    #expect(value == nil || value == wanted || value == garbled, "seed \(seed), round \(second)")
                }
            }
        }
        #expect(good > 10, "\(good) good rounds")
    }

    @Test(arguments: Line.allCases)
    private func `a reply in the name of another unit is not taken`(line: Line) async throws {
        let device = try make(line) { $0.number < 2 ? .asUnit(9) : .answer }
        defer { device.stop() }
        let bus = makeBus(device.line, [self.device()], timeoutMs: 60)
        #expect(await bus.values().contains(nil))
        for second in 1..<5 { _ = await bus.values(at: noon + Int64(second * 61)) }
        #expect(await bus.values(at: noon + 600) == Self.wanted)
    }

    @Test func `a wrong checksum is counted, and the line is quiet before it is used again`() async throws {
        let device = try LyingDevice(serial: ()) { $0.number == 0 ? .garble : .answer }
        defer { device.stop() }
        let bus = makeBus(device.line, [self.device()], timeoutMs: 200)
        // The other block is read in the same round.
        #expect(await bus.values() == [nil, nil, 500, 501])
        #expect(await bus.values() == Self.wanted)
        let counters = await bus.counters()
        #expect(counters.checksums == 1 && counters.resyncs >= 1)
    }

    @Test func `a device that answers no marker but parts, or none but bits, is heard again`() async throws {
        for answered in [1, 2, 3, 4] {
            // One marker of four is known to the device, the others it passes over in silence.
            let device = try LyingDevice(serial: ()) { request in
                if request.number == 2 { return .silence }
                if request.function == 3, request.count == 2 { return .answer }
                return request.function == answered ? .answer : .silence
            }
            defer { device.stop() }
            let bus = makeBus(device.line, [self.device()], timeoutMs: 40)
            #expect(await bus.values() == Self.wanted)
            for second in 1..<7 { _ = await bus.values(at: noon + Int64(second * 61)) }
            #expect(await bus.values(at: noon + 900) == Self.wanted, "function \(answered)")
        }
    }
}

/// Connections that end.
@Suite("Ingest: lines that go and come back") struct ReconnectTests {
    @Test func `a reset costs one round at most`() async {
        let device = LyingDevice { $0.number == 1 ? .reset : .answer }
        defer { device.stop() }
        let bus = makeBus(device.line, [registers("a", unit: 1, [10])])
        #expect(await bus.values() == [10])
        #expect(await bus.values() == [nil])
        #expect(await bus.values() == [10])
        #expect(device.connections == 2)
        #expect(await bus.counters().losses == 1)
    }

    @Test func `a server that falls silent without a word, as behind a pulled cable, is connected to anew`() async {
        let isSilent = Count()
        let device = LyingDevice { _ in isSilent.value == 1 ? .silence : .answer }
        defer { device.stop() }
        let bus = makeBus(device.line, [registers("a", unit: 1, [10])], timeoutMs: 50)
        #expect(await bus.values() == [10])
        isSilent.set(1)
        #expect(await bus.values(at: noon + 1) == [nil])
        isSilent.set(0)
        #expect(await bus.values(at: noon + 2) == [10])
        #expect(device.connections == 2)
    }

    @Test func `a server that is away for long is found within ten seconds of its return`() async throws {
        let port = freePort()
        let bus = makeBus(.tcp(host: "127.0.0.1", port: port), [registers("a", unit: 1, [10])])
        for second in 0..<200 { #expect(await bus.values(at: noon + Int64(second)) == [nil]) }
        let device = LyingDevice(port: port) { _ in .answer }
        defer { device.stop() }
        var found: Int?
        for second in 200..<212 where found == nil {
            if await bus.values(at: noon + Int64(second)) == [10] { found = second }
        }
        #expect(found != nil)
    }

    @Test func `a serial port that is gone and comes back is opened again`() async throws {
        let folder = "/tmp/aqi-port-\(getpid())-\(freePort())"
        var first: LyingDevice? = try LyingDevice(serial: ()) { _ in .answer }
        func link(_ device: LyingDevice?) {
            try? FileManager.default.removeItem(atPath: folder)
            guard case .rtu(let path, _, _, _, _) = device?.line else { return }
            try? FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: path)
        }
        link(first)
        defer { link(nil) }
        let line = ModbusLine.rtu(path: folder, baud: 115_200, parity: "N", dataBits: 8, stopBits: 1)
        let bus = makeBus(line, [registers("a", unit: 1, [10])], timeoutMs: 100)
        #expect(await bus.values() == [10])
        // The adapter is pulled: both ends are closed, and the name is gone.
        first?.stop()
        first = nil
        link(nil)
        var events: [BusEvent] = []
        for second in 1..<4 {
            let report = await bus.poll(at: noon + Int64(second))
            #expect(report.readings.map(\.value) == [.missing(.communication)])
            events += report.events
        }
        guard case .deviceLost("bus", "a", _)? = events.first else {
            Issue.record("\(events)")
            return
        }
        let second = try LyingDevice(serial: ()) { _ in .answer }
        defer { second.stop() }
        link(second)
        _ = await bus.values(at: noon + 60)
        #expect(await bus.values(at: noon + 120) == [10])
    }

    @Test func `every speed that may be configured is the speed of the port`() async throws {
        let terminal = try Pseudoterminal()
        let speeds: [Int: Int32] = [
            300: B300, 600: B600, 1200: B1200, 2400: B2400, 4800: B4800, 9600: B9600, 19_200: B19200, 38_400: B38400,
            57_600: B57600, 115_200: B115200, 230_400: B230400, 460_800: B460800, 500_000: B500000, 576_000: B576000,
            921_600: B921600,
        ]
        #expect(Set(speeds.keys) == Set(ModbusOptions.bauds))
        for (baud, speed) in speeds {
            let line = ModbusLine.rtu(path: terminal.path, baud: baud, parity: "N", dataBits: 8, stopBits: 1)
            let bus = makeBus(line, [registers("a", unit: 1, [0])], timeoutMs: 10)
            _ = await bus.poll(at: noon)
            var settings = termios()
            // Invariant: tcgetattr(3) writes one termios.
            _ = unsafe tcgetattr(terminal.controller, &settings)
            #expect(unsafe cfgetospeed(&settings) == speed_t(speed), "\(baud)")
            await bus.close()
        }
    }

    @Test func `a port that cannot switch a transceiver says so`() async throws {
        let device = try LyingDevice(serial: ()) { _ in .answer }
        defer { device.stop() }
        var options = ModbusOptions()
        options.direction = .kernel
        let bus = ModbusBus(
            name: "bus", line: device.line, options: options, devices: [registers("a", unit: 1, [10])])
        guard case .deviceLost(_, _, .cannotConnect)? = await bus.poll(at: noon).events.first else {
            Issue.record("a pseudo-terminal has no transceiver")
            return
        }
    }
}

/// DTUs that dial in.
@Suite("Ingest: listening for a device") struct DialInTests {
    private func bus(_ line: ModbusLine) -> ModbusBus { makeBus(line, [registers("a", unit: 1, [10])], timeoutMs: 300) }

    private func untilHeard(_ bus: ModbusBus) async -> [Int32?] {
        var values: [Int32?] = []
        for second in 0..<20 {
            values = await bus.values(at: noon + Int64(second * 61))
            if values == [10] { break }
        }
        return values
    }

    @Test func `a device that dials in is asked`() async {
        let device = LyingDevice(dialling: freePort(), saying: "") { _ in .answer }
        defer { device.stop() }
        let bus = bus(device.line)
        #expect(await untilHeard(bus) == [10])
        for _ in 0..<20 { #expect(await bus.values() == [10]) }
        await bus.close()
    }

    @Test func `a device that does not say who it is is not asked, one that does is`() async {
        let port = freePort()
        let line = ModbusLine.rtuListening(address: "127.0.0.1", port: port, registration: "DTU-1")
        let bus = bus(line)
        #expect(await bus.values() == [nil])
        let stranger = LyingDevice(dialling: port, saying: "DTU-2") { _ in .answer }
        #expect(await bus.values() == [nil])
        #expect(await bus.values() == [nil])
        #expect(stranger.requests.isEmpty)
        stranger.stop()
        let device = LyingDevice(dialling: port, saying: "DTU-1") { _ in .answer }
        defer { device.stop() }
        #expect(await untilHeard(bus) == [10])
        await bus.close()
    }

    @Test func `a newer connection replaces the older one`() async {
        let port = freePort()
        let line = ModbusLine.rtuListening(address: "127.0.0.1", port: port, registration: "")
        let bus = bus(line)
        _ = await bus.values()
        // Somebody who says nothing, as a DTU does whose network died.
        let idle = connectToLoopback(port: port)
        defer { close(idle) }
        #expect(await bus.values() == [nil])
        let device = LyingDevice(dialling: port, saying: "") { _ in .answer }
        defer { device.stop() }
        #expect(await untilHeard(bus) == [10])
        await bus.close()
    }

    @Test func `a bus that is closed listens no more, and can listen again`() async {
        let port = freePort()
        let bus = bus(.rtuListening(address: "127.0.0.1", port: port, registration: ""))
        for _ in 0..<3 {
            _ = await bus.values()
            let client = connectToLoopback(port: port)
            #expect(client >= 0)
            close(client)
            await bus.close()
            #expect(connectToLoopback(port: port) < 0)
        }
    }
}
