import AQICore

/// Turns registers into numbers; pure.
enum RegisterDecoder {
    /// The 32 bits (16 for the short types) of a register in a block that begins at `start`.
    static func bits(_ register: Register, in block: [UInt16], from start: Int) -> UInt32 {
        let place = register.address - start
        if register.type.registerCount == 1 { return UInt32(block[place]) }
        let first = block[place]
        let second = block[place + 1]
        let (high, low) =
            switch register.order {
            case .abcd: (first, second)
            case .cdab: (second, first)
            case .badc: (first.byteSwapped, second.byteSwapped)
            case .dcba: (second.byteSwapped, first.byteSwapped)
            }
        return UInt32(high) << 16 | UInt32(low)
    }

    /// The value of a channel, or why there is none.
    static func value(_ source: ChannelSource, in block: [UInt16], from start: Int) -> Concentration {
        let bits = bits(source.register, in: block, from: start)
        let value: Concentration
        switch source.register.type {
        case .f32: value = Concentration(binary32: bits)
        case .u16: value = scaled(Int64(bits), source)
        case .i16: value = scaled(Int64(Int16(truncatingIfNeeded: bits)), source)
        case .u32: value = scaled(Int64(bits), source)
        case .i32: value = scaled(Int64(Int32(bitPattern: bits)), source)
        }
        if let sentinel = source.sentinel, value.thousandths == sentinel { return .missing(.fault) }
        return value
    }

    private static func scaled(_ number: Int64, _ source: ChannelSource) -> Concentration {
        Concentration(measured: number * Int64(source.step))
    }
}
