package import AQICore
import Warnings

/// What areas, departments and the office have to do; each round becomes due by itself.
package struct TaskBook: Equatable, Codable, Sendable {
    /// Oldest first; those that are done are kept for a while.
    package private(set) var rounds: [TaskRound] = []
    private var count = 0
    private var days = ResponseDays()
    /// The warning whose response is reported, or was last.
    private var warning = 0
    private var level: WarningLevel?
    private var assessedYear: Int32?
    private var filedYear: Int32?

    /// Rounds that are kept: of those that are done, and in all, which is more than a year of responses has.
    static let (mostClosed, mostRounds) = (40, 200)
    /// How long an acknowledgement may take, seconds. **[ours]**
    static let acknowledgement: Int64 = 3600
    private static let day: Int64 = 86_400

    package init() {}

    package func isLate(at time: Instant) -> Bool { rounds.contains { $0.isLate(at: time) } }

    // MARK: - What becomes due

    /// The level of a response starts, for these (Plan 五: 接警 ... 启动).
    mutating func start(_ level: WarningLevel, warning: Int, for parties: [String], at time: Instant) -> TaskRound? {
        if self.warning != warning || self.level == nil { days.begin(at: time) }
        self.warning = warning
        self.level = level
        supersede()
        return open(.measures, level: level, due: time + TaskBook.acknowledgement, parties, at: time)
    }

    /// A level of its own starts in an area; the city's goes on elsewhere.
    mutating func startArea(_ level: WarningLevel, for area: String, at time: Instant) -> TaskRound? {
        open(.measures, level: level, due: time + TaskBook.acknowledgement, [area], at: time)
    }

    /// The response is over: within two days all sum it up (Plan 七).
    mutating func end(for parties: [String], at time: Instant) -> TaskRound? {
        supersede()
        days.end(at: time)
        defer { level = nil }
        return open(.summary, level: level, due: time + 2 * TaskBook.day, parties, at: time)
    }

    /// The reports of the days that are over, and what is due by the year.
    mutating func pass(to time: Instant, for parties: [String], office: String) -> [TaskRound] {
        var opened: [TaskRound?] = days.over(by: time).map { day in
            open(
                .dailyReport, level: level, day: day, due: day.lastHour.endingLabel + TaskBook.day, parties, at: time)
        }
        let date = Hour(containing: time).day.date
        // The assessment is made before May and sent by its end; amendments by the end of September (Plan 七, 八).
        if (4...5).contains(date.month), assessedYear != date.year {
            assessedYear = date.year
            opened.append(openYearly(.assessment, through: CivilDate(year: date.year, month: 5, day: 31), office, time))
        }
        if date.month == 9, filedYear != date.year {
            filedYear = date.year
            opened.append(openYearly(.filing, through: CivilDate(year: date.year, month: 9, day: 30), office, time))
        }
        return opened.compactMap(\.self)
    }

    private mutating func openYearly(
        _ kind: TaskRound.Kind, through last: CivilDate?, _ office: String, _ time: Instant
    ) -> TaskRound? {
        guard let last else { return nil }
        return open(kind, warning: 0, level: nil, due: NaturalDay(last).lastHour.endingLabel, [office], at: time)
    }

    private mutating func open(
        _ kind: TaskRound.Kind, warning: Int? = nil, level: WarningLevel?, day: NaturalDay? = nil, due: Instant,
        _ parties: [String], at time: Instant
    ) -> TaskRound? {
        guard !parties.isEmpty else { return nil }
        count += 1
        let round = TaskRound(
            number: count, kind: kind, warning: warning ?? self.warning, level: level, day: day, opened: time,
            due: due, parties: parties)
        rounds.append(round)
        let closed = rounds.indices.filter { !rounds[$0].isOpen }
        if closed.count > TaskBook.mostClosed || rounds.count > TaskBook.mostRounds {
            rounds.remove(at: closed.first ?? 0)
        }
        return round
    }

    private mutating func supersede() {
        for place in rounds.indices where rounds[place].kind == .measures && rounds[place].isOpen {
            rounds[place].isSuperseded = true
        }
    }

    // MARK: - What is done

    /// Somebody did what a round asks for: acknowledged, or reported.
    mutating func finish(
        _ number: Int, for party: String, by person: String, report: String?, at time: Instant
    ) throws(Refusal) {
        guard let place = rounds.firstIndex(where: { $0.number == number }) else {
            throw .noTask(number, open: rounds.filter(\.isOpen).map(\.number))
        }
        guard rounds[place].parties.contains(party) else { throw .unknownParty(party, known: rounds[place].parties) }
        guard !rounds[place].done.contains(where: { $0.party == party }) else { throw .doneAlready(party) }
        guard rounds[place].isOpen else { throw .noTask(number, open: rounds.filter(\.isOpen).map(\.number)) }
        guard (report == nil) == (rounds[place].kind == .measures) else { throw .wrongStep(number) }
        if let report { try Refusal.check(report) }
        rounds[place].done.append(.init(party: party, person: person, time: time, text: report ?? ""))
    }
}
