package import Warnings

/// 以文字说明预案。
extension Chinese {
    package func outOfOrder(_ what: String, after higher: String) -> String {
        "\(what) 永远不会生效：凡其成立时，\(higher) 的规则已经成立；阈值须随级别升高，规则须从红色到黄色排列"
    }
    package func planIsGood(_ path: String, name: String, title: String) -> String {
        "\(path)：预案 \(name)（\(title)）有效。内容如下："
    }
    package func planHeavy(above: Int32) -> String {
        "截至某小时的 24 小时指数（不含臭氧）大于 \(above) 时，该小时为重污染小时。"
    }
    package func planIssue(hours: Int32) -> String {
        "重污染过程的首个 24 小时在 \(hours) 小时内开始，即计入预警判断。"
    }
    package func planLift(hours: Int32) -> String {
        "已知空气质量好转并将持续 \(hours) 小时，方可解除或降级；间隔不足此数的过程按一次计。"
    }
    package func planEmergency(_ emergency: WarningPlan.Emergency) -> String {
        "紧急\(warning(emergency.level))：未经预报而小时指数大于 \(emergency.hourAbove)，且 24 小时后的日均指数仍大于 \(emergency.aheadAbove)。"
    }
    package func planRule(_ level: WarningLevel, _ conditions: [WarningPlan.Condition]) -> String {
        "\(warning(level))："
            + conditions.map { condition in
                switch condition {
                case .days(let above, let count): "日均指数大于 \(above) 达 \(count) 天（连续 24 小时，互不重叠）"
                case .aheadAbove(let bound): "其后仍将大于 \(bound)"
                case .aheadReaching(let bound): "其后将达到 \(bound)"
                }
            }.joined(separator: "，且") + "。"
    }
    package func planClause(_ clause: String) -> String { "〔\(clause)〕" }
}
