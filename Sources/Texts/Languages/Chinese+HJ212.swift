package import AQICore

/// 上传数据的站点，以及对其的指令。
extension Chinese {
    package func senderCounts(
        isConnected: Bool, heard: String?, packets: UInt64, refused: UInt64, clockOffset: Int64?,
        sins: [(name: String, count: UInt64)]
    ) -> String {
        var text = isConnected ? "数据包 \(packets) 个" : "未连接"
        if !isConnected { text += heard.map { "，最后通信于 \($0)" } ?? "，从未通信" }
        if refused > 0 { text += "，拒收 \(refused) 个" }
        if let clockOffset { text += "；其时钟\(clockOffset > 0 ? "快" : "慢") \(abs(clockOffset)) 秒" }
        if !sins.isEmpty { text += "；" + sins.map { "\($0.name) \($0.count)" }.joined(separator: "、") }
        return text
    }
    package func stationDiffers(
        station: String, isDay: Bool, time: String, _ values: [(Pollutant, here: String, there: String)]
    ) -> String {
        let list = values.map { "\(indicator(Indicator($0.0))) \($0.there)，本机 \($0.here)" }
        return "\(station) \(time)  站点上报的\(isDay ? "日" : "小时")值与本机计算值不一致：" + list.joined(separator: "；")
    }
    package func stationHourUsed(station: String, time: String, _ pollutants: [Pollutant]) -> String {
        "\(station) \(time)  缺少样本，采用站点上报的小时值：" + pollutants.map { indicator(Indicator($0)) }.joined(separator: "、")
    }
    package func stationDid(_ mn: String, value: String?) -> String { "\(mn)：\(value ?? "已执行")" }
    package func historyCame(_ mn: String, records: Int, values: Int, from: String, through: String) -> String {
        "\(mn) 上报记录 \(records) 条、数值 \(values) 个，最早 \(from)，最晚 \(through)"
    }
    package func stationHasNothing(_ mn: String) -> String { "\(mn) 未上报该时段的数据" }
    package func factorUnknown(_ factor: String, dialect: String, known: [String]) -> String {
        "\(dialect) 没有因子 \(factor)；可用的有 \(known.joined(separator: "、"))"
    }
    package func passwordToConfigure(_ mn: String) -> String { "\(mn) 的密码已更改：请写入配置，否则重启后不再有效" }
    package func stationNotConnected(_ mn: String) -> String { "\(mn) 未连接" }
    package func stationAskedAlready(_ mn: String, command: Int) -> String { "\(mn) 的命令 \(command) 正在执行" }
    package func reverseControlOff(_ mn: String) -> String {
        "\(mn)：未启用反控；请在其 [[receive]] 中设置 reverse_control = true"
    }
    package func receiverUnknown(_ mn: String) -> String {
        "没有接收端配置站点 \(mn)，或有多个：请看 watch --json，并用 --receiver 指定"
    }
    package var stationRequestIsBad: String { "标准中没有这样的指令" }
}
