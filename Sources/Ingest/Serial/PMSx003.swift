/// Plantower PMS3003, PMSx003 and PMS5003ST: `42 4D`, the length, words with the high byte first, the sum of all bytes before
/// it. They send by themselves, about once a second.
///
/// Words 1 to 3 are PM1, PM2.5 and PM10 with the factory's factor (CF=1), 4 to 6 the same "under atmospheric environment".
///
/// Source: PMS5003 data sheet, appendix I; frames of sensors (24, 32 and 40 bytes).
package enum PMSx003: SerialDialect {
    package static let longest = 40

    package static func look(_ bytes: Span<UInt8>, seen: Int) -> Sight {
        guard bytes[0] == 0x42 else { return .noise(firstPlace(of: 0x42, or: 0x42, in: bytes, from: 0) ?? bytes.count) }
        guard bytes.count >= 4 else { return bytes.count > 1 && bytes[1] != 0x4D ? .noise(1) : .more }
        let length = Int(bytes[2]) << 8 | Int(bytes[3])
        // 4 answers a command; 20, 28 and 36 are measurements.
        guard bytes[1] == 0x4D, length == 28 || length == 20 || length == 36 || length == 4 else { return .noise(1) }
        guard bytes.count >= length + 4 else { return .more }
        var sum: UInt16 = 0
        for place in 0..<length + 2 { sum &+= UInt16(bytes[place]) }
        let written = UInt16(bytes[length + 2]) << 8 | UInt16(bytes[length + 3])
        return .frame(length + 4, sum == written ? .good : .badChecksum)
    }

    private static let names = ["pm1.cf1", "pm25.cf1", "pm10.cf1", "pm1.atm", "pm25.atm", "pm10.atm"]
    package static let itemExample = "\"pm25.atm\" or \"pm25.cf1\""

    package static func item(_ text: String) -> SerialItem? {
        names.firstIndex(of: text).map { SerialItem(text: text, number: $0) }
    }

    package static func requests(for device: SerialDevice) -> [SerialRequest] { [] }

    package static func match(
        _ frame: Span<UInt8>, _ request: SerialRequest?, of device: SerialDevice
    ) -> FrameMatch {
        frame.count >= 24 ? .answer : .stranger
    }

    package static func value(of item: SerialItem, in frame: Span<UInt8>) -> SerialValue {
        let place = 4 + 2 * item.number
        guard place + 4 <= frame.count else { return .absent }
        return .number(WireNumber(Int64(frame[place]) << 8 | Int64(frame[place + 1])))
    }

    /// A measurement; `words` are 9 (PMS3003), 13 or 17.
    package static func frame(_ words: [UInt16]) -> [UInt8] {
        let data = words.flatMap { word in [UInt8(word >> 8), UInt8(word & 0xFF)] }
        let bytes: [UInt8] = [0x42, 0x4D, 0, UInt8(data.count + 2)] + data
        let sum = bytes.reduce(UInt16(0)) { $0 &+ UInt16($1) }
        return bytes + [UInt8(sum >> 8), UInt8(sum & 0xFF)]
    }
}
