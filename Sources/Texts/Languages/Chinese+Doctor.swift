/// doctor 的检查结果。
extension Chinese {
    package var findingIsGood: String { "正常" }
    package var findingIsDoubtful: String { "注意" }
    package var findingIsBad: String { "故障" }
    package func latestFailure(_ reason: String) -> String { "；最近一次失败：\(reason)" }
}
