/// 数据库。
extension Chinese {
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
}
