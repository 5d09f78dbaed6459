import ArgumentParser
import Inventory
import Texts
import Warnings

struct InventoryRatios: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ratios",
        abstract: "What each level takes away of SO2, NOx, PM and VOCs, beside the 10, 20 and 30 % that it must.",
        discussion: """
            Exact: a ratio is shown cut to two decimals, and judged before it is. Where something is missing, plants that could
            give it by stopping are suggested, with what each gives of every pollutant, the largest first; plants on a list,
            A-rated ones and leaders are not asked.

            EXAMPLES
              aqi-monitor inventory ratios *.csv
              aqi-monitor inventory ratios *.csv --level orange --json
            """)

    @OptionGroup var inventory: InventoryOptions

    @Option(help: "yellow, orange or red; all three without.")
    var level: WarningLevel?

    @Option(help: "How many plants of a suggestion are shown; with --json it is always all of them.")
    var plants = 20

    @Flag(help: "A line of JSON a level.")
    var json = false

    func validate() throws {
        try WrongUsage.check("--plants", plants, in: 0...1_000_000)
    }

    mutating func run() throws {
        let inventory = try inventory.readOrFail()
        var output = try Output(path: nil)
        for level in level.map({ [$0] }) ?? WarningLevel.allCases {
            let reduction = inventory.reduction(at: level)
            let suggestion = reduction.isFulfilled ? nil : inventory.suggestion(at: level)
            if json {
                try output.line(reduction.json(suggestion).line)
            } else {
                for line in reduction.text(dustShare: inventory.dustShare) { try output.line(line) }
                for line in suggestion?.text(longest: plants) ?? [] { try output.line(line.harmless) }
            }
        }
        try output.finish()
    }
}
