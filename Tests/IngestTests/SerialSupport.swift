import Ingest

/// A frame as a decoder found it.
struct FoundFrame: Equatable, CustomStringConvertible {
    var verdict: FrameVerdict
    var bytes: [UInt8]

    var description: String { "\(verdict) \(bytes.hexadecimal)" }
}

extension SerialProtocol {
    /// The frames in some bytes that come in pieces of these lengths; the rest comes at once.
    func frames(in bytes: [UInt8], pieces: [Int] = []) -> (frames: [FoundFrame], noise: UInt64, held: Int) {
        var scanner = makeScanner()
        var frames: [FoundFrame] = []
        var start = 0
        for length in pieces + [bytes.count] {
            let end = min(start + length, bytes.count)
            scanner.feed(bytes.span.extracting(start..<end)) { verdict, frame in
                var copy: [UInt8] = []
                for place in 0..<frame.count { copy.append(frame[place]) }
                frames.append(FoundFrame(verdict: verdict, bytes: copy))
            }
            start = end
        }
        return (frames, scanner.noiseCount, scanner.heldCount)
    }

    /// A right frame of the protocol with made-up content.
    func sample(_ numbers: some Sequence<Int>) -> [UInt8] {
        let n = Array(numbers)
        let o3 = "\(n[0] % 500).\(100 + n[1] % 900)"
        switch self {
        case .bayernHessen:
            let digits = String(String(10_000 + n[0] % 10_000).dropFirst())
            return BayernHessen.frame("MD01 211 +\(digits)+01 0\(n[1] % 2) 00 000 000000 ")
        case .cLink:
            let text = "o3 \(o3) ppb*"
            let sum = text.utf8.reduce(0) { $0 + Int($1) }
            let digits = String(String(65_536 + sum, radix: 16).dropFirst())
            return Array("\(text)\nsum \(digits)\r".utf8)
        case .ak: return [2] + Array(" AKON 0 \(o3) 1.5".utf8) + [3]
        case .serinusAdvanced:
            let bits = Float(n[0] % 1000).bitPattern
            let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }
            return SerinusAdvanced.frame(id: 0, command: 1, [50] + bytes)
        case .pmsx003:
            return PMSx003.frame((0..<13).map { UInt16(truncatingIfNeeded: n[$0 % n.count]) })
        case .sds011:
            return SDS011.frame(pm25: UInt16(truncatingIfNeeded: n[0]), pm10: UInt16(truncatingIfNeeded: n[1]))
        case .sps30:
            let bytes = (0..<10).flatMap { place in
                [24, 16, 8, 0].map {
                    UInt8(truncatingIfNeeded: Float(n[place % n.count] % 1000).bitPattern >> $0)
                }
            }
            return SPS30.frame([0, 3, 0, 40] + bytes)
        case .line: return Array("O3=\(o3) PPB\r\n".utf8)
        }
    }
}

extension [UInt8] {
    var hexadecimal: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

    /// Reads pairs of hexadecimal digits.
    init(hexadecimal text: some StringProtocol) {
        let digits = text.utf8.map { UInt8(Character(UnicodeScalar($0)).hexDigitValue ?? 0) }
        self = stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
