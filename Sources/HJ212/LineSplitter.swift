/// Cuts a stream of bytes at its line feeds, into lines of which at most a frame's length is kept. However the stream is split, the
/// lines are the same, and no more than two frames' bytes are held.
struct LineSplitter {
    /// The longest line that is looked at; of a longer one, its end.
    let longest: Int
    private var pending: [UInt8] = []
    /// Bytes of the line under way that were let go.
    private(set) var dropped = 0

    init(longest: Int) {
        self.longest = longest
    }

    /// Hands out the lines that are complete, without their line feed, and how many bytes of each were let go before.
    mutating func feed(_ bytes: Span<UInt8>, _ body: (Span<UInt8>, _ dropped: Int) -> Void) {
        var start = 0
        while true {
            let position = bytes.firstIndex(of: UInt8(ascii: "\n"), from: start)
            guard position < bytes.count else { break }
            if pending.isEmpty, dropped == 0 {
                hand(out: bytes.extracting(start..<position), dropped: 0, body)
            } else {
                keep(bytes, start..<position)
                finish(body)
            }
            start = position + 1
        }
        keep(bytes, start..<bytes.count)
    }

    /// Ends the line under way, where the stream ends.
    mutating func finish(_ body: (Span<UInt8>, _ dropped: Int) -> Void) {
        hand(out: pending.span, dropped: dropped, body)
        pending.removeAll(keepingCapacity: true)
        dropped = 0
    }

    var bytesHeld: Int { pending.count }

    var isEmpty: Bool { pending.isEmpty && dropped == 0 }

    private func hand(out line: Span<UInt8>, dropped: Int, _ body: (Span<UInt8>, _ dropped: Int) -> Void) {
        let excess = max(0, line.count - longest)
        body(line.extracting(excess..<line.count), dropped + excess)
    }

    private mutating func keep(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        // Only the end of a line can be a frame.
        let start = max(range.lowerBound, range.upperBound - longest)
        if start > range.lowerBound {
            dropped += pending.count + (start - range.lowerBound)
            pending.removeAll(keepingCapacity: true)
        }
        for position in start..<range.upperBound { pending.append(bytes[position]) }
        if pending.count > 2 * longest {
            dropped += pending.count - longest
            pending.removeFirst(pending.count - longest)
        }
    }
}
