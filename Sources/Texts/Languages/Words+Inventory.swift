package import Inventory
package import Warnings

/// What is said of the emission inventory (English+Inventory.swift, Chinese+Inventory.swift).
package protocol InventoryWords: Sendable {
    // MARK: Checking
    func inInventory(_ place: SourceLine, column: String?, _ problem: String) -> String
    func problem(_ kind: InventoryFault.Kind) -> String
    func inventoryHasFaults(_ count: Int) -> String
    func inventoryIsGood(plants: Int, processes: Int, heating: Int, fleets: Int, dust: Int) -> String
    func remark(_ remark: InventoryRemark) -> String
    func noPlant(_ id: String) -> String
    func plantIsClassified(_ id: String) -> String

    // MARK: Names
    func pollutant(_ pollutant: EmittedPollutant) -> String
    func rating(_ rating: Rating) -> String
    func finding(_ finding: Inspection.Finding) -> String
    func ground(_ ground: Membership.Ground) -> String
    func cause(_ cause: Standing.Cause) -> String

    // MARK: Ratios
    func reductionTitle(_ level: WarningLevel, required: String) -> String
    var reductionHeader: [String] { get }
    /// Whether a requirement is reached, and the tonnes a day that are missing.
    func verdict(_ verdict: LevelReduction.Verdict, missing: String?) -> String
    func trade(_ ratio: String, required: String, isReached: Bool) -> String
    func dustIsCapped(at share: String) -> String
    func suggestionTitle(_ level: WarningLevel, plants: Int, isEnough: Bool) -> String
    /// Before the pollutants.
    var suggestionHeader: [String] { get }
    var suggestionTogether: String { get }
    var suggestionRatio: String { get }
    func suggestionRest(_ plants: Int) -> String
    func outOfReach(_ pollutants: [EmittedPollutant], missing: [String]) -> String
    var shortfallNeeds: String { get }

    // MARK: The board of a plant
    var boardTitle: String { get }
    func boardMeasures(_ level: WarningLevel) -> String
    func board(_ label: BoardLabel) -> String
    func boardMember(_ membership: Membership) -> String
    func boardCut(_ cut: Cut) -> String
    /// Thousandths of m³ and kWh a day; nil where neither is known.
    func boardConsumption(_ consumption: Plant.Consumption) -> String?
    func boardHours(_ hours: Int64) -> String
    func boardBatches(_ count: Int64) -> String
    var boardBasis: String { get }
}

/// What stands before the facts of a board, and above its columns.
package enum BoardLabel: CaseIterable, Sendable {
    case plant, area, rating, list, responsible, preparation, batches, ordinary
    case process, lineCount, cut, action, limit
}
