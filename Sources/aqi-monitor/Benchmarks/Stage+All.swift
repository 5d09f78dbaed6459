import Ingest

extension Stage {
    /// Every stage, in the order of the data's way.
    static let all: [Stage] =
        LimitStages.all + ModbusStages.all + SerialStages.all + HJ212Stages.all + TableStages.all + CoreStages.all
        + WarningStages.all + InventoryStages.all + StoreStages.all + TerminalStages.all + PipelineStages.all

    static func named(_ name: String) -> Stage? { all.first { $0.name == name } }
}
