/// The checksums that stand behind a data segment: the standard's own, and the one that many take for it.
package enum CRC {
    /// The CRC of HJ 212, which is **not** CRC-16/MODBUS: the low byte of the register is dropped before the next byte comes in.
    ///
    /// ```
    /// crc = 0xFFFF
    /// for b in data { crc = (crc >> 8) ^ b; 8 times: lsb = crc & 1; crc >>= 1; if lsb { crc ^= 0xA001 } }
    /// ```
    /// So all that is carried from byte to byte is `x`, the eight bits that are shifted out: `x' = carry(x) ^ b`. That is linear,
    /// and eight bytes can be folded in at once, each through as many carries as bytes follow it.
    ///
    /// Check value of "123456789": 2F80.
    ///
    /// - Complexity: O(n), no allocation.
    ///
    /// Source: HJ/T 212-2005 and HJ 212-2017, Annex A.
    package static func annexA(_ data: Span<UInt8>) -> UInt16 {
        guard data.count > 0 else { return 0xFFFF }
        var x: UInt8 = 0xFF ^ data[0]
        var position = 1
        while position + 8 <= data.count {
            x =
                carries.eight[Int(x)] ^ carries.seven[Int(data[position])] ^ carries.six[Int(data[position + 1])]
                ^ carries.five[Int(data[position + 2])] ^ carries.four[Int(data[position + 3])]
                ^ carries.three[Int(data[position + 4])] ^ carries.two[Int(data[position + 5])]
                ^ carries.one[Int(data[position + 6])] ^ data[position + 7]
            position += 8
        }
        while position < data.count {
            x = carries.one[Int(x)] ^ data[position]
            position += 1
        }
        return shifted(x)
    }

    /// CRC-16/MODBUS, which the field often sends instead. Check value of "123456789": 4B37.
    ///
    /// Source: MODBUS over Serial Line V1.02, 6.2.2.
    package static func modbus(_ data: Span<UInt8>) -> UInt16 {
        var crc: UInt16 = 0xFFFF
        for position in data.indices {
            crc = (crc >> 8) ^ shifted(UInt8(truncatingIfNeeded: crc) ^ data[position])
        }
        return crc
    }

    /// Eight bits shifted out through the polynomial 0xA001.
    private static func shifted(_ x: UInt8) -> UInt16 {
        let wide = UInt16(x)
        return (wide << 6) ^ (wide << 7) ^ (x.nonzeroBitCount & 1 == 1 ? 0xC001 : 0)
    }

    /// What is carried on of each `x` after one byte, after two ... eight.
    private struct Carries {
        typealias Table = InlineArray<256, UInt8>

        let one, two, three, four, five, six, seven, eight: Table

        init() {
            one = Table { UInt8(truncatingIfNeeded: CRC.shifted(UInt8(truncatingIfNeeded: $0)) >> 8) }
            two = Carries.after(one, one)
            three = Carries.after(two, one)
            four = Carries.after(three, one)
            five = Carries.after(four, one)
            six = Carries.after(five, one)
            seven = Carries.after(six, one)
            eight = Carries.after(seven, one)
        }

        private static func after(_ table: Table, _ one: Table) -> Table {
            Table { one[Int(table[$0])] }
        }
    }

    private static let carries = Carries()
}
