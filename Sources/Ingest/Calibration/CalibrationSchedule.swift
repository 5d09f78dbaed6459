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
        var found: Window?
        forEachWindow(near: now) { if found == nil, $0.begin <= now, now < $0.end { found = $0 } }
        return found
    }

    /// The phase that ended last, at an instant or before, of those of the last day.
    package func latest(endedBy now: Instant) -> Window? {
        var found: Window?
        forEachWindow(near: now) { if $0.end <= now, $0.end > found?.end ?? Instant(seconds: .min) { found = $0 } }
        return found
    }

    /// The phases of the day and of the day before: none is longer than a day.
    private func forEachWindow(near now: Instant, _ body: (Window) -> Void) {
        guard !entries.isEmpty else { return }
        let today = Hour(containing: now).day.number
        for entry in entries {
            entry.forEachWindow(on: NaturalDay(number: today), body)
            entry.forEachWindow(on: NaturalDay(number: today - 1), body)
        }
    }
}

extension CalibrationSchedule.Entry {
    fileprivate func forEachWindow(on day: NaturalDay, _ body: (CalibrationSchedule.Window) -> Void) {
        guard (day.number - firstDay.number) % Int32(everyDays) == 0 else { return }
        var begin = day.firstHour.beginning + Int64(minuteOfDay) * 60
        for phase in phases {
            let end = begin + Int64(phase.minutes) * 60
            body(CalibrationSchedule.Window(kind: phase.kind, begin: begin, end: end))
            begin = end
        }
    }
}
