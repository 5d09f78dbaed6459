import AQICore
import HJ212
import TestSupport
import Testing

/// The checksum as the facts have it, bit by bit.
private func slowCRC(_ data: [UInt8]) -> UInt16 {
    var crc: UInt16 = 0xFFFF
    for byte in data {
        crc = (crc >> 8) ^ UInt16(byte)
        for _ in 0..<8 {
            let bit = crc & 1
            crc >>= 1
            if bit == 1 { crc ^= 0xA001 }
        }
    }
    return crc
}

private func crc(_ data: [UInt8]) -> UInt16 { CRC.annexA(data.span) }

private func packet(_ data: String, length: String? = nil, crc: String? = nil, end: String = "\r\n") -> [UInt8] {
    let frame = Message.frame(Array(data.utf8))
    let own = String(decoding: frame, as: UTF8.self)
    return Array(("##" + (length ?? String(own.dropFirst(2).prefix(4))) + data).utf8)
        + Array(((crc ?? String(own.dropLast(1).suffix(4))) + end).utf8)
}

private let good =
    "QN=20191018104952418;ST=22;CN=2011;PW=123456;MN=ZX00001;Flag=5;"
    + "CP=&&DataTime=20191018104900;a34002-Rtd=30,a34002-Flag=N&&"

@Suite("HJ 212: checksums") struct CRCTests {
    @Test func `the check values are those of the standard and of Modbus`() {
        let digits = Array("123456789".utf8)
        let modbus = CRC.modbus(digits.span)
        #expect(modbus == 0x4B37)
        #expect(crc(digits) == 0x2F80)
        #expect(crc([]) == 0xFFFF)
    }

    @Test func `it is the one of the facts at every length`() {
        var random = SeededRandom(seed: 7)
        for count in 0..<300 {
            let data = (0..<count).map { _ in UInt8(random.integer(0...255)) }
            #expect(crc(data) == slowCRC(data))
        }
    }
}

@Suite("HJ 212: packets") struct CodecTests {
    /// What is wrong with a packet, leniently read.
    private func problems(_ bytes: [UInt8], dialect: Dialect = .hj212Of2017) -> [String] {
        var found = ["nothing came"]
        var decoder = Decoder(dialect: dialect, strict: false)
        decoder.feed(bytes.span) { _, packet in found = packet.problems + (packet.fault == nil ? ["ok"] : []) }
        return found
    }

    @Test func `every sin of the field has its name, is read leniently and refused strictly`() {
        let crc = slowCRC(Array(good.utf8))
        func hexadecimal(_ number: UInt16, uppercase: Bool = true) -> String {
            let text = String(number, radix: 16, uppercase: uppercase)
            return String(repeating: "0", count: 4 - text.count) + text
        }
        let modbus = CRC.modbus(Array(good.utf8).span)
        let count = good.utf8.count
        let cases: [([UInt8], String)] = [
            (packet(good, length: "0\(count + 4)"), "length-counts-crc"),
            (packet(good, length: "0\(count + 6)"), "length-counts-crc-crlf"),
            (packet(good, length: "\(count)"), "length-three-digits"),
            (packet(good, length: "0\(count + 1)"), "length-off-by-one"),
            (packet(good, length: "0\(count - 1)"), "length-off-by-one"),
            (packet(good, crc: hexadecimal(modbus)), "crc-modbus"),
            (packet(good, crc: hexadecimal(crc.byteSwapped)), "crc-swapped"),
            (packet("X=1;" + good, crc: nil).lowerCasedCRC, "crc-lower-case"),
            (packet(good, end: "\n"), "no-carriage-return"),
            (packet(good.replacing("QN=20191018104952418;", with: "")), "missing-qn"),
            (packet(good.replacing("Flag=5;", with: "")), "missing-flag"),
            (packet(good.replacing("PW=123456;", with: "")), "missing-pw"),
            (packet(good.replacing("Flag=5;", with: "Flag=7;")), "missing-pnum"),
            (packet(good.replacing("Flag=N&&", with: "Flag=N;&&")), "stray-separators"),
            (packet(good.replacing("PW=123456;", with: "PW=123456;,")), "stray-separators"),
            (packet(good.replacing("MN=", with: "MN= ")), "spaces"),
            (packet(good.replacing("a34002-Rtd", with: "a34002- Rtd")), "spaces"),
            (packet(good.replacing("Flag=5", with: "FLAG=5")), "key-case"),
            (packet(good.replacing("104900;", with: "104900000;")), "long-data-time"),
            (packet(good.replacing("Rtd=30", with: "Rtd=")), "empty-value"),
            (packet(good.replacing("Rtd=30", with: "Rtd=30,a34002-Rtd=30")), "repeated-key"),
        ]
        for (bytes, name) in cases {
            #expect(problems(bytes) == [name, "ok"])
            var strict = Decoder(dialect: .hj212Of2017, strict: true)
            strict.feed(bytes.span) { _, packet in #expect(!packet.isUsable(strict: true)) }
            #expect(strict.refused == 1)
        }
        #expect(problems(packet(good)) == ["ok"])
    }

    @Test func `what cannot be understood is refused by everybody`() {
        let cases: [(String, String)] = [
            (good.replacing("ST=22;", with: ""), "missing-st"), (good.replacing("CN=2011;", with: ""), "missing-cn"),
            (good.replacing("MN=ZX00001;", with: ""), "missing-mn"), (good.replacing("&&", with: ""), "missing-cp"),
            (good.replacing("ST=22", with: "ST=2x"), "bad-field"),
            (good.replacing("ST=22", with: "ST=22;ST=31"), "bad-field"),
            (good.replacing("Rtd=30", with: "Rtd"), "bad-item"),
            (good.replacing("Rtd=30", with: "Rtd=30,a34002-Rtd=31"), "contradicting-values"),
            (good.replacing("20191018104900", with: "20191318104900"), "bad-data-time"),
            (good.replacing("ZX00001", with: "ZX\u{7}1"), "bad-character"),
            (good.replacing("Flag=5", with: "Flag=7;PNUM=2;PNO=3"), "bad-field"),
        ]
        for (data, name) in cases { #expect(problems(packet(data)) == [name]) }
        #expect(problems(packet(good, crc: "FFFF")) == ["crc-wrong"])
        #expect(problems(packet(good, length: "0099")) == ["length-wrong"])
    }

    @Test func `uploads of 2005 go without QN and Flag`() {
        let upload =
            "ST=22;CN=2011;PW=123456;MN=JH0201712SD8763;CP=&&DataTime=20180114002828;PM25-Rtd=15.4,PM25-Flag=N&&"
        #expect(problems(packet(upload), dialect: .hjt212Of2005) == ["ok"])
        #expect(problems(packet(upload)) == ["missing-qn", "missing-flag", "ok"])
    }

    @Test func `after a packet that was cut off, the next is found in the same line`() {
        let cut = Array(packet(good).prefix(60))
        let lines = decoded(cut + packet(good), ending: .wire)
        #expect(lines.count == 2)
        #expect(lines[1] == "1 packets, 0 refused, 60 skipped")
    }

    @Test func `a packet without end takes no memory, and the one after it is read`() {
        var decoder = Decoder(dialect: .hj212Of2017, strict: false)
        let piece = [UInt8](repeating: UInt8(ascii: ";"), count: 65_536)
        var count = 0
        for _ in 0..<100 { decoder.feed(piece.span) { _, _ in count += 1 } }
        decoder.feed(packet(good).span) { _, packet in count += packet.fault == nil ? 1 : 100 }
        #expect(count == 1)
        #expect(decoder.skipped == 6_553_600)
    }

    @Test func `the time of a packet is the moment, or the start of the interval, in Beijing`() {
        // 2019-10-18T10:49:00+08:00.
        #expect(WireTime.text(Instant(seconds: 1_571_366_940)) == "20191018104900")
        var decoder = Decoder(dialect: .hj212Of2017, strict: true)
        decoder.feed(packet(good).span) { _, packet in #expect(packet.dataTime == Instant(seconds: 1_571_366_940)) }
        // 2061 of 08:00:00 is the hour 08:00-09:00, which tables of hour-ending labels call 09:00.
        let hourly = good.replacing("CN=2011", with: "CN=2061").replacing("20191018104900", with: "20191018080000")
            .replacing("Rtd", with: "Avg")
        decoder.feed(packet(hourly).span) { _, packet in
            let hour = packet.dataTime.map { Hour(containing: $0) }
            #expect(hour?.endingLabel == Instant(seconds: 1_571_366_940 - 49 * 60 - 3600))
        }
        #expect(decoder.refused == 0)
        var random = SeededRandom(seed: 3)
        for _ in 0..<2000 {
            let time = Instant(seconds: Int64(random.integer(0...4_000_000_000)))
            let digits = Array(WireTime.text(time).utf8)
            var read: Instant?
            let data = "ST=22;CN=2011;MN=A;CP=&&DataTime=\(String(decoding: digits, as: UTF8.self))&&"
            decoder.feed(packet(data).span) { _, packet in read = packet.dataTime }
            #expect(read == time)
        }
    }

    @Test func `a packet of 2025 that is sent again says so`() {
        let message = Message(
            qn: "20260801085857223", st: 22, cn: 2011, pw: "1", mn: "A", flag: 9, isResent: true, cp: "a34004-Rtd=1")
        var decoder = Decoder(dialect: .hj212Of2025, strict: true)
        decoder.feed(message.frame.span) { data, packet in
            #expect(packet.isResent && packet.version == 2 && packet.wantsAnswer)
            #expect(Message(packet, in: data) == message)
        }
        #expect(decoder.packets == 1 && decoder.refused == 0)
    }
}

extension [UInt8] {
    /// The frame with its checksum in small letters, and with letters in it at all.
    fileprivate var lowerCasedCRC: [UInt8] {
        for number in 0..<100 {
            let frame = packet(good.replacing("Rtd=30", with: "Rtd=\(number)"))
            let small = frame.dropLast(6) + frame.suffix(6).map { (65...70).contains($0) ? $0 + 32 : $0 }
            if Array(small) != frame { return Array(small) }
        }
        return self
    }
}
