import Foundation
import HJ212
import TestSupport
import Testing

/// Mutations of real and of made-up packets: ten thousand in every run, as many as AQI_FUZZ_FRAMES says in a long one.
@Suite("HJ 212: bad input") struct HJ212FuzzTests {
    @Test func `whatever comes, a decoder neither dies nor grows, and what it takes it can write`() throws {
        let environment = ProcessInfo.processInfo.environment
        let rounds = environment["AQI_FUZZ_FRAMES"].flatMap { Int($0) } ?? 10_000
        let seed = environment["AQI_FUZZ_SEED"].flatMap { UInt64($0) } ?? 212
        print("HJ 212 fuzz: \(rounds) inputs, seed \(seed)")
        var random = SeededRandom(seed: seed)
        var corpus = try RealPacket.all().map { $0.bytes + [13, 10] }
        corpus.append(
            Message(
                qn: "20191018104952418", st: 22, cn: 2011, pw: "1", mn: "A", flag: 7, pnum: 2, pno: 1, cp: "a-Rtd=1"
            ).frame)
        var strict = Decoder(dialect: .hj212Of2017, strict: true)
        var lenient = Decoder(dialect: .hj212Of2025, strict: false)
        var taken = 0
        for _ in 0..<rounds {
            let input = mutated(corpus[random.integer(0...corpus.count - 1)], corpus, &random)
            strict.feed(input.span) { data, packet in
                guard packet.isUsable(strict: true) else { return }
                taken += 1
                // What is taken strictly conforms; only unknown fields may be left out.
                let again = Message(packet, in: data)?.frame.span.count ?? 0
                #expect(again <= data.count + 12)
            }
            let cut = random.integer(0...input.count)
            lenient.feed(input.span.extracting(0..<cut)) { _, packet in #expect(packet.items.count < 2100) }
            lenient.feed(input.span.extracting(cut..<input.count)) { _, _ in }
            #expect(lenient.bytesHeld < 16_384)
        }
        #expect(taken > 0 && strict.packets > taken)
    }

    /// Bits, bytes, pieces, separators; half of the time with a checksum and a length that agree, so that the rest is reached.
    private func mutated(_ bytes: [UInt8], _ corpus: [[UInt8]], _ random: inout SeededRandom) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<random.integer(0...4) {
            let place = random.integer(0...max(0, bytes.count - 1))
            switch random.integer(0...7) {
            case 0 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(random.integer(0...7))
            case 1 where !bytes.isEmpty: bytes[place] = UInt8(random.integer(0...255))
            case 2 where !bytes.isEmpty: bytes.removeSubrange(place..<min(bytes.count, place + random.integer(1...20)))
            case 3: bytes.insert(contentsOf: Array(";,=&#-\r\n 0".utf8.shuffled(using: &random).prefix(3)), at: place)
            case 4: bytes.insert(contentsOf: bytes.dropFirst(place).prefix(random.integer(0...40)), at: place)
            case 5: bytes += corpus[random.integer(0...corpus.count - 1)].prefix(random.integer(0...200))
            case 6:
                bytes.insert(
                    contentsOf: [UInt8](repeating: UInt8(ascii: ";"), count: random.integer(0...300)), at: place)
            default: bytes = Array(bytes.prefix(place))
            }
        }
        guard random.chance(50), bytes.count > 12, bytes.count < 9000 else { return bytes }
        let data = bytes.dropFirst(6).dropLast(6).filter { $0 != 10 }
        return Message.frame(Array(data))
    }
}
