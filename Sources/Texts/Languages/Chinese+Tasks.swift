package import Response
package import Warnings

/// 任务，以及通告的发布过程。
extension Chinese {
    package func task(_ kind: TaskRound.Kind, warning: Int, level: WarningLevel?, day: String?) -> String {
        let of = level.map { "（第 \(warning) 次，\(self.warning($0))）" } ?? ""
        return switch kind {
        case .measures: "确认接收措施清单\(of)"
        case .dailyReport: "\(day ?? "") 应急响应日报\(of)"
        case .summary: "应急响应总结\(of)"
        case .assessment: "过去十二个月的评估"
        case .filing: "预案修订与备案"
        }
    }
    package func taskIsDue(by time: String, isLate: Bool) -> String { isLate ? "已逾期，应于 \(time)" : "应于 \(time) 前" }
    package func taskIsClosed(_ isSuperseded: Bool) -> String { isSuperseded ? "已被取代" : "已完成" }
    package func taskAwaits(_ parties: [String]) -> String { "未完成：\(parties.joined(separator: "、"))" }
    package var noTasks: String { "没有待确认或待报告的事项" }
    package var headquartersOffice: String { "市指挥部办公室" }
    package var noNotice: String { "尚未向公众发布通告" }
    package func noticeWaits(until time: String) -> String { "等待下一过程的预警至 \(time)，届时合并为一则通告" }
    package var noticeIsNotHandedOver: String { "尚未移交预警信息发布中心" }
    package func noticeHandedOver(by person: String, _ time: String) -> String {
        "已移交预警信息发布中心（\(person)，\(time)）"
    }
    package func channelIsDue(_ channel: String, by time: String, isOverdue: Bool) -> String {
        isOverdue ? "\(channel)播发已逾期，应于 \(time)" : "\(channel)下次播发 \(time)"
    }
    package func noticeOn(
        _ channel: String, times: Int, last: String?, acknowledgedBy person: String?, due: String?, isOverdue: Bool
    ) -> String {
        var text = "\(channel)：" + (last.map { "已发送 \(times) 次，最近 \($0)" } ?? "未发送")
        if let person { text += "，已确认（\(person)）" }
        if let due { text += isOverdue ? "，已逾期，应于 \(due)" : "，下次 \(due)" }
        return text
    }
    func taskRefusal(_ refusal: Refusal) -> String? {
        switch refusal {
        case .noTask(let number, let open):
            "任务 \(number) 不在待办之列；待办：" + (open.isEmpty ? "无" : open.map { "\($0)" }.joined(separator: "、"))
        case .unknownParty(let party, let known):
            "“\(party)”不在该任务之列；该任务属于：\(known.joined(separator: "、"))"
        case .doneAlready(let what): "\(what)：已有记录"
        case .wrongStep(let number): "任务 \(number)：措施清单应确认，其他应报告"
        case .noNotice(let number, let current):
            "通告 \(number) 不是最新的" + (current.map { "；最新为 \($0)" } ?? "；尚无通告")
        case .unknownChannel(let channel, let known):
            "没有发布渠道“\(channel)”；预案中有：\(known.joined(separator: "、"))"
        case .noticeWaits(let until): noticeWaits(until: until.dateAndClock)
        case .notSent(let channel): "\(channel) 尚未发送：请先记录发送"
        default: nil
        }
    }
    func taskLine(_ line: LedgerLine) -> String? {
        switch line.kind {
        case .notice: "向公众通告 \(line[.notice])：\(line[.action])"
        case .tasks: "任务 \(line[.task]) 已开启：\(line[.cause]) \(line[.level])"
        default: nil
        }
    }
}
