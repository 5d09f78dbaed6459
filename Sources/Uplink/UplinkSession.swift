package import AQICore
import HJ212
package import Store

/// What a station does on one connection to a platform: hours and time come in, packets go out. Knows no sockets and no store.
///
/// Two ways lead out: what becomes final while the connection stands goes first and at once; what waited goes between, at a
/// bounded rate. The cursor is where the one that waited longest stands, so that nothing is left out: what went ahead of it may
/// go twice after a restart, and is the same hour then.
package struct UplinkSession {
    package struct Output {
        package var bytes: [UInt8] = []
        /// The cursor moved.
        package var cursor: Int64?
        /// The platform does not answer: the connection is worth nothing.
        package var givesUp = false
        /// An hour that goes out.
        package var sent = 0

        package init() {}
    }

    private struct Waiting {
        let entry: OutboxEntry
        let isLive: Bool
        let qn: String
        var sent: Int64
        var times = 1
    }

    private let destination: Destination
    /// The end of the outbox when the connection was made: up to there is what waited.
    package let head: Int64
    /// How far what waited, and what is new, has been read into here.
    package private(set) var backlogRead: Int64
    package private(set) var liveRead: Int64
    private var backlog: [OutboxEntry] = []
    private var live: [OutboxEntry] = []
    private var waiting: Waiting?
    private var cursor: Int64
    /// The last of what is new that is done.
    private var liveDone: Int64
    private var backlogDue: Int64
    private var serial = 0
    private var decoder: Decoder
    /// What the platform asked for, in the order in which it did.
    private var requests: [HistoryRequest] = []

    /// Requests that may wait for one another.
    package static let mostRequests = 4

    /// Source: HJ 212-2017, 6.4.3.
    package static let timeoutMs: Int64 = 10_000
    package static let resends = 3

    /// A connection of a destination that has read as far as `cursor`, while the outbox ends at `head`; `now` is of a clock that
    /// nobody sets, milliseconds.
    package init(_ destination: Destination, cursor: Int64, head: Int64, at now: Int64) {
        self.destination = destination
        self.head = max(head, cursor)
        self.cursor = cursor
        backlogRead = cursor
        liveRead = self.head
        liveDone = self.head
        backlogDue = now
        decoder = Decoder(dialect: destination.dialect, strict: false)
    }

    /// Whether more of what waited, or of what is new, can be taken.
    package var wantsBacklog: Bool { backlog.isEmpty && backlogRead < head }
    package var wantsLive: Bool { live.isEmpty }

    /// Takes what waited, as the store has it after ``backlogRead``; nothing where that was all.
    package mutating func offerBacklog(_ entries: [OutboxEntry]) {
        backlog += entries
        backlogRead = entries.last?.sequence ?? head
    }

    /// Takes what became final since.
    package mutating func offerLive(_ entries: [OutboxEntry]) {
        live += entries
        liveRead = entries.last?.sequence ?? liveRead
    }

    /// Gives the session what the store has for it.
    package mutating func fill(from store: StoreReader) throws {
        guard wantsLive || wantsBacklog else { return }
        let (live, backlog) = try store.read { queries in
            (
                wantsLive ? try queries.hoursInOutbox(after: liveRead, most: 100) : [],
                wantsBacklog ? try queries.hoursInOutbox(after: backlogRead, through: head, most: 100) : nil
            )
        }
        offerLive(live)
        if let backlog { offerBacklog(backlog) }
    }

    /// The next piece of the past that the platform asked for; to be called now and then, so that what is new goes between.
    package mutating func answerHistory(from store: StoreReader) throws -> [UInt8] {
        guard !requests.isEmpty else { return [] }
        var request = requests.removeFirst()
        let found = try store.read { try request.read($0) }
        var bytes: [UInt8] = []
        for interval in found {
            bytes +=
                destination.message(
                    request.command, mn: request.mn, at: interval.start, interval.row, qn: request.qn,
                    wantsAnswer: false, isAgain: false
                ).frame
        }
        if request.isDone {
            // 1 done, 100 there is nothing.
            bytes += reply(
                Command.executionAnswer, to: request.qn, mn: request.mn, "ExeRtn=\(request.sent > 0 ? 1 : 100)")
        } else {
            requests.insert(request, at: 0)
        }
        return bytes
    }

    /// Takes what came from the platform.
    package mutating func receive(_ bytes: Span<UInt8>, wall: Instant, at now: Int64) -> Output {
        var output = Output()
        var decoder = decoder
        self.decoder = Decoder(dialect: destination.dialect, strict: true)
        decoder.feed(bytes) { data, packet in
            guard packet.fault == nil else { return }
            let qn = (packet.value("QN") ?? packet.qn)?.text(in: data) ?? ""
            switch packet.cn {
            case Command.dataAcknowledged:
                if qn == waiting?.qn { finish(&output) }
            case Command.noticeAcknowledged, Command.requestAnswer, Command.executionAnswer, nil: break
            default: output.bytes += answer(packet, in: data, qn: qn, wall: wall)
            }
        }
        self.decoder = decoder
        send(wall: wall, at: now, &output)
        return output
    }

    /// Lets time pass.
    package mutating func tick(wall: Instant, at now: Int64) -> Output {
        var output = Output()
        if var sent = waiting {
            guard now - sent.sent >= UplinkSession.timeoutMs else { return output }
            guard sent.times <= UplinkSession.resends else {
                output.givesUp = true
                return output
            }
            sent.times += 1
            sent.sent = now
            waiting = sent
            output.bytes = destination.message(sent.entry.record, qn: sent.qn, isAgain: true)?.frame ?? []
            return output
        }
        send(wall: wall, at: now, &output)
        return output
    }

    /// The next hour goes out, where none is under way.
    private mutating func send(wall: Instant, at now: Int64, _ output: inout Output) {
        while waiting == nil {
            let isLive = !live.isEmpty
            guard isLive || (!backlog.isEmpty && now >= backlogDue) else { break }
            let entry = isLive ? live.removeFirst() : backlog.removeFirst()
            serial += 1
            let qn = WireTime.qn(wall, milliseconds: serial)
            waiting = Waiting(entry: entry, isLive: isLive, qn: qn, sent: now)
            // What waited may have gone out before, on a connection that broke off.
            guard let message = destination.message(entry.record, qn: qn, isAgain: !isLive) else {
                finish(&output)
                continue
            }
            if !isLive { backlogDue = now + 60_000 / Int64(max(1, destination.catchUpPerMinute)) }
            output.bytes += message.frame
            output.sent += 1
        }
        settle(&output)
    }

    /// What is under way has come to an end.
    private mutating func finish(_ output: inout Output) {
        guard let done = waiting else { return }
        waiting = nil
        if done.isLive { liveDone = done.entry.sequence } else { move(to: done.entry.sequence, &output) }
        settle(&output)
    }

    /// Where nothing waits any more, the cursor is where the new stands.
    private mutating func settle(_ output: inout Output) {
        guard backlog.isEmpty, backlogRead >= head, waiting.map(\.isLive) ?? true else { return }
        move(to: max(head, liveDone), &output)
    }

    private mutating func move(to sequence: Int64, _ output: inout Output) {
        guard sequence > cursor else { return }
        cursor = sequence
        output.cursor = sequence
    }

    /// Requests of the platform: the time is told, and hours and minutes of the past; all else, reverse control first of all, is
    /// refused.
    ///
    /// Source: HJ 212-2017, table 8 (QnRtn: 1 ready, 2 refused, 3 PW, 4 MN) and 9 (ExeRtn).
    private mutating func answer(_ packet: borrowing Packet, in data: Span<UInt8>, qn: String, wall: Instant) -> [UInt8]
    {
        let mn = packet.mn.text(in: data)
        guard !qn.isEmpty else { return [] }
        func result(_ number: Int) -> [UInt8] { reply(Command.requestAnswer, to: qn, mn: mn, "QnRtn=\(number)") }
        guard packet.pw?.text(in: data) == destination.password else { return result(3) }
        guard let station = destination.stations.first(where: { $0.value == mn })?.key else { return result(4) }
        if packet.cn == Command.getTime {
            return result(1) + reply(Command.getTime, to: qn, mn: mn, "SystemTime=\(WireTime.text(wall))", st: 22)
                + reply(Command.executionAnswer, to: qn, mn: mn, "ExeRtn=1")
        }
        guard let begin = packet.value("BeginTime").flatMap({ WireTime.read($0, in: data) })?.instant,
            let end = packet.value("EndTime").flatMap({ WireTime.read($0, in: data) })?.instant,
            requests.count < UplinkSession.mostRequests,
            let request = HistoryRequest(
                command: packet.cn ?? 0, qn: qn, mn: mn, station: station, from: begin, through: min(end, wall))
        else { return result(2) }
        requests.append(request)
        return result(1)
    }

    /// An answer to a request, by its name: of 2005 in CP, later before it.
    private func reply(_ command: Int, to qn: String, mn: String, _ cp: String, st: Int = 91) -> [UInt8] {
        let inCP = destination.dialect.answersInCP && st == 91
        return Message(
            qn: inCP ? nil : qn, st: st, cn: command, pw: destination.password, mn: mn,
            flag: destination.dialect.flag(wantsAnswer: false), cp: inCP ? "QN=\(qn);\(cp)" : cp
        ).frame
    }
}
