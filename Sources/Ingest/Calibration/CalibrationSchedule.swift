package import AQICore

/// At which times of day an analyser is on zero or span gas: derived from the time alone, so that neither a restart nor a clock
/// that is set can lose it.
package struct CalibrationSchedule: Equatable, Sendable {
    /// One calibration that is repeated: its phases follow one another.
    package struct Entry: Equatable, Sendable {
        package struct Phase: Equatable, Sendable {
            package var kind: CalibrationKind
            package var minutes: Int

            package init(_ kind: CalibrationKind, minutes: Int) {
                self.kind = kind
                self.minutes = minutes
            }
        }

        /// When it begins, in minutes since midnight, UTC+8.
        package var minuteOfDay: Int
        /// On every such day, counted from ``firstDay`` in both directions.
        package var everyDays: Int
        package var firstDay: NaturalDay
        package var phases: [Phase]

        package init(
            minuteOfDay: Int, everyDays: Int = 1, firstDay: NaturalDay = NaturalDay(number: 0), phases: [Phase]
        ) {
            self.minuteOfDay = minuteOfDay
            self.everyDays = everyDays
            self.firstDay = firstDay
            self.phases = phases
        }
    }

    /// One phase on one day.
    package struct Window: Equatable, Sendable {
        package var kind: CalibrationKind
        package var begin: Instant
        /// The first instant after it.
        package var end: Instant
    }

    /// Where two overlap the first counts.
    package var entries: [Entry]

    package init(_ entries: [Entry] = []) {
        self.entries = entries
    }

    /// The phase in which an instant lies.
    package func window(at now: Instant) -> Window? {
        reduce(near: now) { found, window in
            if found == nil, window.begin <= now, now < window.end { found = window }
        }
    }

    /// The phase that ended last, at an instant or before, of those of the last day.
    package func latest(endedBy now: Instant) -> Window? {
        reduce(near: now) { found, window in
            if window.end <= now, found.map({ window.end > $0.end }) ?? true { found = window }
        }
    }

    /// Goes through the phases of the day and of the day before: none is longer than a day.
    private func reduce(near now: Instant, _ body: (inout Window?, Window) -> Void) -> Window? {
        var found: Window?
        guard !entries.isEmpty else { return nil }
        let today = Hour(containing: now).day.number
        for place in entries.indices {
            entries[place].reduce(&found, on: NaturalDay(number: today), body)
            entries[place].reduce(&found, on: NaturalDay(number: today - 1), body)
        }
        return found
    }
}

extension CalibrationSchedule.Entry {
    fileprivate func reduce(
        _ found: inout CalibrationSchedule.Window?, on day: NaturalDay,
        _ body: (inout CalibrationSchedule.Window?, CalibrationSchedule.Window) -> Void
    ) {
        guard (day.number - firstDay.number) % Int32(everyDays) == 0 else { return }
        var begin = day.firstHour.beginning + Int64(minuteOfDay) * 60
        for place in phases.indices {
            let phase = phases[place]
            let end = begin + Int64(phase.minutes) * 60
            body(&found, CalibrationSchedule.Window(kind: phase.kind, begin: begin, end: end))
            begin = end
        }
    }
}
