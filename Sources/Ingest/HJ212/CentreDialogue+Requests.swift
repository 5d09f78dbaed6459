import AQICore
import HJ212

extension CentreDialogue {
    /// A request under way.
    struct Asked {
        var qn: String
        var place: Int
        var request: CentreRequest
        var frame: [UInt8]
        var sent: Instant
        var resends = 0
        /// The station said that it is ready.
        var isAccepted = false
        /// What it answered before it said that it is done.
        var value: String?
        /// What it sent of what it was asked for; nil where it was asked for nothing of the past.
        var history: StationHistory?
    }

    /// Source: HJ 212-2017, 6.4.3: OverTime and ReCount, 10 s and 3 times unless they are set.
    static let timeout: Int64 = 10
    static let resends = 3
    /// How long the execution of a request may take.
    static let longestExecution: Int64 = 600

    /// Sends requests again, or gives them up.
    mutating func tick(at now: Instant, _ output: inout CentreSession.Output) {
        for place in asked.indices.reversed() {
            let request = asked[place]
            let limit = request.isAccepted ? CentreDialogue.longestExecution : CentreDialogue.timeout
            guard now - request.sent >= limit else { continue }
            if !request.isAccepted, request.resends < CentreDialogue.resends {
                asked[place].resends += 1
                asked[place].sent = now
                output.replies += request.frame
            } else {
                output.events.append(.unanswered(mn: rules.stations[request.place].mn, request.request))
                asked.remove(at: place)
            }
        }
    }

    /// Asks a station that has spoken on this connection; nil where it has not, is asked already, or may not be asked this.
    mutating func ask(_ request: CentreRequest, mn: String, at now: Instant) -> [UInt8]? {
        guard let place = rules.place(of: mn), spoken[place] != nil,
            rules.allowsReverseControl || !request.isReverseControl,
            !asked.contains(where: { $0.place == place && $0.request.number == request.number })
        else { return nil }
        let station = rules.stations[place]
        serial += 1
        let qn = WireTime.qn(now, milliseconds: serial)
        if case .history = request { spoken[place]?.historyUntil = now + CentreDialogue.longestExecution }
        let message = Message(
            qn: qn, st: 22, cn: request.number, pw: passwords[place] ?? station.password, mn: mn,
            flag: station.dialect.flag(wantsAnswer: true), cp: request.cp(at: now, station.dialect))
        var entry = Asked(qn: qn, place: place, request: request, frame: message.frame, sent: now)
        if case .history = request { entry.history = StationHistory() }
        asked.append(entry)
        return message.frame
    }

    /// Counts what came of the past to the request that asked for it. Its packets have names of their own with some stations: the
    /// command and the time tell.
    mutating func countHistory(_ command: Int, _ values: Int, place: Int, at time: Instant) {
        for index in asked.indices where asked[index].place == place {
            guard case .history(command, let from, let through) = asked[index].request, from <= time, time <= through
            else { continue }
            asked[index].history?.add(values, at: time)
        }
    }

    mutating func takeAnswer(
        _ packet: borrowing Packet, in data: Span<UInt8>, _ command: Int, place: Int, at now: Instant,
        _ output: inout CentreSession.Output
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
                output.events.append(.answered(mn: mn, request, result: result, value: nil))
                return
            }
            asked[index].isAccepted = true
            asked[index].sent = now
        case Command.executionAnswer:
            let done = asked.remove(at: index)
            if case .history = request { spoken[place]?.historyUntil = nil }
            let result = packet.value("ExeRtn")?.number(in: data) ?? 0
            if result == 1, case .setPassword(let password) = request { passwords[place] = password }
            output.events.append(
                .answered(mn: mn, request, result: result, value: done.value, history: done.history))
        default:
            // What was asked for: 9012 follows.
            guard let key = request.answerKey, let text = packet.value(key) else { return }
            asked[index].value = text.text(in: data)
            guard request == .time, let time = WireTime.read(text, in: data) else { return }
            compare(clock: time.instant - now, place: place, mn, at: now, &output)
        }
    }

    /// Compares a station's clock with ours, tells where it went wrong or right, and sets it where that is wanted.
    mutating func compare(
        clock offset: Int64, place: Int, _ mn: String, at now: Instant, _ output: inout CentreSession.Output
    ) {
        let isOff = abs(offset) > rules.clockTolerance
        if isOff != spoken[place]?.clockIsOff {
            output.events.append(isOff ? .clockIsOff(mn: mn, seconds: offset) : .clockIsRight(mn: mn))
            spoken[place]?.clockIsOff = isOff
        }
        if isOff, rules.setsClocks { output.replies += setTime(place, at: now, evenIfLately: false) }
    }

    /// Once an hour at most: a clock that does not take it is not sent it with every packet.
    mutating func setTime(_ place: Int, at now: Instant, evenIfLately: Bool) -> [UInt8] {
        if !evenIfLately, let last = spoken[place]?.timeWasSet, now - last < 3600 { return [] }
        spoken[place]?.timeWasSet = now
        return ask(.setTime, mn: rules.stations[place].mn, at: now) ?? []
    }

    /// 9014 where the sender waits for it; nil where it does not, or has no name to be answered by.
    static func acknowledgement(
        of packet: borrowing Packet, in data: Span<UInt8>, _ dialect: Dialect
    ) -> [UInt8]? {
        guard packet.wantsAnswer, let qn = packet.qn?.text(in: data) else { return nil }
        return reply(
            Command.dataAcknowledged, qn: qn, pw: packet.pw?.text(in: data) ?? "", mn: packet.mn.text(in: data),
            packet.version, dialect)
    }

    static func answer(
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
