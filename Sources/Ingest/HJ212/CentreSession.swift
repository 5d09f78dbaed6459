package import AQICore
package import HJ212

/// What a centre does on one connection: bytes and time come in, readings and answers go out. Knows no sockets.
///
/// Source: HJ 212-2017, 6.4 and Annex C (the order of requests and answers); HJ/T 212-2005, 5.4.
package struct CentreSession {
    /// What bytes, or the passing of time, lead to.
    package struct Output {
        /// What was measured, in the order in which it came.
        package var readings: [Reading] = []
        /// Acknowledgements of what brought the readings: to be sent once they are kept.
        package var acknowledgements: [UInt8] = []
        /// To be sent at once.
        package var replies: [UInt8] = []
        package var events: [CentreEvent] = []
        /// What each station did, by its place in the rules.
        package var tallies: [(place: Int, isUsable: Bool, sins: Sins, clockOffset: Int64?, latest: Instant?)] = []
        package var closes: CentreEvent.CloseReason?
    }

    private let rules: CentreRules
    private var decoder: Decoder
    private let began: Instant
    private var lastUsable: Instant?
    private var refusedInARow = 0
    private var wastedBefore = 0
    private var allowance: Int
    private var allowanceAt: Instant
    private var spoken: [Int: Spoken] = [:]
    private var asked: [Asked] = []
    private var serial = 0

    /// What is remembered of a station on this connection.
    private struct Spoken {
        var clockIsOff = false
        var timeWasSet: Instant?
        /// Of a message of several packets: its name, and the time that only its first carries.
        var qn = ""
        var dataTime: Instant?
        /// Until when history that was asked for may come.
        var historyUntil: Instant?
    }

    /// A request under way.
    private struct Asked {
        var qn: String
        var place: Int
        var request: CentreRequest
        var frame: [UInt8]
        var sent: Instant
        var resends = 0
        /// The station said that it is ready.
        var isAccepted = false
    }

    /// Source: HJ 212-2017, 6.4.3: OverTime and ReCount, 10 s and 3 times unless they are set.
    package static let timeout: Int64 = 10
    package static let resends = 3
    /// How long the execution of a request may take.
    package static let longestExecution: Int64 = 600

    package init(rules: CentreRules, at now: Instant) {
        self.rules = rules
        decoder = Decoder(dialect: .hj212Of2017, strict: rules.isStrict, longestData: rules.longestData)
        began = now
        allowance = rules.packetsPerSecond * 10
        allowanceAt = now
    }

    /// Takes what came. `watch` sees every packet, good or not.
    package mutating func receive(
        _ bytes: Span<UInt8>, at now: Instant, watch: ((Span<UInt8>, borrowing Packet) -> Void)? = nil
    ) -> Output {
        var output = Output()
        refill(at: now)
        var decoder = self.decoder
        self.decoder = Decoder.placeholder
        let before = lastUsable
        lastUsable = nil
        decoder.feed(bytes) { data, packet in
            guard output.closes == nil else { return }
            watch?(data, packet)
            take(packet, in: data, at: now, &output)
        }
        self.decoder = decoder
        if lastUsable == nil { lastUsable = before } else { wastedBefore = decoder.wasted }
        if decoder.wasted - wastedBefore > rules.mostNoise { output.closes = output.closes ?? .noise }
        if let reason = output.closes { output.events.append(.closed(reason)) }
        return output
    }

    /// Lets time pass: requests are sent again or given up, a silent connection ends.
    package mutating func tick(at now: Instant) -> Output {
        var output = Output()
        for place in asked.indices.reversed() {
            let request = asked[place]
            let limit = request.isAccepted ? CentreSession.longestExecution : CentreSession.timeout
            guard now - request.sent >= limit else { continue }
            if !request.isAccepted, request.resends < CentreSession.resends {
                asked[place].resends += 1
                asked[place].sent = now
                output.replies += request.frame
            } else {
                output.events.append(.unanswered(mn: rules.stations[request.place].mn, request.request))
                asked.remove(at: place)
            }
        }
        if let lastUsable {
            if now - lastUsable >= rules.idleSeconds { output.closes = .idle }
        } else if now - began >= rules.secondsToFirstPacket {
            output.closes = .silentFromTheStart
        }
        if let reason = output.closes { output.events.append(.closed(reason)) }
        return output
    }

    /// Asks a station that has spoken on this connection; nil where it has not, or is asked already.
    package mutating func ask(_ request: CentreRequest, mn: String, at now: Instant) -> [UInt8]? {
        guard let place = rules.place(of: mn), spoken[place] != nil,
            !asked.contains(where: { $0.place == place && $0.request.number == request.number })
        else { return nil }
        let station = rules.stations[place]
        serial += 1
        let qn = WireTime.qn(now, milliseconds: serial)
        var cp = ""
        switch request {
        case .time: break
        case .setTime: cp = "SystemTime=\(WireTime.text(now))"
        case .history(_, let from, let through):
            cp = "BeginTime=\(WireTime.text(from)),EndTime=\(WireTime.text(through))"
            spoken[place]?.historyUntil = now + CentreSession.longestExecution
        }
        let message = Message(
            qn: qn, st: 22, cn: request.number, pw: station.password, mn: mn,
            flag: station.dialect.flag(wantsAnswer: true), cp: cp)
        asked.append(Asked(qn: qn, place: place, request: request, frame: message.frame, sent: now))
        return message.frame
    }

    // MARK: - Packets

    private mutating func take(
        _ packet: borrowing Packet, in data: Span<UInt8>, at now: Instant, _ output: inout Output
    ) {
        allowance -= 1
        guard allowance >= 0 else {
            output.closes = .tooFast
            return
        }
        let mn = packet.mn.text(in: data)
        let place = rules.place(of: mn)
        guard let place else {
            if rules.acknowledgesAnybody, packet.isUsable(strict: rules.isStrict) {
                lastUsable = now
                output.replies += CentreSession.acknowledgement(of: packet, in: data, .hj212Of2017) ?? []
            } else {
                output.events.append(.unknownStation(mn: mn))
                refuse(&output)
            }
            return
        }
        let station = rules.stations[place]
        let offset = packet.qn.flatMap { WireTime.read($0, in: data) }.map { $0.instant - now }
        let sins = packet.sins.subtracting(station.dialect.allows)
        guard packet.fault == nil, sins.isEmpty || !rules.isStrict else {
            output.tallies.append((place, false, sins, nil, nil))
            output.events.append(.refused(mn: mn, problems: packet.problems))
            refuse(&output)
            return
        }
        guard packet.pw?.text(in: data) == station.password else {
            output.tallies.append((place, false, sins, nil, nil))
            output.events.append(.wrongPassword(mn: mn))
            refuse(&output)
            return
        }
        lastUsable = now
        refusedInARow = 0
        if spoken[place] == nil {
            spoken[place] = Spoken()
            output.events.append(.arrived(mn: mn))
        }
        var latest: Instant?
        let command = packet.cn ?? 0
        // Only what names a moment of now tells of the clock: history and answers carry other names.
        let isOfNow = command == Command.realtime || command == Command.askTimeSet
        switch command {
        case _ where Command.uploads.contains(command):
            latest = keep(packet, in: data, place: place, station, at: now, &output)
        case Command.askTimeSet:
            output.replies += CentreSession.answer(to: packet, in: data, Command.noticeAcknowledged, station)
            if rules.setsClocks { output.replies += setTime(place, at: now, evenIfLately: true) }
        case Command.requestAnswer, Command.executionAnswer, Command.getTime:
            takeAnswer(packet, in: data, command, place: place, at: now, &output)
        case Command.dataAcknowledged, Command.noticeAcknowledged, 9015: break
        default: output.events.append(.notAllowed(mn: mn, command: command))
        }
        let clock = isOfNow && !packet.isResent ? offset : nil
        output.tallies.append((place, true, sins, clock, latest))
        if let clock { compare(clock: clock, place: place, mn, at: now, &output) }
    }

    /// Takes the values of an upload; returns their time.
    private mutating func keep(
        _ packet: borrowing Packet, in data: Span<UInt8>, place: Int, _ station: WireStation, at now: Instant,
        _ output: inout Output
    ) -> Instant? {
        let command = packet.cn ?? 0
        let qn = packet.qn?.text(in: data) ?? ""
        if packet.isPart, let time = packet.dataTime {
            spoken[place]?.qn = qn
            spoken[place]?.dataTime = time
        }
        // The packets of one message after the first may go without a time of their own.
        let joined = packet.isPart && spoken[place]?.qn == qn ? spoken[place]?.dataTime : nil
        if let time = packet.dataTime ?? joined {
            guard time - now <= rules.longestAhead else {
                output.events.append(.refused(mn: station.mn, problems: ["ahead-of-time"]))
                return nil
            }
            let wasAsked = spoken[place]?.historyUntil.map { now <= $0 } ?? false
            let isSample =
                command == Command.realtime
                ? station.source == .realtime
                : command == Command.minutes && (station.source == .minutes || wasAsked)
            if isSample {
                do throws(Fault) {
                    try WireChannel.read(
                        packet, in: data, station.channels, kind: command == Command.realtime ? .realtime : .mean,
                        station: station.number, at: time, into: &output.readings)
                } catch {
                    output.events.append(.refused(mn: station.mn, problems: [error.rawValue]))
                    return nil
                }
            }
            output.acknowledgements += CentreSession.acknowledgement(of: packet, in: data, station.dialect) ?? []
            return time
        }
        // States (2021) and counters without a time bring no values.
        if command == Command.realtime || command == Command.minutes {
            output.events.append(.refused(mn: station.mn, problems: [Fault.dataTime.rawValue]))
        } else {
            output.acknowledgements += CentreSession.acknowledgement(of: packet, in: data, station.dialect) ?? []
        }
        return nil
    }

    private mutating func refuse(_ output: inout Output) {
        refusedInARow += 1
        if refusedInARow >= rules.mostRefused { output.closes = .refusedTooOften }
    }

    private mutating func refill(at now: Instant) {
        let passed = now - allowanceAt
        guard passed != 0 else { return }
        allowanceAt = now
        let most = rules.packetsPerSecond * 10
        allowance = min(most, allowance + rules.packetsPerSecond * Int(min(max(passed, 0), 10)))
    }

    // MARK: - Answers and clocks

    private mutating func takeAnswer(
        _ packet: borrowing Packet, in data: Span<UInt8>, _ command: Int, place: Int, at now: Instant,
        _ output: inout Output
    ) {
        let mn = rules.stations[place].mn
        let name = (packet.value("QN") ?? packet.qn)?.text(in: data) ?? ""
        guard let index = asked.firstIndex(where: { $0.qn == name && $0.place == place }) else { return }
        let request = asked[index].request
        switch command {
        case Command.requestAnswer:
            let result = packet.value("QnRtn")?.number(in: data) ?? 0
            guard result == 1 else {
                asked.remove(at: index)
                output.events.append(.answered(mn: mn, request, result: result))
                return
            }
            asked[index].isAccepted = true
            asked[index].sent = now
        case Command.getTime:
            // The answer to 1011: 9012 follows.
            guard let text = packet.value("SystemTime"), let time = WireTime.read(text, in: data) else { return }
            compare(clock: time.instant - now, place: place, mn, at: now, &output)
        default:
            asked.remove(at: index)
            if case .history = request { spoken[place]?.historyUntil = nil }
            output.events.append(
                .answered(mn: mn, request, result: packet.value("ExeRtn")?.number(in: data) ?? 0))
        }
    }

    /// Compares a station's clock with ours, tells where it went wrong or right, and sets it where that is wanted.
    private mutating func compare(
        clock offset: Int64, place: Int, _ mn: String, at now: Instant, _ output: inout Output
    ) {
        let isOff = abs(offset) > rules.clockTolerance
        if isOff != spoken[place]?.clockIsOff {
            output.events.append(isOff ? .clockIsOff(mn: mn, seconds: offset) : .clockIsRight(mn: mn))
            spoken[place]?.clockIsOff = isOff
        }
        if isOff, rules.setsClocks { output.replies += setTime(place, at: now, evenIfLately: false) }
    }

    /// Once an hour at most: a clock that does not take it is not sent it with every packet.
    private mutating func setTime(_ place: Int, at now: Instant, evenIfLately: Bool) -> [UInt8] {
        if !evenIfLately, let last = spoken[place]?.timeWasSet, now - last < 3600 { return [] }
        spoken[place]?.timeWasSet = now
        return ask(.setTime, mn: rules.stations[place].mn, at: now) ?? []
    }

    /// 9014 where the sender waits for it; nil where it does not, or has no name to be answered by.
    private static func acknowledgement(
        of packet: borrowing Packet, in data: Span<UInt8>, _ dialect: Dialect
    ) -> [UInt8]? {
        guard packet.wantsAnswer, let qn = packet.qn?.text(in: data) else { return nil }
        return reply(
            Command.dataAcknowledged, qn: qn, pw: packet.pw?.text(in: data) ?? "", mn: packet.mn.text(in: data),
            packet.version,
            dialect)
    }

    private static func answer(
        to packet: borrowing Packet, in data: Span<UInt8>, _ command: Int, _ station: WireStation
    ) -> [UInt8] {
        guard let qn = packet.qn?.text(in: data) else { return [] }
        return reply(command, qn: qn, pw: station.password, mn: station.mn, packet.version, station.dialect)
    }

    /// ST=91 and the name of what is answered: of 2005 in CP, later before it.
    private static func reply(
        _ command: Int, qn: String, pw: String, mn: String, _ version: Int, _ configured: Dialect
    ) -> [UInt8] {
        let dialect = Dialect.all.first { $0.version == version } ?? configured
        return Message(
            qn: dialect.answersInCP ? nil : qn, st: 91, cn: command, pw: pw, mn: mn,
            flag: dialect.flag(wantsAnswer: false), cp: dialect.answersInCP ? "QN=\(qn)" : ""
        ).frame
    }
}

extension Decoder {
    /// Stands where a decoder is in use elsewhere.
    fileprivate static let placeholder = Decoder(dialect: .hj212Of2017, strict: true)
}

extension Code {
    package static let realtime = Code("Rtd")
    package static let mean = Code("Avg")
}
