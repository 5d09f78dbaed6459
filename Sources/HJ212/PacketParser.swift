import AQICore

/// Reads data segments. What it needs it keeps from packet to packet, so that nothing is allocated for each.
///
/// Source: HJ 212-2017, 6.3.2 and 6.3.3.
struct PacketParser {
    let dialect: Dialect
    private(set) var packet = Packet(frame: .none)

    init(dialect: Dialect) {
        self.dialect = dialect
    }

    private enum Key {
        static let qn = Code("QN")
        static let st = Code("ST")
        static let cn = Code("CN")
        static let pw = Code("PW")
        static let mn = Code("MN")
        static let flag = Code("Flag")
        static let pnum = Code("PNUM")
        static let pno = Code("PNO")
        static let rf = Code("RF")
        static let cp = Code("CP")
        static let dataTime = Code("DataTime")
        static let flagInCapitals = Code("FLAG")
    }

    /// Reads the data segment of a frame into ``packet``.
    mutating func read(_ data: Span<UInt8>, frame: Frame) {
        packet.begin(frame)
        if data.count > dialect.longestData { packet.sins.insert(.tooLong) }
        var cursor = Cursor(data)
        do throws(Fault) {
            try readHeader(data, &cursor)
            try readItems(data, &cursor)
            try checkFields()
        } catch {
            packet.fault = packet.fault ?? error
        }
        packet.sins.formUnion(cursor.sins)
    }

    /// The fields before CP.
    private mutating func readHeader(_ data: Span<UInt8>, _ cursor: inout Cursor) throws(Fault) {
        while true {
            cursor.skipStraySeparators(data)
            guard !cursor.isAtEnd else { throw .noCP }
            var key = Code()
            _ = try cursor.readKey(data, &key, fault: .field)
            if key == Key.cp { return }
            let value = try cursor.readValue(data, endingAtComma: false)
            cursor.skipSeparator(data)
            try take(value, for: key, data)
        }
    }

    private mutating func take(_ value: TextRange, for key: Code, _ data: Span<UInt8>) throws(Fault) {
        func number(_ old: Int?) throws(Fault) -> Int {
            guard old == nil, let number = value.number(in: data) else { throw .field }
            return number
        }
        switch key {
        case Key.qn:
            guard packet.qn == nil, !value.isEmpty else { throw .field }
            packet.qn = value
        case Key.st: packet.st = try number(packet.st)
        case Key.cn: packet.cn = try number(packet.cn)
        case Key.pw:
            guard packet.pw == nil else { throw .field }
            packet.pw = value
        case Key.mn:
            guard packet.mn.isEmpty else { throw .field }
            packet.mn = value
            if value.range.count > 24 { packet.sins.insert(.longMN) }
        case Key.flag: packet.flag = try number(packet.flag)
        case Key.pnum: packet.pnum = try number(packet.pnum)
        case Key.pno: packet.pno = try number(packet.pno)
        case Key.rf: packet.isResent = try number(nil) == 1
        case Key.flagInCapitals:
            packet.sins.insert(.keyCase)
            packet.flag = try number(packet.flag)
        default: break
        }
    }

    /// The items between `&&` and `&&`.
    private mutating func readItems(_ data: Span<UInt8>, _ cursor: inout Cursor) throws(Fault) {
        try cursor.enterCP(data)
        var group = 0
        while true {
            group += cursor.skipStraySeparators(data)
            guard !cursor.isAtEnd else { return }
            var item = Packet.Item(
                group: UInt16(truncatingIfNeeded: group), factor: Code(), kind: Code(), factorRange: .empty,
                kindRange: .empty, value: .empty)
            (item.factorRange, item.kindRange) = try cursor.readItemKey(data, &item.factor, &item.kind)
            item.value = try cursor.readValue(data, endingAtComma: true)
            group += cursor.skipSeparator(data)
            if item.value.isEmpty { packet.sins.insert(.emptyValue) }
            if item.factor == Key.dataTime, item.kind.isEmpty { try readDataTime(item.value, data) }
            try checkIsNew(item, data)
            packet.items.append(item)
        }
    }

    private mutating func readDataTime(_ value: TextRange, _ data: Span<UInt8>) throws(Fault) {
        guard let (time, milliseconds) = WireTime.read(value, in: data) else { throw .dataTime }
        if let before = packet.dataTime, before != time { throw .contradiction }
        packet.dataTime = time
        if milliseconds != nil { packet.sins.insert(.longDataTime) }
    }

    /// A value must not come twice, for which of the two counts?
    private mutating func checkIsNew(_ item: Packet.Item, _ data: Span<UInt8>) throws(Fault) {
        guard !item.kind.isEmpty, !item.factor.isLong, !item.kind.isLong else { return }
        for other in packet.items
        where other.factor.packed == item.factor.packed && other.kind.packed == item.kind.packed {
            guard other.value.equals(item.value, in: data) else { throw .contradiction }
            packet.sins.insert(.repeatedKey)
        }
    }

    private mutating func checkFields() throws(Fault) {
        if packet.st == nil { throw .noST }
        if packet.cn == nil { throw .noCN }
        if packet.mn.isEmpty { throw .noMN }
        if packet.pw == nil { packet.sins.insert(.noPassword) }
        if packet.qn == nil, dialect.requiresQN { packet.sins.insert(.noQN) }
        if packet.flag == nil, dialect.requiresFlag { packet.sins.insert(.noFlag) }
        if packet.isPart, packet.pnum == nil || packet.pno == nil { packet.sins.insert(.noPacketNumber) }
        if let number = packet.pnum, let place = packet.pno, place < 1 || place > number { throw .field }
    }
}

extension Frame {
    /// Before the first.
    fileprivate static var none: Frame { Frame(nothing: ()) }

    private init(nothing: Void) {
        data = 0..<0
        start = 0
        length = .wrong
        crc = .none
        sins = []
    }
}

extension Packet {
    /// Begins a packet anew, in the memory of the one before.
    fileprivate mutating func begin(_ frame: Frame) {
        self.frame = frame
        qn = nil
        st = nil
        cn = nil
        pw = nil
        mn = .empty
        flag = nil
        pnum = nil
        pno = nil
        isResent = false
        items.removeAll(keepingCapacity: true)
        dataTime = nil
        sins = frame.sins
        fault = frame.fault
    }
}
