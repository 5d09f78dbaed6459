package import AQICore

/// The samples of one parameter within one minute, each second at most once, in order of time.
package struct MinuteColumn: Equatable, Sendable {
    package var parameter: UInt8
    /// 0...59, ascending.
    package var seconds: [UInt8]
    /// As many as there are seconds.
    package var values: [Concentration]

    package init(parameter: UInt8, seconds: [UInt8] = [], values: [Concentration] = []) {
        self.parameter = parameter
        self.seconds = seconds
        self.values = values
    }
}

/// The samples of one minute of a station, packed: what `sample.packed` holds.
///
/// ```
/// blob    1 (the version of this form), column, column, ...
/// column  parameter | scale << 6 + count - 1 | first second, step          where the seconds are evenly spaced
///         parameter | scale << 6 + count - 1 | 255, 8 bytes, bit n: second n came     elsewhere
///         then the values, until there are `count`:
///           varint n > 0   the value is the one before it (0 before the first) plus unzigzag(n - 1) times 10 to the scale
///           0, flag, run   so many missing values, for the reason `flag`
/// ```
/// Neighbouring samples differ by little, and an instrument's last digit is seldom a thousandth: the difference of two of them,
/// in units of that digit, mostly fits one byte. Numbers are little-endian base-128 varints.
package enum MinuteBlob {
    static let version: UInt8 = 1
    /// The first byte of the seconds where a bitmap follows.
    private static let bitmapFollows: UInt8 = 255
    private static let scales: [Int64] = [1, 10, 100, 1000]

    /// Packs columns; those without a sample are left out.
    package static func pack(_ columns: [MinuteColumn]) -> [UInt8] {
        var bytes: [UInt8] = [version]
        bytes.reserveCapacity(1 + columns.reduce(0) { $0 + 5 + 2 * $1.values.count })
        for column in columns where !column.seconds.isEmpty { append(column, to: &bytes) }
        return bytes
    }

    /// Reads a blob; nil for one that ``pack(_:)`` does not write: a damaged one, or one of a newer version.
    package static func unpack(_ bytes: [UInt8]) -> [MinuteColumn]? {
        var reader = ByteReader(bytes: bytes)
        guard reader.next() == version else { return nil }
        var columns: [MinuteColumn] = []
        while !reader.isAtEnd {
            guard let column = column(&reader) else { return nil }
            columns.append(column)
        }
        return columns
    }

    // MARK: - Packing

    private static func append(_ column: MinuteColumn, to bytes: inout [UInt8]) {
        let scale = scale(of: column.values)
        bytes.append(column.parameter)
        bytes.append(UInt8(scale) << 6 | UInt8(column.seconds.count - 1))
        append(seconds: column.seconds, to: &bytes)
        append(values: column.values, unit: scales[scale], to: &bytes)
    }

    private static func append(seconds: [UInt8], to bytes: inout [UInt8]) {
        let step = seconds.count > 1 ? seconds[1] - seconds[0] : 1
        var isEven = true
        var place = 1
        while place < seconds.count {
            isEven = isEven && seconds[place] - seconds[place - 1] == step
            place += 1
        }
        if isEven {
            bytes.append(seconds[0])
            bytes.append(step)
        } else {
            bytes.append(bitmapFollows)
            var bitmap: UInt64 = 0
            for second in seconds { bitmap |= 1 << UInt64(second) }
            for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bitmap >> UInt64(8 * byte))) }
        }
    }

    private static func append(values: [Concentration], unit: Int64, to bytes: inout [UInt8]) {
        var last: Int64 = 0
        var place = 0
        while place < values.count {
            let value = values[place]
            if let thousandths = value.thousandths {
                let scaled = unit == 1 ? Int64(thousandths) : Int64(thousandths) / unit
                let difference = scaled - last
                append(varint: UInt64(bitPattern: difference << 1 ^ difference >> 63) + 1, to: &bytes)
                last = scaled
                place += 1
            } else {
                var run = 1
                while place + run < values.count, values[place + run] == value { run += 1 }
                bytes.append(0)
                bytes.append(UInt8(truncatingIfNeeded: value.packed &- .min))
                bytes.append(UInt8(run))
                place += run
            }
        }
    }

    /// The largest power of ten, 0...3, that divides every value.
    private static func scale(of values: [Concentration]) -> Int {
        var scale = 3
        for value in values {
            guard let thousandths = value.thousandths else { continue }
            while scale > 0, Int64(thousandths) % scales[scale] != 0 { scale -= 1 }
            if scale == 0 { return 0 }
        }
        return scale
    }

    private static func append(varint number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    // MARK: - Unpacking

    private static func column(_ reader: inout ByteReader) -> MinuteColumn? {
        guard let parameter = reader.next(), let shape = reader.next() else { return nil }
        let count = Int(shape & 63) + 1
        guard count <= 60, let seconds = seconds(count, &reader),
            let values = values(count, unit: scales[Int(shape >> 6)], &reader)
        else { return nil }
        return MinuteColumn(parameter: parameter, seconds: seconds, values: values)
    }

    private static func seconds(_ count: Int, _ reader: inout ByteReader) -> [UInt8]? {
        guard let first = reader.next() else { return nil }
        if first == bitmapFollows {
            var bitmap: UInt64 = 0
            for byte in 0..<8 {
                guard let next = reader.next() else { return nil }
                bitmap |= UInt64(next) << UInt64(8 * byte)
            }
            guard bitmap.nonzeroBitCount == count, bitmap >> 60 == 0 else { return nil }
            return (UInt8(0)..<60).filter { bitmap & (1 << UInt64($0)) != 0 }
        }
        guard let step = reader.next(), step > 0, Int(first) + (count - 1) * Int(step) < 60 else { return nil }
        return (0..<count).map { UInt8(Int(first) + $0 * Int(step)) }
    }

    private static func values(_ count: Int, unit: Int64, _ reader: inout ByteReader) -> [Concentration]? {
        var values: [Concentration] = []
        values.reserveCapacity(count)
        var last: Int64 = 0
        while values.count < count {
            guard let number = reader.varint() else { return nil }
            if number > 0 {
                let zigzag = number - 1
                last += Int64(zigzag >> 1) ^ -Int64(zigzag & 1)
                guard last.magnitude <= 1 << 31, let thousandths = Int32(exactly: last * unit) else { return nil }
                let value = Concentration(packed: thousandths)
                guard !value.isMissing else { return nil }
                values.append(value)
            } else {
                guard let flag = reader.next(), flag < 64, let run = reader.next(), run > 0,
                    values.count + Int(run) <= count
                else { return nil }
                values.append(
                    contentsOf: repeatElement(Concentration(packed: .min + Int32(flag)), count: Int(run)))
            }
        }
        return values
    }
}

/// Bytes that are read one after the other, and may end anywhere.
private struct ByteReader {
    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place == bytes.count }

    mutating func next() -> UInt8? {
        guard place < bytes.count else { return nil }
        defer { place += 1 }
        return bytes[place]
    }

    /// A number of at most five bytes.
    mutating func varint() -> UInt64? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 35, by: 7) {
            guard let byte = next() else { return nil }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        return nil
    }
}
