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

/// The instruments of one line, which all speak one protocol: what is asked of each, and what its answers say.
package final class SerialSession: DeviceSession {
    package let devices: [SupervisedDevice]
    private let dialect: any SerialDialect.Type
    private let dialogue: SerialDialogue
    private var polled: [Polled]

    private struct Polled {
        let partner: SerialPartner
        let requests: [SerialRequest]
        var counters = DeviceCounters()
        /// Of an instrument that keeps records.
        var backfill: CLinkBackfill?
    }

    init(
        _ line: SerialLine, _ kind: SerialProtocol, _ options: SerialOptions, _ devices: [SerialDevice],
        _ interruption: Interruption
    ) {
        let dialect = kind.dialect
        self.dialect = dialect
        dialogue = SerialDialogue(line, kind, options, interruption)
        self.devices = devices.map {
            SupervisedDevice(
                name: $0.name, channels: $0.channels.map(\.rule.channel), calibration: $0.calibration)
        }
        polled = devices.map {
            Polled(
                partner: SerialPartner($0, dialect), requests: dialect.requests(for: $0),
                backfill: kind == .cLink && $0.fillsGaps ? CLinkBackfill() : nil)
        }
    }

    // MARK: - The line

    package func open() throws(ExchangeError) { try dialogue.open() }

    package func heardNobody() { dialogue.heardNobody() }

    package func counters(_ place: Int) -> DeviceCounters { polled[place].counters }

    package func close() { dialogue.close() }

    private func exchange(
        _ request: SerialRequest, _ place: Int, extraMs: Int = 0
    ) throws(ExchangeError) -> SerialAnswer {
        try dialogue.exchange(request, with: polled[place].partner, extraMs: extraMs, &polled[place].counters)
    }

    private func newest(_ place: Int) throws(ExchangeError) -> SerialAnswer {
        try dialogue.newest(of: polled[place].partner, &polled[place].counters)
    }

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
        var answers: [SerialAnswer] = []
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
        let device = polled[place].partner.device
        if let flag = flag(of: device, in: answers) {
            answer.flag = flag
            answer.readings = readings(of: device, in: answers)
        }
        let isWhole = answer.readings.count == polled[place].partner.device.channels.count
        if !isWhole, answer.failure == nil { answer.failure = .badReply }
        if answer.failure == nil { polled[place].backfill?.heard(at: now()) }
        return answer
    }

    package func fill(_ place: Int, now: () -> Instant) -> RecordAnswer? {
        guard var backfill = polled[place].backfill, let wanted = backfill.wanted(at: now()) else { return nil }
        defer { polled[place].backfill = backfill }
        let device = polled[place].partner.device
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
    private func flag(of device: SerialDevice, in answers: [SerialAnswer]) -> DataFlag? {
        var flag = DataFlag.normal
        for status in device.statuses {
            guard case .number(let number) = value(of: status.item, in: answers)?.value else { return nil }
            flag = .worse(flag, number.word.map(status.rule.flag) ?? .fault)
        }
        return flag
    }

    /// The readings as measured, in the order of the channels.
    private func readings(of device: SerialDevice, in answers: [SerialAnswer]) -> [Reading] {
        device.channels.compactMap { source in
            guard let (value, unit, time) = value(of: source.item, in: answers) else { return nil }
            let result = source.rule.value(value, in: unit, at: ReferenceState(at: time))
            return Reading(channel: source.rule.channel, time: time, value: result)
        }
    }

    /// What the answers say of an item; nil where they say nothing.
    private func value(
        of item: SerialItem, in answers: [SerialAnswer]
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
