/// What `bench` says.
extension Chinese {
    package func capacity(stations: Int, measured: Int, percent: String) -> String {
        "每秒一次可承载站点数：每核 \(stations) 个（每站六个通道，Modbus TCP；实测 \(measured) 个站占一个核的 \(percent) %）"
    }

    package func capacityLimit(stage: String, shares: [String]) -> String {
        "瓶颈在 \(stage)：每站每秒占用一个核 \(shares.joined(separator: "，"))"
    }

    package func resultsDiffer(_ stage: String) -> String {
        "\(stage)：结果不正确或两次不一致，数据作废。请检查机器是否过载、内存是否损坏。"
    }
}
