package import AQICore

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
