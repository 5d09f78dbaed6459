/// The Advanced protocol of the Ecotech (Acoem) Serinus: `02 id command 03 length message... check 04`; the check is the
/// exclusive or of id, command, length and message.
///
/// Command 1 asks for the parameter whose number is the message; the answer is that number and a binary32, the highest byte
/// first. Command 0 is a refusal: 0 and its number.
///
/// Source: Serinus 30 manual 3.3, appendix A; Serinus 40 and 44 manuals, appendix D.
package enum SerinusAdvanced: SerialDialect {
    package static let longest = 262

    package static func look(_ bytes: Span<UInt8>, seen: Int) -> Sight {
        guard bytes[0] == Control.stx else {
            return .noise(firstPlace(of: Control.stx, or: Control.stx, in: bytes, from: 0) ?? bytes.count)
        }
        guard bytes.count > 3 else { return .more }
        guard bytes[3] == Control.etx else { return .noise(1) }
        guard bytes.count > 4 else { return .more }
        let length = Int(bytes[4])
        guard bytes.count >= length + 7 else { return .more }
        guard bytes[length + 6] == Control.eot else { return .noise(1) }
        var check = bytes[1] ^ bytes[2] ^ bytes[4]
        for place in 5..<length + 5 { check ^= bytes[place] }
        return .frame(length + 7, check == bytes[length + 5] ? .good : .badChecksum)
    }

    /// A frame of either direction.
    package static func frame(id: UInt8, command: UInt8, _ message: [UInt8]) -> [UInt8] {
        let check = message.reduce(id ^ command ^ UInt8(message.count), ^)
        return [Control.stx, id, command, Control.etx, UInt8(message.count)] + message + [check, Control.eot]
    }

    package static let itemExample = "\"50\""
    package static let addresses: ClosedRange<Int>? = 0...255

    /// The number of a parameter.
    package static func item(_ text: String) -> SerialItem? {
        guard let number = UInt8(text), text == "\(number)" else { return nil }
        return SerialItem(text: text, number: Int(number))
    }

    package static func requests(for device: SerialDevice) -> [SerialRequest] {
        device.items.map { item in
            let number = UInt8(truncatingIfNeeded: item.number)
            return SerialRequest(bytes: frame(id: id(device), command: 1, [number]), key: [number])
        }
    }

    private static func id(_ device: SerialDevice) -> UInt8 { UInt8(truncatingIfNeeded: device.address ?? 0) }

    package static func match(
        _ frame: Span<UInt8>, _ request: SerialRequest?, of device: SerialDevice
    ) -> FrameMatch {
        guard let key = request?.key, frame[1] == id(device) else { return .stranger }
        if frame[2] == 0, frame[4] == 2 { return .refusal(Int(frame[6])) }
        return frame[2] == 1 && frame[4] == 5 && frame[5] == key[0] ? .answer : .stranger
    }

    package static func value(of item: SerialItem, in frame: Span<UInt8>) -> SerialValue {
        guard frame.count == 12, Int(frame[5]) == item.number else { return .absent }
        return binary32(frame, at: 6)
    }
}

/// A binary32 with its highest byte first; NaN and the infinities are no values.
@inline(__always)
func binary32(_ bytes: Span<UInt8>, at place: Int) -> SerialValue {
    var bits: UInt32 = 0
    for offset in 0..<4 { bits = bits << 8 | UInt32(bytes[place + offset]) }
    return binary32(bits)
}

/// A binary32 by its bits.
@inline(__always)
func binary32(_ bits: UInt32) -> SerialValue { bits >> 23 & 0xFF == 0xFF ? .invalid : .number(.binary32(bits)) }
