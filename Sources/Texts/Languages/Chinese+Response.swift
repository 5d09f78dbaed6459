package import Response
package import Warnings

/// What follows from a level.
extension Chinese {
    package func text(_ text: Bilingual) -> String { text.zh }
    package func response(to level: WarningLevel, in area: String?) -> String {
        (area.map { "\($0)：" } ?? "") + "\(warning(level))，\(level.response) 级响应"
    }
    package var noLevelNoMeasures: String { "没有生效的预警，无须采取措施；查询某一级别的措施请用 --level yellow、orange 或 red" }
    package func measureKind(_ kind: Measure.Kind) -> String {
        switch kind {
        case .publicProtection: "公众防护措施"
        case .advised: "倡议性减排措施"
        case .industry: "强制性减排措施：工业源"
        case .mobileSources: "强制性减排措施：移动源"
        case .areaSources: "强制性减排措施：面源"
        case .other: "强制性减排措施：其他"
        }
    }
    package func measureStatus(_ status: MeasureInForce.Status) -> String? {
        switch status {
        case .runs: nil
        case .waitsForResponse: "响应启动时开始"
        case .waitsForPollution: "污染出现时开始"
        case .waitsForIndex(let index): "实测日均 AQI 达到 \(index) 时方可执行"
        case .excepted(.emergencyDay): "紧急发布预警当日不执行"
        case .excepted(.freezing): "结冰天气不执行"
        }
    }
    package var inPrinciple: String { "原则上" }
    package func neverRestricted(_ vehicles: [String]) -> String { "不受限行措施限制：\(vehicles.joined(separator: "、"))" }
    package func industry(_ industry: Industry, at level: WarningLevel) -> String {
        let trucks = industry.isTruckRuled ? "；停止使用国四及以下重型货车（含燃气）运输原辅材料和产品" : ""
        return "\(industry.number) \(industry.name.zh)：\(industry.measure(at: level)?.zh ?? notAvailable)\(trucks)"
    }
    package func rhythm(_ rhythm: PublicChannel.Rhythm) -> String {
        switch rhythm {
        case .once: "立即发布一次"
        case .throughout: "响应期间持续"
        case .every(let minutes): "每 \(minutes) 分钟一次"
        case .daily: "立即刊登，当日版面已截稿的次日早晨刊登，此后每日刊登"
        }
    }
    package func list(_ items: [String]) -> String { items.joined(separator: "、") }
    package func noted(_ text: String, _ notes: [String]) -> String {
        notes.isEmpty ? text : "\(text)（\(notes.joined(separator: "；"))）"
    }
    package func responseIsGood(_ folder: String, _ plan: ResponsePlan) -> String {
        "\(folder)：正确：\(plan.city.name.zh)，\(plan.measures.count) 项措施，\(plan.industries.count) 个行业，"
            + "\(plan.departments.count) 个部门，\(plan.areas.count) 个县（市、区），\(plan.channels.count) 个发布渠道"
    }
}
