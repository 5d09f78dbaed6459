/// 台账与审计记录，以及其是否保持原样。
extension Chinese {
    package func trailHolds(_ table: String, rows: Int, older: Int, head: String) -> String {
        "\(table)：\(rows) 行，均与写入时一致" + (older > 0 ? "（前 \(older) 行早于哈希链）" : "") + "；最新哈希 \(head)"
    }
    package func trailIsChanged(_ table: String, row: Int64) -> String { "\(table)：第 \(row) 行写入后被改动" }
    package func trailIsBroken(_ table: String, row: Int64) -> String {
        "\(table)：第 \(row) 行与前一行不衔接：此处有行被删除、插入或重写"
    }
    package func trailIsUnchained(_ table: String, row: Int64) -> String {
        "\(table)：第 \(row) 行没有哈希，而之前的行有：系手工插入"
    }
    package func trailIsCutOff(_ table: String, row: Int64) -> String { "\(table)：第 \(row) 行之后的行被删除" }
    package func noSteps(of kind: String?) -> String {
        kind.map { "台账中没有 \($0) 类记录" } ?? "台账为空：尚无任何记录"
    }
    package func trailsLack(_ hash: String) -> String { "没有哈希为 \(hash) 的行：记录被重写，或属于另一个库" }
}
