package import AQICore
package import Warnings

/// The screens.
extension Chinese {
    package var tabs: [String] { ["城市", "站点", "趋势", "预警", "报警", "设备", "HJ 212", "日志"] }
    package func shortLevel(_ level: AirQualityLevel) -> String {
        switch level {
        case .excellent: "优"
        case .good: "良"
        case .light: "轻度"
        case .moderate: "中度"
        case .heavy: "重度"
        case .severe: "严重"
        }
    }
    package var comma: String { "，" }
    package var stale: String { "过期" }
    package var neverHeard: String { "尚无数据" }
    package func alarmsCall(_ count: Int) -> String { "\(count) 条报警" }
    package func actsAs(_ person: String) -> String { "操作员 \(person)" }

    package var columnStation: String { "站点" }
    package var columnPrimary: String { "首要" }
    package var columnNotes: String { "说明" }
    package func cityForWarnings(_ index: String) -> String { "全市 24 小时（不计臭氧）：\(index)" }
    package func stationsListed(_ count: Int, of all: Int) -> String {
        count == all ? "\(all) 个站点" : "\(all) 个站点中的 \(count) 个"
    }
    package var orders: [String] { ["按配置", "按 AQI", "按名称", "按时效"] }
    package var noStations: String { "没有站点" }

    package func lastHours(_ count: Int) -> String { "最近 \(count) 小时" }
    package var waitingForHistory: String { "正在读取历史小时值" }
    package var ranges: [String] { ["24 小时", "7 天", "30 天"] }
    package var newestHour: String { "最新小时" }
    package var atCursor: String { "小时至" }
    package var noHoursOfChannel: String { "没有有效小时值：小时值由数据库保存的样本计算" }
    package func parameter(_ parameter: Parameter) -> String {
        switch parameter {
        case .no: "NO"
        case .nox: "NOx"
        case .temperature: "气温"
        case .humidity: "湿度"
        case .pressure: "气压"
        case .windSpeed: "风速"
        case .windDirection: "风向"
        default: parameter.pollutant.map { indicator(Indicator($0)) } ?? ""
        }
    }

    package func proposal(_ number: Int, _ action: WarningEvent.Kind, _ level: WarningLevel) -> String {
        let level = warning(level)
        let what =
            switch action {
            case .issued: "发布\(level)"
            case .upgraded: "升级为\(level)"
            case .downgraded: "降级为\(level)"
            case .lifted: "解除\(level)"
            case .proposed: level
            }
        return "建议 \(number)：\(what)"
    }
    package func proposalSigned(by person: String, _ role: Role, at time: String) -> String {
        "\(signer(role)) \(person) 已签署，\(time)"
    }
    package func proposalDeclined(by person: String, _ role: Role, at time: String, reason: String) -> String {
        "\(signer(role)) \(person) 否决，\(time)：\(reason)"
    }
    package func areaHas(_ area: String, _ level: WarningLevel?, consentBy person: String) -> String {
        "\(area)：\(level.map(warning) ?? noWarning)，\(person) 记录同意"
    }
    package func spell(from first: String, to last: String) -> String { "重污染时段 \(first) 至 \(last)" }
    package func basis(_ basis: WarningEvent.Basis) -> String {
        switch basis {
        case .observed: "依据实测"
        case .forecast: "依据预报"
        case .order: "依据指令"
        case .operator: "人工提出"
        }
    }
    package func evidence(index24: String, hour: String) -> String { "24 小时 \(index24)，小时 \(hour)" }
    package func days(_ count: Int, above bound: Int32) -> String { "> \(bound) 共 \(count) 天" }
    package func largestAhead(_ index: Int32) -> String { "预计最高 \(index)" }
    package var curveTitle: String { "24 小时指数" }
    package var curveAhead: String { "预报" }
    package var deskTitle: String { "现状" }
    package var noForecast: String { "没有预报：只计实测" }
    package var measuresTitle: String { "应急措施" }
    package func measuresRun(_ count: Int, waiting: Int) -> String {
        "本级别应急措施：\(count) 项执行" + (waiting == 0 ? "" : "，\(waiting) 项暂缓")
    }
    package func linesShown(_ first: Int, _ last: Int, of count: Int) -> String {
        "（第 \(first)-\(last) 行，共 \(count) 行）"
    }

    package var noAlarms: String { "没有报警" }
    package var columnNumber: String { "编号" }
    package var columnState: String { "状态" }
    package var columnSince: String { "开始" }
    package var columnAlarm: String { "报警" }
    package func alarmKind(_ kind: Alarm.Kind) -> String {
        switch kind {
        case .deviceSilent: "不应答"
        case .deviceIncomplete: "只部分应答"
        case .calibrationOverdue: "校准时间过长"
        case .storeTrouble: "数据未能入库"
        case .senderClock: "时钟偏差超过 30 秒"
        case .stationStale: "没有新数据"
        case .suspectValue: "数据可疑"
        case .signatureWanted: "有建议待签署"
        case .consultationOverdue: "会商逾期"
        }
    }
    package func alarmState(_ state: Alarm.State) -> String {
        switch state {
        case .unacknowledged: "! 未确认"
        case .acknowledged: "  已确认"
        case .returned: "~ 已恢复未确认"
        case .shelved: "z 已搁置"
        }
    }
    package func alarmCleared(_ time: String) -> String { "\(time) 已恢复" }
    package func alarmAcknowledged(by person: String, at time: String) -> String { "\(person) 于 \(time) 确认" }
    package func alarmShelved(by person: String, until: String, reason: String) -> String {
        "\(person) 搁置至 \(until)" + (reason.isEmpty ? "" : "：\(reason)")
    }
    package func alarmRefusal(_ refusal: AlarmBoard.Refusal) -> String {
        switch refusal {
        case .noSuchAlarm(let number): "报警 \(number) 已不存在；请用 alarms list 查看"
        case .acknowledgedAlready(let number): "报警 \(number) 已确认"
        case .notShelved(let number): "报警 \(number) 未搁置"
        case .badTime: "搁置时间应为一分钟至一周"
        case .nameless: "操作人须有姓名"
        }
    }
    package func alarmStep(_ what: AlarmStep, _ alarm: String, by person: String) -> String {
        switch what {
        case .raised: "报警：\(alarm)"
        case .cleared: "报警恢复：\(alarm)"
        case .acknowledged: "\(person) 确认报警：\(alarm)"
        case .shelved(let until): "\(person) 搁置报警至 \(until)：\(alarm)"
        case .unshelved: "\(person) 取消搁置：\(alarm)"
        case .backFromShelf: "搁置到期：\(alarm)"
        }
    }

    package var noDevices: String { "没有轮询的设备" }
    package var noSenders: String { "没有向本机发送数据的站点" }
    package var senderColumns: [String] { ["数据包", "拒收", "时效", "时钟"] }
    package var columnSins: String { "不合规之处" }
    package var logHeld: String { "日志停在此处；End 继续" }

    package var keysEverywhere: String { "q 退出   ? 按键" }
    package var keysOfCity: String { "Enter 站点   o 排序   / 筛选" }
    package var keysOfStation: String { "n p 站点   Enter 趋势" }
    package var keysOfTrend: String { "r 时段   方向键 通道、光标   n p 站点" }
    package var keysOfLists: String { "方向键 滚动" }
    package var keysOfWarning: String { "m 措施" }
    package var keysOfMeasures: String { "m 返回   方向键 滚动" }
    package var keysOfDesk: String { "s 签署" }
    package var keysOfAlarms: String { "a 确认   s 搁置   u 取消搁置" }
    package var keysOfHelp: String { "按任意键返回" }
    package var onlyLooks: String { "只读：用 watch --operator 姓名 可操作" }
    package func help(endsMonitor: Bool) -> [(key: String, meaning: String)] {
        [
            ("1 ... 8, Tab", "切换画面"),
            ("上, 下", "选择站点、通道、报警；滚动列表"),
            ("Enter", "从城市到站点，从站点到趋势"),
            ("Esc", "返回"),
            ("n, p", "下一站点，上一站点"),
            ("o", "城市：按配置、按 AQI、按名称、按时效排序"),
            ("/", "城市：只列出含此文字的站点；Enter 保留，Esc 取消"),
            ("r", "趋势：24 小时、7 天、30 天"),
            ("m", "预警：本级别的应急措施，再按返回"),
            ("左, 右", "趋势：读取某一小时；Esc 结束"),
            ("a, s, u", "报警：确认、搁置、取消搁置（操作员）"),
            ("s", "预警：签署建议（操作员）"),
            ("q", endsMonitor ? "退出，同时停止监测" : "退出；监测继续运行"),
            ("", ""),
            ("H B C PZ W ...", "数值处的字母说明为何没有数据；小时值后的字母为当前状态"),
            ("Q   !", "数据可疑，但仍计入；过期：五分钟内没有新数据"),
        ]
    }
    package func asksAcknowledge(_ number: Int) -> String { "确认报警 \(number)？ y / 其他键取消" }
    package func asksShelve(_ number: Int) -> String {
        "搁置报警 \(number)：1 = 1 小时，2 = 8 小时，3 = 一天，4 = 一周；其他键取消"
    }
    package func asksUnshelve(_ number: Int) -> String { "取消搁置报警 \(number)？ y / 其他键取消" }
    package func asksSign(_ number: Int) -> String { "签署建议 \(number)？ y / 其他键取消" }
    package var stepDone: String { "已完成" }
}
