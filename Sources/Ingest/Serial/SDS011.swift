/// Nova SDS011: `AA C0`, PM2.5 and PM10 in tenths with the low byte first, the identity, the sum of those six bytes, `AB`. It
/// sends by itself, once a second. `AA CF` is the SDS198's, `AA C5` answers a command.
///
/// Source: SDS011 data sheet; frames of sensors.
package enum SDS011: SerialDialect {
    package static let longest = 10

    package static func look(_ bytes: Span<UInt8>, seen: Int) -> Sight {
        guard bytes[0] == 0xAA else { return .noise(firstPlace(of: 0xAA, or: 0xAA, in: bytes, from: 0) ?? bytes.count) }
        guard bytes.count >= 10 else { return .more }
        guard bytes[1] == 0xC0 || bytes[1] == 0xCF || bytes[1] == 0xC5, bytes[9] == 0xAB else { return .noise(1) }
        var sum: UInt8 = 0
        for place in 2..<8 { sum &+= bytes[place] }
        return .frame(10, sum == bytes[8] ? .good : .badChecksum)
    }

    package static let itemExample = "\"pm25\" or \"pm10\""

    package static func item(_ text: String) -> SerialItem? {
        ["pm25", "pm10"].firstIndex(of: text).map { SerialItem(text: text, number: $0) }
    }

    package static func requests(for device: SerialDevice) -> [SerialRequest] { [] }

    package static func match(
        _ frame: Span<UInt8>, _ request: SerialRequest?, of device: SerialDevice
    ) -> FrameMatch {
        frame[1] == 0xC0 ? .answer : .stranger
    }

    package static func value(of item: SerialItem, in frame: Span<UInt8>) -> SerialValue {
        guard frame.count == 10, frame[1] == 0xC0 else { return .absent }
        let place = 2 + 2 * item.number
        return .number(.decimal(Int64(frame[place + 1]) << 8 | Int64(frame[place]), exponent: -1))
    }

    /// A measurement, in tenths.
    package static func frame(pm25: UInt16, pm10: UInt16) -> [UInt8] {
        let body = [pm25, pm10, 0x3DD9].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return [0xAA, 0xC0] + body + [body.reduce(0, &+), 0xAB]
    }
}
