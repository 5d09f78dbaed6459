import AQICore
import Dispatch
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Ingest

/// Lines that are set wrong, break off, or are never silent.
@Suite("Ingest: serial lines in trouble", .serialized) struct SerialLineTests {
    /// What a receiver at another speed hears: the bits of 8N1, sampled in the middle of its own.
    private func heard(_ bytes: [UInt8], receiverBitsPerSenderBit ratio: Double) -> [UInt8] {
        var bits: [Bool] = [true, true]
        for byte in bytes { bits += [false] + (0..<8).map { byte >> UInt8($0) & 1 == 1 } + [true] }
        func level(_ time: Double) -> Bool { time < Double(bits.count) ? bits[Int(time)] : true }
        var found: [UInt8] = []
        var time = 0.0
        while time < Double(bits.count) {
            if level(time) {
                time += 0.05
                continue
            }
            // A start bit; eight bits and the stop bit follow.
            var byte: UInt8 = 0
            for bit in 0..<8 where level(time + (Double(bit) + 1.5) / ratio) { byte |= 1 << UInt8(bit) }
            // Where the stop bit is missing, a terminal hands on a zero (termios(3), without PARMRK and IGNPAR).
            found.append(level(time + 9.5 / ratio) ? byte : 0)
            time += 9.5 / ratio
            while !level(time), time < Double(bits.count) { time += 0.05 }
        }
        return found
    }

    @Test func `a receiver at the right speed hears what was sent`() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(heard(bytes, receiverBitsPerSenderBit: 1) == bytes)
    }

    @Test(arguments: SerialProtocol.allCases)
    func `at a wrong speed no frame has a good checksum, and the next right one is found`(kind: SerialProtocol) {
        var random = SeededRandom(seed: 5)
        for ratio in [0.25, 0.5, 2, 4, 12] {
            for _ in 0..<40 {
                let frame = kind.sample((0..<13).map { _ in random.integer(0...65_535) })
                let noise = heard(frame + frame, receiverBitsPerSenderBit: ratio)
                #expect(!kind.frames(in: noise).frames.contains { $0.verdict == .good }, "\(kind) \(ratio)")
                // As many as the longest frame that may have begun.
                let rest = [[UInt8]](repeating: frame, count: 262 / frame.count + 3).flatMap { $0 }
                #expect(kind.frames(in: noise + rest).frames.last?.verdict.isUsable == true, "\(kind) \(ratio)")
            }
        }
    }

    private static let item = "211"

    private func device() throws -> SerialDevice {
        var rule = ValueRule(channel: Channel(station: 0, parameter: .so2))
        rule.unit = .microgramsPerCubicMetre
        var device = SerialDevice(
            name: "d", address: 97,
            channels: [SerialChannel(item: try #require(BayernHessen.item(Self.item)), rule: rule)],
            statuses: [
                SerialStatus(
                    item: try #require(BayernHessen.item("211.status")),
                    rule: StatusRule(meaning: .bits([.init(1, .fault), .init(2, .zeroCalibration)])))
            ])
        device.isChecked = true
        return device
    }

    private func simulator(link: String, _ misbehaviours: [Misbehaviour] = []) throws -> SerialSimulator {
        try SerialSimulator(
            .bayernHessen, [SerialInstrument(address: 97, values: [Self.item: 57_000])], link: link,
            misbehaviours: misbehaviours)
    }

    private func bus(_ path: String, timeoutMs: Int = 300) throws -> SerialBus {
        var options = SerialOptions()
        options.responseTimeoutMs = timeoutMs
        return SerialBus(
            name: "b",
            line: .port(path: path, baud: 9600, parity: "N", dataBits: 8, stopBits: 1, direction: .automatic),
            protocol: .bayernHessen, options: options, devices: [try device()])
    }

    private let start = Instant(seconds: 1_700_000_000)

    @Test func `a port that closes in the middle of an answer, and is another one under the same name, goes on`()
        async throws
    {
        let folder = try TemporaryFolder()
        let link = folder.file("analyser")
        var slow: SerialSimulator? = try simulator(link: link, [Misbehaviour(.slowBytes, parameter: 40)])
        let bus = try bus(link, timeoutMs: 5000)
        async let cut = bus.poll(at: start)
        try await Task.sleep(for: .milliseconds(400))
        // Some ten of its forty bytes have come.
        slow?.stop()
        slow = nil
        let fresh = try simulator(link: link)
        defer { fresh.stop() }
        let lost = await cut
        #expect(lost.readings.map(\.value) == [.missing(.communication)])
        var values: [Concentration] = []
        for round in 1...4 { values += await bus.poll(at: start + Int64(120 * round)).readings.map(\.value) }
        #expect(values.last == Concentration(thousandths: 57_000), "\(values)")
        #expect(Set(values).isSubset(of: [.missing(.communication), Concentration(thousandths: 57_000)]))
        await bus.close()
    }

    @Test func `a line that is never silent holds nobody for good, and believes nothing`() async throws {
        let terminal = try Pseudoterminal()
        doNotBlock(terminal.controller)
        let isOver = Atomic(false)
        let talker = DispatchGroup()
        DispatchQueue(label: "talker").async(group: talker) {
            // Frames without end, right ones among them that nobody asked for, and pieces of others.
            let foreign = BayernHessen.frame("MD01 999 +1234+01 00 00 000 000000 ")
            while !isOver.load(ordering: .relaxed) {
                _ = terminal.write(foreign + foreign.prefix(9))
                usleep(500)
            }
        }
        let bus = try bus(terminal.path, timeoutMs: 100)
        for round in 0..<3 {
            let report = await bus.poll(at: start + Int64(120 * round))
            #expect(report.readings.map(\.value) == [.missing(.communication)])
        }
        isOver.store(true, ordering: .relaxed)
        talker.wait()
        await bus.close()
    }

    @Test func `a zero that the instrument makes by itself gives its mark, a recovery and a record`() async throws {
        let folder = try TemporaryFolder()
        let simulator = try simulator(link: folder.file("analyser"))
        defer { simulator.stop() }
        let bus = try bus(simulator.path, timeoutMs: 5000)
        var report = BusReport()
        for minute in 0..<40 {
            let isZero = (10..<25).contains(minute)
            simulator.set(["211.status": isZero ? 4 : 0])
            let round = await bus.poll(at: start + Int64(60 * minute))
            let value: Concentration =
                isZero
                ? .missing(.zeroCalibration)
                : (25..<30).contains(minute) ? .missing(.recovering) : Concentration(thousandths: 57_000)
            #expect(round.readings.map(\.value) == [value], "minute \(minute)")
            report.append(round)
        }
        let result = try #require(report.calibrations.first?.result)
        #expect(report.calibrations.count == 1 && result.flag == .zeroCalibration && result.source == .status)
        #expect(result.count == 15 && result.begun == start + 600 && result.ended == start + 1500)
        // Bayern-Hessen tells 0.0 of what is not valid.
        #expect(result.largest.thousandths == 0)
        await bus.close()
    }
}
