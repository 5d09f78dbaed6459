package import AQICore
package import Warnings

/// Something that several have to do by a time: areas, departments, the office.
package struct TaskRound: Equatable, Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// The list of measures of a level that starts: to be acknowledged.
        case measures
        /// The report of a day of the response, on the day after it.
        case dailyReport
        /// The summary of a response, within two days of its end.
        case summary
        /// The assessment of the past twelve months, by the end of May.
        case assessment
        /// Amendments and their filing, by the end of September.
        case filing
    }

    /// Somebody did it.
    package struct Done: Equatable, Codable, Sendable {
        package let party: String
        /// Who took it in.
        package let person: String
        package let time: Instant
        /// What was reported; empty for an acknowledgement.
        package let text: String
    }

    package let number: Int
    package let kind: Kind
    /// The number of the warning; 0 for what is due by the year.
    package let warning: Int
    package let level: WarningLevel?
    /// Of a daily report.
    package var day: NaturalDay? { dayNumber.map(NaturalDay.init(number:)) }
    private let dayNumber: Int32?
    package let opened: Instant
    package let due: Instant
    /// Areas by their names, departments by their ids, and ``ResponseDesk/office``.
    package let parties: [String]
    package internal(set) var done: [Done] = []
    /// The level changed before all had acknowledged: nobody waits for it any more.
    package internal(set) var isSuperseded = false

    init(
        number: Int, kind: Kind, warning: Int, level: WarningLevel?, day: NaturalDay? = nil, opened: Instant,
        due: Instant, parties: [String]
    ) {
        self.number = number
        self.kind = kind
        self.warning = warning
        self.level = level
        dayNumber = day?.number
        self.opened = opened
        self.due = due
        self.parties = parties
    }

    /// Those who have not done it.
    package var outstanding: [String] {
        isSuperseded ? [] : parties.filter { party in !done.contains { $0.party == party } }
    }

    package var isOpen: Bool { !outstanding.isEmpty }

    package func isLate(at time: Instant) -> Bool { isOpen && time > due }
}
