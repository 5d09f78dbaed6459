/// An ``HourAccumulator`` in as few bytes as its samples need: about four for a minute that is over, instead of 24. For a centre that
/// has several open hours of thousands of stations.
///
/// It says the same as an ``HourAccumulator`` that is given the same samples and records, in whatever order. In order, a sample is
/// constant work; one of an earlier minute, and a record, are the work of an hour.
public struct CompactHour: Sendable {
    /// The minutes that are over, in order; see ``SampleMinute/pack(at:after:into:)``.
    private var packed: [UInt8] = []
    private var lastPacked = PackedMinute()
    /// The latest minute of which a sample came; -1 before the first.
    private var openPlace: Int8 = -1
    private var hasRecords = false
    private var open = SampleMinute()
    /// The mean of the valid ones among those that are packed.
    private var over = Mean()

    /// An hour in which nothing came yet.
    public init() {}

    private init(_ whole: HourAccumulator) {
        let newest = whole.newestMinute
        var hour = CompactHour()
        whole.forEachMinute { place, minute in
            if !minute.record.isMissing { hour.hasRecords = true }
            if place == newest {
                (hour.open, hour.openPlace) = (minute, Int8(truncatingIfNeeded: place))
            } else {
                hour.pack(minute, at: UInt8(truncatingIfNeeded: place))
            }
        }
        self = hour
    }

    /// As ``HourAccumulator/add(_:atSecond:)``.
    @discardableResult
    public mutating func add(_ value: Concentration, atSecond second: Int32) -> Bool {
        guard second >= 0, second < 3600 else { return false }
        let place = Int8(truncatingIfNeeded: second / 60)
        if place != openPlace {
            guard place > openPlace, place > lastPacked.place else {
                return change { $0.add(value, atSecond: second) }
            }
            if openPlace >= 0 { pack(open, at: UInt8(bitPattern: openPlace)) }
            (open, openPlace) = (SampleMinute(), place)
        }
        return open.add(value, atSecond: UInt8(truncatingIfNeeded: second % 60))
    }

    /// As ``HourAccumulator/fill(_:minute:)``.
    @discardableResult
    public mutating func fill(_ record: Concentration, minute: Int32) -> Bool {
        change { $0.fill(record, minute: minute) }
    }

    /// As ``HourAccumulator/isBackfilled``.
    public var isBackfilled: Bool { hasRecords && accumulator.isBackfilled }

    /// As ``HourAccumulator/result``.
    public var result: Concentration {
        // A valid hour without records is known by its sum.
        if !hasRecords {
            var total = over
            if let mean = open.mean {
                total.sum += Int64(mean)
                total.count += 1
            }
            if total.count >= HourAccumulator.minutesNeeded {
                return Concentration(thousandths: total.rounded(toStep: 1))
            }
        }
        return accumulator.result
    }

    /// As ``HourAccumulator/soFar``.
    public var soFar: Int32? {
        if hasRecords { return accumulator.soFar }
        return over.count > 0 ? over.rounded(toStep: 1) : nil
    }

    /// Gives back the room that was kept for more: of an hour that is over.
    public mutating func trim() {
        guard packed.capacity > packed.count + 32 else { return }
        var exact: [UInt8] = []
        exact.reserveCapacity(packed.count)
        exact.append(contentsOf: packed)
        packed = exact
    }

    /// The bytes that it takes.
    public var bytes: Int { MemoryLayout<CompactHour>.stride + packed.capacity }

    /// The same, whole.
    var accumulator: HourAccumulator {
        var whole = HourAccumulator()
        let bytes = packed.span
        var position = 0
        var before = PackedMinute()
        while position < bytes.count {
            let minute = SampleMinute(packed: bytes, &position, &before)
            // What records have filled may lie behind the minute under way.
            if openPlace >= 0, before.place > openPlace, whole.newestMinute < Int32(openPlace) {
                whole.append(open, at: Int32(openPlace))
            }
            whole.append(minute, at: Int32(before.place))
        }
        if openPlace >= 0, whole.newestMinute < Int32(openPlace) { whole.append(open, at: Int32(openPlace)) }
        return whole
    }

    private mutating func change(_ body: (inout HourAccumulator) -> Bool) -> Bool {
        var whole = accumulator
        guard body(&whole) else { return false }
        self = CompactHour(whole)
        return true
    }

    /// What an hour of regular samples takes.
    private static let usualBytes = 256

    private mutating func pack(_ minute: SampleMinute, at place: UInt8) {
        if packed.isEmpty { packed.reserveCapacity(CompactHour.usualBytes) }
        minute.pack(at: place, after: &lastPacked, into: &packed)
        guard let mean = minute.mean else { return }
        over.sum += Int64(mean)
        over.count += 1
    }
}

/// What the next packed minute is told by: most have their samples at the same seconds, and nearly the same sum.
struct PackedMinute {
    var place: Int8 = -1
    var seconds: UInt64 = 0
    var sum: Int64 = 0
}

extension SampleMinute {
    /// Appends the minute:
    ///
    /// ```
    /// place | 64 where all its samples are valid and nothing else is known | 128 where they came at the seconds of the one before
    /// elsewhere the seconds: first, step where they are evenly spaced to the end of the minute; else 255, 8 bytes
    /// the sum less that of the one before, a zigzag varint
    /// without 64: the count of the valid ones, flag, its second, whether it is unfit, the record in 4 bytes
    /// ```
    func pack(at place: UInt8, after before: inout PackedMinute, into bytes: inout [UInt8]) {
        let isPlain = flag == .normal && !isUnfit && record.isMissing && Int(validCount) == seconds.nonzeroBitCount
        let isSame = seconds == before.seconds
        bytes.append(place | (isPlain ? 64 : 0) | (isSame ? 128 : 0))
        if !isSame { SampleMinute.pack(seconds, into: &bytes) }
        let difference = sum &- before.sum
        var zigzag = UInt64(bitPattern: difference &<< 1 ^ difference &>> 63)
        while zigzag >= 128 {
            bytes.append(UInt8(truncatingIfNeeded: zigzag) | 128)
            zigzag &>>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: zigzag))
        if !isPlain {
            bytes.append(validCount)
            bytes.append(flag.rawValue)
            bytes.append(flagSecond)
            bytes.append(isUnfit ? 1 : 0)
            SampleMinute.append(UInt64(UInt32(bitPattern: record.packed)), count: 4, to: &bytes)
        }
        before = PackedMinute(place: Int8(bitPattern: place), seconds: seconds, sum: sum)
    }

    /// Reads the minute that begins at a position, and moves that behind it; `before` becomes this one.
    init(packed bytes: Span<UInt8>, _ position: inout Int, _ before: inout PackedMinute) {
        func next() -> UInt8 {
            defer { position += 1 }
            return bytes[position]
        }
        self.init()
        let head = next()
        seconds = before.seconds
        if head & 128 == 0 {
            let first = next()
            if first == 255 {
                seconds = 0
                for place in 0..<8 as Range<UInt64> { seconds |= UInt64(next()) << (8 * place) }
            } else {
                seconds = SampleMinute.seconds(from: first, step: next())
            }
        }
        var zigzag: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = next()
            zigzag |= UInt64(byte & 127) << shift
            shift += 7
            if byte < 128 { break }
        }
        sum = before.sum &+ (Int64(bitPattern: zigzag &>> 1) ^ -Int64(bitPattern: zigzag & 1))
        if head & 64 == 0 {
            validCount = next()
            flag = DataFlag(rawValue: next()) ?? .unknown
            flagSecond = next()
            isUnfit = next() == 1
            var record: UInt32 = 0
            for place in 0..<4 as Range<UInt32> { record |= UInt32(next()) << (8 * place) }
            self.record = Concentration(packed: Int32(bitPattern: record))
        } else {
            validCount = UInt8(truncatingIfNeeded: seconds.nonzeroBitCount)
        }
        before = PackedMinute(place: Int8(bitPattern: head & 63), seconds: seconds, sum: sum)
    }

    private static func pack(_ seconds: UInt64, into bytes: inout [UInt8]) {
        let first = UInt8(truncatingIfNeeded: seconds.trailingZeroBitCount)
        let rest = first < 60 ? seconds & ~(1 << UInt64(first)) : 0
        let step = rest == 0 ? 60 : UInt8(truncatingIfNeeded: rest.trailingZeroBitCount) - first
        if first < 60, SampleMinute.seconds(from: first, step: step) == seconds {
            bytes.append(first)
            bytes.append(step)
        } else {
            bytes.append(255)
            append(seconds, count: 8, to: &bytes)
        }
    }

    private static func seconds(from first: UInt8, step: UInt8) -> UInt64 {
        var seconds: UInt64 = 0
        var second = first
        while second < 60 {
            seconds |= 1 << UInt64(second)
            second += step
        }
        return seconds
    }

    private static func append(_ number: UInt64, count: UInt64, to bytes: inout [UInt8]) {
        for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
    }
}
