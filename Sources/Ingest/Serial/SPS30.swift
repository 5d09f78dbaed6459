/// Sensirion SPS30 over SHDLC: `7E`, address, command, in answers the state, the length, data, the inverted sum, `7E`; 7E, 7D, 11
/// and 13 inside are sent as 7D and the byte with bit 5 changed.
///
/// The answer to command 3 has ten numbers: PM1, PM2.5, PM4 and PM10 by mass first. It has none while the sensor does not
/// measure, or has nothing new.
///
/// Source: SPS30 data sheet, UART interface; frames of sensors.
package enum SPS30: SerialDialect {
    /// 256 bytes and what is around them, each of them sent as two.
    package static let longest = 530

    package static func look(_ bytes: Span<UInt8>, seen: Int) -> Sight {
        guard bytes[0] == flag else { return .noise(firstPlace(of: flag, or: flag, in: bytes, from: 0) ?? bytes.count) }
        guard let end = firstPlace(of: flag, or: flag, in: bytes, from: max(seen, 1)) else { return .more }
        // Two flags side by side: the first one ended something that was not seen.
        if end == 1 { return .noise(1) }
        var sum: UInt8 = 0
        var count = 0
        var third = 0
        var fourth = 0
        var place = 1
        while place < end {
            var byte = bytes[place]
            if byte == escape {
                place += 1
                guard place < end else { return .noise(end) }
                byte = bytes[place] ^ 0x20
            }
            if count == 2 { third = Int(byte) }
            if count == 3 { fourth = Int(byte) }
            sum &+= byte
            count += 1
            place += 1
        }
        guard count >= 4 else { return .noise(end) }
        // The sum of all bytes and the inverted sum of those before it.
        guard sum == 0xFF else { return .frame(end + 1, .badChecksum) }
        // Address, command, state, length, data, check; requests have no state.
        let isWhole = count == fourth + 5 || count == third + 4
        return .frame(end + 1, isWhole ? .good : .wrongLength)
    }

    /// The flag that ends a bad frame may begin the next.
    package static func passedOver(ofBad count: Int) -> Int { count - 1 }

    private static let flag: UInt8 = 0x7E
    private static let escape: UInt8 = 0x7D

    /// A frame around an address, a command and what follows.
    package static func frame(_ content: [UInt8]) -> [UInt8] {
        let check = ~content.reduce(UInt8(0), &+)
        let stuffed = (content + [check]).flatMap { byte in
            [0x7E, 0x7D, 0x11, 0x13].contains(byte) ? [escape, byte ^ 0x20] : [byte]
        }
        return [flag] + stuffed + [flag]
    }

    /// What is between the flags, as it was before it was stuffed.
    static func content(_ frame: Span<UInt8>) -> [UInt8] {
        var content: [UInt8] = []
        forEachByte(frame) { content.append($1) }
        return content
    }

    /// Hands on the bytes between the flags, as they were before they were stuffed, with their places; returns how many.
    @inline(__always)
    @discardableResult
    private static func forEachByte(_ frame: Span<UInt8>, _ body: (Int, UInt8) -> Void) -> Int {
        var count = 0
        var place = 1
        while place < frame.count - 1 {
            var byte = frame[place]
            if byte == escape {
                place += 1
                byte = frame[place] ^ 0x20
            }
            body(count, byte)
            count += 1
            place += 1
        }
        return count
    }

    private static let names = ["pm1", "pm25", "pm4", "pm10"]
    package static let itemExample = "\"pm25\" or \"pm10\""

    package static func item(_ text: String) -> SerialItem? {
        names.firstIndex(of: text).map { SerialItem(text: text, number: $0) }
    }

    package static func requests(for device: SerialDevice) -> [SerialRequest] {
        [SerialRequest(bytes: frame([0, 3, 0]), key: [3])]
    }

    /// Start of measurement, numbers as big-endian floats.
    package static let wake: [UInt8]? = frame([0, 0, 2, 1, 3])

    package static func match(
        _ frame: Span<UInt8>, _ request: SerialRequest?, of device: SerialDevice
    ) -> FrameMatch {
        let content = content(frame)
        guard let key = request?.key, content.count >= 5, content[1] == key[0],
            content.count == Int(content[3]) + 5
        else { return .stranger }
        // Bit 7 tells of the sensor's own troubles; the others are the error of the command, 0x43 where it does not measure.
        if content[2] & 0x7F != 0 { return .refusal(Int(content[2] & 0x7F)) }
        return content[3] == 40 ? .answer : content[3] == 0 ? .refusal(0x43) : .stranger
    }

    package static func value(of item: SerialItem, in frame: Span<UInt8>) -> SerialValue {
        let places = 4 + 4 * item.number..<8 + 4 * item.number
        var bits: UInt32 = 0
        let count = forEachByte(frame) { if places.contains($0) { bits = bits << 8 | UInt32($1) } }
        return count == 45 ? binary32(bits) : .absent
    }
}
