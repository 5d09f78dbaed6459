import Foundation
import HJ212
import TestSupport
import Testing

/// One of the real packets, and what the comment above it says.
struct RealPacket {
    let bytes: [UInt8]
    let comment: String

    /// The packets of the shared file; none where they may be absent.
    static func all() throws -> [RealPacket] {
        guard let path = try SharedData.path("hj212/packets.txt") else { return [] }
        var packets: [RealPacket] = []
        var comment = ""
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("# ") {
                comment = String(line)
            } else if line.hasPrefix("##") {
                packets.append(RealPacket(bytes: Array(line.utf8), comment: comment))
            }
        }
        return packets
    }
}

/// What a decoder makes of bytes: a line each packet.
func decoded(
    _ bytes: [UInt8], strict: Bool = false, dialect: Dialect = .hj212Of2017, ending: Decoder.LineEnding = .text,
    pieces: [Int] = []
) -> [String] {
    var decoder = Decoder(dialect: dialect, strict: strict, ending: ending)
    var lines: [String] = []
    func take(_ data: Span<UInt8>, _ packet: borrowing Packet) {
        let message = Message(packet, in: data).map { String(decoding: $0.data, as: UTF8.self) } ?? "-"
        lines.append("\(packet.frame.length) \(packet.frame.crc) \(packet.problems) \(message)")
    }
    var start = 0
    for end in pieces + [bytes.count] {
        decoder.feed(bytes.span.extracting(start..<end), take)
        start = end
    }
    decoder.finish(take)
    lines.append("\(decoder.packets) packets, \(decoder.refused) refused, \(decoder.skipped) skipped")
    return lines
}

@Suite("HJ 212: real packets") struct SharedPacketsTests {
    @Test func `the verdicts are those of every comment`() throws {
        let packets = try RealPacket.all()
        if packets.isEmpty { return }
        #expect(packets.count == 187)
        for packet in packets {
            var decoder = Decoder(dialect: .hj212Of2017, strict: false, ending: .text)
            var count = 0
            decoder.feed((packet.bytes + [10]).span) { data, read in
                count += 1
                let lengthIsOK = packet.comment.contains("LEN ok")
                #expect((read.frame.length == .ok) == lengthIsOK, "\(packet.comment)")
                let crc: CRCVerdict =
                    packet.comment.contains("CRC NONE")
                    ? .none
                    : packet.comment.contains("MODBUS")
                        ? .modbus : packet.comment.contains("AnnexA swapped") ? .swapped : .annexA
                #expect(read.frame.crc == crc, "\(packet.comment)")
                #expect(read.fault == nil || crc == .none, "\(read.problems) \(packet.comment)")
            }
            #expect(count == 1, "\(packet.comment)")
        }
    }

    @Test func `what conforms comes out of the encoder as it was`() throws {
        let packets = try RealPacket.all()
        if packets.isEmpty { return }
        var conforming = 0
        for packet in packets {
            var decoder = Decoder(dialect: .hj212Of2017, strict: true, ending: .text)
            decoder.feed((packet.bytes + [10]).span) { data, read in
                guard read.isUsable(strict: true) else { return }
                conforming += 1
                let frame = Message(read, in: data)?.frame
                #expect(frame == packet.bytes + [13, 10])
            }
        }
        #expect(conforming > 120)
        print("HJ 212: \(conforming) of \(packets.count) real packets conform")
    }

    @Test func `any split of the stream gives the same packets`() throws {
        let packets = try RealPacket.all()
        if packets.isEmpty { return }
        var random = SeededRandom(seed: 212)
        var stream: [UInt8] = []
        for packet in packets {
            if random.chance(20) { stream += (0..<random.integer(1...40)).map { _ in UInt8(random.integer(0...255)) } }
            stream += packet.bytes + (random.chance(90) ? [13, 10] : random.chance(50) ? [10] : [])
        }
        let whole = decoded(stream, ending: .wire)
        #expect(whole.count > 100)
        #expect(decoded(stream, ending: .wire, pieces: Array(1..<stream.count)) == whole)
        for _ in 0..<20 {
            let pieces = (0..<random.integer(1...200)).map { _ in random.integer(0...stream.count) }.sorted()
            #expect(decoded(stream, ending: .wire, pieces: pieces) == whole)
        }
    }
}
