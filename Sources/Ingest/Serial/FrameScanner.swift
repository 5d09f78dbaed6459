/// What a frame is worth.
package enum FrameVerdict: String, Sendable {
    /// Its checksum is right.
    case good
    /// It has no checksum that could be wrong.
    case unchecked
    case badChecksum = "bad-checksum"
    /// Its checksum is right, its length is not what it says.
    case wrongLength = "wrong-length"

    /// Whether what it says counts.
    package var isUsable: Bool { self == .good || self == .unchecked }
}

/// What lies at the beginning of some bytes.
package enum Sight: Equatable, Sendable {
    /// It may become a frame: more bytes are needed.
    case more
    /// So many bytes between frames that say nothing, as line ends.
    case gap(Int)
    /// So many bytes that begin no frame.
    case noise(Int)
    /// A frame of so many bytes.
    case frame(Int, FrameVerdict)
}

/// How the frames of a protocol are told apart; pure.
package protocol FrameFormat: Sendable {
    /// The longest frame. What does not end by then is noise.
    static var longest: Int { get }
    /// Looks at the beginning of some bytes, at least one. The first `seen` of them were looked at before, and more were
    /// needed: where a frame is searched for its end, the search goes on there.
    static func look(_ bytes: Span<UInt8>, seen: Int) -> Sight
    /// Of a frame of so many bytes that is bad, how many are passed over. The usual 1 finds a good frame that begins inside.
    static func passedOver(ofBad count: Int) -> Int
}

extension FrameFormat {
    package static func passedOver(ofBad count: Int) -> Int { 1 }
}

/// A decoder of any format, as a line uses it.
package protocol FrameScanning: Sendable {
    /// Takes bytes as they come and hands on the frames that end in them. Any split of the bytes gives the same frames.
    mutating func feed(_ input: Span<UInt8>, _ found: (FrameVerdict, Span<UInt8>) -> Void)
    /// Forgets a frame that has begun.
    mutating func reset()
    /// Bytes that were part of no usable frame and of no gap.
    var noiseCount: UInt64 { get }
    /// Bytes of a frame that has begun.
    var heldCount: Int { get }
}

/// Finds the frames of a format in a stream of bytes. It keeps at most one frame that has begun.
package struct FrameScanner<Format: FrameFormat>: FrameScanning {
    private var held: [UInt8] = []
    package private(set) var noiseCount: UInt64 = 0

    package init() {
        held.reserveCapacity(Format.longest)
    }

    package var heldCount: Int { held.count }

    package mutating func reset() { held.removeAll(keepingCapacity: true) }

    package mutating func feed(_ input: Span<UInt8>, _ found: (FrameVerdict, Span<UInt8>) -> Void) {
        var start = 0
        var noise: UInt64 = 0
        defer { noiseCount += noise }
        // What has begun is finished with as many of the new bytes as it takes.
        while !held.isEmpty, start < input.count {
            let before = held.count
            let end = min(input.count, start + Format.longest - before)
            for place in start..<end { held.append(input[place]) }
            start = end
            let used = FrameScanner.scan(held.span, seen: before, &noise, found)
            if used >= before {
                // Nothing old is left: the rest is looked at where it came from.
                start -= held.count - used
                held.removeAll(keepingCapacity: true)
            } else {
                held.removeFirst(used)
            }
        }
        guard start < input.count else { return }
        let rest = input.extracting(start..<input.count)
        let used = FrameScanner.scan(rest, seen: 0, &noise, found)
        for place in used..<rest.count { held.append(rest[place]) }
    }

    /// Hands on the frames in some bytes; returns how many bytes are done with. Fewer than ``FrameFormat/longest`` are left.
    private static func scan(
        _ bytes: Span<UInt8>, seen: Int, _ noiseCount: inout UInt64, _ found: (FrameVerdict, Span<UInt8>) -> Void
    ) -> Int {
        var place = 0
        var seen = seen
        while place < bytes.count {
            // No frame is longer, however many bytes have come at once.
            let rest = bytes.extracting(place..<min(bytes.count, place + Format.longest))
            switch Format.look(rest, seen: seen) {
            case .more:
                guard rest.count == Format.longest else { return place }
                let skipped = Format.passedOver(ofBad: rest.count)
                noiseCount += UInt64(skipped)
                place += skipped
            case .gap(let count): place += count
            case .noise(let count):
                noiseCount += UInt64(count)
                place += count
            case .frame(let count, let verdict):
                found(verdict, rest.extracting(0..<count))
                if verdict.isUsable {
                    place += count
                } else {
                    let skipped = Format.passedOver(ofBad: count)
                    noiseCount += UInt64(skipped)
                    place += skipped
                }
            }
            seen = 0
        }
        return place
    }
}

/// The place of the first of two bytes from a place on; nil where there is none.
@inline(__always)
func firstPlace(of one: UInt8, or other: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int? {
    var place = start
    while place < bytes.count {
        let byte = bytes[place]
        if byte == one || byte == other { return place }
        place += 1
    }
    return nil
}

/// The control characters of serial protocols.
enum Control {
    static let stx: UInt8 = 0x02
    static let etx: UInt8 = 0x03
    static let eot: UInt8 = 0x04
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
}

/// The value of a hexadecimal digit, either case.
@inline(__always)
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
}

/// A byte as two hexadecimal digits, upper case.
func hexadecimalText(_ byte: UInt8) -> [UInt8] {
    [byte >> 4, byte & 15].map { $0 < 10 ? 0x30 + $0 : 0x37 + $0 }
}
