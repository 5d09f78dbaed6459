import AQICore
import Foundation
import TestSupport
import Testing

@testable import Ingest

@Suite("Ingest: decoders of serial frames") struct SerialDecoderTests {
    // MARK: - Captures

    @Test func `every checksum of the captured 49i verifies, and its records decode`() throws {
        guard let path = try SharedData.path("thermo49i_clink/test_tei49i.txt") else { return }
        // The file has lost its CRs. `lr00` asks for a record without a sum: it ended with one, where an empty line is now.
        let text = try String(contentsOfFile: path, encoding: .utf8).replacingOccurrences(of: "*\n\n", with: "*\r\n")
        let lines = text.split(whereSeparator: \.isNewline)
        let found = SerialProtocol.cLink.frames(in: Array(text.utf8))
        let sums = lines.count { $0.wholeMatch(of: /sum [0-9a-f]{4}/) != nil }
        #expect(sums == 107 && found.frames.count { $0.verdict == .good } == sums, "\(sums)")
        #expect(!found.frames.contains { $0.verdict == .badChecksum })
        // The records, read anew: a time, then o3 and its number somewhere behind it.
        let wanted = lines.compactMap { line -> String? in
            guard let match = line.firstMatch(of: /^(\d\d:\d\d \d\d-\d\d-\d\d)  flags \S+ o3 (-?[0-9.]+)/) else {
                return nil
            }
            return "\(match.1) \(match.2)"
        }
        let o3 = try #require(CLink.item("o3"))
        var decoded: [String] = []
        for frame in found.frames {
            let bytes = frame.bytes
            CLink.forEachRecord(bytes.span) { record, line in
                guard case .number(let number) = CLink.value(of: o3, in: bytes.span, line: line) else { return }
                let time = String(
                    format: "%02d:%02d %02d-%02d-%02d", record.hour, record.minute, record.month, record.day,
                    record.year - 2000)
                decoded.append("\(time) \(String(format: "%.3f", Double(number.thousandths() ?? 0) / 1000))")
            }
        }
        // Records that carry two ozone values (erec) or belong to an answer that broke off are not among those wanted.
        #expect(wanted.count > 40)
        #expect(wanted.allSatisfy { decoded.contains($0) }, "\(wanted.filter { !decoded.contains($0) })")
        #expect(wanted.contains { $0.contains(" -0.") }, "negative ozone is legal")
    }

    @Test func `one byte wrong anywhere in the captured answers, and that answer alone is refused`() throws {
        guard let path = try SharedData.path("thermo49i_clink/test_tei49i.txt") else { return }
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let frames = SerialProtocol.cLink.frames(in: bytes).frames.filter { $0.verdict == .good }.prefix(12)
        var random = SeededRandom(seed: 5)
        for frame in frames {
            for _ in 0..<40 {
                var damaged = frame.bytes
                let place = random.integer(0...damaged.count - 14)
                damaged[place] = damaged[place] == 0x78 ? 0x79 : 0x78
                let found = SerialProtocol.cLink.frames(in: damaged + frame.bytes).frames
                #expect(found.map(\.verdict) == [.badChecksum, .good])
            }
        }
    }

    @Test func `every verdict on the captured frames of particle sensors agrees, good and bad`() throws {
        guard let path = try SharedData.path("pm_sensor_frames/frames.tsv") else { return }
        let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { $0.split(separator: "\t") }.filter { $0[1] != "None" }
        var (good, bad) = (0, 0)
        for row in rows {
            let kind: SerialProtocol =
                row[0].hasPrefix("BM") ? .pmsx003 : row[0].hasPrefix("SPS30") ? .sps30 : .sds011
            let bytes = [UInt8](hexadecimal: row[2])
            let found = kind.frames(in: bytes).frames
            // The checksum of the row as one frame, whatever its length says.
            let whole = found.count == 1 && found[0].bytes == bytes && found[0].verdict != .badChecksum
            #expect(whole == (row[1] == "True"), "\(row)")
            if row[1] == "True" { good += 1 } else { bad += 1 }
        }
        #expect((good, bad) == (49, 7))
        // Two of the bad ones are two frames in a row, each of them right: a stop, and its answer.
        let pairs = rows.filter { $0[0] == "SPS30 SHDLC len14" }
        #expect(pairs.count == 2)
        for row in pairs {
            let found = SerialProtocol.sps30.frames(in: [UInt8](hexadecimal: row[2])).frames
            #expect(found.map(\.verdict) == [.good, .good])
        }
    }

    @Test func `captured particle frames give their values`() throws {
        func value(_ kind: SerialProtocol, _ item: String, _ text: String) throws -> Int64? {
            let dialect = kind.dialect
            let found = dialect.item(item)
            let bytes = [UInt8](hexadecimal: text)
            guard case .number(let number) = dialect.value(of: try #require(found), in: bytes.span) else { return nil }
            return number.thousandths()
        }
        // PyPMS, tests/captured_data: PM2.5 0x27 and 0x23, PM10 0x29 and 0x29.
        let pms = "424d001c001700270029001600230029100804a90116000c00d400e09a0004aa"
        #expect(try value(.pmsx003, "pm25.cf1", pms) == 39_000)
        #expect(try value(.pmsx003, "pm25.atm", pms) == 35_000)
        #expect(try value(.pmsx003, "pm10.atm", pms) == 41_000)
        #expect(try value(.sds011, "pm25", "aac0d4043a0aa1601dab") == 123_600)
        #expect(try value(.sds011, "pm10", "aac0d4043a0aa1601dab") == 261_800)
        // Another sensor's frame has nothing to say here.
        #expect(try value(.sds011, "pm10", "aacf0e001000e9050cab") == nil)
        let sps =
            "7e0003002842280000422800004228000042280000422800004228000042280000422800004228000042280000b07e"
        #expect(try value(.sps30, "pm25", sps) == 42_000)
        // 11 sent as 7D 31: PM1 of 0x40DF03DA is 6.96922..., PM2.5 of 0x41113162 9.07455...
        let stuffed =
            "7e0003002840df03da417d3162ae41279e32412c107d5e42307d5ed34255c04c425e0908425fa28a425fe4433f40fa1fff7e"
        #expect(try value(.sps30, "pm1", stuffed) == 6969)
        #expect(try value(.sps30, "pm25", stuffed) == Int64((Float(bitPattern: 0x4111_62AE) * 1000).rounded()))
    }

    // MARK: - Vectors

    @Test func `the check of Bayern-Hessen is that of the manuals`() {
        #expect(BayernHessen.frame("DA097").suffix(2) == Array("3A".utf8)[...])
        #expect(BayernHessen.frame("ST843 K").suffix(2) == Array("52".utf8)[...])
        #expect(SerialProtocol.bayernHessen.frames(in: BayernHessen.frame("DA097")).frames.map(\.verdict) == [.good])
    }

    @Test func `values of Bayern-Hessen come by number and by place, with their status`() throws {
        func value(_ item: String, _ text: String) throws -> SerialValue {
            let bytes = BayernHessen.frame(text)
            return BayernHessen.value(of: try #require(BayernHessen.item(item)), in: bytes.span)
        }
        func thousandths(_ item: String, _ text: String) throws -> Int64? {
            guard case .number(let number) = try value(item, text) else { return nil }
            return number.thousandths()
        }
        let three =
            "MD03 211 +2578+01 00 00 000 000000 212 -1234-02 04 00 000 000000 213 +0000+00 02 08 000 000000 "
        #expect(try thousandths("211", three) == 25_780)
        #expect(try thousandths("212", three) == -12)
        #expect(try value("212", three) == .number(.decimal(-1234, exponent: -5)))
        #expect(try thousandths("213", three) == 0)
        #expect(try value("213.status", three) == .number(WireNumber(2)))
        #expect(try value("213.failure", three) == .number(WireNumber(8)))
        #expect(try value("#2.status", three) == .number(WireNumber(4)))
        #expect(try value("214", three) == .absent && value("#4", three) == .absent)
        // Serinus 30: without a number, the serial number without a space.
        let one = "MD01 +1000+00 40 21000 00000000 "
        #expect(try thousandths("#1", one) == 1000)
        #expect(try value("#1.failure", one) == .number(WireNumber(0x21)))
        // Serinus 40: numbers are addresses.
        let two = "MD02 097 +1000+00 40 00 00000000 098 +2000+00 40 00 00000000 "
        #expect(try thousandths("098", two) == 2000)
    }

    @Test func `a request and an answer of the Advanced protocol are those of the manual`() throws {
        // Serinus 30 manual, tables 28 to 30; the checksum of the answer is that of its last row but one, 137.
        let request = SerinusAdvanced.frame(id: 0, command: 1, [50])
        #expect(request == [2, 0, 1, 3, 1, 50, 50, 4])
        let answer: [UInt8] = [2, 0, 1, 3, 5, 50, 63, 128, 0, 0, 137, 4]
        #expect(SerialProtocol.serinusAdvanced.frames(in: answer).frames == [FoundFrame(verdict: .good, bytes: answer)])
        let item = try #require(SerinusAdvanced.item("50"))
        #expect(SerinusAdvanced.value(of: item, in: answer.span) == .number(.binary32(0x3F80_0000)))
    }

    @Test func `C-Link is read with a sum and without, whatever stands before it`() throws {
        let o3 = try #require(CLink.item("o3"))
        func hex(_ text: [UInt8]) -> String {
            String(String(65_536 + text.reduce(0) { $0 + Int($1) }, radix: 16).dropFirst())
        }
        for text in ["o3 -0.240 ppb", "o3 -0.240 ppb*"].map({ Array($0.utf8) }) {
            for separator in [[0x0A], [0x80]] as [[UInt8]] {
                let bytes = text + separator + Array("sum \(hex(text))\r".utf8)
                let found = SerialProtocol.cLink.frames(in: bytes).frames
                #expect(found == [FoundFrame(verdict: .good, bytes: bytes)])
                #expect(CLink.value(of: o3, in: bytes.span) == .number(.decimal(-240, exponent: -3)))
                #expect(CLink.unit(of: o3, in: bytes.span) == .partsPerBillion)
            }
            #expect(SerialProtocol.cLink.frames(in: text + [0x0D]).frames.map(\.verdict) == [.unchecked])
        }
        let co2 = Array("co2 4.000E+1 ppm\r".utf8)
        #expect(CLink.value(of: try #require(CLink.item("co2")), in: co2.span) == .number(.decimal(4000, exponent: -2)))
        let flags = Array("flags 0D800500*\nsum 03f8\r".utf8)
        #expect(CLink.value(of: try #require(CLink.item("flags")), in: flags.span) == .number(WireNumber(0x0D80_0500)))
    }

    @Test func `AK marks what is no value, and says so when it refuses`() throws {
        let item = try #require(AK.item("AKON.1"))
        let rule = ValueRule(channel: Channel(station: 0, parameter: .nox))
        let device = SerialDevice(name: "x", channels: [SerialChannel(item: item, rule: rule)])
        let request = try #require(AK.requests(for: device).first)
        #expect(request.bytes == [2] + Array(" AKON K0".utf8) + [3])
        func match(_ text: String) -> FrameMatch {
            let bytes = [2] + Array(text.utf8) + [3]
            return AK.match(bytes.span, request, of: SerialDevice(name: "x", channels: []))
        }
        #expect(match(" AKON 0 12.5 1 2") == .answer)
        #expect(match(" ASTF 0 12.5") == .stranger && match(" AKON K0") == .stranger)
        #expect(match(" ???? 0") == .refusal(1) && match(" AKON 0 BS") == .refusal(2))
        let bytes = [2] + Array(" AKON 3 #9999 -0.5".utf8) + [3]
        #expect(AK.value(of: try #require(AK.item("AKON.1")), in: bytes.span) == .invalid)
        #expect(AK.value(of: try #require(AK.item("AKON.2")), in: bytes.span) == .number(.decimal(-5, exponent: -1)))
        #expect(AK.value(of: try #require(AK.item("AKON.error")), in: bytes.span) == .number(WireNumber(3)))
    }

    @Test func `decimals become thousandths exactly, half to even`() {
        func number(_ text: String) -> WireNumber? { WireNumber.parse(Array(text.utf8).span, 0..<text.utf8.count) }
        for (text, wanted) in [
            ("0.0005", 0), ("0.0015", 2), ("-0.0025", -2), ("-0.00251", -3), ("1e3", 1_000_000), ("4.000E+1", 40_000),
            (".5", 500), ("5.", 5000), ("+12.345", 12_345), ("0e99", 0), ("124629.000", 124_629_000),
        ] as [(String, Int64)] {
            #expect(number(text)?.thousandths() == wanted, "\(text)")
        }
        for text in ["", "-", ".", "1e", "1e1000", "1.2.3", "abc", "1e16", "1234567890123456"] {
            #expect(number(text)?.thousandths() == nil, "\(text)")
        }
        #expect(number("1e15")?.thousandths(scale: ExactDecimal(billionths: .max)) == nil)
    }

    // MARK: - Splits

    @Test(arguments: SerialProtocol.allCases)
    func `two frames and what lies between are found however the bytes are split`(kind: SerialProtocol) {
        let one = kind.sample([7, 123, 60_000, 5, 0x7E11])
        let bytes = one + kind.sample([8, 0x137D, 99, 1]) + [0x00, 0xFF] + one
        let whole = kind.frames(in: bytes)
        #expect(whole.frames.count == 3 && whole.frames.allSatisfy { $0.verdict.isUsable }, "\(whole)")
        // In a line of text any letter may stand.
        #expect(whole.noise == (kind == .line ? 1 : 2))
        for first in 0...bytes.count {
            let split = kind.frames(in: bytes, pieces: [first])
            #expect(split.frames == whole.frames && split.noise == whole.noise, "\(first)")
        }
        #expect(kind.frames(in: bytes, pieces: [Int](repeating: 1, count: bytes.count)).frames == whole.frames)
    }
}
