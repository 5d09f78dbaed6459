extension Chinese {
    package func latestFailure(_ reason: String) -> String { "；最近一次失败：\(reason)" }
}
