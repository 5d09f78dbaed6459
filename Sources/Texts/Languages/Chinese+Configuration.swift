/// 配置的内容。
extension Chinese {
    package func configurationIsGood(
        _ path: String, stations: Int, buses: Int, devices: Int, channels: Int, receivers: Int, uplinks: Int
    ) -> String {
        "\(path)：正确：\(stations) 个站点，\(buses) 条总线，\(devices) 台设备，\(channels) 个通道，\(receivers) 个接收端，\(uplinks) 个上传目的地"
    }
    package func busInConfiguration(_ name: String, at line: String, devices: [String]) -> String {
        "总线 \(name)，\(line)：\(devices.joined(separator: "、"))"
    }
    package func receiverInConfiguration(_ name: String, at end: String, stations: Int) -> String {
        "接收端 \(name)，\(end)：\(stations) 个站点"
    }
    package func uplinkInConfiguration(_ name: String, at end: String, stations: [String], sends: [String]) -> String {
        let contents = sends.map { ["hours": "小时值", "minutes": "分钟值", "realtime": "实时值"][$0] ?? $0 }
        return "上传目的地 \(name)，\(end)：\(stations.joined(separator: "、"))的\(contents.joined(separator: "、"))"
    }

    package func inConfiguration(_ path: String, line: Int, column: Int, _ problem: String) -> String {
        "\(path)：第 \(line) 行第 \(column) 列：\(problem)"
    }
    package func badSyntax(_ parser: String) -> String { "不是有效的 TOML：\(parser)" }
    package func missingKey(_ key: String) -> String { "此处缺少“\(key)”" }
    package func unknownKey(_ key: String, suggestion: String?) -> String {
        "此处没有“\(key)”这一项" + (suggestion.map { "；是否应为“\($0)”？" } ?? "")
    }
    package func wrongType(key: String, wanted: String) -> String { "“\(key)”应写作 \(wanted)" }
    package func outOfRange(key: String, value: Int, lowest: Int, highest: Int) -> String {
        "“\(key)”为 \(value)，应在 \(lowest) … \(highest) 之间"
    }
    package func notOneOf(key: String, value: String, allowed: [String]) -> String {
        "“\(key)”为“\(value)”，应为 \(allowed.joined(separator: "、")) 之一"
    }
    package func repeated(_ name: String) -> String { "“\(name)”出现两次；请删去或改名" }
    package func unknownName(key: String, value: String, known: [String]) -> String {
        "“\(key)”所指的“\(value)”没有定义；已有 \(known.joined(separator: "、"))"
    }
    package func notTogether(_ key: String, _ other: String) -> String { "“\(key)”与“\(other)”不能同时出现；请删去一个" }
    package func unreadableFile(key: String, path: String, _ reason: String) -> String {
        "“\(key)”需要文件 \(path)，但无法读取（\(reason)）；请检查路径，相对路径从程序启动的目录算起"
    }
    package func notAnMN(_ key: String) -> String {
        "“\(key)”应为站点的 MN：至少一个可打印的 ASCII 字符，不含空格和分号，如 \"010000A8900016F000169DC0\""
    }
    package func nothingToDo(_ section: String) -> String { "没有 \(section)；参见 etc/aqi-monitor.toml" }
}
