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

/// Where a Modbus device says how it is doing: a number or bits in a register, or bits of a table of bits.
package struct StatusSource: Equatable, Sendable {
    package typealias Meaning = StatusRule.Meaning
    package typealias Bit = StatusRule.Bit

    /// Where it begins; in a table of bits, bit 0.
    package var register: Register
    package var rule: StatusRule

    package var meaning: Meaning { rule.meaning }

    /// - Precondition: The bits of a table of bits have a meaning one by one.
    package init(register: Register, rule: StatusRule) {
        if case .number = rule.meaning { precondition(!register.table.isOfBits, "a table of bits has no numbers") }
        self.register = register
        self.rule = rule
    }

    package init(register: Register, mask: UInt32 = .max, shift: Int = 0, meaning: Meaning) {
        self.init(register: register, rule: StatusRule(mask: mask, shift: shift, meaning: meaning))
    }

    /// A register in which 0 is normal.
    package init(register: Register, meanings: [UInt32: DataFlag]) {
        self.init(register: register, meaning: .number(meanings, normal: 0))
    }

    /// What has to be read for it: the register, or those of the bits that mean something.
    package var registers: [Register] {
        guard register.table.isOfBits, case .bits(let bits) = meaning else { return [register] }
        return bits.map { Register(bit: register.address + $0.number, in: register.table) }
    }

    /// The flag of the number in its register.
    package func flag(_ word: UInt32) -> DataFlag { rule.flag(word) }

    /// The worst of what some bits tell; nil where one of them is not known.
    static func flag(of bits: [Bit], isSet: (Bit) -> Bool?) -> DataFlag? { StatusRule.flag(of: bits, isSet: isSet) }
}

extension DataFlag {
    /// All marks, the worst first: what a device with several troubles is said to have.
    ///
    /// What needs somebody to come goes before what somebody is doing there, and that before what was done to the
    /// number afterwards; of two calibrations the one that says more. Marks with which a value counts come last,
    /// `normal` after all.
    package static let worstFirst: [DataFlag] = [
        .fault, .stopped, .communication, .badConnection,
        .zeroCalibration, .spanCalibration, .zeroCheck, .spanCheck, .precisionCheck, .calibration,
        .maintenance, .recovering, .setByHand, .removed, .insufficient, .negative, .unknown, .absent,
        .overRange, .highSpecification, .lowSpecification, .suspect, .backfilled, .normal,
    ]

    /// The worse of two marks.
    package static func worse(_ left: DataFlag, _ right: DataFlag) -> DataFlag {
        worstFirst.first { $0 == left || $0 == right } ?? left
    }
}
