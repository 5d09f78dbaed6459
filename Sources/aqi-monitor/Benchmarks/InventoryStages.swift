import AQICore
import Ingest
import Inventory
import Warnings

/// An inventory of many plants, on one core: text in memory, rows, everything looked at together; and the ratios of the three levels
/// with their suggestions.
enum InventoryStages {
    static let all = [
        Stage(
            name: "inventory.check", unit: "plants", size: 20_000, sizeUnit: "plants",
            prepare: { size, _ in try check(plants: size) }),
        Stage(
            name: "inventory.ratios", unit: "plants", size: 20_000, sizeUnit: "plants",
            prepare: { size, _ in try ratios(plants: size) }),
    ]

    private typealias Tables = [(name: String, text: [UInt8])]

    private static func check(plants: Int) throws -> Trial {
        let tables = tables(plants: plants)
        var inventory = try read(tables)
        return Trial(units: plants) {
            inventory = try read(tables)
        } outcome: {
            var checksum: UInt64 = 0
            for process in inventory.tables.processes {
                for pollutant in EmittedPollutant.allCases {
                    checksum = checksum &* 31 &+ UInt64(process.emissions[pollutant])
                }
            }
            return .init(
                checksum: checksum,
                details: [
                    ("processes", Int64(inventory.tables.processes.count)),
                    ("bytes", tables.reduce(0) { $0 + Int64($1.text.count) }),
                ])
        }
    }

    private static func ratios(plants: Int) throws -> Trial {
        let inventory = try read(tables(plants: plants))
        var checksum: UInt64 = 0
        return Trial(units: plants) {
            checksum = 0
            for level in WarningLevel.allCases {
                let suggestion = inventory.suggestion(at: level)
                checksum = checksum &* 31 &+ UInt64(suggestion.steps.count)
                for pollutant in EmittedPollutant.allCases {
                    checksum = checksum &* 31 &+ UInt64(inventory.reduction(at: level).lines[pollutant].cut)
                }
            }
        } outcome: {
            .init(checksum: checksum)
        }
    }

    private static func tables(plants: Int) -> Tables {
        GeneratedInventory(plants: plants, seed: 9).tables.map { name, lines in
            (name: name, text: Array(lines.joined(separator: "\n").utf8))
        }
    }

    private static func read(_ tables: Tables) throws -> EmissionInventory {
        var reader = InventoryReader()
        for table in tables { reader.read(table.text, file: table.name) }
        return try EmissionInventory(reader.tables, faults: reader.faults, on: NaturalDay(number: 20_773))
    }
}
