import AQICore
import TestSupport
import Testing

@testable import Ingest

private func source(
    _ type: RegisterType, _ order: ByteOrder = .abcd, _ parameter: Parameter = .pm25, scale: String = "1",
    offset: String = "0", unit: MeasuringUnit? = nil
) throws -> ChannelSource {
    ChannelSource(
        channel: Channel(station: 0, parameter: parameter),
        register: Register(table: .input, address: 7, type: type, order: order),
        scale: try #require(ExactDecimal(scale)), offset: try #require(ExactDecimal(offset)), unit: unit)
}

private func value(_ source: ChannelSource, _ bits: UInt64) -> Concentration {
    let type = source.register.type
    return RegisterDecoder.value(source, in: wire(bits, type, source.register.order), from: 7, at: .kelvin298)
}

@Suite("Ingest: every type in every order") struct RegisterTypeTests {
    @Test(arguments: ByteOrder.allCases)
    func `small patterns of every type, all of them`(order: ByteOrder) throws {
        // All registers of sixteen bits; of the longer numbers, all whose bytes are among a few.
        let few: [UInt64] = [0x00, 0x01, 0x42, 0x80, 0xC8, 0xFF]
        var four: [UInt64] = [0]
        for _ in 0..<4 { four = four.flatMap { bits in few.map { bits << 8 | $0 } } }
        var eight: [UInt64] = [0]
        for _ in 0..<8 { eight = eight.flatMap { bits in [0x00, 0x40, 0xC1].map { bits << 8 | $0 } } }
        for (type, patterns) in [
            (.u16, Array(0...0xFFFF)), (.i16, Array(0...0xFFFF)), (.u32, four), (.i32, four), (.f32, four),
            (.f64, eight),
        ] as [(RegisterType, [UInt64])] {
            let source = try source(type, order)
            for bits in patterns {
                let read = RegisterDecoder.bits(source.register, in: wire(bits, type, order), from: 7)
                if read != bits { Issue.record("\(type) \(order): \(bits) reads as \(read)") }
                let exact: Double =
                    switch type {
                    case .u16, .u32: Double(bits)
                    case .i16: Double(Int16(truncatingIfNeeded: bits))
                    case .i32: Double(Int32(truncatingIfNeeded: bits))
                    case .f32: Double(Float(bitPattern: UInt32(bits)))
                    // Bytes of 0x00, 0x40 and 0xC1: 16 zeros or more at the end of a number below 2^21 leave room for
                    // the product; the others are compared by BigNatural below.
                    case .f64: bits & 0xFFFF == 0 ? Double(bitPattern: bits) : .nan
                    }
                if type == .f64, bits & 0xFFFF != 0 { continue }
                let rounded = (exact * 1000).rounded(.toNearestOrEven)
                let wanted: Concentration =
                    rounded.magnitude <= 2e9 ? Concentration(thousandths: Int32(rounded)) : .missing(.fault)
                if value(source, bits) != wanted { Issue.record("\(type) \(order) \(bits): not \(wanted)") }
            }
        }
    }

    @Test func `eight bytes go as four do: words and bytes`() {
        let bits: UInt64 = 0x0A0B_0C0D_0E0F_1011
        for (order, registers) in [
            (.abcd, [0x0A0B, 0x0C0D, 0x0E0F, 0x1011]), (.cdab, [0x1011, 0x0E0F, 0x0C0D, 0x0A0B]),
            (.badc, [0x0B0A, 0x0D0C, 0x0F0E, 0x1110]), (.dcba, [0x1110, 0x0F0E, 0x0D0C, 0x0B0A]),
        ] as [(ByteOrder, [UInt16])] {
            #expect(wire(bits, .f64, order) == registers, "the oracle itself, \(order)")
            let register = Register(table: .holding, address: 0, type: .f64, order: order)
            #expect(RegisterDecoder.bits(register, in: registers, from: 0) == bits, "\(order)")
        }
    }

    @Test func `NaN, infinities and numbers beyond all instruments are faults in both floats, also with a scale`()
        throws
    {
        for scale in ["1", "0.001"] {
            for number in [Double.nan, .infinity, -.infinity, 1e300, -1e300, .greatestFiniteMagnitude] {
                #expect(value(try source(.f64, scale: scale), number.bitPattern) == .missing(.fault), "\(number)")
                let single = UInt64(Float(number).bitPattern)
                #expect(value(try source(.f32, scale: scale), single) == .missing(.fault), "\(number)")
            }
        }
        #expect(value(try source(.f64, scale: "0.001"), (1e7).bitPattern) == Concentration(thousandths: 10_000_000))
    }
}

/// What a number with its exact significand and exponent must give, compared by cross-multiplication of naturals of any
/// size.
private struct Judge {
    /// The exact number is (plus - minus) / bottom.
    private var plus = BigNatural(0)
    private var minus = BigNatural(0)
    private var bottom: BigNatural

    /// `significand * 2^exponent * scale + offset`, in units of which `divisor` billionths are a thousandth.
    init(_ significand: Int64, _ exponent: Int, scale: Int64, offset: Int64, divisor: Int) {
        let power = BigNatural.power(2, abs(exponent))
        var product = BigNatural(Int(significand.magnitude)) * BigNatural(Int(scale))
        var offsetPart = BigNatural(Int(offset.magnitude))
        bottom = BigNatural(divisor)
        if exponent >= 0 {
            product = product * power
        } else {
            offsetPart = offsetPart * power
            bottom = bottom * power
        }
        if significand < 0 { minus = minus + product } else { plus = plus + product }
        if offset < 0 { minus = minus + offsetPart } else { plus = plus + offsetPart }
    }

    /// Whether `thousandths` is the nearest integer, of two equally near ones the even one.
    func accepts(_ thousandths: Int) -> Bool {
        let (low, high) = (side(2 * thousandths - 1), side(2 * thousandths + 1))
        return (low == 1 && high == -1) || (thousandths % 2 == 0 && (low == 0 || high == 0))
    }

    /// The sign of (exact - number / 2).
    func side(_ number: Int) -> Int {
        let two = BigNatural(2)
        let magnitude = BigNatural(abs(number)) * bottom
        let left = number < 0 ? plus * two + magnitude : plus * two
        let right = number < 0 ? minus * two : minus * two + magnitude
        return left < right ? -1 : left > right ? 1 : 0
    }
}

@Suite("Ingest: scale, offset and unit are exact") struct RegisterArithmeticTests {
    @Test(arguments: [21, 22, 23] as [UInt64])
    func `a number with scale and offset is rounded once, half to even`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<1500 {
            let type = RegisterType.allCases[random.integer(0...5)]
            var bits = random.next()
            switch type {
            case .u16, .i16: bits &= 0xFFFF
            case .u32, .i32: bits &= 0xFFFF_FFFF
            case .f32: bits = bits & 0x807F_FFFF | UInt64(random.integer(97...157)) << 23
            case .f64: bits = bits & 0x800F_FFFF_FFFF_FFFF | UInt64(random.integer(923...1053)) << 52
            }
            // Few digits, so that ties come too.
            if random.chance(50), type == .f32 { bits &= ~0x3FFFF }
            if random.chance(50), type == .f64 { bits &= ~0x1_FFFF_FFFF_FFFF }
            let number = try #require(RegisterNumber(type, bits: bits))
            let scale =
                random.chance(50) ? Int64(random.integer(1...2000)) * 500_000 : Int64(random.integer(1...Int(1e12)))
            let offset = random.chance(30) ? 0 : Int64(random.integer(-Int(1e11)...Int(1e11)))
            let divisor = [1000, 1_000_000, 1_000_000_000][random.integer(0...2)]
            let got = number.thousandths(
                scale: ExactDecimal(billionths: scale), offset: ExactDecimal(billionths: offset),
                divisor: Int64(divisor))
            let judge = Judge(number.significand, number.exponent, scale: scale, offset: offset, divisor: divisor)
            guard let got else {
                if judge.side(1 << 61) < 0, judge.side(-(1 << 61)) > 0 {
                    Issue.record("seed \(seed): \(type) \(bits) is lost")
                }
                continue
            }
            if got.magnitude < 1 << 61, !judge.accepts(Int(got)) {
                Issue.record("seed \(seed): \(type) \(bits) * \(scale) + \(offset), / \(divisor): \(got)")
            }
        }
    }

    @Test func `what is far too small for its last bit to be seen still decides a tie`() throws {
        // 0.5 thousandths, and a little more or less by way of the number: 2^-200.
        let little = try #require(RegisterNumber(.f64, bits: (1.0 / 1e30 / 1e30).bitPattern))
        let less = try #require(RegisterNumber(.f64, bits: (-1.0 / 1e30 / 1e30).bitPattern))
        for (offset, nearest) in [(500_000, 0), (1_500_000, 2), (-500_000, 0), (-1_500_000, -2)] as [(Int64, Int64)] {
            let half = ExactDecimal(billionths: offset)
            #expect(RegisterNumber(.u16, bits: 0)?.thousandths(offset: half) == nearest)
            #expect(little.thousandths(offset: half) == (offset + 500_000) / 1_000_000)
            #expect(less.thousandths(offset: half) == (offset - 500_000) / 1_000_000)
        }
    }

    @Test func `numbers without scale are the same by either way`() throws {
        var random = SeededRandom(seed: 24)
        for _ in 0..<20_000 {
            let single = UInt32(truncatingIfNeeded: random.next())
            let double = random.next() & 0x800F_FFFF_FFFF_FFFF | UInt64(random.integer(1000...1050)) << 52
            for (type, bits, wanted) in [
                (.f32, UInt64(single), Concentration(binary32: single)),
                (.f64, double, Concentration(binary64: double)),
            ] as [(RegisterType, UInt64, Concentration)] {
                let slow = RegisterNumber(type, bits: bits)?.thousandths().map { Concentration(measured: $0) }
                if slow ?? .missing(.fault) != wanted { Issue.record("\(type) \(bits)") }
            }
        }
    }

    @Test func `units of a thousand make a thousand, before anything is rounded`() throws {
        for (parameter, unit, thousandths) in [
            (.pm25, .microgramsPerCubicMetre, 12), (.pm25, .milligramsPerCubicMetre, 12_346),
            (.so2, .milligramsPerCubicMetre, 12_346), (.co, .milligramsPerCubicMetre, 12), (.co, nil, 12),
            (.so2, nil, 12),
        ] as [(Parameter, MeasuringUnit?, Int32)] {
            let source = try source(.u32, .abcd, parameter, scale: "0.0000001", unit: unit)
            #expect(value(source, 123_456) == Concentration(thousandths: thousandths), "\(parameter) \(unit as Any)")
        }
        // 1,234,567 µg/m³ of CO are 1234.567 mg/m³; 1500 ppb are 1.5 ppm.
        #expect(
            value(try source(.u32, .abcd, .co, unit: .microgramsPerCubicMetre), 1_234_567)
                == Concentration(thousandths: 1_234_567))
        #expect(
            value(try source(.u32, .abcd, .co, unit: .partsPerBillion), 1500)
                == value(try source(.u32, .abcd, .co, scale: "0.001", unit: .partsPerMillion), 1500))
        // 0.0125 ppm of SO2 are 12.5 ppb.
        #expect(
            value(try source(.u16, .abcd, .so2, scale: "0.0001", unit: .partsPerMillion), 125)
                == value(try source(.u16, .abcd, .so2, scale: "0.1", unit: .partsPerBillion), 125))
    }

    @Test func `a float may have a scale alone, or an offset alone`() throws {
        for (type, bits) in [(.f32, UInt64(Float(4.5).bitPattern)), (.f64, (4.5).bitPattern)]
            as [(RegisterType, UInt64)]
        {
            #expect(value(try source(type, offset: "-0.25"), bits) == Concentration(thousandths: 4250))
            #expect(value(try source(type, scale: "0.5"), bits) == Concentration(thousandths: 2250))
            #expect(value(try source(type, scale: "0.5", offset: "0.25"), bits) == Concentration(thousandths: 2500))
        }
    }

    @Test func `floats without a scale have units too`() throws {
        // 0.0625 of each, in thousandths of µg/m³, CO mg/m³: 62.5, a thousand times as much, or a thousandth of it.
        for (parameter, unit, thousandths) in [
            (.pm25, .microgramsPerCubicMetre, 62), (.pm25, .milligramsPerCubicMetre, 62_500), (.co, nil, 62),
            (.co, .milligramsPerCubicMetre, 62), (.co, .microgramsPerCubicMetre, 0),
            (.so2, .milligramsPerCubicMetre, 62_500),
            // 62.5 ppb and 0.0625 ppb of SO2, 0.0625 ppm and 0.0000625 ppm of CO: * 2.618587, * 1.144886.
            (.so2, .partsPerMillion, 163_662), (.so2, .partsPerBillion, 162), (.co, .partsPerMillion, 71),
            (.co, .partsPerBillion, 0),
        ] as [(Parameter, MeasuringUnit?, Int32)] {
            for (type, bits) in [(.f32, UInt64(Float(0.0625).bitPattern)), (.f64, (0.0625).bitPattern)]
                as [(
                    RegisterType, UInt64
                )]
            {
                let source = try source(type, .abcd, parameter, unit: unit)
                #expect(
                    value(source, bits) == Concentration(thousandths: thousandths),
                    "\(type) \(parameter) \(unit as Any)")
            }
        }
    }

    @Test(arguments: [
        // Molar masses in 1e-4 g/mol; analysers.md: x M/24.465, by the molar volume of 24.4654037 L/mol.
        (Parameter.so2, 640_648), (.no2, 460_055), (.no, 300_061), (.o3, 479_982), (.co, 280_101), (.nox, 460_055),
    ])
    func `mixing ratios become mass at the reference state of their time`(parameter: Parameter, mass: Int) throws {
        var random = SeededRandom(seed: 25)
        let unit: MeasuringUnit = parameter == .co ? .partsPerMillion : .partsPerBillion
        let source = try source(.i32, .abcd, parameter, scale: "0.001", unit: unit)
        for (state, volume) in [(ReferenceState.kelvin298, 244_654_037), (.kelvin273, 224_139_695)] {
            for _ in 0..<2000 {
                let number = random.integer(-10_000...2_000_000)
                let bits = UInt64(UInt32(bitPattern: Int32(number)))
                let got = RegisterDecoder.value(source, in: wire(bits, .i32, .abcd), from: 7, at: state).packed
                // |number * mass * 1000 - got * volume| must be at most half a volume; it can never be just a half, the
                // volumes being odd.
                let gap = Int128(number) * Int128(mass) * 1000 - Int128(got) * Int128(volume)
                if 2 * gap.magnitude > volume { Issue.record("\(parameter) \(number): \(got)") }
            }
        }
    }

    @Test func `decimals are read as they are written`() {
        for (text, billionths) in [
            ("0", 0), ("1", 1_000_000_000), ("-999", -999_000_000_000), ("0.1", 100_000_000), ("1e-05", 10_000),
            ("2.5e-06", 2500), ("1e+03", 1_000_000_000_000), ("-0.000000001", -1), (".5", 500_000_000),
            ("5.", 5_000_000_000),
            ("9000000000", 9_000_000_000_000_000_000), ("0e30", 0), ("0e-30", 0), ("1.50", 1_500_000_000),
        ] as [(String, Int64)] {
            #expect(ExactDecimal(text)?.billionths == billionths, "\(text)")
        }
        for text in [
            "", "-", ".", "nan", "inf", "1e", "1.0.0", "0.0000000001", "1e-10", "9000000001", "1e30", "1e31", "--1",
            "1 ", "0x1",
            "١", "99999999999999999999",
        ] {
            #expect(ExactDecimal(text) == nil, "\(text)")
        }
    }
}

@Suite("Ingest: what counts as a value") struct RegisterValidityTests {
    @Test func `a sentinel is looked for before the scale, and there may be several`() throws {
        var source = try source(.u16, scale: "0.1", offset: "-10")
        source.sentinels = [65_535_000, 0]
        #expect(value(source, 65_535) == .missing(.fault))
        #expect(value(source, 0) == .missing(.fault))
        #expect(value(source, 100) == Concentration(thousandths: 0))
        #expect(value(source, 65_534) == Concentration(thousandths: 6_543_400))
        var float = try self.float()
        float.sentinels = [-999_900]
        #expect(value(float, UInt64(Float(-999.9).bitPattern)) == .missing(.fault))
        #expect(value(float, UInt64(Float(-999.8).bitPattern)) == Concentration(thousandths: -999_800))
        // A sentinel that is itself beyond all instruments, and that a scale would bring back.
        var wide = try scaled(.f64, "0.0001")
        wide.sentinels = [9_999_999_000]
        #expect(value(wide, (9_999_999.0).bitPattern) == .missing(.fault))
        #expect(value(wide, (9_999_998.0).bitPattern) == Concentration(thousandths: 1_000_000))
    }

    private func float() throws -> ChannelSource { try source(.f32) }
    private func scaled(_ type: RegisterType, _ scale: String) throws -> ChannelSource {
        try source(type, scale: scale)
    }

    @Test func `the ends of the valid range count, what lies beyond is a fault`() throws {
        // In ppb, as written; the value itself is then in µg/m³.
        var gas = try source(.i16, .abcd, .o3, scale: "0.001", unit: .partsPerBillion)
        gas.valid = ExactDecimal(thousandths: -5)...ExactDecimal(thousandths: 2000)
        for (number, isValid) in [(-6, false), (-5, true), (0, true), (2000, true), (2001, false)] as [(Int16, Bool)] {
            #expect(value(gas, UInt64(UInt16(bitPattern: number))).isMissing != isValid, "\(number)")
        }
        #expect(value(gas, 2001) == .missing(.fault))
        // In ppm for SO2 and in ppb for CO, where the unit of the range is a thousand times another.
        var million = try source(.u16, .abcd, .so2, scale: "0.001", unit: .partsPerMillion)
        million.valid = .zero...ExactDecimal(thousandths: 500)
        #expect(!value(million, 500).isMissing && value(million, 501) == .missing(.fault))
        var billion = try source(.u16, .abcd, .co, unit: .partsPerBillion)
        billion.valid = .zero...ExactDecimal(billionths: 50_000_000_000_000)
        #expect(!value(billion, 50_000).isMissing && value(billion, 50_001) == .missing(.fault))
    }

    @Test func `nearer to zero than the deadband is zero, the deadband itself is not`() throws {
        var source = try source(.i16, scale: "0.1")
        source.deadband = ExactDecimal(thousandths: 500)
        for (number, thousandths) in [(-5, -500), (-4, 0), (0, 0), (4, 0), (5, 500), (6, 600)] as [(Int16, Int32)] {
            #expect(value(source, UInt64(UInt16(bitPattern: number))) == Concentration(thousandths: thousandths))
        }
    }
}

@Suite("Ingest: registers as manuals count them") struct ReferenceNotationTests {
    @Test func `the number less one, and the table by its first digit`() throws {
        for (number, table, address) in [
            (40_001, .holding, 0), (40_019, .holding, 18), (49_999, .holding, 9998), (400_001, .holding, 0),
            (400_019, .holding, 18), (465_536, .holding, 65_535), (30_001, .input, 0), (39_999, .input, 9998),
            (365_536, .input, 65_535), (10_016, .discreteInputs, 15), (100_016, .discreteInputs, 15),
        ] as [(Int, RegisterTable, Int)] {
            let place = try #require(ReferenceNotation.place(of: number))
            #expect(place == (table, address), "\(number)")
        }
        for number in [
            0, 1, 18, 9999, 10_000, 20_001, 30_000, 40_000, 50_001, 100_000, 165_537, 300_000, 365_537, 400_000,
            465_537, -40_001,
        ] {
            #expect(ReferenceNotation.place(of: number) == nil, "\(number)")
        }
    }
}
