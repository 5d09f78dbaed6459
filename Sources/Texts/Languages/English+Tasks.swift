package import Response
package import Warnings

/// Tasks, and the way of a notice to the public.
extension English {
    package func task(_ kind: TaskRound.Kind, warning: Int, level: WarningLevel?, day: String?) -> String {
        let of = level.map { ", \(self.warning($0)) No. \(warning)" } ?? ""
        return switch kind {
        case .measures: "acknowledge the list of measures\(of)"
        case .dailyReport: "report of \(day ?? "")\(of)"
        case .summary: "summary of the response\(of)"
        case .assessment: "assessment of the past twelve months"
        case .filing: "amendments and their filing"
        }
    }
    package func taskIsDue(by time: String, isLate: Bool) -> String { isLate ? "LATE since \(time)" : "due by \(time)" }
    package func taskIsClosed(_ isSuperseded: Bool) -> String { isSuperseded ? "superseded" : "done" }
    package func taskAwaits(_ parties: [String]) -> String { "missing: \(parties.joined(separator: ", "))" }
    package var noTasks: String { "nothing is to be acknowledged or reported" }
    package var headquartersOffice: String { "headquarters office" }
    package var noNotice: String { "nothing has been told to the public yet" }
    package func noticeWaits(until time: String) -> String {
        "waits until \(time) for the issue for the next spell: both go out as one notice"
    }
    package var noticeIsNotHandedOver: String { "not handed over to the release centre" }
    package func noticeHandedOver(by person: String, _ time: String) -> String {
        "handed over to the release centre by \(person), \(time)"
    }
    package func channelIsDue(_ channel: String, by time: String, isOverdue: Bool) -> String {
        "\(channel) tells the public" + (isOverdue ? ": OVERDUE since \(time)" : " next at \(time)")
    }
    package func noticeOn(
        _ channel: String, times: Int, last: String?, acknowledgedBy person: String?, due: String?, isOverdue: Bool
    ) -> String {
        var text = "\(channel): " + (last.map { "sent \(times) times, last \($0)" } ?? "not sent")
        if let person { text += ", acknowledged (\(person))" }
        if let due { text += isOverdue ? ", OVERDUE since \(due)" : ", next \(due)" }
        return text
    }
    func taskRefusal(_ refusal: Refusal) -> String? {
        switch refusal {
        case .noTask(let number, let open):
            "task \(number) is not open; open: "
                + (open.isEmpty ? "none" : open.map { "\($0)" }.joined(separator: ", "))
        case .unknownParty(let party, let known):
            "\"\(party)\" has no part in this task; it is for \(known.joined(separator: ", "))"
        case .doneAlready(let what): "\(what): that is recorded already"
        case .wrongStep(let number): "task \(number): a list of measures is acknowledged, all else is reported"
        case .noNotice(let number, let current):
            "notice \(number) is not the newest" + (current.map { "; notice \($0) is" } ?? ": there is none")
        case .unknownChannel(let channel, let known):
            "no channel \"\(channel)\"; the plan has \(known.joined(separator: ", "))"
        case .noticeWaits(let until): noticeWaits(until: until.dateAndClock)
        case .notSent(let channel): "\(channel) has not sent it: record that first"
        default: nil
        }
    }
    func taskLine(_ line: LedgerLine) -> String? {
        switch line.kind {
        case .notice: "notice \(line[.notice]) to the public: \(line[.action])"
        case .tasks: "task \(line[.task]) opened: \(line[.cause]) \(line[.level])"
        default: nil
        }
    }
}
