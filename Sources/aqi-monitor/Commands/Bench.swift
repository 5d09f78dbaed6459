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

    @Option(help: "Read from the Modbus TCP server on this port of this machine, not from a simulated one.")
    var modbusPort: Int?

    @Flag(help: "One line of JSON a result.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard repetitions >= 5 else { throw ValidationError("--repeat \(repetitions): 5 at least.") }
        for stage in stages where !Bench.names.contains(where: { Bench.name($0, beginsWith: stage) }) {
            throw ValidationError("\(stage): the stages are \(Bench.names.joined(separator: ", ")).")
        }
    }

    private static let names = CoreStages.names + TableStages.names + ModbusStages.names

    private static func name(_ name: String, beginsWith stage: String) -> Bool {
        name == stage || name.hasPrefix(stage + ".")
    }

    mutating func run() async throws {
        var output = try Output(path: nil)
        let stopwatch = Stopwatch(repetitions: repetitions)
        let core = CoreStages(stopwatch: stopwatch)
        let tables = TableStages(stopwatch: stopwatch)
        let modbus = ModbusStages(repetitions: repetitions, port: modbusPort)
        func show(_ result: BenchResult) throws {
            try output.line(json ? result.json.line : result.row)
            try output.flush()
        }
        for name in Bench.names where stages.isEmpty || stages.contains(where: { Bench.name(name, beginsWith: $0) }) {
            if TableStages.names.contains(name) {
                try show(tables.run(name))
            } else if ModbusStages.names.contains(name) {
                try await show(modbus.run(name))
            } else {
                try core.run(name, writingDataTo: writeData, show)
            }
        }
        try output.finish()
    }
}
