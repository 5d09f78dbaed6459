/// The public board of a plant (公示牌): what it does at each level.
///
/// Source: Plan 五(七), 附件6, which gives only the title; what stands on it is **[ours]** after 五(七).
package struct PlantBoard: Sendable {
    /// What happens to one process.
    package struct Row: Sendable {
        package let process: String
        package let lineCount: Int64
        package let action: String
        package let cut: Cut
    }

    package let plant: Plant
    package let rating: Rating
    package let membership: Membership?
    package let levels: ByLevel<[Row]>

    /// Nil for a plant that is not in the inventory.
    package init?(of id: String, in inventory: EmissionInventory) {
        guard let place = inventory.tables.plants.firstIndex(where: { $0.id == id }) else { return nil }
        plant = inventory.tables.plants[place]
        rating = inventory.standings[place].rating
        membership = inventory.standings[place].membership
        let processes = inventory.processes(ofPlant: place)
        levels = ByLevel { level in
            processes.map { process in
                Row(
                    process: process.name, lineCount: process.lineCount, action: process.actions[level],
                    cut: process.cuts[level])
            }
        }
    }
}
