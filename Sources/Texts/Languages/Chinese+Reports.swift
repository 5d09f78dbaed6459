package import AQICore

/// 报告、条款与列的名称。
extension Chinese {
    package func report(_ kind: ReportKind) -> String {
        switch kind {
        case .realtime: "实时报"
        case .running24: "24 小时滑动报"
        case .daily: "日报"
        }
    }
    package func explainHeader(_ edition: String, _ kind: ReportKind) -> String { "\(edition)，\(report(kind))" }
    package func clause(_ text: String) -> String {
        text.replacing("table ", with: "表 ").replacing("equation ", with: "式 ")
    }
    package func column(_ name: String) -> String {
        switch name {
        case "station": "站点"
        case "time": "时间"
        case "aqi": "AQI"
        case "flags": "标记"
        default: Indicator.allSeven.first { $0.name == name }.map(indicator) ?? name
        }
    }

    package func explainRounded(_ value: String, step: String) -> String { "按四舍六入五成双修约到 \(step)：\(value)" }
    package var explainNotRounded: String { "取原值：本版标准计算指数前不修约浓度" }
    package var explainSubstitute: String { "超出表格：改用 24 小时均值（SO2）或 1 小时值（O3）评价，未给出可评价的值" }
    package var explainNotAboveZero: String { "不大于 0：IAQI 为 0" }
    package func explainBeyond(_ last: String, index: Int32) -> String { "超过表格上限 \(last)：IAQI 为 \(index)" }
    package func explainBetween(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String {
        "在 \(low)（IAQI \(lowIndex)）与 \(high)（IAQI \(highIndex)）之间"
    }
    package func explainUp(_ index: Int32) -> String { "进位取整：\(index)" }
    package func explainTruncated(_ value: String, step: String) -> String { "截断到 \(step)：\(value)" }
    package func explainNearest(_ index: Int32) -> String { "四舍五入取整：\(index)" }
    package func explainBelow(_ first: String) -> String { "低于表格下限 \(first)：无 IAQI" }
    package func explainExtrapolated(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String {
        "超过表格上限 \(high)：按 \(low)（IAQI \(lowIndex)）至 \(high)（IAQI \(highIndex)）的直线外推"
    }
    package func explainDayInstead(_ day: String) -> String { "改用 24 小时均值评价：\(day)" }
    package func explainWeight(smallest: String, largest: String, weight: String) -> String {
        "最小 \(smallest)，最大 \(largest)：权重 w = \(weight)（两者之商，不小于 1/2）"
    }
    package func explainNoNowCast(have: Int32, need: Int32) -> String {
        "最近 3 小时中有 \(have) 小时，需要 \(need) 小时：无 NowCast"
    }
    package func explainIndex(_ index: Int32, level: Int, _ name: String, primary: String) -> String {
        "AQI = IAQI 最大值 = \(index)，\(level) 级（\(name)），首要污染物：\(primary)"
    }
}
