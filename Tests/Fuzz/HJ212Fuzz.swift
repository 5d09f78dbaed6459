import HJ212

/// libFuzzer: whatever comes, in one piece or in two, strictly or leniently; what is taken strictly can be written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // Invariant: libFuzzer gives `count` bytes that outlive the call.
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var strict = Decoder(dialect: .hj212Of2017, strict: true)
    var again: [[UInt8]] = []
    strict.feed(bytes.span) { data, packet in
        guard packet.isUsable(strict: true), let message = Message(packet, in: data) else { return }
        again.append(message.frame)
    }
    for frame in again {
        var usable = 0
        var decoder = Decoder(dialect: .hj212Of2017, strict: true)
        decoder.feed(frame.span) { _, packet in usable += packet.isUsable(strict: true) ? 1 : 0 }
        precondition(usable == 1)
    }
    var whole = Decoder(dialect: .hj212Of2025, strict: false)
    whole.feed(bytes.span) { _, _ in }
    var halves = Decoder(dialect: .hj212Of2025, strict: false)
    halves.feed(bytes.span.extracting(0..<count / 2)) { _, _ in }
    halves.feed(bytes.span.extracting(count / 2..<count)) { _, _ in }
    precondition(whole.packets == halves.packets && whole.refused == halves.refused && whole.skipped == halves.skipped)
    return 0
}
