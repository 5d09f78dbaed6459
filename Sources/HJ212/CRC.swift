/// The checksums that stand behind a data segment: the standard's own, and the one that many take for it.
package enum CRC {
    /// The CRC of HJ 212, which is **not** CRC-16/MODBUS: the low byte of the register is dropped before the next byte comes in.
    ///
    /// ```
    /// crc = 0xFFFF
    /// for b in data { crc = (crc >> 8) ^ b; 8 times: lsb = crc & 1; crc >>= 1; if lsb { crc ^= 0xA001 } }
    /// ```
    /// So all that is carried from byte to byte is `x`, the eight bits that are shifted out: `x' = carry(x) ^ b`. That is linear,
    /// and eight carries are none: `carry` applied eight times gives `x` back. So bytes that stand eight apart count alike, words of
    /// eight are folded into one, and two such words that changed places go unnoticed.
    ///
    /// Check value of "123456789": 2F80.
    ///
    /// - Complexity: O(n), no allocation.
    ///
    /// Source: HJ/T 212-2005 and HJ 212-2017, Annex A.
    package static func annexA(_ data: Span<UInt8>) -> UInt16 {
        guard data.count > 0 else { return 0xFFFF }
        var folded: UInt64 = 0
        var position = 0
        while position + 8 <= data.count {
            folded ^= data.word(at: position)
            position += 8
        }
        // The register begins with ones: they meet the first byte.
        var x: UInt8 = 0xFF
        if position > 0 {
            folded ^= 0xFF
            x = UInt8(truncatingIfNeeded: folded)
            for byte in 1..<8 { x = carry(x) ^ UInt8(truncatingIfNeeded: folded >> UInt64(8 * byte)) }
        } else {
            x ^= data[0]
            position = 1
        }
        while position < data.count {
            x = carry(x) ^ data[position]
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

    /// The part of that which meets the next byte.
    private static func carry(_ x: UInt8) -> UInt8 { UInt8(truncatingIfNeeded: shifted(x) >> 8) }
}
