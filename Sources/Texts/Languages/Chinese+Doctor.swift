/// doctor 的检查结果。
extension Chinese {
    package var findingIsGood: String { "正常" }
    package var findingIsDoubtful: String { "注意" }
    package var findingIsBad: String { "故障" }
    package func latestFailure(_ reason: String) -> String { "；最近一次失败：\(reason)" }

    package var doctorConfiguration: String { "配置" }
    package var doctorClock: String { "时钟" }
    package var doctorStore: String { "数据库" }
    package var doctorMonitor: String { "监测程序" }
    package func clockIsSet(_ now: String) -> String { "\(now)，由网络校时" }
    package func clockIsNotSet(_ now: String) -> String {
        "\(now)，没有校时：小时的划分以此时钟为准；请启用 NTP 客户端，如 chrony"
    }
    package func storeHasHours(_ path: String, until: String?) -> String {
        "\(path)：" + (until.map { "已有小时数据至 \($0)" } ?? "尚无小时数据")
    }
    package func storeWillBeMade(_ path: String) -> String { "\(path)：将新建" }
    package func monitorRuns(process: Int32) -> String { "正在运行，进程 \(process)；以下为其设备的情况" }
    package func deviceCounts(answered: UInt64, failed: UInt64, late: UInt64, median: Int64?, slowest: Int64?) -> String
    {
        var text = "应答 \(answered) 次"
        if failed > 0 { text += "，失败 \(failed) 次" }
        if late > 0 { text += "，迟到 \(late) 次" }
        if let median, let slowest { text += "；半数在 \(milliseconds(median)) 内，99 % 在 \(milliseconds(slowest)) 内" }
        return text
    }
    package func firstOfAll(_ state: String) -> String { "\(state)；" }
    package func doctorReceiver(_ name: String) -> String { "接收 \(name)" }
    package func doctorUplink(_ name: String) -> String { "上传 \(name)" }
    package func canListen(_ address: String) -> String { "\(address)：可以监听" }
    package func canConnect(_ address: String) -> String { "\(address)：可以连接" }
    package func notAllIsWell(_ subjects: [String]) -> String { "不能工作：\(subjects.joined(separator: "、"))" }
}
