package import Warnings

/// 终端与各画面共有的文字。
extension Chinese {
    package var simulated: String { "模拟" }
    package var columnNow: String { "当前" }
    package var columnAge: String { "时效" }
    package var columnHour: String { "本小时" }
    package var columnHourMean: String { "小时值" }
    package var columnDayMean: String { "24 小时" }
    package var columnSubIndex: String { "IAQI" }
    package var hourTo: String { "小时至" }
    package var dayTo: String { "24 小时至" }
    package var primaryPollutant: String { "首要污染物" }
    package var noPrimary: String { "无" }
    package var notAvailable: String { "NA" }
    package var waitingForHour: String { "第一个小时尚未结束" }
    package func warningInForce(_ level: WarningLevel, response: String, since: String, number: Int) -> String {
        "\(warning(level))生效中，\(response) 级响应，自 \(since) 起（第 \(number) 次）"
    }
    package var noWarning: String { "无预警" }
    package func warningWanted(_ level: WarningLevel) -> String { "建议：\(warning(level))" }
    package var logTitle: String { "日志" }
    package var tooSmall: String { "窗口太小" }
    package var noTerminal: String { "标准输出不是终端；请在终端中启动，或用 --headless" }
    package func unknownTerminal(_ name: String) -> String {
        "本机不认识终端类型“\(name)”；请设置 TERM，如 TERM=xterm，或用 --headless"
    }
    package func age(seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(max(0, seconds)) 秒"
        case ..<7200: "\(seconds / 60) 分"
        case ..<172_800: "\(seconds / 3600) 时"
        default: "\(seconds / 86_400) 天"
        }
    }
}
