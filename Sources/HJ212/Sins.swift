/// What stations of the field do against the standard and can still be understood. A lenient decoder counts them by name; a
/// strict one refuses the packet.
package struct Sins: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static let lengthCountsCRC = Sins(rawValue: 1 << 0)
    package static let lengthCountsCRCAndLineEnd = Sins(rawValue: 1 << 1)
    package static let lengthHasThreeDigits = Sins(rawValue: 1 << 2)
    package static let lengthIsOffByOne = Sins(rawValue: 1 << 3)
    package static let crcIsModbus = Sins(rawValue: 1 << 4)
    package static let crcIsSwapped = Sins(rawValue: 1 << 5)
    package static let crcIsLowerCase = Sins(rawValue: 1 << 6)
    /// The line ends with LF alone.
    package static let noCarriageReturn = Sins(rawValue: 1 << 7)
    /// The data segment is longer than the standard lets it be.
    package static let tooLong = Sins(rawValue: 1 << 8)
    package static let noQN = Sins(rawValue: 1 << 9)
    package static let noFlag = Sins(rawValue: 1 << 10)
    /// The flag says that the packet is one of several, and PNUM or PNO are missing.
    package static let noPacketNumber = Sins(rawValue: 1 << 11)
    /// Separators with nothing between them or behind.
    package static let straySeparators = Sins(rawValue: 1 << 12)
    package static let spaces = Sins(rawValue: 1 << 13)
    /// A key in other letters than the standard's, as FLAG.
    package static let keyCase = Sins(rawValue: 1 << 14)
    /// DataTime with milliseconds.
    package static let longDataTime = Sins(rawValue: 1 << 15)
    /// A value with nothing behind the `=`.
    package static let emptyValue = Sins(rawValue: 1 << 16)
    /// The same key of the same factor twice, with the same text.
    package static let repeatedKey = Sins(rawValue: 1 << 17)
    /// MN has more than 24 characters.
    package static let longMN = Sins(rawValue: 1 << 18)

    package static let noPassword = Sins(rawValue: 1 << 19)

    /// Each by its name in counters, messages and JSON.
    package static let named: [(sin: Sins, name: String)] = [
        (.lengthCountsCRC, "length-counts-crc"), (.lengthCountsCRCAndLineEnd, "length-counts-crc-crlf"),
        (.lengthHasThreeDigits, "length-three-digits"), (.lengthIsOffByOne, "length-off-by-one"),
        (.crcIsModbus, "crc-modbus"), (.crcIsSwapped, "crc-swapped"), (.crcIsLowerCase, "crc-lower-case"),
        (.noCarriageReturn, "no-carriage-return"), (.tooLong, "too-long"), (.noQN, "missing-qn"),
        (.noFlag, "missing-flag"), (.noPacketNumber, "missing-pnum"), (.straySeparators, "stray-separators"),
        (.spaces, "spaces"), (.keyCase, "key-case"), (.longDataTime, "long-data-time"),
        (.emptyValue, "empty-value"), (.repeatedKey, "repeated-key"), (.longMN, "long-mn"),
        (.noPassword, "missing-pw"),
    ]

    /// The names, in the order of ``named``.
    package var names: [String] { Sins.named.filter { contains($0.sin) }.map(\.name) }
}

/// Why a packet cannot be used at all.
package enum Fault: String, Error, Sendable {
    /// The length says something else than is there, in no way that is known.
    case length = "length-wrong"
    case crc = "crc-wrong"
    /// Control characters, or bytes above ASCII, where none may be.
    case character = "bad-character"
    /// A field without `=`, a number that is none, or a field twice.
    case field = "bad-field"
    /// No `CP=&&...&&` at the end.
    case noCP = "missing-cp"
    case noST = "missing-st"
    case noCN = "missing-cn"
    case noMN = "missing-mn"
    /// An item of CP without `=`.
    case item = "bad-item"
    /// The same key of the same factor twice, with different texts.
    case contradiction = "contradicting-values"
    case dataTime = "bad-data-time"
    /// A value that is no number.
    case value = "bad-value"
    /// DataTime lies further ahead than any clock is.
    case ahead = "ahead-of-time"
}
