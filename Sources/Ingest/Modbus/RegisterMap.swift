package import AQICore

/// How a number lies in registers.
package enum RegisterType: String, CaseIterable, Sendable {
    case u16
    case i16
    case u32
    case i32
    case f32

    /// Registers that it takes.
    package var registerCount: Int {
        switch self {
        case .u16, .i16: 1
        case .u32, .i32, .f32: 2
        }
    }
}

/// The order of the four bytes of a 32-bit number on the wire; A is the most significant.
package enum ByteOrder: String, CaseIterable, Sendable {
    case abcd = "ABCD"
    case cdab = "CDAB"
    case badc = "BADC"
    case dcba = "DCBA"
}

/// Which of a device's tables of registers is read.
///
/// Source: MODBUS Application Protocol V1.1b3, 6.3 and 6.4.
package enum RegisterTable: Int, CaseIterable, Sendable {
    /// Function 3.
    case holding = 3
    /// Function 4.
    case input = 4
}

/// One number in a device.
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

    package var range: Range<Int> { address..<address + type.registerCount }
}

/// A number of a device that is a channel of a station.
package struct ChannelSource: Equatable, Sendable {
    package var channel: Channel
    package var register: Register
    /// One step of an integer register, in thousandths of the unit; not used for f32.
    package var step: Int32
    /// The number that stands for a missing value, in thousandths of the unit.
    package var sentinel: Int32?

    package init(channel: Channel, register: Register, step: Int32 = 1000, sentinel: Int32? = nil) {
        self.channel = channel
        self.register = register
        self.step = step
        self.sentinel = sentinel
    }
}

/// A register that says how a device is doing.
package struct StatusSource: Equatable, Sendable {
    package var register: Register
    /// What each number means for the device's channels; 0 is normal, and a number that is not listed a fault.
    package var meanings: [UInt32: DataFlag]

    package init(register: Register, meanings: [UInt32: DataFlag]) {
        self.register = register
        self.meanings = meanings
    }

    package func flag(_ word: UInt32) -> DataFlag { word == 0 ? .normal : meanings[word] ?? .fault }
}

/// A device on a Modbus line.
package struct ModbusDevice: Equatable, Sendable {
    package var name: String
    /// Its address on the line, 1...247.
    package var unit: Int
    package var channels: [ChannelSource]
    package var status: StatusSource?
    /// The longest request that it is sent, in registers.
    package var maxRegisters = RegisterRequest.longest

    package init(name: String, unit: Int, channels: [ChannelSource], status: StatusSource? = nil) {
        self.name = name
        self.unit = unit
        self.channels = channels
        self.status = status
    }
}
