import AQICore
import Ingest
import Inventory
import Warnings

/// An inventory of many plants, on one core: text in memory, rows, everything looked at together; and the ratios of the three levels
/// with their suggestions.
struct InventoryStages {
    let stopwatch: Stopwatch
    var plants = 20_000

    static let names = ["inventory.check", "inventory.ratios"]

    func run(_ name: String) throws -> BenchResult {
        let tables = GeneratedInventory(plants: plants, seed: 9).tables.map { name, lines in
            (name: name, text: Array(lines.joined(separator: "\n").utf8))
        }
        var inventory = try InventoryStages.read(tables)
        guard name == "inventory.ratios" else {
            let timed = try stopwatch.rate(of: plants) { inventory = try InventoryStages.read(tables) }
            var checksum: UInt64 = 0
            for process in inventory.tables.processes {
                for pollutant in EmittedPollutant.allCases {
                    checksum = checksum &* 31 &+ UInt64(process.emissions[pollutant])
                }
            }
            return result(
                name, timed, checksum,
                [
                    ("processes", Int64(inventory.tables.processes.count)),
                    ("bytes", tables.reduce(0) { $0 + Int64($1.text.count) }),
                ])
        }
        var checksum: UInt64 = 0
        let timed = stopwatch.rate(of: plants) {
            checksum = 0
            for level in WarningLevel.allCases {
                let suggestion = inventory.suggestion(at: level)
                checksum = checksum &* 31 &+ UInt64(suggestion.steps.count)
                for pollutant in EmittedPollutant.allCases {
                    checksum = checksum &* 31 &+ UInt64(inventory.reduction(at: level).lines[pollutant].cut)
                }
            }
        }
        return result(name, timed, checksum, [])
    }

    private func result(
        _ name: String, _ timed: (median: Double, range: ClosedRange<Double>), _ checksum: UInt64,
        _ details: [(name: String, value: Int64)]
    ) -> BenchResult {
        BenchResult(
            stage: name, rate: timed.median, unit: "plants/s", checksum: checksum, range: timed.range,
            details: details + [("milliseconds", Int64(Double(plants) / timed.median * 1000))])
    }

    private static func read(_ tables: [(name: String, text: [UInt8])]) throws -> EmissionInventory {
        var reader = InventoryReader()
        for table in tables { reader.read(table.text, file: table.name) }
        return try EmissionInventory(reader.tables, faults: reader.faults, on: NaturalDay(number: 20_773))
    }
}
