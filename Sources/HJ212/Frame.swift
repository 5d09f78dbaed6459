/// What the length field of a frame says.
package enum LengthVerdict: String, Sendable {
    case ok
    case countsCRC = "counts-crc"
    case countsCRCAndLineEnd = "counts-crc-crlf"
    case threeDigits = "three-digits"
    case offByOne = "off-by-one"
    case wrong

    init(declared: Int, actual: Int, digits: Int) {
        switch declared - actual {
        case 0: self = digits == 3 ? .threeDigits : .ok
        case 4 where digits == 4: self = .countsCRC
        case 6 where digits == 4: self = .countsCRCAndLineEnd
        case -1 where digits == 4, 1 where digits == 4: self = .offByOne
        default: self = .wrong
        }
    }

    var sins: Sins {
        switch self {
        case .ok, .wrong: []
        case .countsCRC: .lengthCountsCRC
        case .countsCRCAndLineEnd: .lengthCountsCRCAndLineEnd
        case .threeDigits: .lengthHasThreeDigits
        case .offByOne: .lengthIsOffByOne
        }
    }
}

/// By what the checksum of a frame agrees.
package enum CRCVerdict: String, Sendable {
    case annexA = "annex-a"
    case modbus
    /// The standard's own, its two bytes in the other order.
    case swapped
    case none

    /// The verdict on a checksum that stood behind a data segment.
    init(_ received: UInt16, of data: Span<UInt8>) {
        let own = CRC.annexA(data)
        if received == own {
            self = .annexA
        } else if received == own.byteSwapped {
            self = .swapped
        } else {
            self = received == CRC.modbus(data) ? .modbus : .none
        }
    }

    var sins: Sins {
        switch self {
        case .annexA, .none: []
        case .modbus: .crcIsModbus
        case .swapped: .crcIsSwapped
        }
    }
}

/// A frame in a line of bytes: `##`, the length in four digits, the data segment, the CRC in four hexadecimal digits.
///
/// ```
/// ## 0 1 0 1  QN=...;CP=&&...&&  1 C 8 0  CR LF
/// ```
/// Source: HJ 212-2017, 6.3.1.
package struct Frame: Equatable, Sendable {
    /// Where the data segment lies in the line.
    package var data: Range<Int>
    /// Where the frame begins in the line: what lies before is noise.
    package var start: Int
    package var length: LengthVerdict
    package var crc: CRCVerdict
    package var sins: Sins

    /// The shortest frame: `##0000` and a CRC.
    static let overhead = 10

    /// Finds the frame that ends where a line does. Where several `##` stand in it, a frame was cut off: the first whose length
    /// agrees counts, or else the first that has a length at all.
    init?(line: Span<UInt8>) {
        var wrong: (start: Int, data: Range<Int>)?
        var found: (start: Int, data: Range<Int>, length: LengthVerdict)?
        var start = 0
        while start + Frame.overhead - 1 <= line.count {
            defer { start += 1 }
            guard line[start] == UInt8(ascii: "#"), line[start + 1] == UInt8(ascii: "#"),
                let (declared, digits) = Frame.length(line, at: start + 2)
            else { continue }
            let data = start + 2 + digits
            let end = line.count - 4
            guard data <= end else { break }
            let verdict = LengthVerdict(declared: declared, actual: end - data, digits: digits)
            if verdict != .wrong {
                found = (start, data..<end, verdict)
                break
            }
            if wrong == nil { wrong = (start, data..<end) }
        }
        guard let (start, data, length) = found ?? wrong.map({ ($0.start, $0.data, .wrong) }) else { return nil }
        self.start = start
        self.data = data
        self.length = length
        crc = .none
        sins = length.sins
        guard let received = Frame.checksum(line, at: data.upperBound) else { return }
        crc = CRCVerdict(received.value, of: line.extracting(data))
        sins.formUnion(crc.sins)
        if crc != .none, received.isLowerCase { sins.insert(.crcIsLowerCase) }
    }

    /// Why the frame cannot be used.
    package var fault: Fault? { length == .wrong ? .length : crc == .none ? .crc : nil }

    /// The length field at a place: four digits, or three before something else.
    private static func length(_ line: Span<UInt8>, at place: Int) -> (declared: Int, digits: Int)? {
        var declared = 0
        for count in 0..<4 {
            guard let digit = line[place + count].digit else { return count == 3 ? (declared, 3) : nil }
            declared = declared * 10 + digit
        }
        return (declared, 4)
    }

    private static func checksum(_ line: Span<UInt8>, at place: Int) -> (value: UInt16, isLowerCase: Bool)? {
        var value: UInt16 = 0
        var isLowerCase = false
        for offset in 0..<4 {
            guard let digit = line[place + offset].hexadecimal else { return nil }
            value = value << 4 | digit.value
            if digit.isLowerCase { isLowerCase = true }
        }
        return (value, isLowerCase)
    }
}
