/// The protocol of Bavaria and Hesse, Gesytec II: `<STX>text<ETX>` and a check of two hexadecimal digits, or `<STX>text<CR>`.
///
/// The answer to `DA` is `MDnn`, then for each value `kkk +nnnn+ee ss ff mmm eeeeee`: its number, n.nnn * 10^ee, the status and
/// the failures as hexadecimal bits. A value that is not valid is sent as 0.0: only the bits tell.
///
/// Source: manuals of the Thermo 42i, Teledyne T200 and Ecotech Serinus 30, 40, 44 (appendix Bayern-Hessen protocol).
package enum BayernHessen: SerialDialect {
    package static let longest = 2048

    package static func look(_ bytes: Span<UInt8>, seen: Int) -> Sight {
        guard bytes[0] == Control.stx else { return .noise(endOfNoise(bytes)) }
        // The ETX of a frame whose check has not come yet was seen before.
        var place = max(seen - 2, 1)
        while place < bytes.count, bytes[place] >= 0x20, bytes[place] < 0x7F { place += 1 }
        guard place < bytes.count else { return .more }
        switch bytes[place] {
        case Control.carriageReturn: return .frame(place + 1, .unchecked)
        case Control.etx: return check(bytes, etx: place)
        // A frame that breaks off before another begins, or noise.
        default: return .noise(place)
        }
    }

    private static func endOfNoise(_ bytes: Span<UInt8>) -> Int {
        firstPlace(of: Control.stx, or: Control.stx, in: bytes, from: 0) ?? bytes.count
    }

    private static func check(_ bytes: Span<UInt8>, etx: Int) -> Sight {
        guard etx + 1 < bytes.count else { return .more }
        if bytes[etx + 1] == Control.carriageReturn { return .frame(etx + 2, .unchecked) }
        guard let high = hexadecimalDigit(bytes[etx + 1]) else { return .frame(etx + 1, .badChecksum) }
        guard etx + 2 < bytes.count else { return .more }
        guard let low = hexadecimalDigit(bytes[etx + 2]) else { return .frame(etx + 1, .badChecksum) }
        var check: UInt8 = 0
        for place in 0...etx { check ^= bytes[place] }
        return .frame(etx + 3, check == high << 4 | low ? .good : .badChecksum)
    }

    /// A frame around a text.
    package static func frame(_ text: String, checked: Bool = true) -> [UInt8] {
        guard checked else { return [Control.stx] + Array(text.utf8) + [Control.carriageReturn] }
        let bytes = [Control.stx] + Array(text.utf8) + [Control.etx]
        return bytes + hexadecimalText(bytes.reduce(0, ^))
    }

    // MARK: - Values

    package static let itemExample = "\"211\", \"211.status\", \"211.failure\" or \"#1\""
    package static let addresses: ClosedRange<Int>? = 0...999

    /// `211` by the number of the value, `#1` by its place; with `.status` and `.failure` the bits beside it.
    package static func item(_ text: String) -> SerialItem? {
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let part = halves.count == 1 ? 0 : ["status": 1, "failure": 2][halves[1]]
        let isPlace = halves[0].hasPrefix("#")
        let digits = isPlace ? halves[0].dropFirst() : halves[0]
        guard let part, let number = Int(digits), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            (isPlace ? 1...99 : 0...999).contains(number)
        else { return nil }
        return SerialItem(text: text, number: isPlace ? -number : number, part: part)
    }

    package static func requests(for device: SerialDevice) -> [SerialRequest] {
        let digits = device.address.map { String($0) } ?? ""
        let address = device.address == nil ? "" : String(repeating: "0", count: 3 - digits.count) + digits
        return [SerialRequest(bytes: frame("DA" + address, checked: device.isChecked))]
    }

    /// An answer does not say whom it is from. One that has nothing of what is wanted is another instrument's.
    package static func match(
        _ frame: Span<UInt8>, _ request: SerialRequest?, of device: SerialDevice
    ) -> FrameMatch {
        guard hasBytes(frame, Array("MD".utf8), at: 1) else { return .stranger }
        return device.items.contains { value(of: $0, in: frame) != .absent } ? .answer : .stranger
    }

    package static func value(of item: SerialItem, in frame: Span<UInt8>) -> SerialValue {
        // <STX>MDnn
        var place = min(5, frame.count)
        let end = firstPlace(of: Control.etx, or: Control.carriageReturn, in: frame, from: place) ?? frame.count
        var before: Range<Int>?
        var count = 0
        while let word = nextWord(frame, &place, end) {
            guard let number = number(frame, word) else {
                before = word
                continue
            }
            count += 1
            let isWanted =
                item.number < 0
                ? count == -item.number : before.map { self.number(ofValue: frame, $0) == item.number } ?? false
            if isWanted { return part(item.part, number, frame, &place, end) }
            before = nil
        }
        return .absent
    }

    /// The number itself, or the bits that follow it.
    private static func part(
        _ part: Int, _ number: WireNumber, _ frame: Span<UInt8>, _ place: inout Int, _ end: Int
    ) -> SerialValue {
        if part == 0 { return .number(number) }
        var word: Range<Int>?
        for _ in 0..<part { word = nextWord(frame, &place, end) }
        // The serial number may follow without a space (Serinus 30).
        guard let word, word.count >= 2,
            let bits = WireNumber.hexadecimal(frame, word.lowerBound..<word.lowerBound + 2)
        else { return .absent }
        return .number(bits)
    }

    /// `+nnnn+ee`: +2578+01 is 25.78.
    private static func number(_ frame: Span<UInt8>, _ word: Range<Int>) -> WireNumber? {
        guard word.count == 8, isSign(frame[word.lowerBound]), isSign(frame[word.lowerBound + 5]) else { return nil }
        var place = word.lowerBound
        let isNegative = WireNumber.readSign(frame, &place, word.upperBound)
        var significand: Int64 = 0
        for _ in 0..<4 {
            guard frame[place] >= 0x30, frame[place] <= 0x39 else { return nil }
            significand = significand * 10 + Int64(frame[place] - 0x30)
            place += 1
        }
        guard let exponent = WireNumber.readInteger(frame, &place, word.upperBound), place == word.upperBound else {
            return nil
        }
        return WireNumber.decimal(isNegative ? -significand : significand, power: exponent - 3)
    }

    private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }

    /// The three digits before a value.
    private static func number(ofValue frame: Span<UInt8>, _ word: Range<Int>) -> Int? {
        guard word.count == 3 else { return nil }
        var place = word.lowerBound
        guard frame[place] >= 0x30, frame[place] <= 0x39 else { return nil }
        let number = WireNumber.readInteger(frame, &place, word.upperBound)
        return place == word.upperBound ? number : nil
    }
}
