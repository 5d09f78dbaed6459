package import Response
package import Warnings

/// Tasks and notices: `English+Tasks.swift`, `Chinese+Tasks.swift`.
package protocol TaskWords {
    func task(_ kind: TaskRound.Kind, warning: Int, level: WarningLevel?, day: String?) -> String
    func taskIsDue(by time: String, isLate: Bool) -> String
    func taskIsClosed(_ isSuperseded: Bool) -> String
    func taskAwaits(_ parties: [String]) -> String
    var noTasks: String { get }
    var headquartersOffice: String { get }
    var noNotice: String { get }
    func noticeWaits(until time: String) -> String
    var noticeIsNotHandedOver: String { get }
    func noticeHandedOver(by person: String, _ time: String) -> String
    func channelIsDue(_ channel: String, by time: String, isOverdue: Bool) -> String
    func noticeOn(
        _ channel: String, times: Int, last: String?, acknowledgedBy person: String?, due: String?, isOverdue: Bool
    ) -> String
}
