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
}
