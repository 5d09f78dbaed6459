/// A device to be simulated: its unit, and what lies in its registers. A value, so that a profile or a command line
/// can make one.
package struct SimulatedDevice: Equatable, Sendable {
    /// A number and where it lies.
    package struct Value: Equatable, Sendable {
        package var register: Register
        package var number: Double

        package init(_ register: Register, _ number: Double) {
            self.register = register
            self.number = number
        }

        /// The number as it lies in the device, or nil where its type cannot hold it.
        package var words: [UInt16]? {
            if register.type == .f32 {
                return RegisterBank.registers(bits: Float(number).bitPattern, order: register.order)
            }
            if register.type == .f64 {
                return RegisterBank.registers(bits: number.bitPattern, order: register.order)
            }
            guard let whole = Int64(exactly: number.rounded()) else { return nil }
            let isSigned = register.type == .i16 || register.type == .i32
            let bits = register.type.registerCount * 16
            let range =
                isSigned ? -(Int64(1) << (bits - 1))...(Int64(1) << (bits - 1)) - 1 : 0...(Int64(1) << bits) - 1
            guard range.contains(whole) else { return nil }
            if bits == 16 { return [UInt16(truncatingIfNeeded: whole)] }
            return RegisterBank.registers(bits: UInt32(truncatingIfNeeded: whole), order: register.order)
        }
    }

    /// A coil or a discrete input.
    package struct Bit: Equatable, Sendable {
        package var table: RegisterTable
        package var address: Int
        package var isOn: Bool

        /// - Precondition: The table is one of bits.
        package init(_ table: RegisterTable, address: Int, isOn: Bool) {
            precondition(table.isOfBits, "\(table) has registers")
            self.table = table
            self.address = address
            self.isOn = isOn
        }
    }

    /// 1...247; over TCP also 0 and 255.
    package var unit: Int
    package var values: [Value]
    package var bits: [Bit]

    package init(unit: Int, values: [Value] = [], bits: [Bit] = []) {
        self.unit = unit
        self.values = values
        self.bits = bits
    }

    /// What has to be written into tables for it.
    var writes: [(unit: Int, table: RegisterTable, address: Int, registers: [UInt16])] {
        bits.map { (unit, $0.table, $0.address, [$0.isOn ? 1 : 0]) }
            + values.compactMap { value in
                value.words.map { (unit, value.register.table, value.register.address, $0) }
            }
    }
}
