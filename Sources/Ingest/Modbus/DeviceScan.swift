/// Finds out which units answer on a line and which registers they have.
package struct DeviceScan {
    /// What a unit has of one table, as ranges of addresses.
    package typealias Found = [(table: RegisterTable, ranges: [Range<Int>])]

    /// Told after each request: how much is done, of how much as far as is known.
    package var progress: (_ done: Int, _ of: Int, _ unit: Int) -> Void = { _, _, _ in }
    private let line: RawRead
    private let registers: Range<Int>

    /// Looks at these registers of a device, and at no others.
    package init(_ line: RawRead, registers: Range<Int>) {
        self.line = line
        self.registers = registers
    }

    /// Whether a unit is there: it answers, be it with a refusal of its own.
    ///
    /// - Throws: What says nothing about the unit: the line cannot be opened, or is gone.
    package func isThere(unit: Int) throws(ExchangeError) -> Bool {
        do throws(ExchangeError) {
            _ = try line.read(.holding, unit: unit, address: registers.lowerBound, count: 1)
            return true
        } catch {
            switch error {
            // MODBUS Application Protocol V1.1b3, 7: 0A and 0B are a gateway's, for a unit that is not there.
            case .exception(let code): return code != 0x0A && code != 0x0B
            case .timeout: return false
            // Whatever it was, something answered.
            case .badReply: return true
            default: throw error
            }
        }
    }

    /// The registers of a unit, table by table; tables without any are left out.
    package func tables(unit: Int) throws(ExchangeError) -> Found {
        var found: Found = []
        for table in [RegisterTable.holding, .input] {
            var ranges: [Range<Int>] = []
            var start = registers.lowerBound
            while start < registers.upperBound {
                let end = min(start + table.longest, registers.upperBound)
                guard try search(table, unit, start..<end, into: &ranges) else { break }
                start = end
                progress(start - registers.lowerBound, registers.count, unit)
            }
            if !ranges.isEmpty { found.append((table, ranges)) }
        }
        return found
    }

    /// Halves a range until each part is there or is not. False where the device does not have the table at all.
    private func search(
        _ table: RegisterTable, _ unit: Int, _ range: Range<Int>, into found: inout [Range<Int>]
    ) throws(ExchangeError) -> Bool {
        do throws(ExchangeError) {
            _ = try readTwice(table, unit, range)
            if let last = found.last, last.upperBound == range.lowerBound {
                found[found.count - 1] = last.lowerBound..<range.upperBound
            } else {
                found.append(range)
            }
            return true
        } catch {
            switch error {
            // MODBUS Application Protocol V1.1b3, 7: 01 illegal function; any other may be about a part of the range.
            case .exception(let code): if code == 0x01 { return false }
            // Some devices meet a wrong address with silence, or with an answer of another length.
            case .timeout, .badReply: break
            default: throw error
            }
        }
        guard range.count > 1 else { return true }
        let middle = range.lowerBound + range.count / 2
        guard try search(table, unit, range.lowerBound..<middle, into: &found) else { return false }
        return try search(table, unit, middle..<range.upperBound, into: &found)
    }

    /// A line with noise is asked once more before it counts as a refusal.
    private func readTwice(_ table: RegisterTable, _ unit: Int, _ range: Range<Int>) throws(ExchangeError) -> [UInt16] {
        do throws(ExchangeError) {
            return try line.read(table, unit: unit, address: range.lowerBound, count: range.count)
        } catch {
            guard error == .badReply else { throw error }
            return try line.read(table, unit: unit, address: range.lowerBound, count: range.count)
        }
    }
}
