package import HJ212

extension Message {
    /// The frame as a station of the field sends it, with what it does wrong.
    package func frame(with sins: Sins) -> [UInt8] {
        var message = self
        if sins.contains(.noQN) { message.qn = nil }
        if sins.contains(.noFlag) { message.flag = nil }
        if sins.contains(.straySeparators) { message.cp += ";" }
        if sins.contains(.spaces) { message.mn = " " + message.mn }
        let data = message.data
        var length = data.count
        if sins.contains(.lengthCountsCRC) { length += 4 }
        if sins.contains(.lengthCountsCRCAndLineEnd) { length += 6 }
        if sins.contains(.lengthIsOffByOne) { length += 1 }
        var crc = sins.contains(.crcIsModbus) ? CRC.modbus(data.span) : CRC.annexA(data.span)
        if sins.contains(.crcIsSwapped) { crc = crc.byteSwapped }
        let digits = padded(String(length), to: sins.contains(.lengthHasThreeDigits) ? 3 : 4)
        let checksum = padded(String(crc, radix: 16, uppercase: !sins.contains(.crcIsLowerCase)), to: 4)
        return Array("##\(digits)".utf8) + data
            + Array((checksum + (sins.contains(.noCarriageReturn) ? "\n" : "\r\n")).utf8)
    }

    /// Those that a simulator can commit.
    package static let simulated: Sins = [
        .noQN, .noFlag, .straySeparators, .spaces, .lengthCountsCRC, .lengthCountsCRCAndLineEnd, .lengthIsOffByOne,
        .lengthHasThreeDigits, .crcIsModbus, .crcIsSwapped, .crcIsLowerCase, .noCarriageReturn,
    ]
}

private func padded(_ text: String, to count: Int) -> String {
    String(repeating: "0", count: max(0, count - text.utf8.count)) + text
}
