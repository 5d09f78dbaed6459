package import AQICore

/// 线路、设备及其型号资料。
extension Chinese {
    // MARK: Devices
    package var deviceMeasures: String { "测量中" }
    package var deviceIsPaused: String { "无应答：仅偶尔重试" }
    package func deviceReads(_ kind: String, until: String?) -> String { kind + (until.map { "，至 \($0)" } ?? "") }
    package func deviceRecovers(until: String?) -> String { "恢复中" + (until.map { "，至 \($0)" } ?? "") }

    // MARK: Device profiles
    package func profileMeasures(_ parameters: [String]) -> String {
        parameters.isEmpty ? "无通道：地址没有资料，请自行填写" : "测量：\(parameters.joined(separator: "、"))"
    }
    package func profileSource(_ source: String) -> String { "来源：\(source)" }
    package func profileUnverified(_ what: String) -> String { "未验证：\(what)" }
    package func profileIsUnknown(_ name: String, known: [String]) -> String {
        "没有设备模板“\(name)”；已有 \(known.joined(separator: "、"))"
    }

    // MARK: Lines and devices
    package func portInUse(_ port: Int, _ reason: String) -> String {
        "端口 \(port) 无法打开（\(reason)）；请停止占用它的程序，或用 --port 另指定"
    }
    package func noPseudoterminal(_ reason: String) -> String { "无法取得伪终端（\(reason)）；/dev/pts 是否已挂载？" }
    package func deviceLost(bus: String, device: String, _ problem: String) -> String {
        "\(bus)：\(device)：\(problem)；恢复应答前其通道标记为 B"
    }
    package func deviceBack(bus: String, device: String) -> String { "\(bus)：\(device) 恢复应答" }
    package func deviceIncomplete(bus: String, device: String, _ problem: String) -> String {
        "\(bus)：\(device)：部分应答：\(problem)；未应答的通道标记为 B"
    }
    package func devicePaused(bus: String, device: String) -> String {
        "\(bus)：\(device)：连续三轮无应答；一秒后重试，此后间隔逐渐加长，最长一分钟"
    }
    package func calibrationKind(_ kind: CalibrationKind) -> String {
        switch kind {
        case .zero: "零气"
        case .span: "标气（跨度）"
        case .precision: "精密度检查"
        case .calibration: "校准"
        case .maintenance: "维护"
        }
    }
    package func calibrationSource(_ source: CalibrationSource) -> String {
        switch source {
        case .status: "由仪器状态"
        case .schedule: "按计划"
        case .person: "由人工指令"
        }
    }
    package func calibrationVerdict(_ verdict: CalibrationVerdict) -> String {
        switch verdict {
        case .passed: "合格"
        case .failed: "不合格，仪器需要校准"
        case .notJudged: "未判定"
        }
    }
    package func calibrationBegan(
        bus: String, device: String, _ kind: CalibrationKind, _ source: CalibrationSource, flag: String, until: String?
    ) -> String {
        "\(bus)：\(device)：\(calibrationSource(source))开始\(calibrationKind(kind))"
            + (until.map { "，至 \($0)" } ?? "") + "；其通道标记为 \(flag)"
    }
    package func calibrationRecovers(bus: String, device: String, until: String) -> String {
        "\(bus)：\(device)：已恢复采样，至 \(until) 为恢复期；其通道标记为 W"
    }
    package func calibrationIsOver(bus: String, device: String) -> String { "\(bus)：\(device)：恢复正常测量" }
    package func calibrationIsOverdue(bus: String, device: String, _ kind: CalibrationKind, since: String) -> String {
        "\(bus)：\(device)：\(calibrationKind(kind))自 \(since) 起持续过久；请检查仪器或结束该阶段。期间数据不计入均值"
    }
    package func calibrationResult(
        station: String, device: String, parameter: String, _ kind: CalibrationKind, mean: String, reference: String?,
        limit: String?, _ verdict: CalibrationVerdict
    ) -> String {
        "\(station)：\(device)：\(parameter) \(calibrationKind(kind))：\(mean)"
            + (reference.map { "，参考值 \($0)" } ?? "") + (limit.map { " ± \($0)" } ?? "")
            + "：\(calibrationVerdict(verdict))"
    }
    package func deviceIsUnknown(_ device: String, known: [String]) -> String {
        "没有名为“\(device)”的设备；现有：\(known.joined(separator: "、"))"
    }
    package func nothingToEnd(device: String) -> String {
        "\(device)：没有由人工指令开始的阶段；由仪器状态开始的阶段随状态结束"
    }
    package var personIsNameless: String { "请给出操作人姓名" }
    package func cannotConnect(_ reason: String) -> String { "无法连接（\(reason)）；请检查地址、电缆和电源" }
    package func connectionLost(_ reason: String) -> String { "连接中断（\(reason)）；正在重新连接" }
    package var noAnswer: String { "超时无应答；请检查设备地址、接线和波特率" }
    package var badAnswer: String { "应答有误；请检查校验位、终端电阻和其他主站" }
    package func refused(code: Int) -> String { "设备拒绝，异常码 \(code)；请检查寄存器地址" }
}
