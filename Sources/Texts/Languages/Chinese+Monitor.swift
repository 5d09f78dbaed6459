package import AQICore
package import Warnings

/// 运行中的监测程序。
extension Chinese {
    // MARK: A running monitor
    package func noMonitor(_ path: String) -> String {
        "本机没有正在运行的监测程序（\(path)）；用 `aqi-monitor run --config 文件` 启动，或用 --store 指明其数据库"
    }
    package func otherMonitorVersion(_ path: String, _ version: Int) -> String {
        "\(path)：监测程序的协议版本为 \(version)，本程序不支持；请使用与其相同版本的程序"
    }
    package func socketIsTaken(_ path: String) -> String {
        "\(path)：已有另一个监测程序在此监听；请先停止它，或为本程序另设数据库"
    }
    package func socketPathIsTooLong(_ path: String, most: Int) -> String {
        "\(path)：监测程序的套接字与数据库在同一目录，系统允许的路径最长 \(most) 字节；请缩短数据库路径或使用相对路径"
    }
    package func monitorKeepsNothing(_ path: String) -> String {
        "\(path)：没有数据库的监测程序不提供连接；请在 [monitor] 中用 store = \"...\" 指定文件"
    }
    package func unheard(since: String) -> String { "自 \(since) 起与监测程序失去联系" }

    // MARK: What happens
    package func started(stations: Int, buses: Int) -> String { "开始监测：\(stations) 个站点，\(buses) 条总线" }
    package func demoStarted(tcp: String, rtu: String, serial: String, seed: UInt64) -> String {
        "模拟分析仪：气体 \(tcp)，臭氧 \(serial)，颗粒物 \(rtu)；过程 \(seed)"
    }
    package func demoStartedFromFile(tcp: String, rtu: String, serial: String, station: String) -> String {
        "模拟分析仪：气体 \(tcp)，臭氧 \(serial)，颗粒物 \(rtu)；回放 \(station) 的小时值"
    }
    package var demoFinished: String { "全部小时已回放" }
    package func hourClosed(station: String, time: String, index: Int32?, level: AirQualityLevel?, primary: String)
        -> String
    {
        "\(station) \(time)  AQI " + (index.map { "\($0)" } ?? "NA") + (level.map { " \(self.level($0))" } ?? "")
            + (primary.isEmpty ? "" : "，\(primary)")
    }
    package func warningEvent(_ kind: WarningEvent.Kind, _ level: WarningLevel, signedBy: Role?) -> String {
        let signed = signedBy.map { "，\(signer($0))签发" } ?? ""
        return switch kind {
        case .issued: "发布\(warning(level))\(signed)"
        case .upgraded: "升级为\(warning(level))\(signed)"
        case .downgraded: "降级为\(warning(level))\(signed)"
        case .lifted: "解除\(warning(level))\(signed)"
        case .proposed: "建议\(warning(level))"
        }
    }
    package func suspectBegan(
        station: String, time: String, _ pollutant: Pollutant, value: String, _ marks: SuspectMarks
    ) -> String {
        "\(station) \(time)  \(indicator(Indicator(pollutant))) \(value) 存疑（仍参与统计）："
            + marks.rules.map { "\(suspectRule($0))（\($0.name)）" }.joined(separator: "，")
    }
    package func suspectValues(_ path: String, _ count: Int, of values: Int) -> String {
        "\(path)：\(values) 个值中 \(count) 个存疑"
    }
    package func recordsUnused(bus: String, device: String, _ reason: String) -> String {
        "\(bus)：\(device)：未用仪器自身记录补录：\(reason)"
    }
    package var recordsNotTold: String { "仪器不提供记录" }
    package var recordsTooLong: String { "记录周期超过五分钟或不是整分钟" }
    package func recordsByOtherClock(seconds: Int64) -> String {
        "最新记录比本机时钟\(seconds < 0 ? "慢" : "快") \(seconds.magnitude) 秒；请校准仪器时钟"
    }
    package func lateReadings(_ count: Int) -> String { "\(count) 个读数到达过晚，未采用" }
    package func hourNotStored(time: String) -> String {
        "\(time)  此小时已在时钟另有偏差时存储：保留已存数据，本次不保存"
    }
    package func hourRevised(station: String, time: String) -> String {
        "\(station) \(time)  已用迟到的读数重新计算，相关指数一并更新"
    }
    package var demoStation: String { "演示站" }
}
