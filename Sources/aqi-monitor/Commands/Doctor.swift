import ArgumentParser
import Texts

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Is this going to work, and why not.",
        discussion: """
            A configuration: whether the clock is set, the store can be written, every device answers, every receiver can listen
            and every platform takes a connection; where its monitor runs, how its devices and senders do. Exit 69 where
            something does not work.
            A store: whether the file is sound, how large its tables are, what is written to the disk a day. Exit 65 where
            something is wrong.

            EXAMPLES
              aqi-monitor doctor --config station.toml
              aqi-monitor doctor --config station.toml --json
              aqi-monitor doctor --store air.db
            """)

    @Option(help: "A configuration: everything that it names is tried.")
    var config: String?

    @Option(help: "A store to be looked at; reads all of it.")
    var store: String?

    @Flag(help: "One line of JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if (config == nil) == (store == nil) {
            throw ValidationError(Session.words.either(["--config FILE", "--store FILE"]))
        }
    }

    mutating func run() async throws {
        if let store { return try StoreReport(store).write(json: json) }
        if let config { try await DeviceReport(config).write(json: json) }
    }
}
