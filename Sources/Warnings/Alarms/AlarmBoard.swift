package import AQICore

/// All alarms that are not back to normal. A pure state machine: conditions, people's steps and the time come in.
///
/// An alarm goes when its condition does not hold any more, somebody has acknowledged it, and it is not shelved. One whose
/// condition comes back calls again, acknowledged or not: it is another event. While it is shelved it does not call, however
/// often its condition comes and goes.
package struct AlarmBoard: Equatable, Codable, Sendable {
    /// What changed by itself.
    package enum News: Equatable, Sendable {
        case raised(Alarm)
        case cleared(Alarm)
        /// Its time on the shelf is over.
        case unshelved(Alarm)
    }

    /// Why a step of a person is not taken.
    package enum Refusal: Error, Equatable, Codable, Sendable {
        case noSuchAlarm(Int)
        case acknowledgedAlready(Int)
        case notShelved(Int)
        /// An alarm is shelved for a minute to a week.
        case badTime
        case nameless
    }

    /// In the order in which they were raised first.
    package private(set) var alarms: [Alarm] = []
    /// Alarms so far.
    private var count = 0

    /// Alarms that are kept at most: conditions beyond wait until one goes.
    package static let most = 2000
    /// For how long an alarm may be shelved, seconds. **[ours]**
    package static let shelfTimes: ClosedRange<Int64> = 60...7 * 86_400

    package init() {}

    /// Takes in what holds now. While not every condition is known yet, after a start, `isComplete` is false, and none is taken as gone.
    package mutating func step(
        _ holding: Set<Alarm.Condition>, at now: Instant, isComplete: Bool = true
    ) -> [News] {
        var news: [News] = []
        var known: Set<Alarm.Condition> = []
        for place in alarms.indices {
            let condition = alarms[place].condition
            known.insert(condition)
            if let shelf = alarms[place].shelf, now >= shelf.until {
                alarms[place].shelf = nil
                news.append(.unshelved(alarms[place]))
            }
            switch (holding.contains(condition), alarms[place].cleared != nil) {
            case (true, true):
                alarms[place].cleared = nil
                alarms[place].since = now
                alarms[place].acknowledged = nil
                news.append(.raised(alarms[place]))
            case (false, false) where isComplete:
                alarms[place].cleared = now
                news.append(.cleared(alarms[place]))
            default: break
            }
        }
        forget()
        // In an order of their own: a set has none.
        let new = holding.subtracting(known).sorted {
            ($0.kind.rawValue, $0.subject) < ($1.kind.rawValue, $1.subject)
        }
        for condition in new where alarms.count < AlarmBoard.most {
            count += 1
            let alarm = Alarm(number: count, condition, since: now)
            alarms.append(alarm)
            news.append(.raised(alarm))
        }
        return news
    }

    private mutating func forget() {
        alarms.removeAll { $0.cleared != nil && $0.acknowledged != nil && $0.shelf == nil }
    }

    // MARK: - People

    /// Says that somebody knows.
    ///
    /// - Returns: The alarm as it was.
    @discardableResult
    package mutating func acknowledge(_ number: Int, by person: String, at now: Instant) throws(Refusal) -> Alarm {
        let place = try place(of: number, for: person)
        let before = alarms[place]
        guard before.acknowledged == nil else { throw .acknowledgedAlready(number) }
        alarms[place].acknowledged = .init(person: person, time: now)
        forget()
        return before
    }

    /// Keeps an alarm from calling until a time.
    ///
    /// - Returns: The alarm as it was.
    @discardableResult
    package mutating func shelve(
        _ number: Int, until: Instant, by person: String, reason: String, at now: Instant
    ) throws(Refusal) -> Alarm {
        let place = try place(of: number, for: person)
        guard until > now, AlarmBoard.shelfTimes.contains(until.seconds.subtractingReportingOverflow(now.seconds).0)
        else { throw .badTime }
        let before = alarms[place]
        alarms[place].shelf = .init(person: person, until: until, reason: reason)
        return before
    }

    /// Takes an alarm from the shelf before its time.
    ///
    /// - Returns: The alarm as it was.
    @discardableResult
    package mutating func unshelve(_ number: Int, by person: String) throws(Refusal) -> Alarm {
        let place = try place(of: number, for: person)
        let before = alarms[place]
        guard before.shelf != nil else { throw .notShelved(number) }
        alarms[place].shelf = nil
        forget()
        return before
    }

    private func place(of number: Int, for person: String) throws(Refusal) -> Int {
        guard person.contains(where: { !$0.isWhitespace }) else { throw .nameless }
        guard let place = alarms.firstIndex(where: { $0.number == number }) else { throw .noSuchAlarm(number) }
        return place
    }
}
