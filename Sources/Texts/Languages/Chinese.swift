package import AQICore
package import Warnings

/// What the program says in Chinese.
package struct Chinese: Words {
    package init() {}

    // MARK: Files and tables
    package func noSuchFile(_ path: String) -> String { "\(path)：文件不存在；请检查文件名，或用 - 表示标准输入" }
    package func unreadable(_ path: String, _ reason: String) -> String {
        "\(path)：无法读取（\(reason)）；请检查权限"
    }
    package func cannotCreate(_ path: String, _ reason: String) -> String {
        "\(path)：无法写入（\(reason)）；请检查目录、权限和剩余空间"
    }
    package func inTable(_ path: String, line: Int, _ problem: String) -> String {
        line > 0 ? "\(path)：第 \(line) 行：\(problem)" : "\(path)：\(problem)"
    }
    package var notUTF8: String {
        "不是 UTF-8 编码；Excel 保存的表格通常是 GBK，请转换：iconv -f GB18030 -t UTF-8 旧文件 > 新文件"
    }
    package var damagedGzip: String { "gzip 数据损坏或不完整；请重新复制文件" }
    package var emptyTable: String { "表格是空的；第一行应为列名：station,time,pm25,..." }
    package func missingColumn(_ column: String) -> String { "表头缺少列“\(column)”；station 和 time 必须有" }
    package func repeatedColumn(_ column: String) -> String { "表头中列“\(column)”出现两次；请删去一个" }
    package func fieldCount(have: Int, need: Int) -> String {
        "有 \(have) 个字段，表头有 \(need) 个；是否行被截断，或逗号未加引号？"
    }
    package var unclosedQuote: String { "引号在此打开而没有关闭" }
    package var textAfterQuote: String { "引号关闭后还有文字；引号内的引号应写两次" }
    package var emptyStation: String { "站点名为空" }
    package func badTime(_ text: String) -> String {
        "“\(text)”不是时间；请写作 2017-01-01T08:00:00+08:00（小时的结束时刻）"
    }
    package func notOnTheHour(_ text: String) -> String { "“\(text)”不是整点；本表为小时值，以小时的结束时刻为标签" }
    package func badDate(_ text: String) -> String { "“\(text)”不是日期；请写作 2017-01-01" }
    package func badNumber(column: String, text: String) -> String {
        "列 \(column)：“\(text)”不是十进制数；缺失请留空，或用 --missing 指明，或用 --lenient"
    }
    package func outOfRange(column: String, text: String, lowest: String, highest: String) -> String {
        "列 \(column)：\(text) 超出 \(lowest) … \(highest)；占位值请用 --missing 指明，或用 --lenient"
    }
    package func contradicts(station: String, time: String, line: Int) -> String {
        "\(station) \(time) 在第 \(line) 行已有不同的数值；请删去一个"
    }
    package func spanTooLong(station: String, first: String, last: String) -> String {
        "\(station) 从 \(first) 到 \(last)，超过 100 年；年份是否写错？"
    }
    package func badEvent(_ problem: String) -> String { "不是事件：\(problem)" }
    package func ignoredColumns(_ path: String, _ columns: [String]) -> String {
        "\(path)：未使用的列：\(columns.joined(separator: "、"))"
    }
    package func unreadableValues(_ count: Int) -> String { "\(count) 个数值无法读取，按缺失处理" }
    package func unknownStation(_ station: String, _ path: String, known: [String]) -> String {
        "\(path)：没有站点“\(station)”；其中有 \(known.joined(separator: "、"))"
    }
    package func noHours(_ path: String) -> String { "\(path)：文件中没有所要的小时" }

    // MARK: The air
    package func level(_ level: AirQualityLevel) -> String {
        switch level {
        case .excellent: "优"
        case .good: "良"
        case .light: "轻度污染"
        case .moderate: "中度污染"
        case .heavy: "重度污染"
        case .severe: "严重污染"
        }
    }
    package func warning(_ level: WarningLevel) -> String {
        switch level {
        case .yellow: "黄色预警"
        case .orange: "橙色预警"
        case .red: "红色预警"
        }
    }
    package func indicator(_ indicator: Indicator) -> String {
        switch indicator {
        case .pm25: "PM2.5"
        case .pm10: "PM10"
        case .so2: "SO2"
        case .no2: "NO2"
        case .co: "CO"
        case .o3: "O3"
        case .o3EightHours: "O3 8h"
        }
    }
    package func signer(_ role: Role) -> String {
        switch role {
        case .deputyDirector: "市指挥部办公室副主任"
        case .deputyCommander: "副总指挥"
        case .commander: "总指挥"
        }
    }
    package func flag(_ flag: DataFlag) -> String {
        switch flag {
        case .normal: ""
        case .overRange: "超量程"
        case .highSpecification: "超上限"
        case .lowSpecification: "超下限"
        case .backfilled: "补录"
        case .suspect: "存疑"
        case .stopped: "停运"
        case .maintenance: "维护"
        case .setByHand: "手工设定"
        case .fault: "故障"
        case .calibration: "校准"
        case .communication: "通讯中断"
        case .insufficient: "数据不足"
        case .badConnection: "连接不良"
        case .recovering: "等待恢复"
        case .spanCheck: "跨度检查"
        case .zeroCheck: "零点检查"
        case .precisionCheck: "精度检查"
        case .zeroCalibration: "零点校准"
        case .spanCalibration: "跨度校准"
        case .removed: "审核剔除"
        case .negative: "负值"
        case .unknown: "未知标记"
        case .absent: "无数据"
        }
    }

    package func suspectRule(_ rule: SuspectRule) -> String {
        switch rule {
        case .range: "超出可信范围"
        case .negative: "负值超出噪声"
        case .flatLine: "数小时恒值"
        case .spike: "远高于此前各小时"
        case .particulateInversion: "PM2.5 与 PM10 倒挂"
        case .no2AboveNOx: "NO2 高于 NOx"
        }
    }

    // MARK: doctor
    package var doctorConfiguration: String { "配置" }
    package var doctorClock: String { "时钟" }
    package var doctorStore: String { "数据库" }
    package var doctorMonitor: String { "监测程序" }
    package func clockIsSet(_ now: String) -> String { "\(now)，由网络校时" }
    package func clockIsNotSet(_ now: String) -> String {
        "\(now)，没有校时：小时的划分以此时钟为准；请启用 NTP 客户端，如 chrony"
    }
    package func storeHasHours(_ path: String, until: String?) -> String {
        "\(path)：" + (until.map { "已有小时数据至 \($0)" } ?? "尚无小时数据")
    }
    package func storeWillBeMade(_ path: String) -> String { "\(path)：将新建" }
    package func monitorRuns(process: Int32) -> String { "正在运行，进程 \(process)；以下为其设备的情况" }
    package func deviceCounts(answered: UInt64, failed: UInt64, late: UInt64, median: Int64?, slowest: Int64?) -> String
    {
        var text = "应答 \(answered) 次"
        if failed > 0 { text += "，失败 \(failed) 次" }
        if late > 0 { text += "，迟到 \(late) 次" }
        if let median, let slowest { text += "；半数在 \(milliseconds(median)) 内，99 % 在 \(milliseconds(slowest)) 内" }
        return text
    }
    package func notAllIsWell(_ subjects: [String]) -> String { "不能工作：\(subjects.joined(separator: "、"))" }

    // MARK: Devices
    package var deviceMeasures: String { "测量中" }
    package var deviceIsPaused: String { "无应答：仅偶尔重试" }
    package func deviceReads(_ kind: String, until: String?) -> String { kind + (until.map { "，至 \($0)" } ?? "") }
    package func deviceRecovers(until: String?) -> String { "恢复中" + (until.map { "，至 \($0)" } ?? "") }

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
    package func monitorKeepsNothing(_ path: String) -> String {
        "\(path)：没有数据库的监测程序不提供连接；请在 [monitor] 中用 store = \"...\" 指定文件"
    }
    package func unheard(since: String) -> String { "自 \(since) 起与监测程序失去联系" }

    // MARK: Configuration
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
    package func nothingToDo(_ section: String) -> String { "没有 \(section)；参见 etc/aqi-monitor.toml" }

    // MARK: A plan in words
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

    // MARK: Device profiles
    package func profileMeasures(_ parameters: [String]) -> String {
        parameters.isEmpty ? "无通道：地址没有资料，请自行填写" : "测量：\(parameters.joined(separator: "、"))"
    }
    package func profileSource(_ source: String) -> String { "来源：\(source)" }
    package func profileUnverified(_ what: String) -> String { "未验证：\(what)" }
    package func profileIsUnknown(_ name: String, known: [String]) -> String {
        "没有设备模板“\(name)”；已有 \(known.joined(separator: "、"))"
    }

    // MARK: The store
    package func storeIsAbsent(_ path: String) -> String { "\(path)：数据库不存在；请检查名称" }
    package func fileExists(_ path: String) -> String { "\(path)：文件已存在；请删除或换一个名称" }
    package func importing(_ done: Int, of total: Int, perSecond: Int, left: String) -> String {
        "第 \(done) / \(total) 小时，每秒 \(perSecond) 小时，还需 \(left)"
    }
    package func imported(_ path: String, hours: Int, changed: Int, stations: Int) -> String {
        "\(path)：\(stations) 个站点 \(hours) 个小时，其中新增或更改 \(changed) 个"
    }
    package func storeIsSound(_ path: String) -> String { "\(path)：完好" }
    package func storeIsDamaged(_ path: String) -> String {
        "\(path)：已损坏；用 aqi-monitor store salvage \(path) 新文件 抢救可读数据"
    }
    package func storeVersion(_ version: String, writer: String?) -> String {
        "结构版本 \"\(version)\"；" + (writer.map { "\($0) 正在写入" } ?? "无程序在写入")
    }
    package func storeSizes(file: String, log: String, unused: String, free: String) -> String {
        "文件 \(file)，其中空闲 \(unused)；预写日志 \(log)；磁盘剩余 \(free)"
    }
    package func storeStations(_ stations: [String], last: String) -> String {
        "站点 \(stations.joined(separator: "、"))；最近一小时 \(last)"
    }
    package func storeWritten(_ day: String, _ size: String) -> String { "\(day) 写盘 \(size)" }
    package func storeIsEmpty(_ path: String) -> String { "\(path)：其中没有数据；是否从未写入过？" }
    package func storeIsOlder(_ path: String) -> String {
        "\(path)：由旧版本写成，没有此类数据；run 或 store compact 会将其升级"
    }
    package func storeTrouble(_ problem: String) -> String { "未入库，暂存于内存：\(problem)" }
    package func storeBack(droppedSamples: Int, droppedRows: Int) -> String {
        droppedSamples + droppedRows == 0
            ? "数据库恢复写入，无数据丢失" : "数据库恢复写入；其间丢失样本 \(droppedSamples) 个、小时值和指数 \(droppedRows) 条"
    }
    package func storeIsNoDatabase(_ path: String) -> String {
        "\(path)：不是 SQLite 数据库，未作改动；请用 --store 另指定文件"
    }
    package func storeIsForeign(_ path: String) -> String {
        "\(path)：是其他程序的数据库，未作改动；请用 --store 另指定文件"
    }
    package func storeIsNewer(_ path: String) -> String {
        "\(path)：由更新版本的 aqi-monitor 写入，未作改动；请升级本程序"
    }
    package func storeIsHeld(_ path: String, by holder: String) -> String {
        "\(path)：正由 \(holder) 写入；请先停止它，或使用其他数据库"
    }
    package func storeCannotOpen(_ path: String, _ reason: String) -> String {
        "\(path)：无法打开数据库（\(reason)）；请检查目录、权限和剩余空间"
    }
    package func storeFailed(_ path: String, _ reason: String) -> String {
        "\(path)：数据库出错（\(reason)）；请检查磁盘和剩余空间"
    }
    package func storeContinues(_ path: String, from time: String) -> String { "数据库 \(path) 自 \(time) 继续" }
    package func storeHasOtherPlan(_ path: String, of plan: String, configured: String) -> String {
        "\(path)：其中有按预案 \(plan) 发布的生效预警，而配置为 \(configured)；请改为 \(plan) 或使用其他数据库"
    }
    package func clockJumped(from: String, to: String) -> String { "时钟由 \(from) 变为 \(to)；请检查时钟，已存的小时不再重新监测" }

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

    // MARK: Looking at devices, and being one
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

    // MARK: The screen
    package var simulated: String { "模拟" }
    package var columnNow: String { "当前" }
    package var columnAge: String { "时效" }
    package var columnHour: String { "本小时" }
    package var columnHourMean: String { "小时值" }
    package var columnDayMean: String { "24 小时" }
    package var columnSubIndex: String { "IAQI" }
    package var hourTo: String { "小时至" }
    package var dayTo: String { "24 小时至" }
    package var primaryPollutant: String { "首要污染物" }
    package var noPrimary: String { "无" }
    package var notAvailable: String { "NA" }
    package var waitingForHour: String { "第一个小时尚未结束" }
    package func warningInForce(_ level: WarningLevel, response: String, since: String, number: Int) -> String {
        "\(warning(level))生效中，\(response) 级响应，自 \(since) 起（第 \(number) 次）"
    }
    package var noWarning: String { "无预警" }
    package func warningWanted(_ level: WarningLevel) -> String { "建议：\(warning(level))" }
    package var logTitle: String { "日志" }
    package var tooSmall: String { "窗口太小" }
    package var noTerminal: String { "标准输出不是终端；请在终端中启动，或用 --headless" }
    package func unknownTerminal(_ name: String) -> String {
        "本机不认识终端类型“\(name)”；请设置 TERM，如 TERM=xterm，或用 --headless"
    }
    package func age(seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(max(0, seconds)) 秒"
        case ..<7200: "\(seconds / 60) 分"
        case ..<172_800: "\(seconds / 3600) 时"
        default: "\(seconds / 86_400) 天"
        }
    }

    // MARK: Explaining an index
    package func explainRounded(_ value: String, step: String) -> String { "按四舍六入五成双修约到 \(step)：\(value)" }
    package var explainNotRounded: String { "取原值：本版标准计算指数前不修约浓度" }
    package var explainSubstitute: String { "超出表格：改用 24 小时均值（SO2）或 1 小时值（O3）评价，未给出可评价的值" }
    package var explainNotAboveZero: String { "不大于 0：IAQI 为 0" }
    package func explainBeyond(_ last: String, index: Int32) -> String { "超过表格上限 \(last)：IAQI 为 \(index)" }
    package func explainBetween(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String {
        "在 \(low)（IAQI \(lowIndex)）与 \(high)（IAQI \(highIndex)）之间"
    }
    package func explainUp(_ index: Int32) -> String { "进位取整：\(index)" }
    package func explainTruncated(_ value: String, step: String) -> String { "截断到 \(step)：\(value)" }
    package func explainNearest(_ index: Int32) -> String { "四舍五入取整：\(index)" }
    package func explainBelow(_ first: String) -> String { "低于表格下限 \(first)：无 IAQI" }
    package func explainExtrapolated(_ low: String, _ lowIndex: Int32, _ high: String, _ highIndex: Int32) -> String {
        "超过表格上限 \(high)：按 \(low)（IAQI \(lowIndex)）至 \(high)（IAQI \(highIndex)）的直线外推"
    }
    package func explainDayInstead(_ day: String) -> String { "改用 24 小时均值评价：\(day)" }
    package func explainWeight(smallest: String, largest: String, weight: String) -> String {
        "最小 \(smallest)，最大 \(largest)：权重 w = \(weight)（两者之商，不小于 1/2）"
    }
    package func explainNoNowCast(have: Int32, need: Int32) -> String {
        "最近 3 小时中有 \(have) 小时，需要 \(need) 小时：无 NowCast"
    }
    package func explainIndex(_ index: Int32, level: Int, _ name: String, primary: String) -> String {
        "AQI = IAQI 最大值 = \(index)，\(level) 级（\(name)），首要污染物：\(primary)"
    }
}
