import AQICore
import Testing

@testable import Ingest

private let word = Register(table: .holding, address: 4, type: .u16)

@Suite("Ingest: how a device says that it is doing") struct StatusSourceTests {
    @Test func `a number is taken from under its mask, and any may be the normal one`() {
        let status = StatusSource(
            register: word, mask: 0x00F0, shift: 4, meaning: .number([1: .calibration, 2: .spanCheck], normal: 3))
        #expect(status.flag(0x0030) == .normal)
        #expect(status.flag(0xFF3F) == .normal)
        #expect(status.flag(0x0010) == .calibration)
        #expect(status.flag(0xAB2C) == .spanCheck)
        #expect(status.flag(0x0000) == .fault)
        #expect(status.flag(0x0040) == .fault)
    }

    @Test func `of several bits the worst counts, and bits that mean nothing do not`() {
        let status = StatusSource(
            register: word,
            meaning: .bits([
                .init(0, .calibration), .init(1, .maintenance), .init(2, .fault), .init(3, .overRange),
                .init(15, .communication, whenClear: true),
            ]))
        // Bit 15 is set where all is well.
        for (bits, flag) in [
            (0x8000, .normal), (0x8FF0, .normal), (0x8001, .calibration), (0x8002, .maintenance),
            (0x8003, .calibration),
            (0x8007, .fault), (0x8008, .overRange), (0x800A, .maintenance), (0x0003, .communication), (0x0007, .fault),
        ] as [(UInt32, DataFlag)] {
            #expect(status.flag(bits) == flag, "\(bits)")
        }
    }

    @Test func `the order of the marks holds each once: every invalid one before every valid one, normal last`() {
        let order = DataFlag.worstFirst
        let all = (0...63).compactMap { DataFlag(rawValue: $0) }
        #expect(order.count == all.count && Set(order) == Set(all))
        let firstValid = order.firstIndex(where: \.isValid) ?? 0
        #expect(order[firstValid...].allSatisfy(\.isValid) && order.last == .normal)
        for (worse, better) in [
            (DataFlag.fault, DataFlag.calibration), (.fault, .stopped), (.zeroCalibration, .calibration),
            (.calibration, .maintenance), (.maintenance, .overRange), (.overRange, .normal),
        ] {
            #expect(DataFlag.worse(worse, better) == worse && DataFlag.worse(better, worse) == worse)
            #expect(DataFlag.worse(better, better) == better)
        }
    }

    /// A device with one channel, and what was read of it.
    private func value(
        _ statuses: [StatusSource], _ blocks: [(table: RegisterTable, start: Int, registers: [UInt16])]
    ) -> Concentration? {
        let device = ModbusDevice(
            name: "a", unit: 1,
            channels: [
                ChannelSource(channel: channel(.pm25), register: Register(table: .input, address: 0, type: .u16))
            ],
            statuses: statuses)
        var answer = RegisterDecoder.answer(of: device) { register in
            (blocks + [(.input, 0, [35])]).first {
                $0.table == register.table && $0.start <= register.address
                    && register.range.upperBound <= $0.start + $0.registers.count
            }.map { ($0.start, $0.registers, noon) }
        }
        answer.readings.mark(answer.flag)
        return answer.readings.first?.value
    }

    @Test func `of several sources the worst counts`() {
        let number = StatusSource(register: word, meanings: [1: .maintenance, 2: .fault])
        let bits = StatusSource(
            register: Register(bit: 0, in: .discreteInputs), meaning: .bits([.init(16, .zeroCalibration)]))
        for (word, bit, wanted) in [
            (0, 0, Concentration(thousandths: 35_000)), (1, 0, .missing(.maintenance)),
            (0, 1, .missing(.zeroCalibration)),
            (1, 1, .missing(.zeroCalibration)), (2, 1, .missing(.fault)),
        ] as [(UInt16, UInt16, Concentration)] {
            for statuses in [[number, bits], [bits, number]] {
                #expect(value(statuses, [(.holding, 4, [word]), (.discreteInputs, 15, [1, bit, 1])]) == wanted)
            }
        }
    }

    @Test func `a status that was not read does not pass as normal`() {
        let number = StatusSource(register: word, meanings: [:])
        let bits = StatusSource(
            register: Register(bit: 15, in: .coils), meaning: .bits([.init(0, .fault), .init(1, .fault)]))
        #expect(value([number], []) == nil, "supervision says B then")
        #expect(value([bits], [(.coils, 15, [0])]) == nil)
        #expect(value([bits], [(.coils, 15, [0, 0])]) == Concentration(thousandths: 35_000))
    }

    @Test(arguments: [RegisterTable.coils, .discreteInputs])
    func `bits come over the wire by their own functions`(table: RegisterTable) async throws {
        // Its bits are set at multiples of three: 12, 15, 18, 21 ... of which more than a byte is asked for.
        let device = HeldDevice(listening: ())
        defer { device.stop() }
        for (bits, wanted) in [
            ([13, 14, 16, 17, 19, 20, 22, 23, 25], Concentration(thousandths: 4000)),
            ([13, 14, 16, 17, 19, 20, 22, 23, 24], .missing(.calibration)), ([12], .missing(.calibration)),
        ] as [([Int], Concentration)] {
            let status = StatusSource(
                register: Register(bit: 0, in: table), meaning: .bits(bits.map { .init($0, .calibration) }))
            let bus = ModbusBus(
                name: "bus", line: device.line, responseTimeoutMs: 5000,
                devices: [analyser("a", unit: 1, [.so2], address: 4, status: status)])
            let report = await bus.poll(at: noon)
            #expect(report.events.allSatisfy { if case .calibration = $0 { true } else { false } })
            #expect(report.readings.map(\.value) == [wanted])
            await bus.close()
        }
    }

    @Test func `everything that is needed is read, bit by bit where there are bits`() {
        let device = ModbusDevice(
            name: "a", unit: 1,
            channels: [
                ChannelSource(channel: channel(.pm25), register: Register(table: .input, address: 0, type: .f64))
            ],
            statuses: [
                StatusSource(register: word, meanings: [:]),
                StatusSource(
                    register: Register(bit: 10, in: .discreteInputs),
                    meaning: .bits([.init(5, .fault), .init(6, .calibration), .init(9, .fault)])),
            ])
        #expect(
            RequestPlan(
                RequestPlan.fields(device.registers.map(\.request)),
                longest: 125, cost: .withoutFilling
            ).requests == [
                .init(table: .discreteInputs, range: 15..<17), .init(table: .discreteInputs, range: 19..<20),
                .init(table: .holding, range: 4..<5), .init(table: .input, range: 0..<4),
            ])
    }
}
