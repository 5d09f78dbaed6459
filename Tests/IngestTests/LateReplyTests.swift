import AQICore
import Ingest
import Testing

/// architecture.md, Ingest: a late or broken reply is never credited to another register.
///
/// The line must be emptied before each request, not only when one has failed; what comes in
/// between is taken as the answer to it.
@Suite("Ingest: late replies") struct LateReplyTests {
    /// Two numbers that need two requests of the same length: their answers look alike.
    static let device = ModbusDevice(
        name: "a", unit: 1,
        channels: [(Parameter.pm25, 10), (.pm10, 100)].map {
            ChannelSource(
                channel: channel($0.0), register: Register(table: .holding, address: $0.1, type: .f32))
        })

    /// One round in which the device answers too late, then rounds in which it answers at once.
    private func rounds(_ device: HeldDevice) async -> [[Int32?]] {
        let bus = ModbusBus(name: "bus", line: device.line, responseTimeoutMs: 400, devices: [Self.device])
        var rounds = [await bus.poll(at: noon).readings.map(\.value.thousandths)]
        device.hold(true)
        rounds.append(await bus.poll(at: noon).readings.map(\.value.thousandths))
        device.sendHeld()
        device.hold(false)
        for _ in 0..<5 { rounds.append(await bus.poll(at: noon).readings.map(\.value.thousandths)) }
        await bus.close()
        return rounds
    }

    @Test func `on a serial line a late reply is not the value of another register`() async throws {
        // RTU replies carry neither address nor number: the late reply for PM2.5 answers the next request, the reply to
        // that the one after it, and PM10 is given PM2.5's value, round after round, without any error.
        let device = try HeldDevice()
        defer { device.stop() }
        let rounds = await rounds(device)
        #expect(rounds[0] == [10_000, 100_000])
        #expect(rounds[1] == [nil, nil])
        for round in rounds[2...] { #expect(round == [10_000, 100_000] || round == [nil, nil], "\(rounds)") }
        #expect(rounds.last == [10_000, 100_000])
    }

    @Test func `over TCP a late reply does not make every later one late`() async {
        // Here the transaction number tells, so no value is wrong; but the reply to the request that was refused is then
        // the late one, and so on: after one slow answer the device is lost for good, though it answers every request.
        let device = HeldDevice(listening: ())
        defer { device.stop() }
        let rounds = await rounds(device)
        #expect(rounds[0] == [10_000, 100_000])
        #expect(rounds[1] == [nil, nil])
        for round in rounds[2...] { #expect(round == [10_000, 100_000] || round == [nil, nil], "\(rounds)") }
        #expect(rounds.last == [10_000, 100_000])
    }
}
