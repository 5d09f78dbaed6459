/// The rows of all tables, as they stand in the files: each good in itself, not yet looked at together.
package struct InventoryTables: Sendable {
    package var plants: [Plant] = []
    package var processes: [PlantProcess] = []
    package var heating: [HeatingSource] = []
    package var mobile: [Fleet] = []
    package var dust: [DustSource] = []
    package var base: [BaseFigure] = []
    package var indicators: [RatingIndicator] = []
    package var inspections: [Inspection] = []

    package init() {}
}
