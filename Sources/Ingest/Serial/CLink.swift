import AQICore

/// Thermo C-Link: a command and CR; the answer repeats the command, then `value unit`, or lines.
///
/// It ends with CR, before it perhaps `sum hhhh`, the sum of the bytes before it in 16 bits, on a line of its own or after 0x80;
/// the text itself may end with `*`, which is part of the sum.
///
/// Source: Thermo 42i, 48i and 49i manuals, appendix B (reply termination 00 and 01), and answers of a 49i.
package enum CLink: SerialDialect {
    package static let longest = 4096

    package static func look(_ bytes: Span<UInt8>, seen: Int) -> Sight {
        var start = 0
        while start < bytes.count, isLineEnd(bytes[start]) { start += 1 }
        if start > 0 { return .gap(start) }
        var place = max(seen, 1)
        if !isText(bytes[0]) { return .noise(1) }
        while place < bytes.count {
            let byte = bytes[place]
            if byte == Control.carriageReturn { return verdict(bytes, end: place) }
            // A capture without its CRs still has the line of the sum.
            if byte == Control.lineFeed, sumLine(bytes, end: place) != nil { return verdict(bytes, end: place) }
            if !isText(byte) { return .noise(place + 1) }
            place += 1
        }
        return .more
    }

    @inline(__always)
    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == Control.lineFeed || byte == Control.carriageReturn
    }

    @inline(__always)
    private static func isText(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte < 0x7F) || byte == Control.lineFeed || byte == 0x80 || byte == 0x09
    }

    private static func verdict(_ bytes: Span<UInt8>, end: Int) -> Sight {
        guard let line = sumLine(bytes, end: end) else { return .frame(end + 1, .unchecked) }
        var sum: UInt16 = 0
        for place in 0..<line.textEnd { sum &+= UInt16(bytes[place]) }
        return .frame(end + 1, sum == line.sum ? .good : .badChecksum)
    }

    /// A bad answer is passed over whole: no other can begin inside, for CR ends each.
    package static func passedOver(ofBad count: Int) -> Int { count }

    /// `sum hhhh` before `end`, and where the text before it ends; nil where there is none.
    private static func sumLine(_ bytes: Span<UInt8>, end: Int) -> (textEnd: Int, sum: UInt16)? {
        let start = end - 8
        guard start >= 1, bytes[start] == UInt8(ascii: "s"), bytes[start + 1] == UInt8(ascii: "u"),
            bytes[start + 2] == UInt8(ascii: "m"), bytes[start + 3] == 0x20,
            bytes[start - 1] == Control.lineFeed || bytes[start - 1] == 0x80
        else { return nil }
        var sum: UInt16 = 0
        for place in start + 4..<end {
            guard let digit = hexadecimalDigit(bytes[place]) else { return nil }
            sum = sum << 4 | UInt16(digit)
        }
        return (start - 1, sum)
    }

    /// Where the text of a frame ends: before its sum, its `*` and its CR.
    static func textEnd(_ frame: Span<UInt8>) -> Int {
        var end = frame.count
        while end > 0, frame[end - 1] <= 0x20 { end -= 1 }
        if let line = sumLine(frame, end: end) { end = line.textEnd }
        if end > 0, frame[end - 1] == UInt8(ascii: "*") { end -= 1 }
        return end
    }

    // MARK: - Values

    package static let itemExample = "\"o3\" or \"flags\""
    /// Instruments answer to what begins with their number plus 128.
    package static let addresses: ClosedRange<Int>? = 0...127

    /// The command that asks for it. `flags` comes in hexadecimal digits.
    package static func item(_ text: String) -> SerialItem? {
        let bytes = Array(text.utf8)
        guard (1...32).contains(bytes.count), bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), bytes[0] != 0x20,
            !text.hasPrefix("set ")
        else { return nil }
        return SerialItem(text: text, name: bytes, part: text == "flags" ? 1 : 0)
    }

    package static func requests(for device: SerialDevice) -> [SerialRequest] {
        device.items.map { request($0.name, of: device) }
    }

    static func request(_ command: [UInt8], of device: SerialDevice) -> SerialRequest {
        let address = device.address.map { [UInt8(truncatingIfNeeded: $0 + 128)] } ?? []
        return SerialRequest(bytes: address + command + [Control.carriageReturn], key: command)
    }

    package static func match(
        _ frame: Span<UInt8>, _ request: SerialRequest?, of device: SerialDevice
    ) -> FrameMatch {
        guard let key = request?.key, hasBytes(frame, key, at: 0), frame.count > key.count, frame[key.count] <= 0x20
        else { return .stranger }
        // An adapter that echoes brings the command back by itself.
        var place = key.count
        guard nextWord(frame, &place, textEnd(frame)) != nil else { return .stranger }
        // `bad cmd`, `can't, wrong settings`
        return hasBytes(frame, Array("bad cmd".utf8), at: key.count + 1)
            || hasBytes(frame, Array("can't".utf8), at: key.count + 1) ? .refusal(1) : .answer
    }

    package static func value(of item: SerialItem, in frame: Span<UInt8>) -> SerialValue {
        guard hasBytes(frame, item.name, at: 0) else { return .absent }
        var place = item.name.count
        guard place < frame.count, frame[place] <= 0x20, let word = nextWord(frame, &place, textEnd(frame)) else {
            return .absent
        }
        return number(item, frame, word)
    }

    private static func number(_ item: SerialItem, _ frame: Span<UInt8>, _ word: Range<Int>) -> SerialValue {
        let number = item.part == 1 ? WireNumber.hexadecimal(frame, word) : WireNumber.parse(frame, word)
        return number.map(SerialValue.number) ?? .invalid
    }

    /// The word behind the number.
    package static func unit(of item: SerialItem, in frame: Span<UInt8>) -> MeasuringUnit? {
        var place = item.name.count
        let end = textEnd(frame)
        guard hasBytes(frame, item.name, at: 0), nextWord(frame, &place, end) != nil,
            let word = nextWord(frame, &place, end)
        else { return nil }
        return MeasuringUnit.allCases.first { unit in
            let name = Array(unit.rawValue.utf8)
            return name.count == word.count && hasBytes(frame, name, at: word.lowerBound)
        }
    }

    // MARK: - Records

    /// The lines of an answer to `lrec n m`, and what each says: `14:38 07-28-21  flags D800500 o3 0.367 ...`.
    static func forEachRecord(
        _ frame: Span<UInt8>, _ body: (_ record: CLinkRecord, _ line: Range<Int>) -> Void
    ) {
        let end = textEnd(frame)
        var start = 0
        while start < end {
            let lineEnd = min(
                firstPlace(of: Control.lineFeed, or: Control.lineFeed, in: frame, from: start) ?? end, end)
            if let record = CLinkRecord(frame, start..<lineEnd) { body(record, start..<lineEnd) }
            start = lineEnd + 1
        }
    }

    /// The times of the records of an answer.
    static func recordTimes(_ frame: Span<UInt8>) -> [Instant] {
        var times: [Instant] = []
        forEachRecord(frame) { record, _ in if let time = record.instant { times.append(time) } }
        return times
    }

    /// The readings of the minutes of an answer's records, each of which lasts `period` seconds until its time. A record whose
    /// status is not known, or says that something was wrong, gives none, nor does a value that is none.
    static func records(
        _ frame: Span<UInt8>, of device: SerialDevice, period: Int64, in minutes: Range<Instant>
    ) -> [Reading] {
        var readings: [Reading] = []
        forEachRecord(frame) { record, line in
            guard let end = record.instant else { return }
            let isFit = device.statuses.allSatisfy { status in
                guard case .number(let number) = value(of: status.item, in: frame, line: line) else { return false }
                return number.word.map { status.rule.flag($0).isValid } ?? false
            }
            guard isFit else { return }
            for source in device.channels {
                let found = value(of: source.item, in: frame, line: line)
                let value = source.rule.value(found, in: nil, at: ReferenceState(at: end + -1))
                guard !value.isMissing else { continue }
                for seconds in stride(from: -period, to: 0, by: 60) where minutes.contains(end + seconds) {
                    readings.append(
                        Reading(
                            channel: source.rule.channel, time: end + seconds, value: value, isBackfilled: true))
                }
            }
        }
        return readings
    }

    /// What a line of a record says of an item: the word behind its name.
    static func value(of item: SerialItem, in frame: Span<UInt8>, line: Range<Int>) -> SerialValue {
        var place = line.lowerBound
        while let word = nextWord(frame, &place, line.upperBound) {
            guard word.count == item.name.count, hasBytes(frame, item.name, at: word.lowerBound) else { continue }
            guard let next = nextWord(frame, &place, line.upperBound) else { return .invalid }
            return number(item, frame, next)
        }
        return .absent
    }
}

/// The time of a record as the instrument has it.
struct CLinkRecord: Equatable {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int

    /// Reads `14:38 07-28-21` at the beginning of a line: the month goes first.
    init?(_ frame: Span<UInt8>, _ line: Range<Int>) {
        guard line.count >= 14 else { return nil }
        let start = line.lowerBound
        guard let hour = CLinkRecord.two(frame, start), frame[start + 2] == UInt8(ascii: ":"),
            let minute = CLinkRecord.two(frame, start + 3), frame[start + 5] == 0x20,
            let month = CLinkRecord.two(frame, start + 6), frame[start + 8] == UInt8(ascii: "-"),
            let day = CLinkRecord.two(frame, start + 9), frame[start + 11] == UInt8(ascii: "-"),
            let year = CLinkRecord.two(frame, start + 12),
            hour < 24, minute < 60, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        (self.year, self.month, self.day, self.hour, self.minute) = (2000 + year, month, day, hour, minute)
    }

    private static func two(_ frame: Span<UInt8>, _ place: Int) -> Int? {
        let (high, low) = (frame[place], frame[place + 1])
        guard (0x30...0x39).contains(high), (0x30...0x39).contains(low) else { return nil }
        return Int(high - 0x30) * 10 + Int(low - 0x30)
    }
}
