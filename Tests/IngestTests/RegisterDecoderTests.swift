import AQICore
import Testing

@testable import Ingest

private let channel = Channel(station: 0, parameter: .pm25)

private func source(
    _ type: RegisterType, _ order: ByteOrder = .abcd, address: Int = 0, step: Int32 = 1000, sentinel: Int64? = nil
) -> ChannelSource {
    ChannelSource(
        channel: channel, register: Register(table: .holding, address: address, type: type, order: order),
        scale: ExactDecimal(thousandths: step), sentinels: sentinel.map { [$0] } ?? [])
}

extension RegisterDecoder {
    /// As it is now, in the state that holds in our time.
    static func value(_ source: ChannelSource, in block: [UInt16], from start: Int) -> Concentration {
        value(source, in: block, from: start, at: .kelvin298)
    }
}

/// Registers as the name of an order spells them: its letters are the bytes on the wire, A the most significant.
func wire(_ bits: UInt32, _ order: ByteOrder) -> [UInt16] {
    let bytes = order.rawValue.unicodeScalars.map { letter in UInt16(bits >> ((68 - letter.value) * 8) & 0xFF) }
    return [bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3]]
}

/// The registers of a number of any type: the bytes are put where the order says, one after the other.
func wire(_ bits: UInt64, _ type: RegisterType, _ order: ByteOrder) -> [UInt16] {
    switch type.registerCount {
    case 1: return [UInt16(bits)]
    case 2: return wire(UInt32(bits), order)
    default:
        let letters: [ByteOrder: String] = [.abcd: "ABCDEFGH", .cdab: "GHEFCDAB", .badc: "BADCFEHG", .dcba: "HGFEDCBA"]
        let bytes = (letters[order] ?? "").unicodeScalars.map { letter in
            UInt16(truncatingIfNeeded: bits >> UInt64((72 - letter.value) * 8)) & 0xFF
        }
        return [0, 2, 4, 6].map { bytes[$0] << 8 | bytes[$0 + 1] }
    }
}

@Suite("Ingest: registers to numbers") struct RegisterDecoderTests {
    @Test func `the four orders of bytes are those of their names`() {
        let bits: UInt32 = 0x0A0B_0C0D
        for (order, registers) in [
            (.abcd, [0x0A0B, 0x0C0D]), (.cdab, [0x0C0D, 0x0A0B]), (.badc, [0x0B0A, 0x0D0C]), (.dcba, [0x0D0C, 0x0B0A]),
        ] as [(ByteOrder, [UInt16])] {
            #expect(wire(bits, order) == registers, "the oracle itself, \(order)")
            let register = Register(table: .holding, address: 0, type: .u32, order: order)
            #expect(RegisterDecoder.bits(register, in: registers, from: 0) == bits, "\(order)")
            #expect(RegisterBank.registers(bits: bits, order: order) == registers, "\(order)")
        }
    }

    @Test(arguments: ByteOrder.allCases)
    func `a known number reads the same in every order`(order: ByteOrder) {
        // 35.7 as IEEE 754 binary32 is 0x420ECCCD; 123,456 is 0x0001E240; -2 is 0xFFFFFFFE.
        for (type, bits, thousandths) in [
            (.f32, 0x420E_CCCD, 35_700), (.u32, 0x0001_E240, 123_456_000), (.i32, 0xFFFF_FFFE, -2000),
            (.f32, 0xC479_C000, -999_000), (.f32, 0x8000_0000, 0), (.f32, 0x0000_0001, 0),
        ] as [(RegisterType, UInt32, Int32)] {
            let value = RegisterDecoder.value(source(type, order), in: wire(bits, order), from: 0)
            #expect(value == Concentration(thousandths: thousandths), "\(type)")
        }
    }

    @Test func `a short number is one register, whatever the order of long ones`() {
        for order in ByteOrder.allCases {
            #expect(
                RegisterDecoder.value(source(.u16, order), in: [0xFFFE], from: 0)
                    == Concentration(thousandths: 65_534_000))
            #expect(
                RegisterDecoder.value(source(.i16, order), in: [0xFFFE], from: 0) == Concentration(thousandths: -2000))
            #expect(
                RegisterDecoder.value(source(.i16, order), in: [0x8000], from: 0)
                    == Concentration(thousandths: -32_768_000))
        }
    }

    @Test func `a number is taken from its own address in the block`() {
        let block: [UInt16] = [1, 2, 3, 4, 5]
        for address in 100..<105 {
            #expect(
                RegisterDecoder.value(source(.u16, address: address), in: block, from: 100)
                    == Concentration(thousandths: Int32(address - 99) * 1000))
        }
        for address in 100..<104 {
            let high = UInt32(address - 99)
            #expect(
                RegisterDecoder.bits(
                    Register(table: .input, address: address, type: .u32), in: block, from: 100) == high << 16 | high
                    + 1)
        }
    }

    @Test(arguments: [71, 72] as [UInt64])
    func `random numbers of every type and order agree with floating-point arithmetic`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for _ in 0..<4000 {
            // Half of them near what instruments show: exponents around 2^0 ... 2^20.
            var bits = UInt32(truncatingIfNeeded: random.next())
            if random.next(2) == 0 { bits = bits & 0x807F_FFFF | UInt32(120 + random.next(30)) << 23 }
            let order = ByteOrder.allCases[random.next(4)]
            let type = RegisterType.allCases[random.next(5)]
            let step: Int32 = type == .f32 ? 1000 : [1, 10, 100, 1000][random.next(4)]
            let block = type.registerCount == 2 ? wire(bits, order) : [UInt16(truncatingIfNeeded: bits)]
            let exact: Double =
                switch type {
                case .f32: Double(Float(bitPattern: bits)) * 1000
                case .u16: Double(UInt16(truncatingIfNeeded: bits)) * Double(step)
                case .i16: Double(Int16(truncatingIfNeeded: bits)) * Double(step)
                case .u32: Double(bits) * Double(step)
                case .i32: Double(Int32(bitPattern: bits)) * Double(step)
                case .f64: 0
                }
            // Products of 24 by 10 and of 32 by 10 bits: doubles, with 53, hold them exactly.
            let rounded = exact.rounded(.toNearestOrEven)
            let wanted: Concentration =
                rounded.magnitude <= 2_000_000_000 ? Concentration(thousandths: Int32(rounded)) : .missing(.fault)
            #expect(
                RegisterDecoder.value(source(type, order, step: step), in: block, from: 0) == wanted,
                "seed \(seed): \(type) \(order) step \(step) bits \(bits)")
        }
    }

    @Test(arguments: [0x7FC0_0000, 0x7F80_0000, 0xFF80_0000, 0x7F80_0001, 0x4AF4_2401, 0xFFFF_FFFF] as [UInt32])
    func `what is no number, or beyond any instrument, is a fault`(bits: UInt32) {
        // Quiet NaN, the infinities, a signalling NaN, the next number above 8,000,000, and all ones.
        #expect(RegisterDecoder.value(source(.f32), in: wire(bits, .abcd), from: 0) == .missing(.fault))
    }

    @Test func `the largest numbers are kept, the next are faults`() {
        #expect(
            RegisterDecoder.value(source(.u32), in: wire(2_000_000, .abcd), from: 0)
                == Concentration(thousandths: 2_000_000_000))
        #expect(RegisterDecoder.value(source(.u32), in: wire(2_000_001, .abcd), from: 0) == .missing(.fault))
        #expect(RegisterDecoder.value(source(.u32), in: wire(.max, .abcd), from: 0) == .missing(.fault))
        #expect(RegisterDecoder.value(source(.u32, step: .max), in: wire(.max, .abcd), from: 0) == .missing(.fault))
        #expect(RegisterDecoder.value(source(.i32), in: wire(0x8000_0000, .abcd), from: 0) == .missing(.fault))
        // 2,000,000 as binary32 and the number after it, an eighth more.
        #expect(
            RegisterDecoder.value(source(.f32), in: wire(0x49F4_2400, .abcd), from: 0)
                == Concentration(thousandths: 2_000_000_000))
        #expect(RegisterDecoder.value(source(.f32), in: wire(0x49F4_2401, .abcd), from: 0) == .missing(.fault))
    }

    @Test func `steps of an integer register are exact`() {
        // 357 tenths of a microgram.
        #expect(
            RegisterDecoder.value(source(.u16, step: 100), in: [357], from: 0) == Concentration(thousandths: 35_700))
        #expect(RegisterDecoder.value(source(.i16, step: 1), in: [0xFFFF], from: 0) == Concentration(thousandths: -1))
    }

    @Test func `the sentinel of a channel is the number as it lies in the register, a fault, and nothing near it`() {
        #expect(
            RegisterDecoder.value(source(.f32, sentinel: -999_000), in: wire(0xC479_C000, .abcd), from: 0)
                == .missing(.fault))
        #expect(
            RegisterDecoder.value(source(.i16, step: 100, sentinel: -999_000), in: [UInt16(bitPattern: -999)], from: 0)
                == .missing(.fault))
        #expect(
            RegisterDecoder.value(source(.i16, step: 100, sentinel: -999_000), in: [UInt16(bitPattern: -998)], from: 0)
                == Concentration(thousandths: -99_800))
        #expect(
            RegisterDecoder.value(source(.u16, step: 1, sentinel: 65_535_000), in: [0xFFFF], from: 0)
                == .missing(.fault))
        #expect(RegisterDecoder.value(source(.u16), in: [0], from: 0) == Concentration(thousandths: 0))
    }

    @Test func `a status word means what is listed, 0 is normal, anything else a fault`() {
        let status = StatusSource(
            register: Register(table: .holding, address: 0, type: .u16), meanings: [1: .calibration, 2: .zeroCheck])
        #expect(status.flag(0) == .normal)
        #expect(status.flag(1) == .calibration)
        #expect(status.flag(2) == .zeroCheck)
        #expect(status.flag(3) == .fault)
        #expect(status.flag(.max) == .fault)
    }
}
