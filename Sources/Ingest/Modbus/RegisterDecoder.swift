import AQICore

/// Turns registers into numbers; pure.
enum RegisterDecoder {
    /// Registers of one table that were read together, from an address on.
    typealias Block = (start: Int, registers: [UInt16], time: Instant)

    /// The bits of a register in a block that begins at `start`: 16, 32 or 64, the rest 0.
    static func bits(_ register: Register, in block: [UInt16], from start: Int) -> UInt64 {
        let count = register.type.registerCount
        // A short number is one register, whatever the order of long ones.
        guard count > 1 else { return UInt64(block[register.address - start]) }
        var bits: UInt64 = 0
        for place in 0..<count {
            let word = block[register.address - start + (register.order.isWordReversed ? count - 1 - place : place)]
            bits = bits << 16 | UInt64(register.order.isByteSwapped ? word.byteSwapped : word)
        }
        return bits
    }

    /// The value of a channel in the unit of its parameter, or why there is none; gases given as mixing ratios are
    /// converted to a reference state.
    ///
    /// The order of docs/devices.md: no number → sentinel → scale, offset and unit, one rounding → valid range →
    /// deadband → mixing ratio.
    static func value(
        _ source: ChannelSource, in block: [UInt16], from start: Int, at state: ReferenceState
    ) -> Concentration {
        let bits = bits(source.register, in: block, from: start)
        guard let number = RegisterNumber(source.register.type, bits: bits) else { return .missing(.fault) }
        let rule = source.rule
        if !rule.sentinels.isEmpty, let asItLies = number.thousandths(), rule.sentinels.contains(asItLies) {
            return .missing(.fault)
        }
        return rule.finished(measured(number, bits, source.register, rule), at: state)
    }

    /// The number with scale and offset, in thousandths of µg/m³ or ppb, for carbon monoxide mg/m³ or ppm.
    private static func measured(
        _ number: RegisterNumber, _ bits: UInt64, _ register: Register, _ rule: ValueRule
    ) -> Concentration {
        if rule.scale == .one, rule.offset == .zero, rule.divisor == 1_000_000 {
            if register.type == .f32 { return Concentration(binary32: UInt32(truncatingIfNeeded: bits)) }
            if register.type == .f64 { return Concentration(binary64: bits) }
        }
        let thousandths = number.thousandths(scale: rule.scale, offset: rule.offset, divisor: rule.divisor)
        return thousandths.map { Concentration(measured: $0) } ?? .missing(.fault)
    }

    /// What a status tells; nil where it was not read.
    static func flag(_ status: StatusSource, in block: (Register) -> Block?) -> DataFlag? {
        if status.register.table.isOfBits, case .bits(let bits) = status.meaning {
            return StatusSource.flag(of: bits) { bit in
                let register = Register(bit: status.register.address + bit.number, in: status.register.table)
                return block(register).map { self.bits(register, in: $0.registers, from: $0.start) != 0 }
            }
        }
        return block(status.register).map {
            status.flag(UInt32(truncatingIfNeeded: bits(status.register, in: $0.registers, from: $0.start)))
        }
    }

    /// What a device says, from what was read of it: its readings as measured, in the order of its channels, and how it is
    /// doing; `block` finds what holds a register. Where a status was not read nothing is known of any value: the device may be
    /// in calibration. There are none then.
    static func answer(of device: ModbusDevice, in block: (Register) -> Block?) -> DeviceAnswer {
        var answer = DeviceAnswer()
        for status in device.statuses {
            guard let own = self.flag(status, in: block) else { return answer }
            answer.flag = .worse(answer.flag, own)
        }
        answer.readings.reserveCapacity(device.channels.count)
        for source in device.channels {
            guard let (start, registers, time) = block(source.register) else { continue }
            answer.readings.append(
                Reading(
                    channel: source.rule.channel, time: time,
                    value: value(source, in: registers, from: start, at: ReferenceState(at: time))))
        }
        return answer
    }
}
