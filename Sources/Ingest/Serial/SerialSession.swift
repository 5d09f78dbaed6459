package import AQICore
import Glibc

/// A serial line under supervision.
package typealias SerialBus = SupervisedBus<SerialSession>

extension SupervisedBus where Session == SerialSession {
    /// A serial line and its instruments, which all speak one protocol; without a clock in the time of whoever polls it.
    package init(
        name: String, line: SerialLine, protocol kind: SerialProtocol, options: SerialOptions = SerialOptions(),
        devices: [SerialDevice], clock: BusClock? = nil
    ) {
        let interruption = Interruption()
        self.init(
            name: name, session: SerialSession(line, kind, options, devices, interruption),
            interruption: interruption, clock: clock)
    }
}

/// A serial protocol on one line: a request, its answer, the next.
///
/// Most answers do not say which request they answer. So after a request that was not answered the line must be silent, as long
/// as an answer may take, before the next one is made: what comes meanwhile is dropped. An answer that takes longer than twice
/// that cannot be told from the next one.
package final class SerialSession: DeviceSession {
    package let devices: [SupervisedDevice]
    private let kind: SerialProtocol
    private let dialect: any SerialDialect.Type
    private let options: SerialOptions
    private let link: SerialLink
    private var scanner: any FrameScanning
    private var polled: [Polled]
    /// Whether an answer may still be under way.
    private var isUnsettled = false
    /// When the line was last used, and when it was last read of instruments that send by themselves.
    private var latestUse: Int64 = 0
    private var latestDrain: Int64 = 0

    private struct Polled {
        let device: SerialDevice
        let requests: [SerialRequest]
        let expression: Regex<AnyRegexOutput>?
        var counters = DeviceCounters()
        /// Of an instrument that keeps records.
        var backfill: CLinkBackfill?
    }

    /// What an instrument said, and when.
    struct Answer {
        var frame: [UInt8]
        /// Of a line of text: what its expression found, by the names of the groups.
        var groups: [String: String]?
        var time = Instant(seconds: 0)
    }

    init(
        _ line: SerialLine, _ kind: SerialProtocol, _ options: SerialOptions, _ devices: [SerialDevice],
        _ interruption: Interruption
    ) {
        self.kind = kind
        self.options = options
        dialect = kind.dialect
        link = SerialLink(line, timeoutMs: options.responseTimeoutMs, interruption)
        scanner = kind.makeScanner()
        self.devices = devices.map {
            SupervisedDevice(
                name: $0.name, channels: $0.channels.map(\.rule.channel), calibration: $0.calibration)
        }
        let dialect = dialect
        polled = devices.map {
            // A configuration with an expression that is none is refused when it is read.
            Polled(
                device: $0, requests: dialect.requests(for: $0),
                expression: $0.answer.isEmpty ? nil : try? Regex($0.answer),
                backfill: kind == .cLink && $0.fillsGaps ? CLinkBackfill() : nil)
        }
    }

    // MARK: - The line

    package func open() throws(ExchangeError) {
        guard try link.connect() else { return }
        scanner.reset()
        isUnsettled = false
        latestDrain = monotonicMicroseconds()
    }

    package func heardNobody() { link.heardNobody() }

    package func counters(_ place: Int) -> DeviceCounters { polled[place].counters }

    package func close() { link.disconnect() }

    // MARK: - A device

    package func probe(_ place: Int) throws(ExchangeError) {
        do throws(ExchangeError) {
            if let request = polled[place].requests.first {
                _ = try exchange(request, place)
            } else {
                _ = try newest(place)
            }
        } catch {
            // Who refuses answers.
            if case .exception = error { return }
            throw error
        }
    }

    package func read(_ place: Int, now: () -> Instant) -> DeviceAnswer {
        var answer = DeviceAnswer()
        var answers: [Answer] = []
        do throws(ExchangeError) {
            if polled[place].requests.isEmpty { answers.append(try newest(place)) }
            for request in polled[place].requests {
                do throws(ExchangeError) {
                    answers.append(try exchange(request, place))
                } catch {
                    answer.failure = answer.failure ?? error
                    // Another request would most likely wait in vain, too, and the other devices with it.
                    guard case .exception = error else { throw error }
                }
                if !answers.isEmpty { answers[answers.count - 1].time = now() }
            }
            if polled[place].requests.isEmpty { answers[0].time = now() }
        } catch {
            answer.failure = answer.failure ?? error
        }
        let device = polled[place].device
        if let flag = flag(of: device, in: answers) {
            answer.flag = flag
            answer.readings = readings(of: device, in: answers)
        }
        let isWhole = answer.readings.count == polled[place].device.channels.count
        if !isWhole, answer.failure == nil { answer.failure = .badReply }
        if answer.failure == nil { polled[place].backfill?.heard(at: now()) }
        return answer
    }

    package func fill(_ place: Int, now: () -> Instant) -> RecordAnswer? {
        guard var backfill = polled[place].backfill, let wanted = backfill.wanted(at: now()) else { return nil }
        defer { polled[place].backfill = backfill }
        let device = polled[place].device
        var answer = RecordAnswer()
        do throws(RecordTrouble) {
            let frame: [UInt8]
            do throws(ExchangeError) {
                let command = Array("lrec \(wanted.back) \(wanted.count)".utf8)
                frame = try exchange(CLink.request(command, of: device), place, extraMs: SerialSession.recordsMs).frame
            } catch {
                if case .exception = error { throw backfill.give(up: .noAnswer) }
                try backfill.fail(.noAnswer)
                return answer
            }
            let times = CLink.recordTimes(frame.span)
            if let (period, minutes) = try backfill.take(times, at: now()) {
                answer.readings = CLink.records(frame.span, of: device, period: period, in: minutes)
            }
        } catch {
            answer.trouble = error
        }
        return answer
    }

    /// How much longer some records take than a value, at 9600 baud.
    private static let recordsMs = 2000

    /// What the statuses say; nil where one is not known: then nothing is known of any value.
    private func flag(of device: SerialDevice, in answers: [Answer]) -> DataFlag? {
        var flag = DataFlag.normal
        for status in device.statuses {
            guard case .number(let number) = value(of: status.item, in: answers)?.value else { return nil }
            flag = .worse(flag, number.word.map(status.rule.flag) ?? .fault)
        }
        return flag
    }

    /// The readings as measured, in the order of the channels.
    private func readings(of device: SerialDevice, in answers: [Answer]) -> [Reading] {
        device.channels.compactMap { source in
            guard let (value, unit, time) = value(of: source.item, in: answers) else { return nil }
            let result = source.rule.value(value, in: unit, at: ReferenceState(at: time))
            return Reading(channel: source.rule.channel, time: time, value: result)
        }
    }

    /// What the answers say of an item; nil where they say nothing.
    private func value(
        of item: SerialItem, in answers: [Answer]
    ) -> (value: SerialValue, unit: MeasuringUnit?, time: Instant)? {
        for answer in answers {
            if let groups = answer.groups {
                guard let text = groups[item.text] else { continue }
                let bytes = Array(text.utf8)
                let number = WireNumber.parse(bytes.span, 0..<bytes.count)
                return (number.map(SerialValue.number) ?? .invalid, nil, answer.time)
            }
            let value = dialect.value(of: item, in: answer.frame.span)
            if value != .absent { return (value, dialect.unit(of: item, in: answer.frame.span), answer.time) }
        }
        return nil
    }

    // MARK: - Exchanges

    /// Makes a request and waits for its answer.
    private func exchange(
        _ request: SerialRequest, _ place: Int, extraMs: Int = 0
    ) throws(ExchangeError) -> Answer {
        guard link.isConnected else { throw .lost(errno: ENOTCONN) }
        let began: Int64
        do throws(ExchangeError) {
            try settle(place)
            keepGap()
            try drop(until: 0, place)
            scanner.reset()
            began = monotonicMicroseconds()
            try link.send(request.bytes)
            let answer = try answer(
                to: request, place, until: began + Int64(options.responseTimeoutMs + extraMs) * 1000)
            latestUse = monotonicMicroseconds()
            polled[place].counters.answered += 1
            polled[place].counters.roundTrips.add(microseconds: latestUse - began)
            return answer
        } catch {
            latestUse = monotonicMicroseconds()
            polled[place].counters.add(error)
            if case .exception = error {
                // The sensor refuses because nobody has told it to measure.
                if let wake = dialect.wake { try? link.send(wake) }
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
        to request: SerialRequest, _ place: Int, until end: Int64
    ) throws(ExchangeError) -> Answer {
        var deadline = end
        var echo = EchoFilter(request.bytes)
        var found = Found()
        while true {
            let count = try link.receive(until: deadline)
            // A line that is never silent is always ready: the deadline holds all the same.
            if count == 0 || monotonicMicroseconds() > deadline + SerialSession.patience {
                if found.isBad || scanner.heldCount > 0 { throw .badReply }
                throw .timeout
            }
            let hadEchoed = echo.hasEchoed
            let received = link.bytes
            let bytes = echo.pass(received.span.extracting(0..<count))
            if echo.hasEchoed, !hadEchoed { polled[place].counters.echoes += 1 }
            look(at: bytes.span, request, place, &found)
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
        var answer: Answer?
        var refusal: Int?
        var isBad = false
    }

    /// Decodes bytes; of several answers the newest is kept where nothing was asked, and the first where something was.
    private func look(at bytes: Span<UInt8>, _ request: SerialRequest?, _ place: Int, _ found: inout Found) {
        let device = polled[place].device
        let (dialect, expression) = (dialect, polled[place].expression)
        var (checksums, malformed, late): (UInt64, UInt64, UInt64) = (0, 0, 0)
        var result = found
        scanner.feed(bytes) { verdict, frame in
            guard verdict.isUsable, verdict == .good || !device.isChecked else {
                result.isBad = true
                if verdict == .badChecksum { checksums += 1 } else { malformed += 1 }
                return
            }
            if let expression {
                guard let groups = SerialSession.groups(expression, device, frame) else { return late += 1 }
                if request != nil, result.answer != nil { return late += 1 }
                result.answer = Answer(frame: [], groups: groups)
                return
            }
            switch dialect.match(frame, request, of: device) {
            case .stranger: late += 1
            case .refusal(let code): result.refusal = code
            case .answer:
                if request != nil, result.answer != nil { return late += 1 }
                result.answer = Answer(frame: copied(frame))
            }
        }
        found = result
        polled[place].counters.checksums += checksums
        polled[place].counters.malformed += malformed
        polled[place].counters.late += late
    }

    private static func groups(
        _ expression: Regex<AnyRegexOutput>, _ device: SerialDevice, _ frame: Span<UInt8>
    ) -> [String: String]? {
        guard let match = try? expression.firstMatch(in: TextLine.text(frame)) else { return nil }
        var groups: [String: String] = [:]
        for item in device.items { groups[item.text] = match[item.text]?.substring.map(String.init) }
        return groups
    }

    /// Waits for silence where an answer may still be under way.
    private func settle(_ place: Int) throws(ExchangeError) {
        guard isUnsettled else { return }
        polled[place].counters.resyncs += 1
        let quiet = Int64(options.settleMs ?? options.responseTimeoutMs) * 1000
        let end = monotonicMicroseconds() + 10 * quiet
        while try drop(until: monotonicMicroseconds() + quiet, place) {
            // A line that is never silent is no line to ask on.
            if monotonicMicroseconds() >= end { throw .badReply }
        }
        scanner.reset()
        isUnsettled = false
    }

    /// Drops what comes until a deadline, or what lies there; whether anything did.
    @discardableResult
    private func drop(until deadline: Int64, _ place: Int) throws(ExchangeError) -> Bool {
        var total = 0
        var late: UInt64 = 0
        while total < SerialSession.flood {
            let count = try link.receive(until: total > 0 ? 0 : deadline)
            guard count > 0 else { break }
            total += count
            let received = link.bytes
            scanner.feed(received.span.extracting(0..<count)) { verdict, _ in if verdict.isUsable { late += 1 } }
        }
        polled[place].counters.late += late
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
    private func newest(_ place: Int) throws(ExchangeError) -> Answer {
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
                look(at: received.span.extracting(0..<count), nil, place, &found)
                // Where it sends faster than it is read there is always more.
                if total > 1 << 16 { break }
            }
            let isNew = began - latestDrain <= SerialSession.longestAge && total < SerialSession.buffered
            latestDrain = began
            if !isNew { found = Found() }
            let deadline = began + max(SerialSession.longestPause, Int64(options.responseTimeoutMs) * 1000)
            while found.answer == nil {
                let count = try link.receive(until: deadline)
                if count == 0 || monotonicMicroseconds() > deadline + SerialSession.patience {
                    throw found.isBad ? .badReply : .timeout
                }
                let received = link.bytes
                look(at: received.span.extracting(0..<count), nil, place, &found)
            }
            guard let answer = found.answer else { throw .timeout }
            polled[place].counters.answered += 1
            polled[place].counters.roundTrips.add(microseconds: monotonicMicroseconds() - began)
            return answer
        } catch {
            polled[place].counters.add(error)
            throw error
        }
    }

}

/// The bytes of a span.
private func copied(_ bytes: Span<UInt8>) -> [UInt8] {
    var copied: [UInt8] = []
    copied.reserveCapacity(bytes.count)
    for place in 0..<bytes.count { copied.append(bytes[place]) }
    return copied
}

extension ValueRule {
    /// The value of a number that an instrument gives, in a unit that it may tell; docs/devices.md has the order.
    ///
    /// An instrument that was set to another unit than the configuration says is taken as faulty: nobody knows which is right.
    func value(_ value: SerialValue, in told: MeasuringUnit?, at state: ReferenceState) -> Concentration {
        guard case .number(let number) = value else { return .missing(.fault) }
        if let told, told != unit ?? .own(of: channel.parameter) { return .missing(.fault) }
        if !sentinels.isEmpty, let asItLies = number.thousandths(), sentinels.contains(asItLies) {
            return .missing(.fault)
        }
        let thousandths = number.thousandths(scale: scale, offset: offset, divisor: divisor)
        return thousandths.map { finished(Concentration(measured: $0), at: state) } ?? .missing(.fault)
    }
}
