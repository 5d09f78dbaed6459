import Glibc

/// Requests and answers on one line, one after the other; of instruments that send by themselves, their newest frame.
///
/// Most answers do not say which request they answer. So after a request that was not answered the line must be silent, as long
/// as an answer may take, before the next one is made: what comes meanwhile is dropped. An answer that takes longer than twice
/// that cannot be told from the next one.
final class SerialDialogue {
    private let link: SerialLink
    private let options: SerialOptions
    /// What makes instruments of this protocol measure that refuse because they do not.
    private let wake: [UInt8]?
    private var scanner: any FrameScanning
    /// Whether an answer may still be under way.
    private var isUnsettled = false
    /// When the line was last used, and when it was last read of instruments that send by themselves.
    private var latestUse: Int64 = 0
    private var latestDrain: Int64 = 0

    init(_ line: SerialLine, _ kind: SerialProtocol, _ options: SerialOptions, _ interruption: Interruption) {
        self.options = options
        link = SerialLink(line, timeoutMs: options.responseTimeoutMs, interruption)
        wake = kind.dialect.wake
        scanner = kind.makeScanner()
    }

    // MARK: - The line

    func open() throws(ExchangeError) {
        guard try link.connect() else { return }
        scanner.reset()
        isUnsettled = false
        latestDrain = monotonicMicroseconds()
    }

    func heardNobody() { link.heardNobody() }

    func close() { link.disconnect() }

    // MARK: - Exchanges

    /// Makes a request and waits for its answer.
    func exchange(
        _ request: SerialRequest, with partner: SerialPartner, extraMs: Int, _ counters: inout DeviceCounters
    ) throws(ExchangeError) -> SerialAnswer {
        guard link.isConnected else { throw .lost(errno: ENOTCONN) }
        let began: Int64
        do throws(ExchangeError) {
            try settle(&counters)
            keepGap()
            try drop(until: 0, &counters)
            scanner.reset()
            began = monotonicMicroseconds()
            try link.send(request.bytes)
            let answer = try answer(
                to: request, partner, until: began + Int64(options.responseTimeoutMs + extraMs) * 1000, &counters)
            latestUse = monotonicMicroseconds()
            counters.answered += 1
            counters.roundTrips.add(microseconds: latestUse - began)
            return answer
        } catch {
            latestUse = monotonicMicroseconds()
            counters.add(error)
            if case .exception = error {
                // The sensor refuses because nobody has told it to measure.
                if let wake { try? link.send(wake) }
            } else {
                isUnsettled = true
            }
            throw error
        }
    }

    private func keepGap() {
        guard options.gapMs > 0, latestUse > 0 else { return }
        let due = latestUse + Int64(options.gapMs) * 1000
        if monotonicMicroseconds() < due { _ = link.interruption.wait(for: -1, until: due) }
    }

    private func answer(
        to request: SerialRequest, _ partner: SerialPartner, until end: Int64, _ counters: inout DeviceCounters
    ) throws(ExchangeError) -> SerialAnswer {
        var deadline = end
        var echo = EchoFilter(request.bytes)
        var found = Found()
        while true {
            let count = try link.receive(until: deadline)
            // A line that is never silent is always ready: the deadline holds all the same.
            if count == 0 || monotonicMicroseconds() > deadline + SerialDialogue.patience {
                if found.isBad || scanner.heldCount > 0 { throw .badReply }
                throw .timeout
            }
            let hadEchoed = echo.hasEchoed
            let received = link.bytes
            let bytes = echo.pass(received.span.extracting(0..<count))
            if echo.hasEchoed, !hadEchoed { counters.echoes += 1 }
            look(at: bytes.span, request, partner, &counters, &found)
            if let answer = found.answer { return answer }
            if let code = found.refusal { throw .exception(code: code) }
            // An answer that came damaged comes once; what looked like one may have been noise before it.
            if found.isBad { deadline = min(deadline, monotonicMicroseconds() + 100_000) }
        }
    }

    /// How long after its deadline what is there already is still looked at.
    private static let patience: Int64 = 50_000
    /// More than this is not dropped at once: somebody sends without end.
    private static let flood = 1 << 20

    /// What frames brought.
    private struct Found {
        var answer: SerialAnswer?
        var refusal: Int?
        var isBad = false
    }

    /// Decodes bytes; of several answers the newest is kept where nothing was asked, and the first where something was.
    private func look(
        at bytes: Span<UInt8>, _ request: SerialRequest?, _ partner: SerialPartner,
        _ counters: inout DeviceCounters, _ found: inout Found
    ) {
        var (counts, result) = (counters, found)
        scanner.feed(bytes) { verdict, frame in
            switch partner.hear(verdict, frame, to: request) {
            case .answer where request != nil && result.answer != nil: counts.late += 1
            case .answer(let answer): result.answer = answer
            case .refusal(let code): result.refusal = code
            case .stranger: counts.late += 1
            case .badChecksum:
                result.isBad = true
                counts.checksums += 1
            case .malformed:
                result.isBad = true
                counts.malformed += 1
            }
        }
        (counters, found) = (counts, result)
    }

    /// Waits for silence where an answer may still be under way.
    private func settle(_ counters: inout DeviceCounters) throws(ExchangeError) {
        guard isUnsettled else { return }
        counters.resyncs += 1
        let quiet = Int64(options.settleMs ?? options.responseTimeoutMs) * 1000
        let end = monotonicMicroseconds() + 10 * quiet
        while try drop(until: monotonicMicroseconds() + quiet, &counters) {
            // A line that is never silent is no line to ask on.
            if monotonicMicroseconds() >= end { throw .badReply }
        }
        scanner.reset()
        isUnsettled = false
    }

    /// Drops what comes until a deadline, or what lies there; whether anything did.
    @discardableResult
    private func drop(until deadline: Int64, _ counters: inout DeviceCounters) throws(ExchangeError) -> Bool {
        var total = 0
        var late: UInt64 = 0
        while total < SerialDialogue.flood {
            let count = try link.receive(until: total > 0 ? 0 : deadline)
            guard count > 0 else { break }
            total += count
            let received = link.bytes
            scanner.feed(received.span.extracting(0..<count)) { verdict, _ in if verdict.isUsable { late += 1 } }
        }
        counters.late += late
        return total > 0
    }

    // MARK: - Instruments that send by themselves

    /// What the driver keeps while nobody reads (4096 bytes of a Linux terminal): beyond, new bytes are lost, not old ones.
    private static let buffered = 3500
    /// A frame that lay there longer may be anything's: the instrument may have fallen silent since.
    private static let longestAge: Int64 = 5_000_000
    /// They send once a second, some every 2.3 s while the air is steady (PMS5003 data sheet).
    private static let longestPause: Int64 = 2_500_000

    /// The newest frame since the last round, or the next one where that is not known to be new.
    func newest(
        of partner: SerialPartner, _ counters: inout DeviceCounters
    ) throws(ExchangeError) -> SerialAnswer {
        guard link.isConnected else { throw .lost(errno: ENOTCONN) }
        let began = monotonicMicroseconds()
        do throws(ExchangeError) {
            var found = Found()
            var total = 0
            while true {
                let count = try link.receive(until: 0)
                guard count > 0 else { break }
                total += count
                let received = link.bytes
                look(at: received.span.extracting(0..<count), nil, partner, &counters, &found)
                // Where it sends faster than it is read there is always more.
                if total > 1 << 16 { break }
            }
            let isNew = began - latestDrain <= SerialDialogue.longestAge && total < SerialDialogue.buffered
            latestDrain = began
            if !isNew { found = Found() }
            let deadline = began + max(SerialDialogue.longestPause, Int64(options.responseTimeoutMs) * 1000)
            while found.answer == nil {
                let count = try link.receive(until: deadline)
                if count == 0 || monotonicMicroseconds() > deadline + SerialDialogue.patience {
                    throw found.isBad ? .badReply : .timeout
                }
                let received = link.bytes
                look(at: received.span.extracting(0..<count), nil, partner, &counters, &found)
            }
            guard let answer = found.answer else { throw .timeout }
            counters.answered += 1
            counters.roundTrips.add(microseconds: monotonicMicroseconds() - began)
            return answer
        } catch {
            counters.add(error)
            throw error
        }
    }
}
