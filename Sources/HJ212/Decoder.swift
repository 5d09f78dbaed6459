/// Reads packets out of a stream of bytes, however it is cut into pieces, in bounded memory.
package struct Decoder {
    /// What ends a line.
    package enum LineEnding: Sendable {
        /// CR LF, as on the wire.
        case wire
        /// Whatever the lines of a text file end with: it tells nothing of the station.
        case text
    }

    private let isStrict: Bool
    private let ending: LineEnding
    private var lines: LineSplitter
    private var parser: PacketParser
    /// Bytes that belong to no packet.
    package private(set) var skipped = 0
    /// Packets that came, and those of them that could not be used.
    package private(set) var packets = 0
    package private(set) var refused = 0

    /// A strict decoder takes data segments as long as the dialect's, a lenient one up to `longestData`.
    package init(dialect: Dialect, strict: Bool, ending: LineEnding = .wire, longestData: Int = 4096) {
        isStrict = strict
        self.ending = ending
        // ##, the length, the CRC and CR.
        lines = LineSplitter(longest: (strict ? dialect.longestData : max(longestData, dialect.longestData)) + 11)
        parser = PacketParser(dialect: dialect)
    }

    /// Hands out every packet that is complete, good or not, with its data segment.
    package mutating func feed(_ bytes: Span<UInt8>, _ body: (Span<UInt8>, borrowing Packet) -> Void) {
        var lines = lines
        self.lines = LineSplitter(longest: lines.longest)
        lines.feed(bytes) { line, dropped in take(line, dropped: dropped, endsWithLineFeed: true, body) }
        self.lines = lines
    }

    /// Ends the stream: in a text file the last line may have no end.
    package mutating func finish(_ body: (Span<UInt8>, borrowing Packet) -> Void) {
        guard !lines.isEmpty else { return }
        var lines = lines
        lines.finish { line, dropped in
            if ending == .text {
                take(line, dropped: dropped, endsWithLineFeed: false, body)
            } else {
                skipped += line.count + dropped
            }
        }
        self.lines = lines
    }

    /// Bytes that belong to no packet, with those of a line that does not end.
    package var wasted: Int { skipped + lines.dropped }

    /// Bytes that wait for the end of their line.
    package var bytesHeld: Int { lines.bytesHeld }

    /// Whether a packet may be used by this decoder's rules.
    package func isUsable(_ packet: borrowing Packet) -> Bool { packet.isUsable(strict: isStrict) }

    private mutating func take(
        _ line: Span<UInt8>, dropped: Int, endsWithLineFeed: Bool, _ body: (Span<UInt8>, borrowing Packet) -> Void
    ) {
        let hasReturn = line.count > 0 && line[line.count - 1] == UInt8(ascii: "\r")
        let content = line.extracting(0..<line.count - (hasReturn ? 1 : 0))
        guard var frame = Frame(line: content) else {
            skipped += dropped + line.count + (endsWithLineFeed ? 1 : 0)
            return
        }
        if ending == .wire, !hasReturn { frame.sins.insert(.noCarriageReturn) }
        skipped += dropped + frame.start
        packets += 1
        let data = content.extracting(frame.data)
        parser.read(data, frame: frame)
        if !parser.packet.isUsable(strict: isStrict) { refused += 1 }
        body(data, parser.packet)
    }
}
