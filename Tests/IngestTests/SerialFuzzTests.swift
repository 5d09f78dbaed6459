import Foundation
import Ingest
import TestSupport
import Testing

/// Bytes that were frames once and are not any more: whatever comes and however it is split, a decoder finds the same frames,
/// believes none that a reader of the specification would refuse, keeps no more than a frame, and finds the next good one.
///
/// `AQI_FUZZ_FRAMES=10000000` says how many inputs each decoder takes, `AQI_FUZZ_SEED=7` which.
@Suite("Ingest: mutated serial frames") struct SerialFuzzTests {
    static let inputs = ProcessInfo.processInfo.environment["AQI_FUZZ_FRAMES"].flatMap { Int($0) } ?? 1000
    static let seed = ProcessInfo.processInfo.environment["AQI_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1

    @Test(arguments: SerialProtocol.allCases)
    func `no mutation is believed, loses the line, or depends on how bytes arrive`(kind: SerialProtocol) {
        var random = SeededRandom(seed: Self.seed)
        var counts = (good: 0, bad: 0)
        for input in 0..<Self.inputs {
            var bytes: [UInt8] = []
            for _ in 0..<random.integer(1...3) { bytes += mutated(sample(kind, &random), &random) }
            let whole = kind.frames(in: bytes)
            var pieces: [Int] = []
            while pieces.reduce(0, +) < bytes.count { pieces.append(random.integer(1...random.integer(1...40))) }
            let split = kind.frames(in: bytes, pieces: pieces)
            let single = kind.frames(in: bytes, pieces: [Int](repeating: 1, count: bytes.count))
            let good = whole.frames.filter(\.verdict.isUsable)
            counts.good += good.count
            counts.bad += whole.frames.count - good.count
            let isSame =
                whole.frames == split.frames && whole.frames == single.frames && whole.noise == split.noise
                && whole.noise == single.noise
            guard isSame, good.allSatisfy({ StrictFrame.isRight($0.bytes, kind) }), whole.held < 4096 else {
                Issue.record("\(kind), seed \(Self.seed), input \(input): \(bytes.hexadecimal)")
                return
            }
            // What has begun may want as many bytes as its length says; then it is over.
            let next = sample(kind, &random)
            let rest = kind == .serinusAdvanced ? 262 / next.count + 2 : 3
            let after = kind.frames(in: bytes + (0..<rest).flatMap { _ in next } + next)
            guard after.frames.last?.verdict.isUsable == true,
                after.frames.last.map({ $0.bytes.count <= next.count }) == true
            else {
                Issue.record("\(kind), seed \(Self.seed), input \(input) loses what follows: \(bytes.hexadecimal)")
                return
            }
        }
        // Both happen, or the test tests nothing.
        #expect(counts.good > Self.inputs / 20, "\(counts)")
        print("\(kind): \(Self.inputs) inputs, seed \(Self.seed), \(counts)")
    }

    private func sample(_ kind: SerialProtocol, _ random: inout SeededRandom) -> [UInt8] {
        kind.sample((0..<13).map { _ in random.integer(0...65_535) })
    }

    private func mutated(_ frame: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
        var frame = frame
        guard random.chance(80) else { return frame }
        for _ in 0..<random.integer(1...3) {
            guard !frame.isEmpty else { break }
            let place = random.integer(0...frame.count - 1)
            switch random.integer(0...8) {
            case 0: frame[place] ^= 1 << UInt8(random.integer(0...7))
            case 1: frame[place] = UInt8(random.integer(0...255))
            case 2: frame.remove(at: place)
            case 3: frame.insert(UInt8(random.integer(0...255)), at: place)
            case 4: frame.removeLast(random.integer(1...frame.count))
            case 5: frame += (0..<random.integer(1...60)).map { _ in UInt8(random.integer(0...255)) }
            case 6: frame.insert(contentsOf: frame.prefix(place), at: 0)
            // What decoders look for.
            default:
                frame[place] = [0, 2, 3, 4, 0x0A, 0x0D, 0x7D, 0x7E, 0xAA, 0xAB, 0x42, 0xFF][random.integer(0...11)]
            }
        }
        return frame
    }
}

/// The specifications, read anew and slowly.
enum StrictFrame {
    static func isRight(_ frame: [UInt8], _ kind: SerialProtocol) -> Bool {
        guard let first = frame.first, let last = frame.last else { return false }
        switch kind {
        case .bayernHessen:
            guard first == 2 else { return false }
            if last == 13 { return frame.dropFirst().dropLast().allSatisfy { (0x20...0x7E).contains($0) || $0 == 3 } }
            guard frame.count > 3, frame[frame.count - 3] == 3 else { return false }
            let check = frame.dropLast(2).reduce(0, ^)
            return Int(String(decoding: frame.suffix(2), as: UTF8.self), radix: 16) == Int(check)
        case .cLink:
            let text = String(decoding: frame.dropLast(), as: Unicode.ASCII.self)
            guard frame.count > 9, last == 13 || last == 10,
                let match = text.suffix(8).wholeMatch(of: /sum ([0-9a-fA-F]{4})/),
                [10, 0x80].contains(frame[frame.count - 10])
            else { return last == 13 }
            let sum = frame.dropLast(10).reduce(0) { $0 + Int($1) } % 65_536
            return Int(match.1, radix: 16) == sum
        case .ak: return first == 2 && last == 3 && frame.count >= 9
        case .serinusAdvanced:
            return frame.count >= 7 && first == 2 && frame[3] == 3 && last == 4 && frame.count == Int(frame[4]) + 7
                && frame[frame.count - 2] == frame[5..<frame.count - 2].reduce(frame[1] ^ frame[2] ^ frame[4], ^)
        case .pmsx003:
            let sum = frame.dropLast(2).reduce(0) { $0 + Int($1) } % 65_536
            return frame.prefix(2) == [0x42, 0x4D] && sum == Int(frame[frame.count - 2]) << 8 | Int(last)
                && frame.count == (Int(frame[2]) << 8 | Int(frame[3])) + 4
        case .sds011:
            return frame.count == 10 && first == 0xAA && last == 0xAB
                && frame[2..<8].reduce(0) { $0 + Int($1) } % 256 == Int(frame[8])
        case .sps30:
            guard first == 0x7E, last == 0x7E, frame.count > 5 else { return false }
            var content: [UInt8] = []
            var isEscaped = false
            for byte in frame.dropFirst().dropLast() {
                if isEscaped {
                    content.append(byte ^ 0x20)
                    isEscaped = false
                } else if byte == 0x7D {
                    isEscaped = true
                } else {
                    content.append(byte)
                }
            }
            return !isEscaped && content.dropLast().reduce(0) { $0 + Int($1) } % 256 == 255 - Int(content.last ?? 0)
        case .line: return last == 10 || last == 13
        }
    }
}
