/// Lines of text, ended by CR or LF: what an instrument says that nobody has written a decoder for. The request is a text, the
/// answer a regular expression whose named groups are the items.
package enum TextLine: SerialDialect {
    package static let longest = 1024

    package static func look(_ bytes: Span<UInt8>, seen: Int) -> Sight {
        var place = 0
        while place < bytes.count, isEnd(bytes[place]) { place += 1 }
        if place > 0 { return .gap(place) }
        place = max(seen, 0)
        while place < bytes.count {
            if isEnd(bytes[place]) { return .frame(place + 1, .unchecked) }
            if !isText(bytes[place]) { return .noise(place + 1) }
            place += 1
        }
        return .more
    }

    @inline(__always)
    private static func isEnd(_ byte: UInt8) -> Bool { byte == Control.lineFeed || byte == Control.carriageReturn }

    /// Any letter; of the control characters those with which makers frame lines: STX, ETX, ACK, tab.
    @inline(__always)
    private static func isText(_ byte: UInt8) -> Bool {
        byte >= 0x20 || byte == Control.stx || byte == Control.etx || byte == 0x06 || byte == 0x09
    }

    package static let itemExample = "\"o3\", a named group of the answer"
    package static let addresses: ClosedRange<Int>? = nil

    package static func item(_ text: String) -> SerialItem? {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first), text.utf8.count <= 32,
            text.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x5F
            })
        else { return nil }
        return SerialItem(text: text)
    }

    package static func requests(for device: SerialDevice) -> [SerialRequest] {
        device.request.isEmpty ? [] : [SerialRequest(bytes: Array(device.request.utf8))]
    }

    /// The session compares with the expression of the device.
    package static func match(
        _ frame: Span<UInt8>, _ request: SerialRequest?, of device: SerialDevice
    ) -> FrameMatch { .stranger }

    package static func value(of item: SerialItem, in frame: Span<UInt8>) -> SerialValue { .absent }

    /// The line without its end.
    static func text(_ frame: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        for place in 0..<frame.count where !isEnd(frame[place]) { bytes.append(frame[place]) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
