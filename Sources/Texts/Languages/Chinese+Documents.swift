package import AQICore
package import Warnings

/// Documents.
extension Chinese {
    package var languageTag: String { "zh-CN" }
    package func when(_ instant: Instant) -> String {
        date(Hour(containing: instant).day.date) + " \(instant.clock)"
    }
    package func date(_ date: CivilDate) -> String { "\(date.year)年\(date.month)月\(date.day)日" }
    package func period(from: String, to: String) -> String { "\(from) 至 \(to)" }
    package func headquartersOffice(of city: String) -> String { "\(city)指挥部办公室" }
    package func degree(_ level: AirQualityLevel, index: Int32) -> String { "\(self.level(level))，AQI 最高 \(index)" }
    package func hours(_ count: Int) -> String { "\(count) 小时" }
    package func percent(_ count: Int, of all: Int) -> String { "\(count) / \(all)" }
    package func bulletinTitle(city: String, _ level: WarningLevel) -> String { "\(city)重污染天气\(warning(level))" }
    package func change(_ kind: WarningEvent.Kind, _ level: WarningLevel) -> String {
        switch kind {
        case .issued: "发布\(warning(level))"
        case .upgraded: "升级为\(warning(level))"
        case .downgraded: "降级为\(warning(level))"
        case .lifted: "解除\(warning(level))"
        case .proposed: "建议\(warning(level))"
        }
    }
    package func changeAndResponse(_ kind: WarningEvent.Kind, _ level: WarningLevel) -> String {
        change(kind, level) + (kind == .lifted ? "" : "，启动 \(level.response) 级响应")
    }
    package func noticeTitle(city: String, _ changes: [String]) -> String {
        "\(city)重污染天气预警通知：\(changes.joined(separator: "，"))"
    }
    package func forecastReportTitle(city: String) -> String { "\(city)重污染天气预报信息报告" }
    package func dayReportTitle(city: String, _ date: String) -> String { "\(city)重污染天气应急响应日报（\(date)）" }
    package func summaryTitle(city: String, number: Int) -> String { "\(city)重污染过程总结（第 \(number) 次预警）" }
    package func assessmentTitle(city: String, _ period: String) -> String {
        "\(city)重污染天气应急预案年度评估（\(period)）"
    }
    package func curveDescription(observed: String, forecast: String) -> String {
        "逐时 24 小时指数。实测最高：\(observed)；预报最高：\(forecast)。"
    }
    package func indexAt(_ index: Int32, _ time: String) -> String { "\(index)（\(time)）" }

    package func badEventInStore(_ time: String) -> String {
        "数据库中 \(time) 的预警事件无法读取；是哪个版本写入的？"
    }
    package var notAnEvent: String { "不是 warnings replay 输出的预警事件" }
    package func notFields(_ path: String) -> String {
        "\(path)：不是由字段组成的 JSON 对象，如 {\"weather\": \"...\"}；见 docs/documents.md"
    }
    package func unknownField(_ path: String, _ field: String, known: [String]) -> String {
        "\(path)：没有字段“\(field)”；字段有 \(known.joined(separator: "、"))"
    }
    package func notFilledIn(_ message: String, _ blanks: [(field: String, name: String)]) -> String {
        "\(message)：未填写 " + blanks.map { "\($0.field)（\($0.name)）" }.joined(separator: "、")
    }
    package var nothingHandedOver: String {
        "未送交任何内容；缺少的字段请用 --field 名称=内容 或 --fields 文件给出，有意留空则用 --blanks"
    }
    package func storeOfDemo(_ path: String) -> String { "\(path) 保存的是模拟数据（demo）：请为实际监测另指定数据库文件" }
    package func storeNotOfDemo(_ path: String) -> String { "\(path) 保存的是实际数据：请为演示另指定数据库文件" }
    package func storeIsSimulated(_ path: String) -> String { "\(path)：内容为模拟数据（demo），按演练输出" }
    package var noWarningInStore: String { "没有该预警；请用 warnings list 查看" }

    package func label(_ label: DocumentLabel) -> String {
        switch label {
        case .blank: "（待填写）"
        case .drawnUp: "编制时间"
        case .exercise: "演练：非真实预警"
        case .notKnown: "不详"
        case .remarks: "备注"
        case .signedAt: "日期（精确到时）"
        case .signer: "签字人"
        case .addressees: "发送范围"
        case .area: "影响区域"
        case .areaLevels: "级别不同的区域"
        case .body: "县（市、区）或部门"
        case .areasAndDepartments: "各县（市、区）和市直各部门"
        case .basis: "依据"
        case .degree: "污染程度"
        case .emergency: "紧急发布：发布当日不采取机动车限行措施"
        case .issuer: "发布单位"
        case .measures: "应急措施"
        case .number: "预警编号"
        case .observedIndex: "实测 24 小时指数"
        case .pollutionComes: "重污染时段"
        case .primaryPollutant: "首要污染物"
        case .reason: "原因"
        case .repetition: "预警信息的重复播发"
        case .responseFrom: "响应启动时间"
        case .responseUntil: "响应终止时间（调整或解除除外）"
        case .signedBy: "签发"
        case .timeOfIssue: "发布时间"
        case .heavyPollution: "重污染天气"
        case .liftReason: "空气质量已改善，且预测至少 36 小时内保持改善"
        case .nextWarning: "同时发布下一次污染过程的预警"
        case .weather: "气象条件"
        case .warningLevel: "预警级别"
        case .channel: "渠道"
        case .rhythm: "频次"
        case .remarkOfChannel: "说明"
        case .weatherStation: "市气象台"
        case .monitoringStation: "市环境监测站"
        case .expertsAdvice: "专家组建议"
        case .headquartersOffice: "市指挥部办公室"
        case .forecastInUse: "采用的预报"
        case .nextDays: "未来 3 天预报及 5 天趋势"
        case .noForecast: "无预报"
        case .day: "日期"
        case .dayByDay: "逐日"
        case .observed: "实测"
        case .forecast: "预报"
        case .deviation: "预报减实测"
        case .heavyHours: "超过启动值的小时数"
        case .unknownHours: "缺测小时数"
        case .warningInForce: "生效的预警"
        case .noWarningInForce: "无"
        case .bodies: "各县（市、区）和部门"
        case .carriedOut: "措施落实情况"
        case .plantsChecked: "检查企业"
        case .findings: "发现问题"
        case .reportedBy: "报送人"
        case .notReported: "未报送"
        case .changes: "预警过程"
        case .change: "事项"
        case .duration: "持续时间"
        case .peak: "24 小时指数最高值"
        case .daysAbove200: "超过 200 的天数"
        case .daysAbove300: "超过 300 的天数"
        case .curve: "24 小时指数实测与预报"
        case .plantsCompliance: "企业落实情况"
        case .lessons: "问题和建议"
        case .period: "评估时段"
        case .warningsOfYear: "预警情况"
        case .level: "最高级别"
        case .issued: "发布"
        case .lifted: "解除"
        case .warningsByLevel: "按最高级别统计"
        case .count: "次数"
        case .daysByAirQuality: "按空气质量统计天数"
        case .airQuality: "空气质量"
        case .unknownDays: "不详"
        case .forecastSkill: "日指数预报检验"
        case .dataCoverage: "指数已知的天数"
        case .ozoneLeftOut: "按 24 小时平均浓度计算，不含臭氧（预案 四），与发布的日 AQI 不同"
        case .implementation: "预案实施情况"
        case .effect: "减排效果"
        case .problems: "存在问题"
        case .amendments: "修订内容（9 月底前备案）"
        case .assessmentDue: "5 月底前报送"
        }
    }
}
