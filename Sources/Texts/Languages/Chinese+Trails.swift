package import Warnings

/// 台账与审计记录，以及其是否保持原样。
extension Chinese {
    /// 后附 `--kind` 所用的名称。
    package func ledgerKind(_ kind: LedgerLine.Kind) -> String { "\(name(of: kind))（\(kind.rawValue)）" }
    private func name(of kind: LedgerLine.Kind) -> String {
        switch kind {
        case .proposed: "提出建议"
        case .voided: "建议作废"
        case .signed: "签字"
        case .declined: "拒签"
        case .issued: "发布"
        case .order: "上级指令"
        case .consent: "上级同意"
        case .advice: "上级建议"
        case .dustProposed: "提议认定沙尘"
        case .dustSet: "认定沙尘"
        case .dustCleared: "撤销沙尘"
        case .forecast: "预报"
        case .consultationDue: "应会商"
        case .consultation: "会商"
        case .area: "区域级别"
        case .tasks: "下达任务"
        case .taskAcknowledged: "任务确认"
        case .taskReported: "任务报告"
        case .notice: "通知"
        case .noticeHandedOver: "通知移交"
        case .noticeSent: "通知发送"
        case .noticeAcknowledged: "通知确认"
        }
    }
    private func trail(_ table: String) -> String {
        switch table {
        case "ledger": "台账"
        case "audit": "审计记录"
        default: table
        }
    }
    package func trailHolds(_ table: String, rows: Int, older: Int, head: String) -> String {
        "\(trail(table))：\(rows) 行，均与写入时一致" + (older > 0 ? "（前 \(older) 行早于哈希链）" : "") + "；最新哈希 \(head)"
    }
    package func trailIsChanged(_ table: String, row: Int64) -> String { "\(trail(table))：第 \(row) 行写入后被改动" }
    package func trailIsBroken(_ table: String, row: Int64) -> String {
        "\(trail(table))：第 \(row) 行与前一行不衔接：此处有行被删除、插入或重写"
    }
    package func trailIsUnchained(_ table: String, row: Int64) -> String {
        "\(trail(table))：第 \(row) 行没有哈希，而之前的行有：系手工插入"
    }
    package func trailIsCutOff(_ table: String, row: Int64) -> String { "\(trail(table))：第 \(row) 行之后的行被删除" }
    package func noSteps(of kind: String?) -> String {
        kind.map { "台账中没有 \($0) 类记录" } ?? "台账为空：尚无任何记录"
    }
    package func noSteps(ofProposal number: Int) -> String { "台账中没有第 \(number) 号建议的记录" }
    package func trailsLack(_ hash: String) -> String { "没有哈希为 \(hash) 的行：记录被重写，或属于另一个库" }
}
