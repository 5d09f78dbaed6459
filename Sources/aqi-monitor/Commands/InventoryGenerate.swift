import ArgumentParser
import Ingest
import Texts

struct InventoryGenerate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Writes a made-up inventory, for exercises and to see what the tables look like.",
        discussion: """
            The same seed gives the same files. Nothing in them is real. What is there already is left alone.

            EXAMPLE
              aqi-monitor inventory generate example --plants 20 --seed 1
              aqi-monitor inventory ratios example/*.csv
            """)

    @Argument(help: "The folder; made where it is not there.")
    var folder: String

    @Option(help: "How many plants.")
    var plants = 100

    @Option(help: "Of what is drawn.")
    var seed: UInt64 = 1

    @OptionGroup var common: CommonOptions

    func validate() throws {
        try WrongUsage.check("--plants", plants, in: 1...1_000_000)
    }

    mutating func run() throws {
        try NewFiles.write(GeneratedInventory(plants: plants, seed: seed).tables, into: folder)
    }
}
