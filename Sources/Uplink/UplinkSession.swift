package import AQICore
import HJ212
package import Store

/// What a station does on one connection to a platform: hours, minutes and time come in, packets go out. Knows no sockets.
///
/// Two ways lead out, and neither waits for the other: what becomes final while the connection stands goes at once; what waited goes
/// at a bounded rate. On each way one packet is under way until it is acknowledged, hours before minutes.
package struct UplinkSession {
    package struct Output {
        package var bytes: [UInt8] = []
        /// The cursors that moved.
        package var cursor: Int64?
        package var minuteCursor: Int64?
        /// What the platform wants of the calibration desk; to be answered by ``UplinkSession/executed(_:isDone:)``.
        package var calibrations: [CalibrationOrder] = []
        /// The platform does not answer: the connection is worth nothing.
        package var givesUp = false

        package init() {}
    }

    /// A packet that waits to be acknowledged.
    private struct Waiting {
        let content: Destination.Content
        let entry: UplinkLane.Entry
        let mn: String
        let qn: String
        var sent: Int64
        var times = 1
    }

    let destination: Destination
    private var hours: UplinkLane
    private var minutes: UplinkLane
    /// The cursors of which others know.
    private var toldHours: Int64
    private var toldMinutes: Int64
    private var live: Waiting?
    private var old: Waiting?
    private var backlogDue: Int64
    private var realtimeDue: Int64
    /// The moments of the samples that went out last.
    private var latestSample: [String: Instant] = [:]
    /// Seconds between two uploads of samples; a platform may set it (1062).
    var realtimeSeconds: Int
    private var serial = 0
    private var decoder: Decoder
    /// What the platform asked for, in the order in which it did.
    var requests: [HistoryRequest] = []

    /// Requests that may wait for one another.
    package static let mostRequests = 4

    /// Source: HJ 212-2017, 6.4.3.
    package static let timeoutMs: Int64 = 10_000
    package static let resends = 3

    /// A connection of a destination that has read the outbox as far as `cursor`, while it ends at `head`, and the minutes as far as
    /// `minuteCursor`, while they end at `minuteHead`; `now` is of a clock that nobody sets, milliseconds.
    package init(
        _ destination: Destination, cursor: Int64, head: Int64, minuteCursor: Int64 = 0, minuteHead: Int64 = 0,
        at now: Int64
    ) {
        self.destination = destination
        hours = UplinkLane(cursor: cursor, head: head)
        minutes = UplinkLane(cursor: minuteCursor, head: minuteHead)
        (toldHours, toldMinutes) = (cursor, minuteCursor)
        backlogDue = now
        realtimeDue = now
        realtimeSeconds = destination.realtimeSeconds
        decoder = Decoder(dialect: destination.dialect, strict: false)
    }

    // MARK: - What is to go out

    /// Whether more of what waited, or of what is new, can be taken.
    package var wantsBacklog: Bool { hours.wantsBacklog }
    package var wantsLive: Bool { hours.wantsLive }

    package mutating func offerBacklog(_ entries: [OutboxEntry]) {
        hours.offerBacklog(entries.map(UplinkLane.Entry.init))
    }

    package mutating func offerLive(_ entries: [OutboxEntry]) { hours.offerLive(entries.map(UplinkLane.Entry.init)) }

    /// Gives the session what the store has for it.
    package mutating func fill(from store: StoreReader, wall: Instant) throws {
        if destination.sends.contains(.hours), hours.wantsLive || hours.wantsBacklog {
            let (live, backlog) = try store.read { queries in
                (
                    hours.wantsLive ? try queries.hoursInOutbox(after: hours.liveRead, most: 100) : [],
                    hours.wantsBacklog
                        ? try queries.hoursInOutbox(after: hours.backlogRead, through: hours.head, most: 100) : nil
                )
            }
            offerLive(live)
            if let backlog { offerBacklog(backlog) }
        }
        guard destination.sends.contains(.minutes) else { return }
        let end = StoreQueries.minutesSettled(at: wall)
        guard (minutes.wantsLive && minutes.liveRead < end) || minutes.wantsBacklog else { return }
        let keys = destination.stations.keys.sorted()
        let (live, backlog) = try store.read { queries in
            (
                minutes.wantsLive
                    ? try queries.minutes(of: keys, after: minutes.liveRead, through: end, most: 100) : nil,
                minutes.wantsBacklog
                    ? try queries.minutes(of: keys, after: minutes.backlogRead, through: minutes.head, most: 100) : nil
            )
        }
        if let live { minutes.offerLive(live.entries.map(UplinkLane.Entry.init), read: live.read) }
        if let backlog { minutes.offerBacklog(backlog.entries.map(UplinkLane.Entry.init)) }
    }

    /// Whether samples are to go out.
    package func wantsRealtime(at now: Int64) -> Bool { destination.sends.contains(.realtime) && now >= realtimeDue }

    /// The newest samples of stations, as 2011: nobody waits for an answer to them, and what is missed is missed.
    package mutating func realtime(_ samples: [Interval], wall: Instant, at now: Int64) -> [UInt8] {
        // A rhythm, not a pause: what takes long does not add up.
        let rhythm = Int64(realtimeSeconds) * 1000
        realtimeDue = max(realtimeDue + rhythm, now + rhythm / 2)
        var bytes: [UInt8] = []
        for sample in samples {
            // Of a station that does not measure any more there is nothing new.
            guard let mn = destination.stations[sample.station],
                latestSample[sample.station].map({ $0 < sample.start }) ?? true
            else { continue }
            latestSample[sample.station] = sample.start
            bytes +=
                destination.message(
                    Command.realtime, mn: mn, sample, qn: nextName(wall), wantsAnswer: false, isAgain: false
                ).frame
        }
        return bytes
    }

    // MARK: - Stepping

    /// Takes what came from the platform.
    package mutating func receive(_ bytes: Span<UInt8>, wall: Instant, at now: Int64) -> Output {
        var output = Output()
        var messages: [PlatformMessage] = []
        decoder.feed(bytes) { data, packet in
            if packet.fault == nil { messages.append(PlatformMessage(packet, in: data)) }
        }
        for message in messages { take(message, wall: wall, &output) }
        send(wall: wall, at: now, &output)
        return output
    }

    private mutating func take(_ message: PlatformMessage, wall: Instant, _ output: inout Output) {
        switch message.command {
        case Command.dataAcknowledged:
            if message.qn == live?.qn { finish(isLive: true, &output) }
            if message.qn == old?.qn { finish(isLive: false, &output) }
        case Command.noticeAcknowledged, Command.requestAnswer, Command.executionAnswer, Command.heartbeat, nil: break
        default: answer(message, wall: wall, &output)
        }
    }

    /// Lets time pass.
    package mutating func tick(wall: Instant, at now: Int64) -> Output {
        var output = Output()
        live = sendAgain(live, at: now, &output)
        old = sendAgain(old, at: now, &output)
        if !output.givesUp { send(wall: wall, at: now, &output) }
        return output
    }

    private func sendAgain(_ waiting: Waiting?, at now: Int64, _ output: inout Output) -> Waiting? {
        guard var waiting, now - waiting.sent >= UplinkSession.timeoutMs else { return waiting }
        guard waiting.times <= UplinkSession.resends else {
            output.givesUp = true
            return waiting
        }
        waiting.times += 1
        waiting.sent = now
        output.bytes += frame(waiting, isAgain: true)
        return waiting
    }

    /// What is next goes out, on each way where nothing is under way.
    private mutating func send(wall: Instant, at now: Int64, _ output: inout Output) {
        while live == nil, let next = next(isLive: true) { start(next, isLive: true, wall: wall, at: now, &output) }
        while old == nil, now >= backlogDue, let next = next(isLive: false) {
            start(next, isLive: false, wall: wall, at: now, &output)
        }
        settle(&output)
    }

    private mutating func next(isLive: Bool) -> (Destination.Content, UplinkLane.Entry)? {
        if let entry = hours.next(isLive: isLive) { return (.hours, entry) }
        return minutes.next(isLive: isLive).map { (.minutes, $0) }
    }

    private mutating func start(
        _ next: (content: Destination.Content, entry: UplinkLane.Entry), isLive: Bool, wall: Instant, at now: Int64,
        _ output: inout Output
    ) {
        // A station that does not go there.
        guard let mn = destination.stations[next.entry.interval.station] else {
            finish(next.content, next.entry, isLive: isLive)
            return
        }
        let waiting = Waiting(content: next.content, entry: next.entry, mn: mn, qn: nextName(wall), sent: now)
        if isLive {
            live = waiting
        } else {
            old = waiting
            backlogDue = now + 60_000 / Int64(max(1, destination.catchUpPerMinute))
        }
        // What waited may have gone out before, on a connection that broke off.
        output.bytes += frame(waiting, isAgain: !isLive)
    }

    private func frame(_ waiting: Waiting, isAgain: Bool) -> [UInt8] {
        destination.message(
            waiting.content == .hours ? Command.hours : Command.minutes, mn: waiting.mn, waiting.entry.interval,
            qn: waiting.qn, wantsAnswer: true, isAgain: isAgain
        ).frame
    }

    mutating func nextName(_ wall: Instant) -> String {
        serial += 1
        return WireTime.qn(wall, milliseconds: serial)
    }

    /// What is under way has come to an end.
    private mutating func finish(isLive: Bool, _ output: inout Output) {
        guard let done = isLive ? live : old else { return }
        if isLive { live = nil } else { old = nil }
        finish(done.content, done.entry, isLive: isLive)
        settle(&output)
    }

    private mutating func finish(_ content: Destination.Content, _ entry: UplinkLane.Entry, isLive: Bool) {
        if content == .hours { hours.finish(entry, isLive: isLive) } else { minutes.finish(entry, isLive: isLive) }
    }

    private mutating func settle(_ output: inout Output) {
        hours.settle()
        minutes.settle()
        if hours.cursor > toldHours { output.cursor = hours.cursor }
        if minutes.cursor > toldMinutes { output.minuteCursor = minutes.cursor }
        (toldHours, toldMinutes) = (hours.cursor, minutes.cursor)
    }
}

extension UplinkLane.Entry {
    init(_ entry: OutboxEntry) {
        self.init(
            sequence: entry.sequence,
            interval: Interval(
                station: entry.record.station, start: entry.record.hour.beginning, row: entry.record.row))
    }

    init(_ entry: MinuteEntry) {
        self.init(
            sequence: entry.sequence,
            interval: Interval(
                station: entry.samples.station, start: entry.samples.beginning, row: entry.samples.row))
    }
}
