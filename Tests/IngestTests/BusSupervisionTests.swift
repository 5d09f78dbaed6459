import AQICore
import Glibc
import Ingest
import Synchronization
import Testing

/// A device of unsigned registers whose value is their address, in thousandths.
func registers(_ name: String, unit: Int, _ addresses: [Int], table: RegisterTable = .holding) -> ModbusDevice {
    ModbusDevice(
        name: name, unit: unit,
        channels: addresses.enumerated().map {
            ChannelSource(
                channel: channel(.temperature, station: Int32(unit * 1000 + $0.offset)),
                register: Register(table: table, address: $0.element, type: .u16),
                scale: ExactDecimal(thousandths: 1))
        })
}

extension SupervisedBus {
    /// The thousandths of one round.
    func values(at time: Instant = noon) -> [Int32?] { poll(at: time).readings.map(\.value.thousandths) }

    func counters(_ place: Int = 0) -> DeviceCounters { statistics[place].counters }
}

/// A bus with a time-out in milliseconds, and no pause between requests unless one is named.
func makeBus(_ line: ModbusLine, _ devices: [ModbusDevice], timeoutMs: Int = 200, gapMs: Int = 0) -> ModbusBus {
    var options = ModbusOptions()
    options.responseTimeoutMs = timeoutMs
    options.gapMs = gapMs
    return ModbusBus(name: "bus", line: line, options: options, devices: devices)
}

/// Counts what happened, across threads.
final class Count: Sendable {
    private let number = Mutex(0)
    var value: Int { number.withLock { $0 } }
    func set(_ value: Int) { number.withLock { $0 = value } }
}

@Suite("Ingest: one bad device harms nobody") struct BusSupervisionTests {
    @Test func `a register that is refused, and a gap that is, cost nobody a value, and are not asked for again`() async
    {
        // 5 is a hole between wanted registers, 20 a wanted register that is not there.
        let device = LyingDevice { request in
            let asked = request.address..<request.address + request.count
            return asked.contains(5) || asked.contains(20) ? .refuse(2) : .answer
        }
        defer { device.stop() }
        let bus = makeBus(device.line, [registers("a", unit: 1, [0, 1, 4, 6, 10, 20, 30, 31])])
        let wanted: [Int32?] = [0, 1, 4, 6, 10, nil, 30, 31]
        #expect(await bus.values() == wanted)
        for _ in 0..<4 { #expect(await bus.values() == wanted) }
        // The plan settles: 0...4, 6...10, 20 alone, 30...31.
        let before = device.requests.count
        #expect(await bus.values() == wanted)
        #expect(device.requests.count - before <= 5, "\(device.requests.dropFirst(before))")
        #expect(await bus.statistics[0].isAsked)
    }

    @Test func `a device that answers few registers at a time is asked for few from then on`() async {
        let device = LyingDevice { $0.count > 16 ? .refuse(3) : .answer }
        defer { device.stop() }
        let bus = makeBus(device.line, [registers("a", unit: 1, Array(0..<60))])
        for _ in 0..<3 { #expect(await bus.values() == (0..<60).map { $0 }) }
        let before = device.requests.count
        #expect(await bus.values() == (0..<60).map { $0 })
        #expect(device.requests.dropFirst(before).allSatisfy { $0.count <= 16 })
        #expect(device.requests.count - before <= 5)
    }

    @Test func `a short reply is refused like an exception, and its registers are found otherwise`() async {
        let device = LyingDevice { $0.count > 10 ? .short(10) : .answer }
        defer { device.stop() }
        let bus = makeBus(device.line, [registers("a", unit: 1, Array(0..<15))])
        for _ in 0..<3 { #expect(await bus.values() == (0..<15).map { $0 }) }
        #expect(await bus.counters().malformed == 1)
    }

    @Test func `a limit that is written down is never passed`() async {
        let device = LyingDevice { _ in .answer }
        defer { device.stop() }
        var small = registers("a", unit: 1, Array(0..<60))
        small.maxRegisters = 7
        let bus = makeBus(device.line, [small])
        #expect(await bus.values() == (0..<60).map { $0 })
        #expect(device.requests.allSatisfy { $0.count <= 7 } && device.requests.count == 9)
    }

    @Test func `a block that is never answered costs its own channels, and comes last`() async {
        let device = LyingDevice { $0.address == 0 ? .silence : .answer }
        defer { device.stop() }
        var far = registers("a", unit: 1, [0, 500, 1000])
        far.maxRegisters = 100
        let bus = makeBus(device.line, [far], timeoutMs: 100)
        let first = await bus.poll(at: noon)
        #expect(first.events.count == 1)
        for _ in 0..<4 { #expect(await bus.values() == [nil, 500, 1000]) }
        #expect(await bus.statistics[0].isAsked)
    }

    @Test func `one silent unit behind a gateway is asked ever less, the others in every round`() async {
        let device = LyingDevice { $0.unit == 2 ? .silence : .answer }
        defer { device.stop() }
        let bus = makeBus(
            device.line, [registers("a", unit: 1, [10]), registers("b", unit: 2, [20]), registers("c", unit: 3, [30])],
            timeoutMs: 50)
        var events: [BusEvent] = []
        for second in 0..<300 {
            let report = await bus.poll(at: noon + Int64(second))
            #expect(report.readings.map(\.value.thousandths) == [10, nil, 30])
            #expect(report.readings[1].value == .missing(.communication))
            #expect(report.readings[1].time == noon + Int64(second))
            events += report.events
        }
        // 3 rounds, then after 1, 2, 4 ... 60 s at most, half of which is drawn.
        let asked = device.requests.count { $0.unit == 2 }
        #expect((8...16).contains(asked), "asked \(asked) times")
        #expect(device.requests.count { $0.unit != 2 } == 600)
        // The connection is shared, and was kept.
        #expect(device.connections == 1)
        #expect(
            events == [
                .deviceLost(bus: "bus", device: "b", .timeout), .devicePaused(bus: "bus", device: "b"),
            ])
        let statistics = await bus.statistics
        #expect(statistics.map(\.isAsked) == [true, false, true])
        #expect(statistics[1].counters.timeouts == UInt64(asked) && statistics[0].counters.answered == 300)
    }

    @Test func `a device that comes back is asked for everything at once`() async {
        let isAwake = Count()
        let device = LyingDevice { request in request.unit == 2 && isAwake.value == 0 ? .silence : .answer }
        defer { device.stop() }
        let bus = makeBus(
            device.line, [registers("a", unit: 1, [10]), registers("b", unit: 2, [20, 21])], timeoutMs: 50)
        for second in 0..<5 { _ = await bus.poll(at: noon + Int64(second)) }
        isAwake.set(1)
        let back = await bus.poll(at: noon + 120)
        #expect(back.readings.map(\.value.thousandths) == [10, 20, 21])
        #expect(back.events == [.deviceBack(bus: "bus", device: "b")])
    }

    @Test func `readings carry the moment of their own answer where the bus has a clock`() async {
        let device = LyingDevice { _ in .answer }
        defer { device.stop() }
        let seconds = Count()
        let clock = BusClock(
            instant: {
                seconds.set(seconds.value + 1)
                return noon + Int64(seconds.value)
            }, milliseconds: { 0 })
        let bus = ModbusBus(
            name: "bus", line: device.line, options: ModbusOptions(),
            devices: [registers("a", unit: 1, [0, 900]), registers("b", unit: 2, [5])], clock: clock)
        let times = await bus.poll(at: Instant(seconds: 0)).readings.map { $0.time.seconds - noon.seconds }
        #expect(times == times.sorted() && Set(times).count == 3 && times[0] > 0, "\(times)")
    }

    @Test func `without the status word no value counts`() async {
        let device = LyingDevice { $0.address == 500 ? .refuse(4) : .answer }
        defer { device.stop() }
        var watched = registers("a", unit: 1, [3])
        watched.statuses = [
            StatusSource(register: Register(table: .holding, address: 500, type: .u16), meanings: [:])
        ]
        let report = await makeBus(device.line, [watched]).poll(at: noon)
        #expect(report.readings.map(\.value) == [.missing(.communication)])
    }

    @Test func `a pause between requests is kept`() async {
        let device = LyingDevice { _ in .answer }
        defer { device.stop() }
        let bus = makeBus(device.line, [registers("a", unit: 1, [0, 500, 1000, 1500])], gapMs: 40)
        let took = await ContinuousClock().measure { _ = await bus.values() }
        #expect(took >= .milliseconds(120))
    }

    @Test(arguments: [false, true])
    func `a poll of dead devices ends at once when it is told to`(isConnecting: Bool) async {
        let device = LyingDevice { _ in .silence }
        defer { device.stop() }
        // 192.0.2.0/24 is for documentation: packets to it go nowhere, or are refused.
        let line = isConnecting ? ModbusLine.tcp(host: "192.0.2.1", port: 502) : device.line
        let bus = makeBus(line, (1...60).map { registers("d\($0)", unit: $0, [0]) }, timeoutMs: 20_000)
        let clock = ContinuousClock()
        let polling = Task { await bus.poll(at: noon) }
        try? await clock.sleep(for: .milliseconds(200))
        let told = clock.now
        bus.interrupt()
        let report = await polling.value
        // Less than one time-out of 20 s; that it is less than a second is in StopTests.swift, where no other test can hold up
        // the threads that tasks share.
        #expect(clock.now - told < .seconds(15))
        #expect(report.readings.count < 60 || isConnecting)
        #expect(await bus.poll(at: noon).readings.isEmpty)
    }
}
