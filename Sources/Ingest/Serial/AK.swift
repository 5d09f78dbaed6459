/// AK: `<STX>x????<...><ETX>`, any byte x, four letters; the answer repeats them, then the error status, then values.
///
/// It has no checksum. A value that is not valid has a # before it.
///
/// Source: California Analytical 600 and 700 series manuals, AK protocol.
package enum AK: SerialDialect {
    package static let longest = 512

    package static func look(_ bytes: Span<UInt8>, seen: Int) -> Sight {
        guard bytes[0] == Control.stx else {
            return .noise(firstPlace(of: Control.stx, or: Control.stx, in: bytes, from: 0) ?? bytes.count)
        }
        var place = max(seen, 1)
        while place < bytes.count, bytes[place] >= 0x20, bytes[place] < 0x7F { place += 1 }
        guard place < bytes.count else { return .more }
        guard bytes[place] == Control.etx else { return .noise(place) }
        // The shortest answer is a byte, four letters, a space and a digit.
        return place < 8 ? .noise(place) : .frame(place + 1, .unchecked)
    }

    package static let itemExample = "\"AKON.1\" or \"AKON.error\""
    /// K0 ... K9.
    package static let addresses: ClosedRange<Int>? = 0...9

    /// The function and which of its values, or its error status.
    package static func item(_ text: String) -> SerialItem? {
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[0].utf8.count == 4, halves[0].utf8.allSatisfy({ (0x41...0x5A).contains($0) }),
            // Those that ask begin with A; S sets, E changes.
            halves[0].hasPrefix("A"), let number = halves[1] == "error" ? 0 : Int(halves[1]),
            halves[1] == "error" || (1...50).contains(number)
        else { return nil }
        return SerialItem(text: text, name: Array(halves[0].utf8), number: number)
    }

    package static func requests(for device: SerialDevice) -> [SerialRequest] {
        var codes: [[UInt8]] = []
        for item in device.items where !codes.contains(item.name) { codes.append(item.name) }
        return codes.map { SerialRequest(bytes: frame($0 + Array(" K\(device.address ?? 0)".utf8)), key: $0) }
    }

    /// A frame around a text.
    static func frame(_ text: [UInt8]) -> [UInt8] { [Control.stx, 0x20] + text + [Control.etx] }

    package static func match(
        _ frame: Span<UInt8>, _ request: SerialRequest?, of device: SerialDevice
    ) -> FrameMatch {
        guard let key = request?.key else { return .stranger }
        if hasBytes(frame, Array("????".utf8), at: 2) { return .refusal(1) }
        guard hasBytes(frame, key, at: 2), frame[6] == 0x20 else { return .stranger }
        var place = 6
        // The error status is one digit. An adapter that echoes brings the request back, with K0 there.
        guard let status = nextWord(frame, &place, frame.count - 1), status.count == 1 else { return .stranger }
        // BS busy, SE syntax, NA not available, DF data, OF off line: two letters where a value would be.
        if let word = nextWord(frame, &place, frame.count - 1), word.count == 2, frame[word.lowerBound] >= 0x41,
            frame[word.lowerBound] <= 0x5A
        {
            return .refusal(2)
        }
        return .answer
    }

    package static func value(of item: SerialItem, in frame: Span<UInt8>) -> SerialValue {
        guard hasBytes(frame, item.name, at: 2) else { return .absent }
        var place = 6
        for number in 0...item.number {
            guard let word = nextWord(frame, &place, frame.count - 1) else { return .absent }
            if number == item.number {
                return WireNumber.parse(frame, word).map(SerialValue.number) ?? .invalid
            }
        }
        return .absent
    }
}
