import AQICore
package import HJ212

/// What the packets of one connection mean to a centre, and what is asked of its stations.
///
/// Source: HJ 212-2017, 6.4 and Annex C (the order of requests and answers); HJ/T 212-2005, 5.4.
struct CentreDialogue {
    let rules: CentreRules
    /// Packets that could be used, and when the last one came.
    private(set) var usable = 0
    private(set) var lastUsable: Instant?
    private var refusedInARow = 0
    private var allowance: Int
    private var allowanceAt: Instant
    var passwords: [Int: String]
    var spoken: [Int: Spoken] = [:]
    var asked: [Asked] = []
    var serial = 0

    /// What is remembered of a station on this connection.
    struct Spoken {
        var clockIsOff = false
        var timeWasSet: Instant?
        /// Of a message of several packets: its name, and the time that only its first carries.
        var qn = ""
        var dataTime: Instant?
        /// Until when history that was asked for may come.
        var historyUntil: Instant?
    }

    init(rules: CentreRules, passwords: [Int: String], at now: Instant) {
        self.rules = rules
        self.passwords = passwords
        allowance = rules.packetsPerSecond * 10
        allowanceAt = now
    }

    mutating func refill(at now: Instant) {
        let passed = now - allowanceAt
        guard passed != 0 else { return }
        allowanceAt = now
        let most = rules.packetsPerSecond * 10
        allowance = min(most, allowance + rules.packetsPerSecond * Int(min(max(passed, 0), 10)))
    }

    mutating func take(
        _ packet: borrowing Packet, in data: Span<UInt8>, at now: Instant, _ output: inout CentreSession.Output
    ) {
        allowance -= 1
        guard allowance >= 0 else {
            output.closes = .tooFast
            return
        }
        let mn = packet.mn.text(in: data)
        guard let place = rules.place(of: mn) else { return takeOfNobody(packet, in: data, mn, at: now, &output) }
        let station = rules.stations[place]
        let sins = packet.sins.subtracting(station.dialect.allows)
        let problem: CentreEvent? =
            packet.fault != nil || (rules.isStrict && !sins.isEmpty)
            ? .refused(mn: mn, problems: packet.problems)
            : isPassword(packet.pw?.text(in: data), of: place) ? nil : .wrongPassword(mn: mn)
        if let problem {
            output.reports.append(.init(place: place, isUsable: false, sins: sins))
            output.events.append(problem)
            return refuse(&output)
        }
        usable += 1
        lastUsable = now
        refusedInARow = 0
        if spoken[place] == nil {
            spoken[place] = Spoken()
            output.events.append(.arrived(mn: mn))
        }
        var report = CentreSession.Report(place: place, isUsable: true, sins: sins)
        let command = packet.cn ?? 0
        switch command {
        case _ where Command.uploads.contains(command):
            report.latest = keep(packet, in: data, place: place, at: now, &output)
        case Command.askTimeSet:
            output.replies += CentreDialogue.answer(to: packet, in: data, Command.noticeAcknowledged, station)
            if rules.setsClocks { output.replies += setTime(place, at: now, evenIfLately: true) }
        case Command.requestAnswer, Command.executionAnswer:
            takeAnswer(packet, in: data, command, place: place, at: now, &output)
        case Command.getTime, Command.getRealtimeInterval, Command.getMinuteInterval:
            takeAnswer(packet, in: data, command, place: place, at: now, &output)
        case Command.dataAcknowledged, Command.noticeAcknowledged, Command.heartbeat: break
        default: output.events.append(.notAllowed(mn: mn, command: command))
        }
        // Only what names a moment of now tells of the clock: history and answers carry other names.
        if command == Command.realtime || command == Command.askTimeSet, !packet.isResent,
            let name = packet.qn.flatMap({ WireTime.read($0, in: data) })
        {
            let offset = name.instant - now
            report.clockOffset = offset
            compare(clock: offset, place: place, mn, at: now, &output)
        }
        output.reports.append(report)
    }

    private mutating func takeOfNobody(
        _ packet: borrowing Packet, in data: Span<UInt8>, _ mn: String, at now: Instant,
        _ output: inout CentreSession.Output
    ) {
        if rules.acknowledgesAnybody, packet.isUsable(strict: rules.isStrict) {
            usable += 1
            lastUsable = now
            output.replies += CentreDialogue.acknowledgement(of: packet, in: data, .hj212Of2017) ?? []
        } else {
            output.events.append(.unknownStation(mn: mn))
            refuse(&output)
        }
    }

    /// A station that was given a new password may still use the old one: until it has taken it.
    private func isPassword(_ text: String?, of place: Int) -> Bool {
        text == rules.stations[place].password || (text != nil && text == passwords[place])
    }

    private mutating func refuse(_ output: inout CentreSession.Output) {
        refusedInARow += 1
        if refusedInARow >= rules.mostRefused { output.closes = .refusedTooOften }
    }

    /// Takes the values of an upload; returns their time.
    private mutating func keep(
        _ packet: borrowing Packet, in data: Span<UInt8>, place: Int, at now: Instant,
        _ output: inout CentreSession.Output
    ) -> Instant? {
        let station = rules.stations[place]
        let command = packet.cn ?? 0
        let qn = packet.qn?.text(in: data) ?? ""
        if packet.isPart, let time = packet.dataTime {
            spoken[place]?.qn = qn
            spoken[place]?.dataTime = time
        }
        // The packets of one message after the first may go without a time of their own.
        let joined = packet.isPart && spoken[place]?.qn == qn ? spoken[place]?.dataTime : nil
        let time = packet.dataTime ?? joined
        do throws(Fault) {
            if let time {
                guard time - now <= rules.longestAhead else { throw .ahead }
                let wasAsked = spoken[place]?.historyUntil.map { now <= $0 } ?? false
                if station.takes(command, wasAsked: wasAsked) {
                    let count = output.readings.count
                    try WireChannel.read(
                        packet, in: data, station.channels, kind: command == Command.realtime ? .realtime : .mean,
                        station: station.number, at: time, into: &output.readings)
                    let values = output.readings[count...].count { !$0.value.isMissing }
                    countHistory(command, values, place: place, at: time)
                } else if let mean = try StationMean(packet, in: data, of: station, at: time) {
                    output.means.append(mean)
                    countHistory(command, mean.values.count, place: place, at: time)
                }
            } else if command == Command.realtime || command == Command.minutes {
                // States (2021) and counters without a time bring no values.
                throw .dataTime
            }
        } catch {
            output.events.append(.refused(mn: station.mn, problems: [error.rawValue]))
            return nil
        }
        output.acknowledgements += CentreDialogue.acknowledgement(of: packet, in: data, station.dialect) ?? []
        return time
    }
}

extension WireStation {
    /// Whether the values of an upload are samples.
    fileprivate func takes(_ command: Int, wasAsked: Bool) -> Bool {
        switch command {
        case Command.realtime: source == .realtime
        case Command.minutes: source == .minutes || wasAsked
        default: false
        }
    }
}

extension Code {
    package static let realtime = Code("Rtd")
    package static let mean = Code("Avg")
}
