package import AQICore

/// What a number tells of how a device is doing: as a whole, or bit by bit.
package struct StatusRule: Equatable, Sendable {
    /// What the number means.
    package enum Meaning: Equatable, Sendable {
        /// The whole number has a meaning; one that is neither normal nor listed is a fault.
        case number([UInt32: DataFlag], normal: UInt32)
        /// Each bit has a meaning; those that are not listed have none.
        case bits([Bit])
    }

    /// One bit and what it tells.
    package struct Bit: Equatable, Sendable {
        /// From 0, the least significant of a number. In a table of bits: how far from the status' address.
        package var number: Int
        package var flag: DataFlag
        /// Whether the bit tells this when it is 0.
        package var isWhenClear: Bool

        package init(_ number: Int, _ flag: DataFlag, whenClear isWhenClear: Bool = false) {
            self.number = number
            self.flag = flag
            self.isWhenClear = isWhenClear
        }
    }

    /// Which bits of the number belong to it, and by how many places they are then moved to the right.
    package var mask: UInt32
    package var shift: Int
    package var meaning: Meaning

    package init(mask: UInt32 = .max, shift: Int = 0, meaning: Meaning) {
        self.mask = mask
        self.shift = shift
        self.meaning = meaning
    }

    /// The flag of a number.
    package func flag(_ word: UInt32) -> DataFlag {
        let number = (word & mask) >> UInt32(shift)
        switch meaning {
        case .number(let meanings, let normal): return number == normal ? .normal : meanings[number] ?? .fault
        case .bits(let bits): return StatusRule.flag(of: bits) { number >> UInt32($0.number) & 1 != 0 } ?? .fault
        }
    }

    /// The worst of what some bits tell; nil where one of them is not known.
    static func flag(of bits: [Bit], isSet: (Bit) -> Bool?) -> DataFlag? {
        var worst = DataFlag.normal
        for bit in bits {
            guard let isSet = isSet(bit) else { return nil }
            if isSet != bit.isWhenClear { worst = DataFlag.worse(worst, bit.flag) }
        }
        return worst
    }
}
