import Synchronization

/// The registers of the simulated devices of one line, by unit; what a server answers from.
package final class RegisterBank: Sendable {
    /// Registers of each table of a device that is not described further.
    package static let registerCount = 256
    /// Addresses have 16 bits.
    static let addressCount = 65_536

    /// One table of one device; coils and inputs are words of 0 and 1.
    private struct Table: Sendable {
        var words: [UInt16] = []
        /// Whether the device has a register there.
        var isThere: [Bool] = []

        mutating func set(_ values: [UInt16], at address: Int) {
            let end = address + values.count
            if words.count < end {
                words += [UInt16](repeating: 0, count: end - words.count)
                isThere += [Bool](repeating: false, count: end - isThere.count)
            }
            words.replaceSubrange(address..<end, with: values)
            isThere.replaceSubrange(address..<end, with: repeatElement(true, count: values.count))
        }
    }

    /// By unit, and by the function that reads the table.
    private let tables: Mutex<[Int: [Int: Table]]>

    /// Devices with 256 holding and 256 input registers each, all 0.
    package init(units: [Int]) {
        var table = Table()
        table.set([UInt16](repeating: 0, count: RegisterBank.registerCount), at: 0)
        let device = [RegisterTable.holding.rawValue: table, RegisterTable.input.rawValue: table]
        tables = Mutex(Dictionary(uniqueKeysWithValues: units.map { ($0, device) }))
    }

    /// Devices with the registers of their values and no others.
    package init(_ devices: [SimulatedDevice]) {
        tables = Mutex([:])
        for device in devices { tables.withLock { if $0[device.unit] == nil { $0[device.unit] = [:] } } }
        set(devices)
    }

    /// Writes what devices have, all at once; where two have the same register the last counts.
    package func set(_ devices: [SimulatedDevice]) { set(devices.flatMap(\.writes)) }

    /// Writes registers of several devices at once: a read sees all of them or none. A unit that is not there stays
    /// away; a register that is not there is there from now on.
    package func set(_ writes: [(unit: Int, table: RegisterTable, address: Int, registers: [UInt16])]) {
        tables.withLock { tables in
            for write in writes {
                tables[write.unit]?[write.table.rawValue, default: Table()].set(write.registers, at: write.address)
            }
        }
    }

    /// What a device has to say to a request that reads.
    enum Answer: Equatable {
        case words([UInt16])
        case noSuchUnit
        case noSuchAddress
    }

    /// Registers of a device as they are now, by the function that reads them.
    func read(unit: Int, function: Int, address: Int, count: Int) -> Answer {
        tables.withLock { tables in
            guard let device = tables[unit] else { return .noSuchUnit }
            guard let table = device[function], count > 0, address + count <= table.words.count,
                table.isThere[address..<address + count].allSatisfy({ $0 })
            else { return .noSuchAddress }
            return .words(Array(table.words[address..<address + count]))
        }
    }
}

extension RegisterBank {
    /// The registers of a binary32 number given in thousandths, in a byte order.
    package static func registers(thousandths: Int32, order: ByteOrder) -> [UInt16] {
        registers(bits: (Float(thousandths) / 1000).bitPattern, order: order)
    }

    /// The registers of 32 bits in a byte order.
    package static func registers(bits: UInt32, order: ByteOrder) -> [UInt16] {
        arranged([16, 0].map { UInt16(truncatingIfNeeded: bits >> $0) }, order)
    }

    /// The registers of 64 bits in a byte order.
    package static func registers(bits: UInt64, order: ByteOrder) -> [UInt16] {
        arranged([48, 32, 16, 0].map { UInt16(truncatingIfNeeded: bits >> $0) }, order)
    }

    /// Words from the most significant on, in a byte order.
    private static func arranged(_ words: [UInt16], _ order: ByteOrder) -> [UInt16] {
        let swapped = order.isByteSwapped ? words.map(\.byteSwapped) : words
        return order.isWordReversed ? swapped.reversed() : swapped
    }
}
