import AQICore
import Testing

@testable import Ingest

private func device(_ registers: [Register], status: Register? = nil) -> ModbusDevice {
    ModbusDevice(
        name: "device", unit: 1,
        channels: registers.map { ChannelSource(channel: Channel(station: 0, parameter: .pm25), register: $0) },
        status: status.map { StatusSource(register: $0, meanings: [:]) })
}

private func register(_ address: Int, _ type: RegisterType = .u16, _ table: RegisterTable = .holding) -> Register {
    Register(table: table, address: address, type: type)
}

/// The requests where no register may be read that nobody wants.
private func plan(_ device: ModbusDevice) -> [RegisterRequest] {
    RequestPlan(device.registers.map(\.request), cost: .withoutFilling).requests
}

/// MODBUS Application Protocol V1.1b3, 6.3 and 6.4: one request reads 1...125 registers that follow one another.
@Suite("Ingest: requests for registers") struct RegisterPlanTests {
    @Test func `neighbours are read with one request`() {
        let requests = plan(device([register(4, .f32), register(0, .f32), register(2, .f32)]))
        #expect(requests == [RegisterRequest(table: .holding, range: 0..<6)])
    }

    @Test func `a gap is not read`() {
        // A register that a device does not have is refused with exception 2, and the whole request with it.
        let requests = plan(device([register(0, .f32), register(3)]))
        #expect(requests == [.init(table: .holding, range: 0..<2), .init(table: .holding, range: 3..<4)])
    }

    @Test func `the two tables are never joined`() {
        let requests = plan(device([register(0, .u16, .input), register(1, .u16, .holding)]))
        #expect(requests == [.init(table: .holding, range: 1..<2), .init(table: .input, range: 0..<1)])
    }

    @Test func `the status word is read with the values`() {
        let requests = plan(device([register(0, .f32)], status: register(2)))
        #expect(requests == [.init(table: .holding, range: 0..<3)])
        #expect(plan(device([], status: register(7))) == [.init(table: .holding, range: 7..<8)])
        #expect(plan(device([])).isEmpty)
    }

    @Test func `registers that overlap or repeat are read once`() {
        let requests = plan(
            device([register(0, .u32), register(1, .u32), register(1), register(0, .u32)]))
        #expect(requests == [.init(table: .holding, range: 0..<3)])
    }

    @Test func `a request carries 125 registers and not one more`() {
        func requests(_ count: Int) -> [Range<Int>] {
            plan(device((0..<count).map { register(10 + $0) })).map(\.range)
        }
        #expect(requests(125) == [10..<135])
        #expect(requests(126) == [10..<135, 135..<136])
        #expect(requests(251) == [10..<135, 135..<260, 260..<261])
        // A long number is never split between two requests.
        let long = plan(device((0..<63).map { register($0 * 2, .f32) })).map(\.range)
        #expect(long == [0..<124, 124..<126])
    }

    @Test(arguments: [81, 82, 83] as [UInt64])
    func `random devices are read whole, nothing else is, and with as few requests as can be`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for round in 0..<300 {
            let spread = [8, 40, 300, 2000][random.next(4)]
            let registers = (0..<1 + random.next(160)).map { _ in
                register(
                    random.next(spread), RegisterType.allCases[random.next(6)], RegisterTable.ofNumbers[random.next(2)])
            }
            let requests = plan(device(registers))
            let comment: Comment = "seed \(seed), round \(round)"
            for table in RegisterTable.allCases {
                let wanted = Set(registers.filter { $0.table == table }.flatMap(\.range))
                let read = requests.filter { $0.table == table }
                #expect(Set(read.flatMap(\.range)) == wanted, comment)
                #expect(read.allSatisfy { (1...125).contains($0.range.count) }, comment)
                // Each number lies whole in one request, or it could not be decoded.
                for register in registers where register.table == table {
                    let holder = read.first {
                        $0.range.lowerBound <= register.range.lowerBound
                            && $0.range.upperBound >= register.range.upperBound
                    }
                    #expect(holder != nil, "\(register) \(comment)")
                }
                // Two requests that touch could have been one, unless that were too long.
                for (left, right) in zip(read, read.dropFirst()) where left.range.upperBound >= right.range.lowerBound {
                    #expect(right.range.upperBound - left.range.lowerBound > 125, comment)
                }
            }
        }
    }
}
