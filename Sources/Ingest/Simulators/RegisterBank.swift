import Synchronization

/// The registers of the simulated devices of one line, by unit; what a server answers from.
package final class RegisterBank: Sendable {
    /// Registers of each table of a device.
    package static let registerCount = 256

    /// One device's registers.
    struct Registers: Sendable {
        var holding = [UInt16](repeating: 0, count: registerCount)
        var input = [UInt16](repeating: 0, count: registerCount)
    }

    private let byUnit: Mutex<[Int: Registers]>

    /// Devices with 256 holding and 256 input registers each, all 0.
    package init(units: [Int]) {
        byUnit = Mutex(Dictionary(uniqueKeysWithValues: units.map { ($0, Registers()) }))
    }

    /// Writes registers of several devices at once: a read sees all of them or none.
    package func set(_ writes: [(unit: Int, table: RegisterTable, address: Int, registers: [UInt16])]) {
        byUnit.withLock { byUnit in
            for write in writes {
                let range = write.address..<write.address + write.registers.count
                switch write.table {
                case .holding: byUnit[write.unit]?.holding.replaceSubrange(range, with: write.registers)
                case .input: byUnit[write.unit]?.input.replaceSubrange(range, with: write.registers)
                // The simulated devices have no bits yet.
                case .coils, .discreteInputs: break
                }
            }
        }
    }

    /// The registers of a device as they are now; nil where there is no such unit.
    func registers(of unit: Int) -> Registers? { byUnit.withLock { $0[unit] } }
}

extension RegisterBank {
    /// The registers of a binary32 number given in thousandths, in a byte order.
    package static func registers(thousandths: Int32, order: ByteOrder) -> [UInt16] {
        registers(bits: (Float(thousandths) / 1000).bitPattern, order: order)
    }

    /// The registers of 32 bits in a byte order.
    package static func registers(bits: UInt32, order: ByteOrder) -> [UInt16] {
        let high = UInt16(truncatingIfNeeded: bits >> 16)
        let low = UInt16(truncatingIfNeeded: bits)
        return switch order {
        case .abcd: [high, low]
        case .cdab: [low, high]
        case .badc: [high.byteSwapped, low.byteSwapped]
        case .dcba: [low.byteSwapped, high.byteSwapped]
        }
    }
}
