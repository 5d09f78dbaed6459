/// How a number lies in registers.
package enum RegisterType: String, CaseIterable, Sendable {
    case u16
    case i16
    case u32
    case i32
    case f32
    case f64

    /// Registers that it takes.
    package var registerCount: Int {
        switch self {
        case .u16, .i16: 1
        case .u32, .i32, .f32: 2
        case .f64: 4
        }
    }
}

/// The order of the bytes of a number that takes several registers; A is the most significant.
///
/// The names are those of four bytes. With eight, A to H, the same is done to the words and to the bytes in each word:
/// ABCD is ABCDEFGH, CDAB (the least significant word first) GHEFCDAB, BADC (the bytes of each word exchanged)
/// BADCFEHG, and DCBA (both) HGFEDCBA.
package enum ByteOrder: String, CaseIterable, Sendable {
    case abcd = "ABCD"
    case cdab = "CDAB"
    case badc = "BADC"
    case dcba = "DCBA"

    /// Whether the least significant word comes first.
    var isWordReversed: Bool { self == .cdab || self == .dcba }
    /// Whether the bytes of each word are exchanged.
    var isByteSwapped: Bool { self == .badc || self == .dcba }
}

/// Which of a device's four tables is read: two of registers, two of bits.
///
/// Source: MODBUS Application Protocol V1.1b3, 4.3 and 6.1 to 6.4.
package enum RegisterTable: Int, CaseIterable, Sendable {
    /// Function 3.
    case holding = 3
    /// Function 4.
    case input = 4
    /// Function 1.
    case coils = 1
    /// Function 2.
    case discreteInputs = 2

    /// Whether an item of the table is one bit, not a register of sixteen.
    package var isOfBits: Bool { self == .coils || self == .discreteInputs }
    /// The most that one request may ask for: 2000 bits, 125 registers.
    package var longest: Int { isOfBits ? 2000 : 125 }
    /// The tables in which numbers can lie.
    package static let ofNumbers: [RegisterTable] = [.holding, .input]
}

/// One number in a device, or one bit: the items of a table that belong together.
package struct Register: Equatable, Sendable {
    package var table: RegisterTable
    /// The address in the protocol, from 0.
    package var address: Int
    package var type: RegisterType
    package var order: ByteOrder

    package init(table: RegisterTable, address: Int, type: RegisterType, order: ByteOrder = .abcd) {
        self.table = table
        self.address = address
        self.type = type
        self.order = order
    }

    /// One bit of a table of bits. It is an item of its own, which a reply gives as 0 or 1: a u16 of that table.
    package init(bit address: Int, in table: RegisterTable) {
        self.init(table: table, address: address, type: .u16)
    }

    package var range: Range<Int> { address..<address + type.registerCount }
}

/// Where manuals that count from 1 say a register is: 40019 is holding register 19, in the protocol address 18.
package enum ReferenceNotation {
    /// The table and the address of a number: 1xxxx discrete inputs, 3xxxx input registers, 4xxxx holding registers,
    /// five or six digits. Coils (0xxxx) have no such number in TOML, where an integer does not begin with 0.
    package static func place(of number: Int) -> (table: RegisterTable, address: Int)? {
        let table: RegisterTable
        let offset: Int
        switch number {
        case 10_001...19_999: (table, offset) = (.discreteInputs, 10_001)
        case 30_001...39_999: (table, offset) = (.input, 30_001)
        case 40_001...49_999: (table, offset) = (.holding, 40_001)
        case 100_001...165_536: (table, offset) = (.discreteInputs, 100_001)
        case 300_001...365_536: (table, offset) = (.input, 300_001)
        case 400_001...465_536: (table, offset) = (.holding, 400_001)
        default: return nil
        }
        return (table, number - offset)
    }
}

/// A device on a Modbus line.
package struct ModbusDevice: Equatable, Sendable {
    package var name: String
    /// Its address on the line, 1...247.
    package var unit: Int
    package var channels: [ChannelSource]
    /// What says how it is doing; where several speak, the worst counts.
    package var statuses: [StatusSource]
    /// The longest request that it is sent, in registers.
    package var maxRegisters = RegisterRequest.longest
    package var calibration = CalibrationPlan()

    package init(name: String, unit: Int, channels: [ChannelSource], statuses: [StatusSource]) {
        self.name = name
        self.unit = unit
        self.channels = channels
        self.statuses = statuses
    }

    package init(name: String, unit: Int, channels: [ChannelSource], status: StatusSource? = nil) {
        self.init(name: name, unit: unit, channels: channels, statuses: status.map { [$0] } ?? [])
    }

    /// Everything that has to be read to know its values and how it is doing.
    package var registers: [Register] { channels.map(\.register) + statuses.flatMap(\.registers) }
}
