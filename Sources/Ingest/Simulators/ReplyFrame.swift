/// The frames of a simulated device that does not answer as libmodbus would: put together byte by byte.
struct ReplyFrame: Sendable {
    /// The beginning of the request that is answered: over TCP the header and the PDU, on a serial line the unit and
    /// the PDU.
    let request: [UInt8]
    let isTCP: Bool

    private var headerLength: Int { isTCP ? 7 : 1 }
    var unit: UInt8 { request[headerLength - 1] }
    var function: UInt8 { request[headerLength] }
    /// Of the requests that read: the first register, and how many.
    var address: Int { number(at: headerLength + 1) }
    var count: Int { number(at: headerLength + 3) }

    private func number(at place: Int) -> Int {
        place + 1 < request.count ? Int(request[place]) << 8 | Int(request[place + 1]) : 0
    }

    /// Function, byte count, registers (MODBUS Application Protocol V1.1b3, 6.3 and 6.4).
    func values(_ words: [UInt16]) -> [UInt8] {
        [function, UInt8(truncatingIfNeeded: words.count * 2)]
            + words.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    /// Function, byte count, bits, the first in the lowest place (MODBUS Application Protocol V1.1b3, 6.1 and 6.2).
    func bits(_ bits: [Bool]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
        for (place, bit) in bits.enumerated() where bit { bytes[place / 8] |= 1 << UInt8(place % 8) }
        return [function, UInt8(truncatingIfNeeded: bytes.count)] + bytes
    }

    /// MODBUS Application Protocol V1.1b3, 7: the function with its highest bit set, and the code.
    func exception(_ code: Int) -> [UInt8] { [function | 0x80, UInt8(truncatingIfNeeded: code)] }

    /// The frame around an answer: the right one, or one for somebody else, or one whose check fails.
    func frame(_ answer: [UInt8], isForAnother: Bool = false, isDamaged: Bool = false) -> [UInt8] {
        if isTCP {
            // MODBUS Messaging on TCP/IP V1.0b, 3.1.3: transaction, protocol 0, length of the rest, unit.
            var header = Array(request[..<4])
            if isForAnother { header[1] &+= 1 }
            // One byte of the protocol; libmodbus 3.1.6 overlooks it where the other is 0.
            if isDamaged { header[3] = 0x42 }
            return header + [UInt8((answer.count + 1) >> 8), UInt8((answer.count + 1) & 0xFF), unit] + answer
        }
        var frame = [isForAnother ? unit &+ 1 : unit] + answer
        let check = ReplyFrame.checksum(frame) ^ (isDamaged ? 0x0101 : 0)
        frame += [UInt8(check & 0xFF), UInt8(check >> 8)]
        return frame
    }

    /// MODBUS over Serial Line V1.02, 6.2.2: CRC-16, sent low byte first.
    static func checksum(_ bytes: [UInt8]) -> UInt16 {
        var check: UInt16 = 0xFFFF
        for byte in bytes {
            check ^= UInt16(byte)
            for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xA001 : check >> 1 }
        }
        return check
    }
}
