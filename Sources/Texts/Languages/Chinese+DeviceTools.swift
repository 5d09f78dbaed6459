/// 查看设备与模拟设备。
extension Chinese {
    package func cannotListen(_ address: String, _ reason: String) -> String {
        "\(address)：无法监听（\(reason)）；请停止占用该端口的程序，或另指定端口，0 为任意空闲端口"
    }
    package func simulatorEnded(requests: Int, misbehaved: Int) -> String {
        "共 \(requests) 个请求，其中 \(misbehaved) 个以故障方式应答"
    }
    package func stationSpeaks(_ mn: String) -> String {
        "\(mn) 已连接"
    }
    package func stationUnknown(_ mn: String) -> String {
        "\(mn) 不在配置中；请加入 [[receive.station]]，或屏蔽其地址"
    }
    package func stationWrongPassword(_ mn: String) -> String {
        "\(mn) 的密码（PW）错误；请与配置核对"
    }
    package func packetRefused(_ mn: String, _ problems: String) -> String {
        "拒收 \(mn) 的数据包：\(problems)"
    }
    package func commandNotAllowed(_ mn: String, command: Int) -> String {
        "\(mn) 发来命令 \(command)，站点无此权限，已忽略"
    }
    package func clockIsOff(_ mn: String, seconds: Int64) -> String {
        "\(mn) 的时钟\(seconds > 0 ? "快" : "慢") \(abs(seconds)) 秒；请校时，或启用 set_clocks"
    }
    package func clockIsRight(_ mn: String) -> String {
        "\(mn) 的时钟正常"
    }
    package func requestAnswered(_ mn: String, command: Int, result: Int) -> String {
        "\(mn) 对命令 \(command) 的应答：\(result == 1 ? "完成" : "结果 \(result)")"
    }
    package func requestUnanswered(_ mn: String, command: Int) -> String {
        "\(mn) 未应答命令 \(command)"
    }
    package func connectionClosed(_ reason: String) -> String {
        "连接已关闭：\(reason)"
    }
    package func platformConnected(_ name: String) -> String {
        "正在向 \(name) 上传"
    }
    package func platformLost(_ name: String) -> String {
        "无法连接 \(name)；数据保存在本地库中，稍后补传"
    }
    package func packetsDecoded(_ count: Int, refused: Int, skippedBytes: Int) -> String {
        "共 \(count) 个数据包，其中 \(refused) 个不可用；跳过包间 \(skippedBytes) 字节"
    }
    package func nobodyListens(_ address: String) -> String {
        "\(address)：该处没有程序在监听；请先启动接收端（aqi-monitor run 或 aqi-monitor hj212 listen），或检查 --host 和 --port"
    }
    package func onLine(_ line: String, _ problem: String) -> String { "\(line)：\(problem)" }
    package func onUnit(_ line: String, unit: Int, _ problem: String) -> String { "\(line)：从站 \(unit)：\(problem)" }
    package func nothingAnswers(_ line: String, units: String) -> String {
        "\(line)：从站 \(units) 均无应答；请检查接线、波特率、校验位和电源，或用 --units 另指定"
    }
    package var looksLikeConcentration: String { "* 可能是浓度值" }
    package var columnAddress: String { "地址" }
    package func scanningUnits(_ unit: Int, of count: Int, found: Int, perSecond: String, left: String) -> String {
        "从站 \(unit)/\(count)，已找到 \(found) 个，每秒 \(perSecond) 个，最多还需 \(left)"
    }
    package func scanningRegisters(unit: Int, _ done: Int, of count: Int, left: String) -> String {
        "从站 \(unit)：寄存器 \(done)/\(count)，还需 \(left)"
    }
    package func unitWithoutRegisters(_ unit: Int) -> String { "从站 \(unit) 有应答，但没有这些寄存器；请用 --registers 另指定" }
}
