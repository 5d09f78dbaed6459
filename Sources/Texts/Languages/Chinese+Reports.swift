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
}
