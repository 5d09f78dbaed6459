import ArgumentParser
import Texts

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How fast this machine is, stage by stage, beside what its memory can copy.",
        discussion: """
            One core, made-up data larger than its caches, the median of the repetitions. The checksum is of the results: the
            same on every machine.

            EXAMPLES
              aqi-monitor bench
              aqi-monitor bench core --json
              aqi-monitor bench core.batch --repeat 11
            """)

    @Argument(help: "Stages or their beginnings, as core or core.streaming; all without.")
    var stages: [String] = []

    @Option(name: .customLong("repeat"), help: "How many times each stage is timed, 5 at least.")
    var repetitions = 5

    @Option(help: "Write the input of core.batch here, raw, for other implementations.")
    var writeData: String?

    @Option(help: "Ask the Modbus server on this port of the loopback interface; without, one of our own.")
    var modbusServer: Int?

    @Option(help: "The folder of the stores that are measured; it says which disk.")
    var storeFolder: String?

    @Option(help: "How long store.sustained writes; it is measured only where it is asked for by its name.")
    var sustainedSeconds = 10

    @Flag(help: "One line of JSON a result.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard repetitions >= 5 else { throw ValidationError("--repeat \(repetitions): 5 at least.") }
        for stage in stages where !Bench.names.contains(where: { Bench.isAsked($0, by: stage) }) {
            throw ValidationError("\(stage): the stages are \(Bench.names.joined(separator: ", ")).")
        }
        guard writeData == nil || isAsked(CoreStages.batch) else {
            throw ValidationError("--write-data: the input is that of \(CoreStages.batch), which is not asked for.")
        }
    }

    private static let names =
        CoreStages.names + WarningStages.names + TableStages.names + InventoryStages.names + ModbusStages.names
        + SerialStages.names
        + HJ212Stages.names + StoreStages.names

    /// Whether a stage is asked for by its name, by the beginning of it, or by one of its results.
    private static func isAsked(_ name: String, by stage: String) -> Bool {
        name == stage || name.hasPrefix(stage + ".") || stage.hasPrefix(name + ".")
    }

    private func isAsked(_ name: String) -> Bool {
        stages.isEmpty || stages.contains { Bench.isAsked(name, by: $0) }
    }

    mutating func run() async throws {
        var output = try Output(path: nil)
        let stopwatch = Stopwatch(repetitions: repetitions)
        let core = CoreStages(stopwatch: stopwatch)
        let tables = TableStages(stopwatch: stopwatch)
        let serial = SerialStages(stopwatch: stopwatch)
        let modbus = ModbusStages(stopwatch: stopwatch, serverPort: modbusServer)
        func show(_ result: BenchResult) throws {
            // A stage's results belong together, unless one of them is asked for by its name.
            guard result.stage == CoreStages.copy || isAsked(result.stage) else { return }
            try output.line(json ? result.json.line : result.row)
            try output.flush()
        }
        for name in Bench.names where isAsked(name) {
            if WarningStages.names.contains(name) {
                try show(WarningStages(stopwatch: stopwatch).run())
            } else if TableStages.names.contains(name) {
                try show(tables.run(name))
            } else if InventoryStages.names.contains(name) {
                try show(InventoryStages(stopwatch: stopwatch).run(name))
            } else if HJ212Stages.names.contains(name) {
                try await HJ212Stages(stopwatch: stopwatch).run(name, show)
            } else if SerialStages.names.contains(name) {
                try serial.run(name, show)
            } else if StoreStages.names.contains(name) {
                guard name != "store.sustained" || stages.contains(name) else { continue }
                var store = StoreStages(stopwatch: stopwatch, sustainedSeconds: sustainedSeconds)
                if let storeFolder { store.folder = storeFolder }
                try store.run(name, show)
            } else if ModbusStages.names.contains(name) {
                try await modbus.run(show)
            } else {
                try core.run(name, writingDataTo: writeData, show)
            }
        }
        try output.finish()
    }
}
