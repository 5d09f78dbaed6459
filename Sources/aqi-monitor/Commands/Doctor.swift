import ArgumentParser
import Texts

struct Doctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Is this going to work, and why not.",
        discussion: """
            A store: whether the file is sound, how large its tables are, what is written to the disk a day. Exit 65 where something
            is wrong.

            EXAMPLE
              aqi-monitor doctor --store air.db
            """)

    @Option(help: "A store to be looked at; reads all of it.")
    var store: String

    @Flag(help: "One line of JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() throws { try StoreReport(store).write(json: json) }
}
