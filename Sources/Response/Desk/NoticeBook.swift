import AQICore
import Warnings

/// The notices to the public, oldest first; the newest is the one that is sent and repeated.
package struct NoticeBook: Equatable, Codable, Sendable {
    package private(set) var notices: [Notice] = []
    private var count = 0

    static let mostNotices = 50
    /// A lift and the issue for the next spell so close to each other are one notice, seconds.
    package static let oneNotice: Int64 = 3600

    package init() {}

    package var newest: Notice? { notices.last }

    /// Takes what happened to the warning.
    ///
    /// - Returns: The notice that tells of it, new or not.
    mutating func tell(_ event: WarningEvent, channels: [PublicChannel], at time: Instant) -> Notice {
        let told = Notice.Told(kind: event.kind, level: event.level, warning: event.number)
        if event.kind == .issued, let last = notices.last, last.isLift, last.isHeld(at: time) {
            notices[notices.count - 1].events.append(told)
            notices[notices.count - 1].start = time
            return notices[notices.count - 1]
        }
        count += 1
        let notice = Notice(
            number: count, events: [told], time: time,
            start: event.kind == .lifted ? time + NoticeBook.oneNotice + 1 : time,
            sendings: channels.map { .init(channel: $0.id) })
        notices.append(notice)
        if notices.count > NoticeBook.mostNotices { notices.removeFirst() }
        return notice
    }

    // MARK: - On its way

    /// The newest notice, if it is the one that is meant and nothing holds it.
    private func place(of number: Int, at time: Instant) throws(Refusal) -> Int {
        guard let newest, newest.number == number else { throw .noNotice(number, current: newest?.number) }
        guard !newest.isHeld(at: time) else { throw .noticeWaits(until: newest.start) }
        return notices.count - 1
    }

    mutating func handOver(_ number: Int, by person: String, at time: Instant) throws(Refusal) {
        let place = try place(of: number, at: time)
        guard notices[place].handedOver == nil else { throw .doneAlready("\(number)") }
        notices[place].handedOver = .init(person: person, time: time)
    }

    mutating func send(_ number: Int, by channel: String, at time: Instant) throws(Refusal) {
        let place = try place(of: number, at: time)
        let sending = try self.sending(channel, of: place)
        notices[place].sendings[sending].last = time
        notices[place].sendings[sending].times += 1
    }

    mutating func acknowledge(
        _ number: Int, by channel: String, person: String, at time: Instant
    ) throws(Refusal) {
        let place = try place(of: number, at: time)
        let sending = try self.sending(channel, of: place)
        guard notices[place].sendings[sending].times > 0 else { throw .notSent(channel) }
        guard notices[place].sendings[sending].acknowledged == nil else { throw .doneAlready(channel) }
        notices[place].sendings[sending].acknowledged = .init(person: person, time: time)
    }

    private func sending(_ channel: String, of place: Int) throws(Refusal) -> Int {
        guard let sending = notices[place].sendings.firstIndex(where: { $0.channel == channel }) else {
            throw .unknownChannel(channel, known: notices[place].sendings.map(\.channel))
        }
        return sending
    }
}
