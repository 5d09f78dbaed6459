import AQICore

/// Which of its own records a C-Link instrument is asked for after an outage, a bite at a time; pure, time is an argument.
///
/// ```
///  values come after a gap        a minute later       the clocks agree        the gap is filled
///  complete ─────────────> waiting ───────────> `lrec 2 2` ───────────> `lrec n 5` ... ─────────> complete
/// ```
///
/// The two newest records tell how long a record lasts, and whether the instrument's clock agrees with ours: no command for its
/// clock is on record. A record is taken as what was measured until the minute that it names (ours; the manuals do not say).
struct CLinkBackfill: Equatable, Sendable {
    /// Values further apart leave a gap, seconds.
    static let shortestGap: Int64 = 120
    /// How far back records are of use: hours that are longer over take none. Also after a start, of which nobody knows what
    /// came before; what has a value of its own keeps it.
    static let reach: Int64 = 3 * 3600
    /// How far the clocks may be apart, beside what the length of a record leaves open, seconds.
    static let clockBound: Int64 = 60
    /// Longer records say too little of a minute, seconds.
    static let longestPeriod: Int64 = 300
    /// Records asked for at once: about a second at 9600 baud.
    static let bite = 5
    private static let failuresAllowed = 3

    private enum Stage: Equatable {
        case complete
        case clock
        /// `skipped` records are missing: the instrument was off, too.
        case records(period: Int64, skipped: Int)
    }

    private var stage = Stage.complete
    /// When values came last.
    private var latest: Instant?
    /// The whole minutes of the gap that are not filled.
    private var missing = Instant(seconds: 0)
    private var end = Instant(seconds: 0)
    private var failures = 0

    /// Values came.
    mutating func heard(at now: Instant) {
        defer { latest = now }
        let before = latest ?? now + -CLinkBackfill.reach
        guard now - before > CLinkBackfill.shortestGap else { return }
        let begun = stage == .complete ? before : min(missing, before)
        missing = CLinkBackfill.minute(max(begun, now + -CLinkBackfill.reach))
        end = CLinkBackfill.minute(now + 59)
        stage = .clock
        failures = 0
    }

    /// What to ask for: so many records, beginning so many before the end; nil for nothing. The gap's last minute must be
    /// recorded, by the slower of the clocks.
    func wanted(at now: Instant) -> (back: Int, count: Int)? {
        guard now - end >= CLinkBackfill.clockBound else { return nil }
        switch stage {
        case .complete: return nil
        case .clock: return (2, 2)
        case .records(let period, let skipped):
            // One more, for a clock that is ahead of ours.
            let back = Int((now - missing) / period) + 1 - skipped
            return back > 0 ? (back, min(back, CLinkBackfill.bite)) : nil
        }
    }

    /// Takes the times of the records that came, the oldest first.
    ///
    /// - Returns: How long each lasts, in seconds, and the minutes that are to be filled; nil where none are to be used yet.
    mutating func take(
        _ times: [Instant], at now: Instant
    ) throws(RecordTrouble) -> (period: Int64, minutes: Range<Instant>)? {
        guard let newest = times.last else {
            try fail(.noAnswer)
            return nil
        }
        failures = 0
        switch stage {
        case .complete: return nil
        case .clock:
            guard times.count == 2, case let period = newest - times[0], period > 0, period % 60 == 0,
                period <= CLinkBackfill.longestPeriod
            else { throw give(up: .period) }
            guard newest - now <= CLinkBackfill.clockBound, now - newest <= period + CLinkBackfill.clockBound else {
                throw give(up: .clock(seconds: newest - now))
            }
            stage = .records(period: period, skipped: 0)
            return nil
        case .records(let period, let skipped):
            let minutes = missing..<end
            if newest > missing {
                missing = newest
            } else {
                stage = .records(period: period, skipped: skipped + times.count)
            }
            if missing >= end || wanted(at: now) == nil { stage = .complete }
            return (period, minutes)
        }
    }

    /// No usable answer came. Records are worth a few tries, and no more.
    mutating func fail(_ trouble: RecordTrouble) throws(RecordTrouble) {
        failures += 1
        if failures >= CLinkBackfill.failuresAllowed { throw give(up: trouble) }
    }

    /// What was missing stays missing.
    mutating func give(up trouble: RecordTrouble) -> RecordTrouble {
        stage = .complete
        return trouble
    }

    /// The minute in which an instant lies.
    private static func minute(_ instant: Instant) -> Instant {
        instant + -((instant.seconds % 60 + 60) % 60)
    }
}

/// Why an instrument's own records are not used.
package enum RecordTrouble: Error, Equatable, Sendable {
    /// It does not answer the command, or has no records.
    case noAnswer
    /// Its records last longer than five minutes, or not whole minutes.
    case period
    /// Its newest record is so far ahead of our clock; behind where negative.
    case clock(seconds: Int64)
}

extension CLinkRecord {
    /// The time in UTC+8, as the clocks of stations run; nil for a date that is none.
    var instant: Instant? {
        guard let date = CivilDate(year: Int32(year), month: Int32(month), day: Int32(day)) else { return nil }
        return (NaturalDay(date).firstHour + Int32(hour)).beginning + Int64(60 * minute)
    }
}
